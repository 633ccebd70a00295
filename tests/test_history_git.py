"""The history of real repositories: whole, the same however it was come by, or a plain word why there is none."""

import errno
import os
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from build_tools.files import UnreadableError
from build_tools.history import Absence, Change, History, Keeping, history_of
from build_tools.history.kept import SHORT
from build_tools.source import MAX_BYTES
from build_tools.store import Store
from build_tools.workers import spread
from tests.buildwork import killed_at, report_text
from tests.gitwork import Repo

UNIT, OTHER, YEAR = "330411103", "410182110", 2022
PATH = "reports/33/330411/330411103/2022.yml"
ONE = partial(spread, workers=1)


def text(**facts: object) -> str:
    return report_text("甲镇", YEAR, facts, "")


def look(
    repo: Repo, cache: str = ".git/cache", made_of: str = "1", shard: str = "", root: str = ""
) -> History:
    """What is known of the history of the archive in a repository."""
    store = Store(repo.folder / root, shard)
    return history_of(store, Keeping(repo.folder / cache, made_of), ONE)


def changes(history: History, unit: str = UNIT, year: int = YEAR) -> tuple[Change, ...]:
    return history.of(unit[:6]).get((unit, year), ())


def all_of(history: History) -> dict[str, object]:
    """All that a history tells: every change of every county, and the files of the months."""
    assert history.folder
    months = {path.name: path.read_bytes() for path in sorted(history.folder.glob("*.jsonl"))}
    return {"counties": {code: history.of(code) for code in history.keys}, "keys": history.keys, **months}


def summed_up(found: tuple[Change, ...]) -> list[tuple[str, str, str]]:
    """Who did what why, the newest first."""
    return [(change.author, change.kind.value, change.why) for change in found]


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    """A repository with one report, committed."""
    made = Repo(tmp_path / "repo").init()
    made.write(PATH, text())
    made.commit("收录")
    return made


# --- what is told --------------------------------------------------------------------------------------


def test_from_the_first_to_the_last(repo: Repo) -> None:
    """Taken in, changed, laid out anew, spoilt, mended, taken down: each with when, who, why, what."""
    repo.write(PATH, text(figure=4))
    id_ = repo.commit("照原件", author="李四")
    for content, why in [
        (text(figure=4) + "\n", "排过"),
        ("格式: [", "坏"),
        (text(figure=5), "好"),
        (None, "撤"),
    ]:
        if content is None:
            (repo.folder / PATH).unlink()
        else:
            repo.write(PATH, content)
        repo.commit(why)
    found = changes(look(repo))

    assert summed_up(found) == [
        *(("张三", "removed", "撤"), ("张三", "changed", "好"), ("张三", "changed", "坏")),
        *(("张三", "layout", "排过"), ("李四", "changed", "照原件"), ("张三", "added", "收录")),
    ]
    assert [change.difference.unread for change in found[1:3]] == [("old",), ("new",)]
    changed = found[4]
    assert (changed.commit, changed.at) == (id_[:SHORT], "2023-11-14T22:15:20Z")
    cells = {
        cell.id: (cell.old and cell.old.raw, cell.new and cell.new.raw) for cell in changed.difference.cells
    }
    assert cells["t3.new.natural"] == ("0", "4")


def test_uncommitted_edits_are_none(repo: Repo) -> None:
    """Only what was committed is history; so is what is not on the branch that is checked out."""
    before = all_of(look(repo))
    repo.git("checkout", "-q", "-b", "side")
    repo.write(PATH, text(figure=4))
    repo.commit("在旁边")
    repo.git("checkout", "-q", "main")
    repo.write(PATH, text(figure=5))
    repo.write("reports/33/330411/330411104/2022.yml", text())
    repo.git("add", "-A")
    assert all_of(look(repo)) == before


def test_a_folder_moves(repo: Repo) -> None:
    """The unit's id is what counts: from a wrong folder to the right one nothing is another, nor with another ending."""
    repo.write(f"reports/33/330400/{OTHER}/2022.yml", text())
    repo.commit("放错")
    (repo.folder / "reports/41/410182").mkdir(parents=True)
    repo.git("mv", f"reports/33/330400/{OTHER}", "reports/41/410182/")
    repo.git("mv", PATH, PATH.replace(".yml", ".yaml"))
    repo.commit("移")
    history = look(repo)
    assert [kind for _, kind, _ in summed_up(changes(history, OTHER))] == ["layout", "added"]
    assert [kind for _, kind, _ in summed_up(changes(history))] == ["layout", "added"]
    assert history.keys.keys() == {"330411", "410182"}


def test_what_is_no_report(repo: Repo) -> None:
    """Other files, links, folders of no unit."""
    for path in ("reports/33/330411/330411103/unit.yml", "reports/33/330411/镇/2022.yml", "docs/2022.yml"):
        repo.write(path, "甲")
    (repo.folder / PATH).unlink()
    (repo.folder / PATH).symlink_to("unit.yml")
    repo.commit("不是报告")
    history = look(repo)
    assert [kind for _, kind, _ in summed_up(changes(history))] == ["removed", "added"]
    assert history.keys.keys() == {"330411"}


@pytest.mark.parametrize("sides", [1, 3])
def test_merges(repo: Repo, sides: int) -> None:
    """What the branches did is told of the branches; of a merge only what none of them has."""
    for n in range(sides):
        repo.git("checkout", "-q", "-b", f"side{n}", "main")
        repo.write(f"reports/33/330411/33041120{n}/2022.yml", text(figure=n))
        repo.commit(f"旁{n}", author=f"旁{n}")
    repo.git("checkout", "-q", "main")
    repo.write(PATH, text(figure=4))
    repo.commit("主")
    repo.git("merge", "-q", "--no-commit", "--no-ff", *(f"side{n}" for n in range(sides)))
    repo.write(PATH, text(figure=5))
    repo.commit("合并时又改", author="合并者")
    history = look(repo)

    assert summed_up(changes(history)) == [
        *(("合并者", "changed", "合并时又改"), ("张三", "changed", "主"), ("张三", "added", "收录"))
    ]
    cells = {c.id: (c.old, c.new) for c in changes(history)[0].difference.cells}
    assert [value and value.raw for value in cells["t3.new.natural"]] == ["4", "5"]
    for n in range(sides):
        assert summed_up(changes(history, f"33041120{n}")) == [(f"旁{n}", "added", f"旁{n}")]


def test_in_one_second(repo: Repo) -> None:
    """Commits that bear the same time, as after a rebase, stay in their order."""
    for n in range(1, 8):
        repo.write(PATH, text(figure=n))
        repo.commit(str(n), at=repo.now)
    assert [why for _, _, why in summed_up(changes(look(repo)))][:-1] == ["7", "6", "5", "4", "3", "2", "1"]


def test_names_and_reasons(repo: Repo) -> None:
    """Markup, control characters, marks of direction, a megabyte, other encodings, nothing at all."""
    whys = {
        "<script>alert(1)</script> & \"'": "<script>alert(1)</script> & \"'",
        "\u202e反\u2066\x1b[31m\x07": "反[31m",
        "甲\n乙\n\n丙": "甲 乙",
        "长" * 400_000: "长" * 199 + "…",
        "": "",
    }
    for n, why in enumerate(whys):
        repo.write(PATH, text(figure=n + 1))
        _commit_raw(repo, why.encode(), b"")
    repo.write(PATH, text(figure=9))
    _commit_raw(repo, "照原件".encode("gbk"), b"encoding GBK\n")
    found = changes(look(repo))
    assert [change.why for change in found] == ["照原件", *reversed(whys.values()), "收录"]
    assert {change.author for change in found[:-1]} == {"A . 甲"}


def _commit_raw(repo: Repo, why: bytes, header: bytes) -> None:
    """A commit as no program of git's would write it."""
    repo.git("add", "-A")
    repo.now += 60
    who = f"A \u202e. 甲 <a@mail.example> {repo.now} +0800"
    parts = (repo.git("write-tree"), repo.git("rev-parse", "HEAD"), who, who)
    head = "tree {}\nparent {}\nauthor {}\ncommitter {}\n".format(*parts).encode(
        "gbk" if header else "utf-8", "ignore"
    )
    file = repo.folder / ".git/raw"
    file.write_bytes(head + header + b"\n" + why)
    id_ = repo.git("hash-object", "-t", "commit", "-w", "--literally", str(file))
    repo.git("update-ref", "HEAD", id_)


@pytest.mark.parametrize("size", [MAX_BYTES + 1, MAX_BYTES * 3])
def test_a_version_too_large(repo: Repo, size: int) -> None:
    """It is read over, and those behind it are read."""
    repo.write(PATH, "甲" * (size // 3 + 1))
    repo.commit("太大")
    repo.write(PATH, text(figure=1))
    repo.commit("好了")
    assert [change.difference.unread for change in changes(look(repo))] == [("old",), ("new",), ()]


def test_another_hash(tmp_path: Path) -> None:
    """A repository whose ids have 64 digits."""
    repo = Repo(tmp_path).init("--object-format=sha256")
    for n in range(3):
        repo.write(PATH, text(figure=n))
        repo.commit(str(n))
    found, id_ = changes(look(repo)), repo.git("rev-parse", "HEAD")
    assert len(id_) == 64
    assert found[0].commit == id_[:SHORT]
    assert [change.kind for change in found] == ["changed", "changed", "added"]


@pytest.mark.parametrize("root", ["deep/down", "有 空格/a\nb"])
def test_below_the_top(tmp_path: Path, root: str) -> None:
    """The archive may lie anywhere in the repository; what lies elsewhere is not its history."""
    repo = Repo(tmp_path).init()
    for n in range(2):
        repo.write(f"{root}/{PATH}", text(figure=n))
        repo.write(PATH, text(figure=n + 5))
        repo.write(f"other/{PATH}", text(figure=n + 7))
        repo.commit(str(n))
    found = changes(look(repo, root=root))
    assert [change.kind for change in found] == ["changed", "added"]
    assert {c.new and c.new.raw for c in found[0].difference.cells if c.id == "t3.new.natural"} == {"1"}


def test_a_repository_of_its_own(tmp_path: Path) -> None:
    """reports/ may be a repository inside of another, as a submodule is."""
    outer = Repo(tmp_path).init()
    outer.write(PATH, text())
    outer.commit("收录", author="外面")
    inner = Repo(tmp_path / "reports").init()
    inner.write(PATH.removeprefix("reports/"), text())
    inner.commit("收录", author="里面")
    assert summed_up(changes(look(outer))) == [("里面", "added", "收录")]


def test_a_worktree(repo: Repo, tmp_path: Path) -> None:
    """A second checkout of the same repository has the same history."""
    repo.git("worktree", "add", "-q", str(tmp_path / "second"))
    assert all_of(look(Repo(tmp_path / "second"), "cache")) == all_of(look(repo))


# --- what must not matter ------------------------------------------------------------------------------

SETTINGS = {
    "log.showSignature": "true",
    "log.showRoot": "false",
    "log.diffMerges": "off",
    "log.mailmap": "true",
    "diff.renames": "copies",
    "diff.relative": "true",
    "diff.noprefix": "true",
    "diff.external": "false",
    "diff.orderFile": "/nonexistent",
    "color.ui": "always",
    "core.quotePath": "true",
    "core.abbrev": "4",
    "core.pager": "false",
    "core.fsmonitor": "touch ../fsmonitor-was-run",
    "format.pretty": "oneline",
    "i18n.logOutputEncoding": "GBK",
}


def test_settings_do_not_matter(repo: Repo) -> None:
    """Of nobody, whatever they do to what git shows."""
    repo.write(PATH, text(figure=4))
    repo.write(".mailmap", "另一个 <zhang@mail.example>\n")
    repo.commit("照原件")
    before = all_of(look(repo, "plain"))
    for name, value in SETTINGS.items():
        repo.git("config", name, value)
    assert all_of(look(repo, "set")) == before
    assert not list(repo.folder.parent.rglob("fsmonitor-was-run"))


VARIABLES = {
    "GIT_DIR": "/nonexistent",
    "GIT_WORK_TREE": "/nonexistent",
    "GIT_INDEX_FILE": "/nonexistent",
    "GIT_OBJECT_DIRECTORY": "/nonexistent",
    "GIT_CEILING_DIRECTORIES": "/",
    "GIT_NAMESPACE": "x",
    "GIT_CONFIG_COUNT": "nonsense",
    "GIT_CONFIG_PARAMETERS": "nonsense",
    "GIT_EXTERNAL_DIFF": "false",
    "GIT_LITERAL_PATHSPECS": "nonsense",
    "GIT_TRACE": "1",
    "GIT_PAGER": "false",
    "GIT_EXEC_PATH": "/nonexistent",
    "LC_ALL": "zh_CN.UTF-8",
    "LANGUAGE": "zh_CN",
}


def test_the_environment_does_not_matter(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    """A build may run in a hook, where git has set much, or under somebody else's hands."""
    before = all_of(look(repo, "plain"))
    for name, value in VARIABLES.items():
        monkeypatch.setenv(name, value)
    assert all_of(look(repo, "set")) == before


def test_replaced_and_grafted_commits_do_not_matter(repo: Repo) -> None:
    """They are on one machine only."""
    repo.write(PATH, text(figure=4))
    id_ = repo.commit("照原件")
    before = all_of(look(repo, "plain"))
    repo.write(PATH, text(figure=5))
    other = repo.commit("换上的")
    repo.git("reset", "-q", "--hard", id_)
    repo.git("replace", id_, other)
    (repo.folder / ".git/info/grafts").write_text(f"{id_}\n", encoding="utf-8")
    assert all_of(look(repo, "replaced")) == before


# --- what there is no history of -----------------------------------------------------------------------


def _clone(repo: Repo, *options: str) -> Repo:
    made = Repo(repo.folder.with_name("clone"))
    repo.git("config", "uploadpack.allowFilter", "true")
    source = f"file://{repo.folder}"
    subprocess.run(
        ["git", "clone", "-q", *options, source, str(made.folder)], check=True, capture_output=True
    )
    return made


def _shallow(repo: Repo) -> Repo:
    repo.write(PATH, text(figure=4))
    repo.commit()
    return _clone(repo, "--depth=1")


def _partial(repo: Repo) -> Repo:
    for n in range(3):
        repo.write(PATH, text(figure=n + 1))
        repo.commit()
    return _clone(repo, "--filter=blob:none")


def _none(repo: Repo) -> Repo:
    shutil.rmtree(repo.folder / ".git")
    return repo


def _empty(repo: Repo) -> Repo:
    return _none(repo).init()


def _broken(repo: Repo) -> Repo:
    (repo.folder / ".git/config").write_text("[core\n", encoding="utf-8")
    return repo


def _lost(repo: Repo) -> Repo:
    repo.write(PATH, text(figure=4))
    repo.commit()
    for folder in (repo.folder / ".git/objects").glob("??"):
        shutil.rmtree(folder)
    return repo


ABSENT: dict[str, tuple[Callable[[Repo], Repo], Absence, str]] = {
    "shallow": (_shallow, Absence.PARTIAL, "git fetch --unshallow"),
    "partial": (_partial, Absence.PARTIAL, "克隆得不完整"),
    "none": (_none, Absence.NO_REPOSITORY, "不在 git 仓库里"),
    "empty": (_empty, Absence.NO_COMMITS, "还没有提交"),
    "broken": (_broken, Absence.REFUSED, "git 说：fatal: bad config"),
    "lost": (_lost, Absence.REFUSED, "git 说："),
}


@pytest.mark.parametrize("name", ABSENT)
def test_absent(repo: Repo, name: str) -> None:
    """A reason, and what to do about it; never a traceback, nor half a history."""
    make, absence, words = ABSENT[name]
    history = look(make(repo), "cache")
    assert (history.told, history.absence) == (True, absence)
    assert words in history.remark
    assert not history.keys
    assert history.of("330411") == {}
    assert absence.line.endswith("。")
    past = history.past(())
    assert past
    assert past.absence is absence


def test_no_git(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same where no such program is installed, or what is called git is none."""
    monkeypatch.setenv("PATH", str(repo.folder))
    assert look(repo).absence is Absence.NO_GIT
    (repo.folder / "git").write_bytes(b"\x7fELF")
    (repo.folder / "git").chmod(0o755)
    assert look(repo).absence is Absence.REFUSED


@pytest.mark.parametrize("word", ["rev-list", "diff-tree", "cat-file"])
def test_no_room_for_another_process(repo: Repo, monkeypatch: pytest.MonkeyPatch, word: str) -> None:
    """A process that cannot be begun is told like one that ends badly."""
    begin: Any = subprocess.Popen

    def refusing(command: list[str], **options: Any) -> Any:
        if word in command:
            raise OSError(errno.EAGAIN, "no room")
        return begin(command, **options)

    repo.write(PATH, text(figure=4))
    repo.commit()
    monkeypatch.setattr(subprocess, "Popen", refusing)
    history = look(repo)
    assert history.absence is Absence.REFUSED
    assert "no room" in history.remark


def test_somebody_elses(repo: Repo, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Git does not read a repository that another user owns; the remark says how to let it."""
    if os.geteuid():
        pytest.skip("only root can give files away")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    os.chown(repo.folder, 12345, 12345)
    os.chown(repo.folder / ".git", 12345, 12345)
    history = look(repo, "cache")
    assert history.absence is Absence.REFUSED
    assert "safe.directory" in history.remark
    assert "dubious ownership" in history.remark


def test_a_shallow_clone_is_mended(repo: Repo) -> None:
    """After what the remark says to do."""
    clone = _shallow(repo)
    assert look(clone, "cache").absence is Absence.PARTIAL
    clone.git("fetch", "-q", "--unshallow")
    assert all_of(look(clone, "cache")) == all_of(look(repo))


# --- what was kept -------------------------------------------------------------------------------------


def _rows(history: History, sql: str) -> list[tuple[object, ...]]:
    assert history.file
    with sqlite3.connect(history.file) as db:
        found = list(db.execute(sql))
    db.close()
    return found


def test_only_what_is_new_is_read(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    """Commits that are known are not asked for again, versions that were compared not compared."""
    compared: list[int] = []
    real = ONE

    def counting(function: object, shared: object, jobs: object) -> object:
        known = list(jobs)  # type: ignore[call-overload]
        compared.append(sum(map(len, known)))
        return real(function, shared, known)  # type: ignore[arg-type]

    monkeypatch.setattr("tests.test_history_git.ONE", counting)
    for n in range(3):
        repo.write(PATH, text(figure=n + 1))
        repo.commit()
    look(repo)
    look(repo)
    repo.write(PATH, text(figure=9))
    repo.commit()
    repo.write("README", "甲")
    repo.commit()
    look(repo)
    assert compared == [3, 1]


def test_one_county_is_touched(repo: Repo) -> None:
    """The keys of the others stay as they were."""
    repo.write(f"reports/41/410182/{OTHER}/2022.yml", text())
    repo.commit()
    before = look(repo).keys
    repo.write(PATH, text(figure=4))
    repo.commit()
    after = look(repo).keys
    assert before["410182"] == after["410182"]
    assert before["330411"] != after["330411"]


REWRITTEN: dict[str, Callable[[Repo], object]] = {
    "amended": lambda repo: repo.git("commit", "-q", "--amend", "-m", "改过的说明", GIT_AUTHOR_NAME="乙"),
    "dropped": lambda repo: repo.git("reset", "-q", "--hard", "HEAD~1"),
    "other": lambda repo: (repo.git("checkout", "-q", "--orphan", "other"), repo.commit("重来")),
    "pruned": lambda repo: (
        repo.git("reset", "-q", "--hard", "HEAD~2"),
        repo.git("reflog", "expire", "--expire=now", "--all"),
        repo.git("gc", "-q", "--prune=now"),
    ),
}


@pytest.mark.parametrize("name", REWRITTEN)
def test_rewritten(repo: Repo, name: str) -> None:
    """A history that is another from some point on is read from the beginning."""
    for n in range(3):
        repo.write(PATH, text(figure=n + 1))
        repo.commit(str(n))
    look(repo)
    REWRITTEN[name](repo)
    assert all_of(look(repo)) == all_of(look(repo, "anew"))


DAMAGE: dict[str, Callable[[Path], object]] = {
    "empty": lambda path: path.write_bytes(b""),
    "nonsense": lambda path: path.write_bytes(b"nonsense" * 1000),
    "cut": lambda path: path.write_bytes(path.read_bytes()[: path.stat().st_size // 2]),
    "gone": os.unlink,
    "months gone": lambda path: [*map(os.unlink, path.parent.glob("*.jsonl"))],
    "months cut": lambda path: [month.write_bytes(b"{") for month in path.parent.glob("*.jsonl")],
    "too many months": lambda path: path.with_name("1999-01.jsonl").write_bytes(b"{}"),
}


@pytest.mark.parametrize("name", DAMAGE)
def test_damaged(repo: Repo, name: str) -> None:
    """What was kept and is damaged is made again."""
    for n in range(3):
        repo.write(PATH, text(figure=n + 1))
        repo.commit(str(n))
    history = look(repo)
    before = all_of(history)
    assert history.file
    DAMAGE[name](history.file)
    assert all_of(look(repo)) == before


def test_of_another_make(repo: Repo) -> None:
    """What another version of this program found out is found out again; so is all with `fresh`."""
    before = all_of(look(repo))
    (number,) = _rows(look(repo), "UPDATE changes SET differs = '[[],[],[\"old\"]]' RETURNING 1")
    assert number == (1,)
    assert all_of(look(repo, made_of="2")) == before


def test_only_a_province(repo: Repo) -> None:
    """A shard has the history of its own counties and no other."""
    repo.write(f"reports/41/410182/{OTHER}/2022.yml", text())
    repo.write("reports/33/330402/330402001/2022.yml", text())
    repo.commit()
    whole = look(repo)
    for shard, counties in (
        ("33", {"330411", "330402"}),
        ("330411", {"330411"}),
        ("41", {"410182"}),
        ("11", set()),
    ):
        found = look(repo, f"shard{shard}", shard=shard)
        assert found.keys.keys() == counties
        assert {code: found.of(code) for code in counties} == {code: whole.of(code) for code in counties}
        assert all(found.keys[code] == whole.keys[code] for code in counties)
    assert look(repo, "shard33", shard="41").keys.keys() == {"410182"}


def test_a_full_disk(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    """Is told, and nothing else."""
    real = sqlite3.connect

    def small(path: object, **options: object) -> sqlite3.Connection:
        db = real(path, **options)  # type: ignore[call-overload]
        db.execute("PRAGMA max_page_count = 3")
        return db  # type: ignore[no-any-return]

    monkeypatch.setattr(sqlite3, "connect", small)
    with pytest.raises(UnreadableError, match=r"写不进 .*book\.sqlite：磁盘满了"):
        look(repo)


def test_killed(repo: Repo) -> None:
    """At whatever moment; the next look finds out what is missing."""
    for n in range(3):
        repo.write(PATH, text(figure=n + 1))
        repo.commit(str(n))
    clean = all_of(look(repo, "clean"))
    for nth in range(1, 30):
        killed_at(nth, lambda: look(repo, "killed"))
        assert all_of(look(repo, "killed")) == clean
        shutil.rmtree(repo.folder / "killed")


# --- any history ---------------------------------------------------------------------------------------

UNITS = ("330411103", "330411104", "330402001", "410182110")
Step = tuple[str, int, int]
STEPS = st.lists(
    st.tuples(
        st.sampled_from(
            ["edit", "edit", "remove", "branch", "switch", "merge", "theirs", "same", "readme", "look"]
        ),
        st.integers(0, 99),
        st.integers(0, 2),
    ),
    max_size=14,
)


def _do(repo: Repo, step: Step) -> None:
    """One thing that somebody does in a repository."""
    name, n, seconds = step
    at = repo.now + seconds  # many in the same second
    repo.now = at
    unit, year = UNITS[n % 4], (2021, YEAR)[n % 2]
    path = f"reports/{unit[:2]}/{unit[:6]}/{unit}/{year}.yml"
    branches = repo.git("branch", "--format=%(refname:short)").split()
    if name == "edit":
        repo.write(path, report_text("甲镇", year, {"figure": n % 5}, ""))
        repo.commit(str(n), at=at)
    elif name == "remove" and (repo.folder / path).exists():
        (repo.folder / path).unlink()
        repo.commit(f"删{n}", at=at)
    elif name == "branch":
        repo.git("checkout", "-q", "-b", f"b{len(branches)}")
    elif name == "switch":
        repo.git("checkout", "-q", branches[n % len(branches)])
    elif name in {"merge", "theirs"}:
        how = ("-X", "ours") if name == "merge" else ("-s", "ours")
        when = {
            "GIT_AUTHOR_DATE": f"{at} +0000",
            "GIT_COMMITTER_DATE": f"{at} +0000",
            "GIT_AUTHOR_NAME": "合并者",
        }
        repo.git(
            "merge", "-q", "--no-ff", *how, "-m", f"合{n}", branches[n % len(branches)], check=False, **when
        )
        if repo.git("status", "--porcelain"):
            repo.commit(f"了结{n}", at=at)
    elif name == "same":
        repo.commit("空的", at=at)
    elif name == "readme":
        repo.write("README", str(n))
        repo.commit("别的文件", at=at)


@settings(max_examples=int(os.environ.get("NIANBAO_SEQUENCES", "12")), phases=[Phase.generate])
@given(STEPS)
def test_any_history(steps: list[Step]) -> None:
    """Gone on from whatever was known, the history is what one reading from the beginning finds, to the byte."""
    with tempfile.TemporaryDirectory() as folder:
        repo = Repo(Path(folder)).init()
        (repo.folder / ".git/info/exclude").write_text("kept\nanew\n", encoding="utf-8")
        repo.write(PATH, text())
        repo.commit("始")
        for step in [*steps, ("look", 0, 0)]:
            _do(repo, step)
            if step[0] == "look":
                shutil.rmtree(repo.folder / "anew", ignore_errors=True)
                assert all_of(look(repo, "kept")) == all_of(look(repo, "anew"))
