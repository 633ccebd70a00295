"""Publishing: the host gets what changed and nothing else, whatever interrupts it and whatever else lies there."""

import os
import shutil
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import pytest

from build_tools import deploy as deploying
from build_tools.cli import main
from build_tools.deploy import Done, Wishes, deploy, write_lists
from build_tools.deploy.errors import DeployError
from build_tools.deploy.plan import NOTE
from build_tools.deploy.rsync import Host, target
from build_tools.publish import manifest
from build_tools.publish.manifest import Listed, listed

Files = Mapping[str, str]
Parts = Mapping[str, Files]

REPORT = "units/330411103/2020/"
SITE: Parts = {
    "330411": {
        f"{REPORT}index.html": "报告",
        f"{REPORT}report.json": "{}",
        f"{REPORT}source/原件 一.txt": "原件",
        "units/330411199/index.html": "单位",
    },
    "330482": {"units/330482001/index.html": "平湖", "units/330482001/2019/index.html": "2019"},
    "hub": {"index.html": "首页", "404.html": "没有", "assets/archive.css": "p{}"},
    "lists": {"regions/index.html": "地区", "search/index.html": "搜索 start-a.bin"},
    "search": {"search/index/start-a.bin": "start a", "search/index/x.bin": "x", "search/index/y.bin": "y"},
}
ODD = {
    "#a": "not a remark",
    ";b": "nor this",
    "-rf": "an option?",
    "~c": "home?",
    "d e/ f ": "spaces",
    "*[?]{x}": "pattern?",
    'it\'s "$HOME" `x`': "shell?",
    "年报（二）.pdf": "Chinese",
    "line\nbreak\ttab": "control",
    "a%0ab": "percent",
    "back#123": "\\#012",
    ".hidden": "dot",
    "e\u0301/\U00020000.txt": "combining, far plane",
}


def put(site: Path, parts: Parts) -> Path:
    """A finished site that holds these parts, as a build leaves it."""
    shutil.rmtree(site, ignore_errors=True)
    lists = {}
    for name, files in parts.items():
        data = {path: text.encode() for path, text in files.items()}
        text = manifest.write({path: listed(content) for path, content in data.items()})
        lists[manifest.part_path(name)] = listed(text)
        for path, content in {**data, manifest.part_path(name): text}.items():
            (site / path).parent.mkdir(parents=True, exist_ok=True)
            (site / path).write_bytes(content)
    (site / manifest.TOP).write_bytes(manifest.write(lists))
    return site


def copy(site: Path, host: Path) -> None:
    """As if it had been published before: the lists are part of the copy."""
    shutil.copytree(site, host, dirs_exist_ok=True, copy_function=shutil.copyfile)


def held(folder: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def state(folder: Path) -> dict[str, tuple[int, int, int]]:
    """What shows that a file was touched: its number on the disk, its times."""
    found = {p.relative_to(folder).as_posix(): p.stat() for p in folder.rglob("*") if p.is_file()}
    return {path: (about.st_ino, about.st_mtime_ns, about.st_ctime_ns) for path, about in found.items()}


def folders(folder: Path) -> set[str]:
    return {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_dir()}


def but(parts: Parts, changes: Mapping[str, Mapping[str, str | None]]) -> dict[str, dict[str, str]]:
    """The same site with some files written anew, or taken away."""
    new = {name: dict(files) for name, files in parts.items()}
    for name, files in changes.items():
        merged: dict[str, str | None] = {**new.get(name, {}), **files}
        new[name] = {path: text for path, text in merged.items() if text is not None}
    return new


EDITED = but(
    SITE,
    {
        "330411": {
            f"{REPORT}index.html": "改过",
            f"{REPORT}source/原件 一.txt": None,
            f"{REPORT}source/二.txt": "二",
        },
        "lists": {"search/index.html": "搜索 start-b.bin"},
        "search": {
            "search/index/start-a.bin": None,
            "search/index/start-b.bin": "start b",
            "search/index/x.bin": None,
            "search/index/z.bin": "z",
        },
    },
)
del EDITED["330482"]
LEFT = "units/330482001/2019/index.html units/330482001/index.html"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return put(tmp_path / "made" / "site", SITE)


@pytest.fixture
def host(tmp_path: Path) -> Path:
    folder = tmp_path / "host"
    folder.mkdir()
    return folder


@pytest.fixture(params=["here", "far"])
def to(request: pytest.FixtureRequest, host: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The host as a folder of this machine, and as one that is reached through a remote shell."""
    if request.param == "here":
        return str(host)
    shell = tmp_path / "shell"
    shell.write_text('#!/bin/sh\n[ "$1" = -l ] && shift 2\nshift\nexec sh -c "$*"\n', encoding="utf-8")
    shell.chmod(0o755)
    monkeypatch.setenv("RSYNC_RSH", str(shell))
    return f"editor@archive.example:{host}"


def sent(done: Done) -> list[str]:
    return sorted(path for _, path in done.sent)


# --- what is sent ------------------------------------------------------------------------------------


def test_first_time(site: Path, host: Path, to: str) -> None:
    """Everything is sent, and the host's web server can read it."""
    (site / "index.html").chmod(0o600)
    done = deploy(site, to)
    assert held(host) == held(site)
    assert sent(done) == sorted(held(site))
    assert sum(size for size, _ in done.sent) == sum(map(len, held(site).values()))
    assert {p.stat().st_mode & 0o777 for p in host.rglob("*")} == {0o644, 0o755}


def test_second_time_sends_nothing(site: Path, host: Path, to: str) -> None:
    deploy(site, to)
    before = state(host)
    assert deploy(site, to) == Done()
    assert state(host) == before


def test_only_what_changed(site: Path, host: Path, to: str) -> None:
    """What did not change is not even looked at, though the whole site was made anew and has other times."""
    copy(site, host)
    before = state(host)
    put(site, EDITED)
    done = deploy(site, to)
    changed = [f"{REPORT}index.html", f"{REPORT}source/二.txt", "search/index.html"]
    changed += ["search/index/start-b.bin", "search/index/z.bin"]
    lists = ["manifest.tsv", "manifest/330411.tsv", "manifest/lists.tsv", "manifest/search.tsv"]
    assert sent(done) == sorted([*changed, *lists])
    assert done.gone == (
        "manifest/330482.tsv",
        f"{REPORT}source/原件 一.txt",
        "units/330482001/2019/index.html",
        "units/330482001/index.html",
        "search/index/start-a.bin",
        "search/index/x.bin",
    )
    assert held(host) == held(site)
    assert folders(host) == folders(site)
    after = state(host)
    assert {path for path in after if after[path] != before.get(path)} == {*changed, *lists}


def test_one_report(site: Path, host: Path, to: str) -> None:
    """One changed report: its files and two short lists."""
    copy(site, host)
    put(site, but(SITE, {"330411": {f"{REPORT}report.json": "[]", f"{REPORT}index.html": "新"}}))
    done = deploy(site, to)
    assert sent(done) == [
        "manifest.tsv",
        "manifest/330411.tsv",
        f"{REPORT}index.html",
        f"{REPORT}report.json",
    ]
    assert done.gone == ()


def test_content_counts_not_times(site: Path, host: Path, to: str) -> None:
    """Same size, same time, other content: sent. Same content, other time: not sent."""
    copy(site, host)
    put(site, but(SITE, {"hub": {"404.html": "无有"}}))
    os.utime(site / "404.html", ns=(0, (host / "404.html").stat().st_mtime_ns))
    assert sent(deploy(site, to)) == ["404.html", "manifest.tsv", "manifest/hub.tsv"]
    assert held(host) == held(site)


def test_odd_names(site: Path, host: Path, to: str) -> None:
    """Names are names, whatever they mean to a shell, to rsync or to a list."""
    odd = {f"units/330411103/2020/source/{name}": text for name, text in ODD.items()}
    put(site, but(SITE, {"330411": odd, "hub": dict(ODD)}))
    deploy(site, to)
    assert held(host) == held(site)
    put(site, but(SITE, {"hub": {name: f"{text}!" for name, text in ODD.items()}}))
    deploy(site, to)
    assert held(host) == held(site)
    put(site, SITE)
    deploy(site, to)
    assert held(host) == held(site)
    assert folders(host) == folders(site)


def test_a_file_where_a_folder_was(site: Path, host: Path, to: str) -> None:
    put(site, but(SITE, {"hub": {"a/b/c.txt": "c", "d": "d"}}))
    deploy(site, to)
    put(site, but(SITE, {"hub": {"d/e.txt": "e"}}))
    deploy(site, to)
    assert held(host) == held(site)


# --- what is not ours ------------------------------------------------------------------------------------


def test_foreign_files_stay(site: Path, host: Path, to: str) -> None:
    """A proof of ownership, a certificate's challenge, another site below: never deleted, never changed."""
    foreign = [
        "verify_1234.txt",
        ".well-known/acme/token",
        f"{REPORT}own.txt",
        "units/330482001/2019/own",
        "old/i.html",
    ]
    for path in foreign:
        (host / path).parent.mkdir(parents=True, exist_ok=True)
        (host / path).write_text("foreign", encoding="utf-8")
    before = state(host)
    deploy(site, to)
    put(site, EDITED)
    deploy(site, to)
    deploy(site, to, Wishes(recheck=True))
    assert {path: state(host)[path] for path in foreign} == before
    assert set(held(host)) == {*held(site), *foreign}


def test_a_copy_made_by_hand_is_known(site: Path, host: Path) -> None:
    """A copied site has its lists with it: only the difference is sent."""
    copy(site, host)
    assert deploy(site, str(host)) == Done()


def test_what_is_there_already_is_not_sent(site: Path, host: Path) -> None:
    """Without lists on the host files are compared one by one."""
    deploy(site, str(host))
    (host / manifest.TOP).unlink()
    assert sent(deploy(site, str(host))) == [manifest.TOP]


@pytest.mark.parametrize("only_say", [True, False])
def test_recheck(site: Path, host: Path, to: str, *, only_say: bool) -> None:
    """A file that somebody changed on the host, or lost, is found by its content only."""
    copy(site, host)
    (host / "404.html").write_text("改了", encoding="utf-8")
    (host / f"{REPORT}index.html").unlink()
    assert deploy(site, to) == Done()
    assert sent(deploy(site, to, Wishes(recheck=True, only_say=only_say))) == [
        "404.html",
        f"{REPORT}index.html",
    ]
    assert (held(host) == held(site)) is not only_say


# --- in which order, and when it breaks off --------------------------------------------------------------


class CutError(Exception):
    """The line to the host is cut."""


def _calls(monkeypatch: pytest.MonkeyPatch, after: int, said: list[str]) -> None:
    """Let rsync run `after` times in full, then half a time, then no more."""
    run, count = Host._run, 0

    def cut(self: Host, how: list[str], source: str, to: str, paths: Iterable[str]) -> object:
        nonlocal count
        count += 1
        kind = "fetch" if to != self.at else "delete" if "--delete-missing-args" in how else "send"
        paths = list(paths)
        if count <= after:
            said.append(f"{kind} {' '.join(paths)}")
            yield from run(self, how, source, to, paths)
        else:
            yield from run(self, how, source, to, paths[: len(paths) // 2])
            raise CutError

    monkeypatch.setattr(Host, "_run", cut)


def test_order(site: Path, host: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """New files, then what takes others' places, then lists; then deletions, the search's last."""
    copy(site, host)
    put(site, EDITED)
    said: list[str] = []
    _calls(monkeypatch, 99, said)
    deploy(site, str(host))
    assert said == [
        f"fetch manifest.tsv {NOTE}",
        "fetch manifest/330411.tsv manifest/330482.tsv manifest/lists.tsv manifest/search.tsv",
        f"send {NOTE}",
        f"send search/index/start-b.bin search/index/z.bin {REPORT}source/二.txt",
        f"send search/index.html {REPORT}index.html",
        "send manifest.tsv manifest/330411.tsv manifest/lists.tsv manifest/search.tsv",
        f"delete manifest/330482.tsv {REPORT}source/原件 一.txt {LEFT}",
        "delete search/index/start-a.bin search/index/x.bin",
        "delete units/330482001/2019",
        "delete units/330482001",
        f"delete {NOTE}",
    ]


@pytest.mark.parametrize("then", ["again", "back", "onwards"])
@pytest.mark.parametrize("after", range(2, 11))
def test_interrupted(site: Path, host: Path, after: int, then: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Wherever it breaks off: done again, or back to the former site, or on to the next, the host has it exactly."""
    copy(site, host)
    put(site, EDITED)
    with monkeypatch.context() as patch:
        _calls(patch, after, [])
        with pytest.raises(CutError):
            deploy(site, str(host))
    _claims_hold(host)
    if after >= 4:  # when it may have come so far
        (host / "search/.~tmp~").mkdir()
        (host / "search/.~tmp~/index.html").write_text("ready to take its place", encoding="utf-8")
    onwards = but(EDITED, {"hub": {"index.html": "又改"}, "330411": {f"{REPORT}source/二.txt": None}})
    put(site, {"again": EDITED, "back": SITE, "onwards": onwards}[then])
    deploy(site, str(host))
    assert held(host) == held(site)
    assert folders(host) == folders(site)
    assert deploy(site, str(host)) == Done()


def _claims_hold(host: Path) -> None:
    """What the lists on the host claim and the note does not put in doubt is there."""
    note = manifest.read((host / NOTE).read_bytes()) if (host / NOTE).exists() else {}
    for list_ in manifest.read((host / manifest.TOP).read_bytes()):
        if (host / list_).exists():
            for path, entry in manifest.read((host / list_).read_bytes()).items():
                assert path in note or listed((host / path).read_bytes()) == entry, path


def test_a_killed_rsync_is_told(
    site: Path, host: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other end does not answer."""
    shell = tmp_path / "shell"
    shell.write_text("#!/bin/sh\necho Permission denied >&2\nexit 255\n", encoding="utf-8")
    shell.chmod(0o755)
    monkeypatch.setenv("RSYNC_RSH", str(shell))
    with pytest.raises(DeployError, match=r"连不上主机[\s\S]*Permission denied"):
        deploy(site, f"archive.example:{host}")


def test_no_folder_on_the_host(site: Path, tmp_path: Path, to: str) -> None:
    """A slip in the address does not make a second site somewhere."""
    with pytest.raises(DeployError, match="没有"):
        deploy(site, f"{to}-slip")
    assert not (tmp_path / "host-slip").exists()


def test_no_build_meanwhile(site: Path, host: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deploying, "_do", lambda *_: deploy(site, str(host)))
    with pytest.raises(Exception, match="正在生成或发布"):
        deploy(site, str(host))


# --- what is refused -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "to",
    [
        "", " ", "-e", "--rsh=sh:/a", "host:", "host:/", "host:.", "host:..", "host:../x", "host:a/../..", "host://",
        "host:/srv/www x", "host:/srv/$HOME", "host:/srv/`x`", "host:/a;b", "host:~/www", "host:/srv/*", "host:/a\n",
        "host::module", "host:::/a", "rsync://host/module", "-oProxyCommand=x:/a", "me@-oProxyCommand=x:/a",
        "@host:/a", ":/a", "ho st:/a", "host\x00:/a",
    ],
)  # fmt: skip
def test_no_such_place(site: Path, to: str) -> None:
    with pytest.raises(DeployError):
        target(to, site)


@pytest.mark.parametrize(
    "to", [".", "..", "../..", "/", "units", "link", "nowhere", "404.html", "../site/units/.."]
)
def test_no_folder_for_a_site(site: Path, to: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not the site, nor in it, nor around it; nor a file, nor nothing."""
    monkeypatch.chdir(site)
    (site / "link").symlink_to(site.parent)
    with pytest.raises(DeployError):
        target(to, site)


@pytest.mark.parametrize(
    ("to", "meant"),
    [
        ("me@host:/srv/www/", "me@host:/srv/www/"),
        ("host:www", "host:www/"),
        ("host:/srv//www/./x/", "host:/srv/www/x/"),
        ("host:/srv/年报:二/", "host:/srv/年报:二/"),
        ("[2001:db8::1]:/srv/www", "[2001:db8::1]:/srv/www/"),
        ("a.b-c_d@10.0.0.1:/srv/www", "a.b-c_d@10.0.0.1:/srv/www/"),
    ],
)
def test_a_place(site: Path, to: str, meant: str) -> None:
    assert target(to, site) == meant


def test_a_folder_with_a_colon(site: Path, host: Path) -> None:
    folder = host / "a:b c"
    folder.mkdir()
    deploy(site, str(folder))
    assert held(folder) == held(site)


def test_no_rsync(site: Path, host: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(host))
    with pytest.raises(DeployError, match="apt-get install rsync"):
        deploy(site, str(host))


@pytest.mark.parametrize(
    "said", ["openrsync: protocol version 29", "rsync  version 3.0.9  protocol version 30"]
)
def test_another_rsync(site: Path, host: Path, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    program = host / "rsync"
    program.write_text(f"#!/bin/sh\necho '{said}'\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{host}:{os.environ['PATH']}")
    with pytest.raises(DeployError, match=r"rsync 3\.1"):
        deploy(site, str(host))


@pytest.mark.parametrize("gone", [manifest.TOP, "manifest/330411.tsv", "index.html"])
def test_unfinished_site(site: Path, host: Path, gone: str) -> None:
    """Nothing is published of a site in which something is missing."""
    (site / gone).unlink()
    with pytest.raises(DeployError, match="build"):
        deploy(site, str(host))
    assert held(host) == {}


@pytest.mark.parametrize("text", ["", "首", "页首", "首页 "])
def test_a_file_that_is_not_what_its_list_says(site: Path, host: Path, text: str) -> None:
    """Cut short, emptied, or changed by hand without changing its size: nothing is sent."""
    (site / "index.html").write_text(text, encoding="utf-8")
    with pytest.raises(DeployError, match=r"index\.html"):
        deploy(site, str(host))
    assert held(host) == {}


def test_a_link_in_the_site(site: Path, host: Path, tmp_path: Path) -> None:
    """A link is not followed out of the site."""
    (tmp_path / "secret").write_text("首页", encoding="utf-8")
    (site / "index.html").unlink()
    (site / "index.html").symlink_to(tmp_path / "secret")
    with pytest.raises(DeployError, match=r"index\.html"):
        deploy(site, str(host))


# --- hosts that mean harm ------------------------------------------------------------------------------


@pytest.mark.parametrize("where", [manifest.TOP, "manifest/330411.tsv", NOTE])
@pytest.mark.parametrize(
    "path", ["../victim", "/victim", "a/../../victim", "..", "a//b", "./a", "a%2f..%2f..%2fb", "a\\b"]
)
def test_hostile_lists(site: Path, host: Path, where: str, path: str) -> None:
    """A path that leads out is not acted upon, in whichever list it stands."""
    copy(site, host)
    victim = host.parent / "victim"
    victim.write_text("v", encoding="utf-8")
    line = f"1\t{'0' * 64}\t{path}\n".encode()
    (host / where).write_bytes(line)
    if where.startswith("manifest/"):
        (host / manifest.TOP).write_bytes(manifest.write({where: listed(line)}))
    before = held(host)
    with pytest.raises(DeployError, match=f"清单 {where}"):
        deploy(site, str(host))
    assert held(host) == before
    assert victim.exists()


@pytest.mark.parametrize("data", [b"\xff", b"<html>404</html>\n", b"1\tabc\tx\n", b"no end"])
def test_lists_that_are_none(site: Path, host: Path, data: bytes) -> None:
    (host / manifest.TOP).write_bytes(data)
    with pytest.raises(DeployError, match=manifest.TOP):
        deploy(site, str(host))
    assert held(host) == {manifest.TOP: data}


def test_lists_outside_of_their_folder(site: Path, host: Path) -> None:
    (host / manifest.TOP).write_bytes(manifest.write({"index.html": Listed(1, "0" * 64)}))
    with pytest.raises(DeployError, match="不是清单"):
        deploy(site, str(host))


def test_a_list_that_claims_what_others_have(site: Path, host: Path) -> None:
    """Nothing of the site is deleted, whatever a strange list on the host says is there."""
    copy(site, host)
    strange = manifest.write({path: listed(data) for path, data in held(host).items()})
    (host / "manifest/zz.tsv").write_bytes(strange)
    top = manifest.read((host / manifest.TOP).read_bytes())
    (host / manifest.TOP).write_bytes(manifest.write({**top, "manifest/zz.tsv": listed(strange)}))
    assert deploy(site, str(host)).gone == ("manifest/zz.tsv",)
    assert held(host) == held(site)


def test_links_on_the_host(site: Path, host: Path) -> None:
    """A link that stands where a list should is not read, one where a folder was leads nowhere."""
    copy(site, host)
    victim = host.parent / "victim"
    victim.mkdir()
    (victim / "index.html").write_text("v", encoding="utf-8")
    for path in (host / "units/330482001/2019/index.html", host / "units/330482001/index.html"):
        path.unlink()
    (host / "units/330482001/2019").rmdir()
    (host / "units/330482001").rmdir()
    (host / "units/330482001").symlink_to(victim)
    put(site, EDITED)
    deploy(site, str(host))
    assert (victim / "index.html").read_text(encoding="utf-8") == "v"


# --- lists for other programs ----------------------------------------------------------------------------


def test_lists_for_object_stores(site: Path, host: Path, tmp_path: Path) -> None:
    copy(site, host)
    put(site, EDITED)
    write_lists(site, host, tmp_path / "lists")
    assert {path: data.decode() for path, data in held(tmp_path / "lists").items()} == {
        "1-new.txt": f"search/index/start-b.bin\nsearch/index/z.bin\n{REPORT}source/二.txt\n",
        "2-changed.txt": f"search/index.html\n{REPORT}index.html\n",
        "3-lists.txt": "manifest.tsv\nmanifest/330411.tsv\nmanifest/lists.tsv\nmanifest/search.tsv\n",
        "4-gone.txt": f"manifest/330482.tsv\n{REPORT}source/原件 一.txt\nunits/330482001/2019/index.html\n"
        "units/330482001/index.html\nsearch/index/start-a.bin\nsearch/index/x.bin\n",
    }


def test_lists_for_an_empty_store(site: Path, tmp_path: Path) -> None:
    write_lists(site, None, tmp_path / "lists")
    lists = {path: data.decode().splitlines() for path, data in held(tmp_path / "lists").items()}
    assert sorted(lists["1-new.txt"] + lists["3-lists.txt"]) == sorted(held(site))
    assert lists["2-changed.txt"] == lists["4-gone.txt"] == []


def test_lists_have_lines(site: Path, tmp_path: Path) -> None:
    put(site, but(SITE, {"hub": {"a\nb": "x"}}))
    with pytest.raises(DeployError, match="换行"):
        write_lists(site, None, tmp_path / "lists")


def test_since_what(site: Path, host: Path, tmp_path: Path) -> None:
    with pytest.raises(DeployError, match=r"manifest\.tsv"):
        write_lists(site, host, tmp_path / "lists")


# --- the command -----------------------------------------------------------------------------------------


@pytest.fixture
def said(
    site: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, str]]:
    (site.parent / "reports").mkdir()
    monkeypatch.chdir(site.parent)

    def run(*words: str) -> tuple[int, str]:
        status = main(["deploy", *words])
        return status, "".join(capsys.readouterr())

    return run


def test_command(host: Path, said: Callable[..., tuple[int, str]]) -> None:
    assert said(str(host)) == (0, "传了 20 个文件，0.0 MB；删去 0 个。\n")
    assert said(str(host)) == (0, "主机上已经是这一版，没有要传的，也没有要删的。\n")


def test_dry_run(site: Path, host: Path, said: Callable[..., tuple[int, str]]) -> None:
    said(str(host))
    before = state(host)
    put(site, EDITED)
    status, text = said(str(host), "--dry-run")
    assert status == 0
    assert state(host) == before
    assert f"要传 {REPORT}index.html　6 字节\n" in text
    assert "要删 search/index/x.bin\n" in text
    assert text.endswith("要传 9 个文件，0.0 MB；要删 6 个。这次只是看看，什么也没有动。\n")


def test_command_lists(site: Path, host: Path, said: Callable[..., tuple[int, str]]) -> None:
    said(str(host))
    put(site, EDITED)
    told = said("--list", "lists", "--since", str(host))
    assert told[0] == 0
    assert told[1] == (
        "写好 lists/1-new.txt 等四份：新文件 3 个，变了的 2 个，网站自己的清单 4 个，共 0.0 MB；要删 6 个。\n"
        "还没有传。按次序传和删的做法，见 docs/deploy.md 里“传到对象存储”一节。\n"
    )
    assert sorted(held(site.parent / "lists")) == ["1-new.txt", "2-changed.txt", "3-lists.txt", "4-gone.txt"]


def test_the_guide_has_the_section_that_is_named(root: Path) -> None:
    assert "\n## 传到对象存储 " in (root / "docs/deploy.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ([], 2),
        (["host:/a", "--list", "x"], 2),
        (["host:/a", "--since", "x"], 2),
        ([""], 2),
        (["site"], 1),
        (["host:/"], 1),
    ],
)
def test_wrong_usage(said: Callable[..., tuple[int, str]], words: list[str], status: int) -> None:
    assert said(*words)[0] == status


def test_a_site_elsewhere(site: Path, host: Path, said: Callable[..., tuple[int, str]]) -> None:
    moved = site.rename(site.with_name("other"))
    assert said(str(host)) == (
        1,
        f"{site} 里没有做好的网站。先运行 make build，或用 --site 指明网站在哪里。\n",
    )
    assert said(str(host), "--site", "other")[0] == 0
    assert held(host) == held(moved)
