"""Provinces built apart and joined: the same site as one build, or a message and the old site."""

import errno
import json
import os
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest

from build_tools.cli import main
from build_tools.store import DIVISIONS
from tests.gitwork import START, Repo
from tests.sitework import broken_links, environment, tree, workshop

pytestmark = pytest.mark.xdist_group("shards")

EMPTY = "11"
SHARDS = (EMPTY, "33", "37", "41")
OWN, TOWN, ELSEWHERE = "33/330000/330000-jyt", "33/330411/330411103", "37/371581/371581113"


def nianbao(folder: Path, *words: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run a command in a folder."""
    command = [sys.executable, "-m", "build_tools", *words]
    return subprocess.run(
        command, cwd=folder, env=environment() | variables, capture_output=True, text=True, check=False
    )


def done(folder: Path, *words: str) -> None:
    """Run a command that has to succeed."""
    run = nianbao(folder, *words)
    assert run.returncode == 0, run.stdout + run.stderr


def shard(folder: Path, code: str) -> None:
    done(folder, "build", "--shard", code, "--to", f"shards/{code}")


def add(path: Path, text: str) -> None:
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.fixture(scope="module")
def country(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three provinces with kin in each other, one's own department, none of a fourth; built whole and in shards.

    All of it is in a repository: each shard has the history of its own counties.

    The site that is shown is older than a report of the shards.
    """
    folder = workshop(root, tmp_path_factory.mktemp("country"))
    shutil.copytree(root / "tests/miniature/reports" / OWN, folder / "reports" / OWN)
    add(folder / "reports" / TOWN / "unit.yml", "后继: [371581113, 410182110]\n")
    add(folder / "reports" / ELSEWHERE / "unit.yml", "前身: [330411103, 110101001]\n")
    add(folder / "reports/moved.csv", "330499103,371581113,2024-05-06,登记错了\n")
    add(folder / "reports/withdrawn.csv", "410182110,2019,2024-05-06,发布机关更正,荥阳市人民政府\n")
    repo = Repo(folder).init()
    repo.commit("收录")
    done(folder, "build")
    change(
        folder / "reports" / ELSEWHERE / "2020.yml", "政府信息公开工作年度报告\n", "政府信息公开年度报告\n"
    )
    repo.commit("照原件改标题")
    done(folder, "build", "--to", "whole")
    for code in SHARDS:
        shard(folder, code)
    return folder


@pytest.fixture
def copy(country: Path, tmp_path: Path) -> Path:
    """The same, to be changed freely. Shards have travelled: other places, other times, no links between files."""
    return Path(shutil.copytree(country, tmp_path / "copy", copy_function=shutil.copyfile))


def test_the_same_site(country: Path) -> None:
    """Every file of the joined site is that of one build, byte for byte, and there is no other."""
    done(country, "assemble", *(f"shards/{code}" for code in SHARDS), "--to", "joined")
    one, joined = tree(country / "whole"), tree(country / "joined")
    assert joined.keys() == one.keys()
    assert [path for path, data in joined.items() if data != one[path]] == []
    assert {"manifest.tsv", "units/330000-jyt/2023/index.html", "manifest/410182.tsv"} <= one.keys()
    assert any(path.startswith("search/index/") for path in one)


def test_any_order_and_any_cut(copy: Path) -> None:
    """The order of shards does not matter, nor where the country is cut."""
    shutil.rmtree(copy / "shards/33")
    for code in ("3300", "3304"):
        shard(copy, code)
    done(copy, "assemble", *(f"shards/{code}" for code in ("41", "3304", "37", "3300", EMPTY)), "--to", "new")
    assert tree(copy / "new") == tree(copy / "whole")


def test_packed_and_sent(country: Path, tmp_path: Path) -> None:
    """Shards that were packed, sent and unpacked elsewhere are as good, and need not be writable."""
    packed = tmp_path / "shards.tar"
    with tarfile.open(packed, "w") as tar:
        tar.add(country / "shards", "sent")
    with tarfile.open(packed) as tar:
        tar.extractall(tmp_path, filter="data")
    for folder, _, _ in os.walk(tmp_path / "sent"):
        Path(folder).chmod(0o555)
    done(country, "assemble", *map(str, sorted((tmp_path / "sent").iterdir())), "--to", str(tmp_path / "new"))
    for folder, _, _ in os.walk(tmp_path / "sent"):
        Path(folder).chmod(0o755)
    assert tree(tmp_path / "new") == tree(country / "whole")


def test_on_another_disk(country: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where files cannot be shared they are copied."""

    def refused(*_: object, **__: object) -> None:
        raise OSError(errno.EXDEV, "Invalid cross-device link")

    for name, value in environment().items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(os, "link", refused)
    shards = [str(country / "shards" / code) for code in SHARDS]
    assert (
        main(["--root", str(country), "assemble", *shards, "--to", str(tmp_path / "new"), "--jobs", "1"]) == 0
    )
    assert tree(tmp_path / "new") == tree(country / "whole")


def test_only_what_changed_is_touched(copy: Path) -> None:
    """When one shard is made anew, the pages of the others stay the very files they were."""
    join = ("assemble", *(f"shards/{code}" for code in SHARDS), "--to", "new")
    done(copy, *join)
    before = {p: p.stat() for p in (copy / "new").rglob("*") if p.is_file()}
    change(copy / "reports" / ELSEWHERE / "2020.yml", "政府信息公开年度报告\n", "政府信息公开工作年度报告\n")
    shard(copy, "37")
    done(copy, *join)
    now = {p: p.stat() for p in (copy / "new").rglob("*") if p.is_file()}
    kept = {p for p in now.keys() & before.keys() if _same(now[p], before[p])}
    made = {p.relative_to(copy / "new").as_posix() for p in now.keys() - kept}
    own = ("units/371581113", "regions/37")
    data = ("data/index.html", "data/all/", "data/years/2020/", "data/provinces/37/")
    lists = ("years/2020/", "search/", "compare/", "submit/index.html", "manifest", "index.html", "feeds/")
    allowed = (*own, *(f"api/v1/{path}" for path in own), *lists, *data)

    done(copy, "build")
    assert tree(copy / "new") == tree(copy / "site")
    assert "units/371581113/2020/index.html" in made
    assert [path for path in sorted(made) if not path.startswith(allowed)] == []


def _same(one: os.stat_result, other: os.stat_result) -> bool:
    return (one.st_ino, one.st_mtime_ns) == (other.st_ino, other.st_mtime_ns)


def test_nothing_to_do(copy: Path) -> None:
    """Joined once more, nothing is written."""
    join = ("assemble", *(f"shards/{code}" for code in SHARDS), "--to", "new")
    done(copy, *join)
    assert "没有变化" in nianbao(copy, *join).stdout


def test_another_history(copy: Path) -> None:
    """What was changed and why is on the pages: a shard of an earlier commit does not fit, but where it says the same."""
    repo = Repo(copy, now=START + 10_000)
    repo.commit("只说一声")
    done(copy, "assemble", *(f"shards/{code}" for code in SHARDS), "--to", "new")
    change(copy / "reports" / TOWN / "2020.yml", "政府信息公开工作年度报告\n", "政府信息公开年度报告\n")
    repo.commit("改")
    change(copy / "reports" / TOWN / "2020.yml", "政府信息公开年度报告\n", "政府信息公开工作年度报告\n")
    repo.commit("改回去")
    run = nianbao(copy, "assemble", *(f"shards/{code}" for code in SHARDS), "--to", "new")
    assert run.returncode == 1
    assert "shards/33 里的 330411 不是用现在的 reports 做的" in run.stderr
    shard(copy, "33")
    done(copy, "assemble", *(f"shards/{code}" for code in SHARDS), "--to", "new")
    done(copy, "build")
    assert tree(copy / "new") == tree(copy / "site")


def test_a_shallow_clone_does_not_fit(copy: Path) -> None:
    """A shard without the history is told apart by just that."""
    (copy / ".git/shallow").write_text(f"{Repo(copy).git('rev-parse', 'HEAD')}\n", encoding="utf-8")
    run = nianbao(copy, "assemble", *(f"shards/{code}" for code in SHARDS), "--to", "new")
    assert run.returncode == 1
    assert "和这里不一样的有：git 仓库全不全。" in run.stderr


def test_a_shard_alone(country: Path) -> None:
    """A shard's site is whole, but for links to units that are in another shard."""
    assert broken_links(country / "shards/33/site") == [
        "regions/330499/index.html -> ../../units/371581113/",
        "units/330411103/index.html -> ../../units/371581113/",
        "units/330411103/index.html -> ../../units/410182110/",
        "units/330499103/2020/index.html -> ../../../units/371581113/2020/",
        "units/330499103/index.html -> ../../units/371581113/",
        "years/2020/330499/index.html -> ../../../units/371581113/2020/",
    ]
    assert broken_links(country / f"shards/{EMPTY}/site") == []
    assert broken_links(country / "shards/41/site") == []


# --- what cannot be joined -------------------------------------------------------------------------------


def _unmarked(folder: Path) -> None:
    (folder / "shards/37/shard.json").unlink()


def _strange_mark(folder: Path) -> None:
    (folder / "shards/37/shard.json").write_text("[]", encoding="utf-8")


def _other_code(folder: Path) -> None:
    path = folder / "shards/37/shard.json"
    mark = json.loads(path.read_text(encoding="utf-8"))
    mark["of"]["程序或 Python 的版本"] = "0" * 32
    path.write_text(json.dumps(mark), encoding="utf-8")


def _other_look(folder: Path) -> None:
    change(folder / "mkdocs.yml", "政府信息公开年报档案", "另一个档案")


def _other_register(folder: Path) -> None:
    add(folder / "reports" / DIVISIONS, "99,新省,,,\n")


def _no_record(folder: Path) -> None:
    (folder / "shards/37/records/371581").unlink()


def _half_record(folder: Path) -> None:
    path = folder / "shards/37/records/371581"
    path.write_bytes(path.read_bytes()[:-20])


def _no_page(folder: Path) -> None:
    (folder / "shards/37/site/units/371581113/2020/index.html").unlink()


def _half_page(folder: Path) -> None:
    (folder / "shards/37/site/units/371581113/2020/index.html").write_bytes(b"<!doctype html>")


def _no_list(folder: Path) -> None:
    (folder / "shards/37/site/manifest/371581.tsv").unlink()


def _bad_list(folder: Path) -> None:
    (folder / "shards/37/site/manifest/371581.tsv").write_bytes(b"1\t" + b"0" * 64 + b"\t../../secret\n")


def _bad_run(folder: Path) -> None:
    (path,) = (folder / "shards/37/runs").glob("371581-*")
    path.write_bytes(path.read_bytes()[:100])


def _no_run(folder: Path) -> None:
    shutil.rmtree(folder / "shards/37/runs")


def _report_changed(folder: Path) -> None:
    change(
        folder / "reports" / ELSEWHERE / "2020.yml", "政府信息公开年度报告\n", "政府信息公开工作年度报告\n"
    )


def _report_gone(folder: Path) -> None:
    (folder / "reports" / ELSEWHERE / "2020.yml").unlink()


def _county_gone(folder: Path) -> None:
    shutil.rmtree(folder / "reports/37/371581")


def _county_added(folder: Path) -> None:
    new = folder / "reports/37/370102/370102001"
    new.mkdir(parents=True)
    (new / "unit.yml").write_text("名称: 新街道\n类别: 街道\n", encoding="utf-8")


def _kin_added(folder: Path) -> None:
    """In a province without a shard of its own; what links it was made before."""
    new = folder / "reports/11/110101/110101001"
    new.mkdir(parents=True)
    (new / "unit.yml").write_text("名称: 旧街道\n类别: 街道\n", encoding="utf-8")
    shard(folder, EMPTY)


def _withdrawn(folder: Path) -> None:
    """One more of a county that was made before."""
    add(folder / "reports/withdrawn.csv", "371581113,2019,2024-05-06,发布机关更正,临清市人民政府\n")


def _errors(folder: Path) -> None:
    (folder / "reports" / ELSEWHERE / "unit.yml").write_text("名称: [", encoding="utf-8")
    failed = nianbao(folder, "build", "--shard", "37", "--to", "shards/37")
    assert failed.returncode == 1
    assert "YAML-SYNTAX" in failed.stderr


def _missing(folder: Path) -> None:
    shutil.rmtree(folder / "shards/37")


def _a_file(folder: Path) -> None:
    shutil.rmtree(folder / "shards/37")
    (folder / "shards/37").write_text("", encoding="utf-8")


def _overlapping(folder: Path) -> None:
    shard(folder, "3715")


FAULTS: dict[Callable[[Path], None], tuple[str, ...]] = {
    _unmarked: ("shards/37", "不是做完的分片"),
    _strange_mark: ("shards/37", "不是做完的分片"),
    _other_code: ("shards/37", "程序或 Python 的版本"),
    _other_look: ("shards/11", "网页的样子"),
    _other_register: ("shards/11", DIVISIONS),
    _no_record: ("shards/37", "没有拷贝完整"),
    _half_record: ("shards/37", "没有拷贝完整"),
    _no_page: ("shards/37 里的 371581", "缺文件"),
    _half_page: ("shards/37 里的 371581", "缺文件，或文件损坏"),
    _no_list: ("shards/37 里的 371581", "缺文件"),
    _bad_list: ("shards/37 里的 371581", "文件损坏"),
    _bad_run: ("shards/37 里的 371581", "文件损坏"),
    _no_run: ("shards/37 里的 371581", "缺文件"),
    _report_changed: ("shards/37 里的 371581", "不是用现在的 reports 做的"),
    _report_gone: ("shards/37 里的 371581", "不是用现在的 reports 做的"),
    _county_gone: ("shards/37 里的 371581", "已经不在 reports 里"),
    _county_added: ("1 个县不在任何分片里", "37", "370102"),
    _kin_added: ("shards/37 里的 371581", "不是用现在的 reports 做的"),
    _withdrawn: ("shards/37 里的 371581", "不是用现在的 reports 做的"),
    _errors: ("shards/37", "出了错"),
    _missing: ("没有 shards/37 这个目录",),
    _a_file: ("没有 shards/37 这个目录",),
    _overlapping: ("shards/37（37）和 shards/3715（3715）",),
}


@pytest.mark.parametrize("fault", FAULTS, ids=lambda f: f.__name__)
def test_fault(copy: Path, fault: Callable[[Path], None]) -> None:
    """Exit status 1, a message that names the shard and what to do, no traceback, and the old site untouched."""
    before = tree(copy / "site")
    fault(copy)
    given = sorted({*SHARDS, *(path.name for path in (copy / "shards").iterdir())})
    run = nianbao(copy, "assemble", *(f"shards/{code}" for code in given))

    assert run.returncode == 1
    assert "Traceback" not in run.stderr
    assert [words for words in FAULTS[fault] if words not in run.stderr] == []
    assert tree(copy / "site") == before


def test_a_list_that_is_not_needed(copy: Path) -> None:
    """The list of a shard's lists can be read out of these; its pages are sound or found out."""
    (copy / "shards/37/site/manifest.tsv").write_bytes(b"")
    done(copy, "assemble", *(f"shards/{code}" for code in SHARDS))
    assert tree(copy / "site") == tree(copy / "whole")


@pytest.mark.parametrize(
    ("shards", "year", "words"),
    [
        (SHARDS, "2025", "年份"),
        ((*SHARDS, "33"), "2026", "shards/33（33）和 shards/33（33）"),
        (("33", "41"), "2026", "1 个县不在任何分片里，属于 37"),
    ],
    ids=["another year", "twice", "not all"],
)
def test_shards_that_do_not_belong_together(
    country: Path, shards: tuple[str, ...], year: str, words: str
) -> None:
    """What is given is looked at before anything is written."""
    before = tree(country / "site")
    run = nianbao(country, "assemble", *(f"shards/{code}" for code in shards), NIANBAO_YEAR=year)
    assert run.returncode == 1
    assert words in run.stderr
    assert "Traceback" not in run.stderr
    assert tree(country / "site") == before


def test_a_shard_that_is_being_made(country: Path) -> None:
    """It is waited for by whoever asked, not joined half done."""
    code = (
        "from pathlib import Path; from build_tools.files import Lock; import sys\n"
        "lock = Lock(Path('shards/37')); print('locked', flush=True); sys.stdin.read()"
    )
    maker = subprocess.Popen(
        [sys.executable, "-c", code], cwd=country, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert maker.stdout
    assert maker.stdin
    assert maker.stdout.readline() == "locked\n"
    run = nianbao(country, "assemble", *(f"shards/{code}" for code in SHARDS))
    maker.communicate("")
    assert run.returncode == 2
    assert "shards/37 里正在生成或发布网站" in run.stderr


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--shard", "99", "--to", "x"), "没有“99”"),
        (("--shard", "浙江", "--to", "x"), "没有“浙江”"),
        (("--shard", "", "--to", "x"), "--shard 写区划代码"),
        (("--shard", "33"), "--to"),
    ],
)
def test_usage(country: Path, words: tuple[str, ...], told: str) -> None:
    """A code that is nowhere would make an empty shard without a word."""
    run = nianbao(country, "build", *words)
    assert run.returncode == 2
    assert told in run.stderr
