"""What a branch does to the archive, told in words; and a check of nothing but what it changed."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from build_tools.cli import main
from build_tools.cli.arguments import REVIEWS
from build_tools.county import County
from build_tools.finding import Finding, Severity
from build_tools.forms import official
from build_tools.history import CellChange, Difference, Kind, Unread, Value
from build_tools.history.branch import BaseError, _entries, branch
from build_tools.review import words
from build_tools.review.formats import FORMATS
from build_tools.review.markdown import LIMIT, markdown
from build_tools.review.plain import plain
from build_tools.review.side import Side
from build_tools.review.values import Amount, Part, Review, Reviewed
from build_tools.review.words import Found, Grid, Heading, Items, Said, told
from tests.casework import ORIGINALS, PROSE, base, put, yaml_text
from tests.gitwork import Repo

GOLDEN = Path(__file__).parent / "golden" / "review"
DIVISIONS = """code,name,valid_from,valid_to,successor
33,浙江省,,,
3304,嘉兴市,,,
330411,秀洲区,,,
330402,南湖区,,,
"""
TOWN, OTHER = "330411199", "330402199"
EVIL = "@all https://evil.example <img src=x> | `rm` **粗** #1 !2"
WRONG = {"申请/予以公开": ["1", "0", "0", "0", "0", "0", "0"]}


def folder(unit: str) -> str:
    return f"reports/33/{unit[:6]}/{unit}"


def write(repo: Repo, year: int, entries: Mapping[str, Any] | None = None, unit: str = TOWN) -> str:
    """A sound report with some entries set; gives its path."""
    tree = base(official()["2021"], year)
    for path, value in (entries or {}).items():
        put(tree, path, value)
    path = f"{folder(unit)}/{year}.yml"
    repo.write(path, yaml_text(tree))
    return path


@pytest.fixture
def repo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repo:
    """An archive of two counties and three reports on branch main; a branch of it is checked out."""
    monkeypatch.setenv("NIANBAO_YEAR", "2026")
    repo = Repo(tmp_path / "archive").init()
    monkeypatch.chdir(repo.folder)
    repo.write("reports/divisions.csv", DIVISIONS)
    for unit in (TOWN, OTHER):
        repo.write(f"{folder(unit)}/unit.yml", "名称: 示例镇\n类别: 镇\n")
        for name, original in ORIGINALS.items():
            repo.write(f"{folder(unit)}/source/{name}", original)
        write(repo, 2022, unit=unit)
    write(repo, 2023)
    repo.commit("收录")
    repo.git("checkout", "-q", "-b", "work")
    return repo


@pytest.fixture
def said(capsys: pytest.CaptureFixture[str]) -> Callable[[], str]:
    """Everything printed since the last time, by both ways."""
    return lambda: "".join(capsys.readouterr())


def reviewed(said: Callable[[], str], *options: str) -> tuple[int, str]:
    status = main(["review", *(options or ("main",))])
    return status, said()


# --- what is told ------------------------------------------------------------------------------------


@pytest.mark.usefixtures("repo")
def test_nothing_changed(said: Callable[[], str]) -> None:
    status, text = reviewed(said)
    assert status == 0
    assert "没有改动年报。没有新的问题。" in text


@pytest.mark.parametrize("name", FORMATS)
def test_golden(repo: Repo, said: Callable[[], str], golden: Callable[[Path, str], None], name: str) -> None:
    """New, changed, taken away, laid out anew; cells, prose and the year before; files that are no reports."""
    write(repo, 2024, {"申请/新收": ["30", "0", "0", "0", "0", "0", "30"]})
    write(
        repo,
        2023,
        {
            "标题": f"示例镇 {EVIL}",
            "申请/新收": ["2", "0", "0", "0", "0", "0", "2"],
        }
        | {
            "申请/部分公开": ["2", "0", "0", "0", "0", "0", "2"],
            "申请/总计": ["2", "0", "0", "0", "0", "0", "2"],
        }
        | {
            "正文/总体情况": f"{PROSE}\n\n新写的一段。",
            "申请/不予公开/国家秘密": ["~", "0", "0", "0", "0", "0", "缺"],
        },
    )
    (repo.folder / folder(OTHER) / "2022.yml").unlink()
    repo.write(f"{folder(OTHER)}/unit.yml", "名称: 示例镇\n类别: 镇\n别名: [例镇]\n")
    repo.commit("一")
    laid = repo.folder / folder(TOWN) / "2022.yml"
    laid.write_text(f"# 重排\n{laid.read_text(encoding='utf-8')}", encoding="utf-8")
    status, text = reviewed(said, "main", "--format", name)
    assert status == 1
    golden(GOLDEN / f"branch.{name}", re.sub(r"（[0-9a-f]{10}）", "（0123456789）", text))


def test_an_error_is_new(repo: Repo, said: Callable[[], str]) -> None:
    """It stops; what the branch began with does not, nor does what is acknowledged."""
    write(repo, 2023, WRONG)
    assert reviewed(said)[0] == 1
    repo.commit("错")
    status, text = reviewed(said, "HEAD")
    assert status == 0
    assert "没有新的问题" in text
    write(repo, 2023)
    assert re.search("原有的问题少了 [1-9] 处", reviewed(said, "HEAD")[1])


def test_an_error_in_a_report_that_was_not_touched(repo: Repo, said: Callable[[], str]) -> None:
    """A report can put the next year's wrong."""
    write(
        repo,
        2022,
        {"申请/结转下年度": ["1", "0", "0", "0", "0", "0", "1"], "申请/新收": ["1", *["0"] * 5, "1"]},
    )
    status, text = reviewed(said)
    assert f"{folder(TOWN)}/2023.yml" in text
    assert "XY-CARRY" in text
    assert status == 1
    assert main(["check", "--since", "main"]) == 1
    assert "2023.yml" in said()
    repo.write(f"{folder(TOWN)}/unit.yml", "名称: 别镇\n类别: 镇\n")
    assert main(["check", "--since", "HEAD", "--format", "github"]) == 1
    text = said()
    assert f"::error file={folder(TOWN)}/2023.yml" in text
    assert "::warning" not in text


def test_files_git_does_not_know_yet(repo: Repo, said: Callable[[], str]) -> None:
    """What is not committed, and not even added, counts."""
    path = write(repo, 2024)
    assert f"reports/{path.removeprefix('reports/')}" in reviewed(said)[1]
    assert "新增 1 份" in reviewed(said)[1]


def test_a_file_that_cannot_be_read(repo: Repo, said: Callable[[], str]) -> None:
    repo.write(f"{folder(TOWN)}/2023.yml", "标题: [")
    status, text = reviewed(said)
    assert status == 1
    assert "改成的这一版读不出来" in text
    assert "YAML-SYNTAX" in text


def test_what_stands_nowhere(repo: Repo, said: Callable[[], str]) -> None:
    """Above the counties and in them."""
    repo.write("reports/33/notes.txt", "x")
    repo.write("reports/33/330411/2024.yml", "x")
    status, text = reviewed(said)
    assert status == 1
    assert text.count("ID-PATH") == 2


def test_a_larger_file_than_may_be(repo: Repo, said: Callable[[], str]) -> None:
    """On either side: it is said to be too large, and never read whole."""
    repo.write(f"{folder(TOWN)}/2023.yml", "x" * 3_000_000)
    assert "YAML-SIZE" in reviewed(said)[1]
    repo.commit("大")
    write(repo, 2023)
    assert "改之前的一版读不出来" in reviewed(said, "HEAD")[1]


def test_a_new_unit_with_its_line_in_the_register(repo: Repo, said: Callable[[], str]) -> None:
    unit = "330499199"
    repo.write("reports/divisions.csv", f"{DIVISIONS}330499,新区,,,\n")
    repo.write(f"{folder(unit)}/unit.yml", "名称: 新镇\n类别: 镇\n")
    for name, original in ORIGINALS.items():
        repo.write(f"{folder(unit)}/source/{name}", original)
    write(repo, 2022, unit=unit)
    _, text = reviewed(said)
    assert "浙江省嘉兴市新区新镇 2022年度" in text
    assert "divisions.csv 关系到全部报告" in text
    repo.git("checkout", "-q", "main", "--", "reports/divisions.csv")
    repo.write("reports/divisions.csv", b"\xff")
    assert main(["review", "main"]) == 2


def test_a_report_laid_out_as_fmt_does_it(repo: Repo, said: Callable[[], str]) -> None:
    """Nobody is told to lay it out."""
    write(repo, 2024)
    assert "没有排整齐" in reviewed(said)[1]
    main(["fmt"])
    said()
    assert "没有排整齐" not in reviewed(said)[1]


# --- only what is concerned --------------------------------------------------------------------------


def test_other_counties_are_not_read(
    repo: Repo, said: Callable[[], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """One county now and as it was, whatever is wrong in another."""
    write(repo, 2022, WRONG, unit=OTHER)
    repo.commit("旧错")
    repo.git("branch", "-f", "main")
    write(repo, 2024)
    read, real = list[str](), Side.county

    def county(side: Side, at: str) -> County:
        read.append(at)
        return real(side, at)

    monkeypatch.setattr(Side, "county", county)
    status, text = reviewed(said, "main", "--jobs", "1")
    assert (status, read) == (0, ["33/330411", "33/330411"])
    assert OTHER not in text
    assert main(["check", "--since", "main"]) == 0
    assert main(["check"]) == 1


def test_check_since(repo: Repo, said: Callable[[], str]) -> None:
    path = write(repo, 2023, WRONG)
    assert main(["check", "--since", "main", "--format", "github"]) == 1
    text = said()
    assert f"file={path},line=1" in text
    assert "2022.yml" not in text
    assert main(["check", "--since", "HEAD"]) == 1  # not committed yet
    repo.commit("错")
    assert main(["check", "--since", "HEAD"]) == 0
    assert main(["check", "--since", "main", path]) == 2
    assert "只能写一样" in said()


def test_check_since_with_another_register(repo: Repo, said: Callable[[], str]) -> None:
    """It concerns every report."""
    repo.write("reports/divisions.csv", DIVISIONS.replace("330402,南湖区,,,\n", ""))
    assert main(["check", "--since", "main"]) == 1
    assert OTHER in said()


def test_check_since_of_a_county_that_is_gone(repo: Repo, said: Callable[[], str]) -> None:
    shutil.rmtree(repo.folder / "reports/33/330402")
    assert main(["check", "--since", "main"]) == 0
    assert main(["review", "main"]) == 0
    assert "删去的报告" in said()


# --- what to compare with ----------------------------------------------------------------------------


@pytest.mark.usefixtures("repo")
@pytest.mark.parametrize("name", ["nowhere", "--upload-pack=x", "", "main:reports", "HEAD~9", "a\x1bb"])
def test_no_such_revision(said: Callable[[], str], name: str) -> None:
    options = ["review", "--", name] if name.startswith("-") else ["review", name]
    assert main(options) == 2
    text = said()
    assert "git fetch origin" in text
    assert "\x1b" not in text


def test_no_repository(repo: Repo, said: Callable[[], str]) -> None:
    shutil.rmtree(repo.folder / ".git")
    assert main(["review", "main"]) == 2
    assert "不在 git 仓库里" in said()


def test_no_common_beginning(repo: Repo, said: Callable[[], str]) -> None:
    repo.git("checkout", "-q", "--orphan", "other")
    repo.commit("另起")
    assert main(["review", "main"]) == 2
    assert "没有共同的来历" in said()


def test_a_branch_is_seen_from_where_it_began(repo: Repo, said: Callable[[], str]) -> None:
    """What others did on main meanwhile is not what this branch undoes."""
    write(repo, 2024)
    repo.commit("新")
    repo.git("checkout", "-q", "main")
    write(repo, 2023, {"标题": "别人改的"})
    repo.commit("别人")
    repo.git("checkout", "-q", "work")
    text = reviewed(said)[1]
    assert "新增 1 份。" in text
    assert "2023年度" not in text


def test_shallow(
    repo: Repo, said: Callable[[], str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the commit before is there it will do; where it is not, people are told how to get it."""
    write(repo, 2024)
    repo.commit("新")
    write(repo, 2024, {"转录说明": "改了"})
    repo.commit("改")
    Repo(tmp_path).git("clone", "-q", "--depth", "2", f"file://{repo.folder}", "shallow")
    monkeypatch.chdir(tmp_path / "shallow")
    status, text = reviewed(said, "HEAD~1")
    assert "改动 1 份" in text
    assert status == 0
    for name in ("HEAD~2", "main"):
        assert main(["review", name]) == 2
        assert "git fetch --unshallow" in said()


def test_a_shallow_clone_that_hides_where_the_branch_began(repo: Repo, tmp_path: Path) -> None:
    write(repo, 2024)
    repo.commit("新")
    repo.git("checkout", "-q", "main")
    repo.commit("别人")
    repo.git("checkout", "-q", "work")
    clone = Repo(tmp_path / "shallow")
    Repo(tmp_path).git(
        "clone", "-q", "--depth", "1", "--no-single-branch", f"file://{repo.folder}", "shallow"
    )
    with pytest.raises(BaseError, match="浅克隆"):
        branch(clone.folder / "reports", "origin/main")


def test_paths_that_lead_out() -> None:
    """What a tree made by hand holds is written nowhere else, nor is what a link would lead to."""
    told_ = b"\0".join(
        b"%s blob %s\t%s" % (mode, b"a" * 40, path)
        for mode, path in [
            (b"100644", b"33/330411/unit.yml"),
            (b"100644", b"33/../../x"),
            (b"100644", b"/etc/x"),
            (b"120000", b"33/link"),
            (b"160000", b"33/module"),
        ]
    )
    assert dict(_entries(told_)) == {"33/330411/unit.yml": "a" * 40}


# --- words and marks ---------------------------------------------------------------------------------

FINDING = Finding(
    file="33/330411/330411199/2023.yml",
    line=1,
    column=1,
    end_line=1,
    end_column=2,
    rule="T3-ROW-SUM",
    path="全文",
    message=EVIL,
    hint=EVIL,
    severity=Severity.ERROR,
)


def _many(count: int) -> Review:
    cells = tuple(
        CellChange(f"t3.r.{n}", f"第{n}格", Value("1", "number"), Value("长" * 100, "text"))
        for n in range(count)
    )
    changed = [
        Reviewed("330411199", EVIL, 2000 + n, f"x/{n}.yml", Kind.CHANGED, Difference(cells))
        for n in range(count)
    ]
    added = [Reviewed("330411199", "镇", 2000 + n, f"y/{n}.yml", Kind.ADDED) for n in range(count)]
    return Review("main", "0" * 40, (Part((*changed, *added), (FINDING,) * count, 3),))


def test_what_is_left_out_is_counted() -> None:
    text = plain(told(_many(100)))
    assert f"另有 {100 - words.CELLS} 格没有列出" in text
    assert f"另有 {100 - words.REPORTS} 份没有列出" in text
    assert f"另有 {100 - words.LISTED} 项没有列出" in text
    assert f"另有 {100 - words.FINDINGS} 处没有列出" in text
    assert "长……（共 100 字）" in text


def test_a_comment_is_no_longer_than_it_may_be() -> None:
    """Cut between lines, with how many are left out."""
    text = markdown(told(_many(100)))
    assert len(text) <= LIMIT
    left = re.search("后面 ([0-9]+) 行没有写出来。\n$", text)
    assert left
    assert int(left[1]) > 100
    assert "没有写出来" not in markdown(told(_many(2)))


@given(
    st.lists(
        st.one_of(
            st.builds(Heading, st.text()),
            st.builds(Said, st.text()),
            st.builds(Items, st.lists(st.text(), max_size=3), st.booleans()),
            st.builds(
                Grid, st.just(("位置", "原来", "现在")), st.lists(st.tuples(*[st.text()] * 3), max_size=3)
            ),
            st.just(Found([FINDING])),
        ),
        max_size=6,
    )
)
def test_nothing_is_alive(blocks: list[words.Block]) -> None:
    """Whatever somebody wrote: no link, no picture, no markup, no mention; as many rows as there should be."""
    html = MarkdownIt("commonmark").enable("table").render(markdown(blocks))
    tags = set(re.findall(r"<([a-z0-9]+)", html))
    assert tags <= {"h3", "h4", "p", "ul", "ol", "li", "table", "thead", "tbody", "tr", "th", "td"}
    assert not re.search("@(?!\u200b)", html)
    rows = sum(len(block.rows) + 1 for block in blocks if isinstance(block, Grid))
    assert html.count("<tr>") == rows + 2 * sum(isinstance(block, Found) for block in blocks)
    shown = plain(blocks)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f\u202e]", shown)


@pytest.mark.parametrize(
    ("amount", "expected"),
    [
        (Amount("甲", 1, 0, 0, 10, 12), "改 1 段，10 字变 12 字"),
        (Amount("甲", 0, 2, 0, 0, 12), "增 2 段，0 字变 12 字"),
        (Amount("甲", 1, 0, 3, 20, 12), "改 1 段、删 3 段，20 字变 12 字"),
        (Amount("甲", 0, 0, 0, 12, 12), "段落的次序不同了，12 字变 12 字"),
    ],
)
def test_amounts(amount: Amount, expected: str) -> None:
    one = Reviewed("330411199", "镇", 2023, "x.yml", Kind.CHANGED, prose=(amount,))
    assert f"正文“甲”：{expected}" in plain(told(Review("main", "0" * 40, (Part((one,)),))))


def test_a_version_that_cannot_be_read() -> None:
    unread = Difference(unread=(Unread.OLD, Unread.NEW))
    one = Reviewed("330411199", "镇", 2023, "x.yml", Kind.CHANGED, unread)
    text = plain(told(Review("main", "0" * 40, (Part((one,)),))))
    assert "改之前的一版读不出来" in text
    assert "改成的这一版读不出来" in text


def test_formats_are_those_that_can_be_typed() -> None:
    assert tuple(FORMATS) == REVIEWS


def test_a_report_in_no_form(repo: Repo, said: Callable[[], str]) -> None:
    """Chapters are known by their headings."""
    tree = base(next(form for form in official().values() if form.free), 2005)
    tree["章节"] = [{"标题": "一、概述", "正文": PROSE}, {"标题": "二、公开", "正文": PROSE}]
    path = f"{folder(TOWN)}/2005.yml"
    repo.write(path, yaml_text(tree))
    repo.commit("一")
    tree["章节"][1]["正文"] = f"{PROSE}改"
    repo.write(path, yaml_text(tree))
    text = reviewed(said, "HEAD")[1]
    assert "正文“二、公开”：改 1 段" in text
    assert "概述" not in text


def test_a_name_that_is_none(repo: Repo, said: Callable[[], str]) -> None:
    """A file's name is written by strangers too: bytes that are no text, lines, marks."""
    repo.write("reports/33/330411/330411199/a|`@all`.txt", "x")
    name = os.fsencode(repo.folder / folder(TOWN)) + b"/\xff\n\x1b[31m.txt"
    Path(os.fsdecode(name)).write_bytes(b"x")
    status, text = reviewed(said)
    assert status == 1
    assert "\x1b" not in text
    assert re.search("@(?!&#8203;)", text) is None
    assert text.count("ID-PATH") == 2
    text.encode("utf-8")


def test_a_partial_clone(
    repo: Repo, said: Callable[[], str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was in the files before is not there: nothing is fetched behind anybody's back."""
    write(repo, 2023, {"标题": "改了"})
    repo.commit("改")
    repo.git("config", "uploadpack.allowFilter", "true")
    words = ("clone", "-q", "--filter=blob:none", f"file://{repo.folder}", "partial")
    Repo(tmp_path).git(*words)
    monkeypatch.chdir(tmp_path / "partial")
    assert main(["review", "HEAD~1"]) == 2
    assert "重新完整克隆" in said()
