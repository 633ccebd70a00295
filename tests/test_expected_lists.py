"""A county's list of those that had to publish: read strictly, and held against what the archive has."""

from __future__ import annotations

import csv
import re
import shutil
from io import StringIO
from pathlib import Path
from typing import Any, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from build_tools import facts, tally
from build_tools.cli import main
from build_tools.county import County, read_county
from build_tools.decode.expected import COLUMNS, EXPECTED, LONGEST, read_expected
from build_tools.due import first_year
from build_tools.expected import Expected, limit
from build_tools.facts import facts_of
from build_tools.finding import Finding
from build_tools.publish.counties import Writing
from build_tools.publish.provinces import Province
from build_tools.publish.site import Sheaf, Site
from build_tools.render.coverage import STATES
from build_tools.shell import BODY, DESCRIPTION, TITLE, Shell
from build_tools.source import MAX_BYTES, plain
from build_tools.standing import Count, Known, State, Why, standing
from build_tools.store import Store
from build_tools.units import UNIT_ID, kinds

CASES = cast(
    "dict[str, Any]", plain((Path(__file__).parent / "cases/expected_lists.yml").read_text(encoding="utf-8"))
)
HEAD = ",".join(COLUMNS)
SHELL = Shell(("", "", "", ""), (TITLE, DESCRIPTION, BODY))
COUNTY = "330411"
NOW = 2026
ODD = {"<BOM>": "\ufeff", "<CR>": "\r", "<LS>": "\u2028", "<NUL>": "\0"}


def text_of(case: dict[str, Any]) -> str:
    text = f"{case.get('first', HEAD)}\n{case['rows']}"
    for name, character in ODD.items():
        text = text.replace(name, character)
    text = re.sub(r"<LONG (\d+)>", lambda m: "镇" * int(m[1]), text)
    return re.sub(r"<MANY (\d+)>", lambda m: "".join(map(_row, range(int(m[1])))), text)


def _row(number: int) -> str:
    return f"2023,{COUNTY}-u{number},单位{number},,通知\n"


@pytest.mark.parametrize("case", CASES["reads"], ids=lambda case: case["why"])
def test_read(case: dict[str, Any]) -> None:
    roll, problems = read_expected(text_of(case), COUNTY, NOW)
    listed = [one for year in sorted(roll) for _, one in sorted(roll[year].items())]
    assert problems == ()
    if "has" in case:
        assert [f"{one.year}/{one.unit} {one.due}".strip() for one in listed] == case["has"]
    assert len(listed) == int(case.get("count", len(listed)))


@pytest.mark.parametrize("case", CASES["refuses"], ids=lambda case: case["why"])
def test_refused(case: dict[str, Any]) -> None:
    """Every fault with its line and what to do; with any there is no list."""
    roll, problems = read_expected(text_of(case), COUNTY, NOW)
    said = "\n".join(f"{problem.message}。{problem.hint}" for problem in problems)
    assert [f"{problem.at[0] if problem.at else 0} {problem.rule}" for problem in problems] == case["finds"]
    assert [words for words in case.get("says", ()) if words not in said] == []
    assert all(problem.message and len(problem.message) < 300 and problem.hint for problem in problems)
    assert roll == {}


CELL = st.one_of(
    st.sampled_from(
        ["2023", "2024", "330411103", "330411104", "330402001", "镇", "2024-01-31", "2025-01-31"]
    ),
    st.sampled_from(["", '"', "\r", "\u2028", ",", "=1", "\0", "2024-02-30", "٢٠٢٣"]),
    st.text(max_size=4),
)
SHEET = st.lists(st.lists(CELL, max_size=6).map(",".join), max_size=6).map("\n".join)


@given(text=st.one_of(SHEET, SHEET.map(f"{HEAD}\n".__add__), st.text()), now=st.integers(2008, 2100))
def test_any_text(text: str, now: int) -> None:
    """No text is more than it says: what is listed is a unit of the county, a year, a day after it."""
    roll, problems = read_expected(text, COUNTY, now)
    assert not (roll and problems)
    lines = text.count("\n") + text.count("\r") + 1
    assert all(problem.at and 1 <= problem.at[0] <= lines for problem in problems)
    for year, listed in roll.items():
        assert first_year() <= year <= now
        for unit, one in listed.items():
            assert (one.year, one.unit, unit[:6]) == (year, unit, COUNTY)
            assert UNIT_ID.fullmatch(unit)
            assert one.due == "" or one.due[:4] == str(year + 1)
            assert 0 < len(one.name) <= LONGEST["单位名称"]
            assert one.name.isprintable()


@pytest.fixture(scope="module")
def disk(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """The miniature archive, of which the tests write the list of one county."""
    root = tmp_path_factory.mktemp("archive")
    shutil.copytree(Path(__file__).parent / "miniature/reports", root / "reports")
    return Store(root)


def filed(store: Store, data: bytes | str) -> County:
    """The county with such a list."""
    folder = store.reports / COUNTY[:2] / COUNTY
    (folder / EXPECTED).write_bytes(data if isinstance(data, bytes) else f"{HEAD}\n{data}".encode())
    former, faults = store.former()
    assert faults == ()
    return read_county(store, store.county(COUNTY, folder), store.register(), NOW, former)


def of_list(county: County) -> list[Finding]:
    return [finding for finding in county.findings if finding.file.endswith(EXPECTED)]


@given(data=st.binary(max_size=200))
@settings(max_examples=40)
def test_any_bytes(disk: Store, data: bytes) -> None:
    """Whatever the file holds, the county is read, and what is wrong is told at a line of the file."""
    county = filed(disk, data)
    assert county.roll == {}
    assert {finding.file for finding in of_list(county)} == {f"33/{COUNTY}/{EXPECTED}"}
    assert all(finding.line >= 1 and finding.hint and finding.blocks for finding in of_list(county))


@pytest.mark.parametrize(
    ("data", "rule", "line", "hint"),
    [
        (f"{HEAD}\n2023,330411103,油车港镇,,通知\n".encode("gbk"), "YAML-CHARACTER", 1, "CSV UTF-8"),
        (HEAD.encode("utf-16"), "YAML-CHARACTER", 1, "CSV UTF-8"),
        (b"," * (MAX_BYTES + 1), "YAML-SIZE", 1, "一行一个单位一个年度"),
        (b"PK\x03\x04\xff", "YAML-CHARACTER", 1, "CSV UTF-8"),
    ],
)
def test_bytes_that_are_no_table(disk: Store, data: bytes, rule: str, line: int, hint: str) -> None:
    """A file of Excel itself, another encoding, a file too large: one finding that says how to save it."""
    (found,) = of_list(filed(disk, data))
    assert (found.rule, found.line) == (rule, line)
    assert hint in found.hint


def test_only_a_file_of_the_county(disk: Store) -> None:
    """A link, a folder, a list in another place are strays."""
    folder = disk.reports / COUNTY[:2] / COUNTY
    (folder / EXPECTED).unlink(missing_ok=True)
    (folder / "330411103" / EXPECTED).write_text(HEAD, encoding="utf-8")
    (folder / EXPECTED).symlink_to("/etc/passwd")
    inside = disk.county(COUNTY, folder)
    assert inside.expected == ""
    assert {file: problem.rule for file, problem in inside.strays} == {
        f"33/{COUNTY}/{EXPECTED}": "YAML-PATH",
        f"33/{COUNTY}/330411103/{EXPECTED}": "ID-PATH",
    }
    (folder / EXPECTED).unlink()
    (folder / "330411103" / EXPECTED).unlink()


# --- held against the archive ---------------------------------------------------------------------------


LISTED = """\
2019,330411103,甲镇,2020-01-10,区政务公开办通知
2021,330411103,甲镇,2022-01-31,区政务公开办通知
2023,330411103,甲镇,2024-01-31,区政务公开办通知
2023,330411-cz,秀洲区财政局,2024-01-31,区政务公开办通知
2023,330411-rsj,秀洲区人社局,2024-01-31,区政务公开办通知
2025,330411-rsj,秀洲区人社局,,区政务公开办通知
"""


def test_a_list_beside_the_archive(disk: Store) -> None:
    """A unit without a folder is missing; what was withdrawn, or may still come, is not; nothing stops a build."""
    county = filed(disk, LISTED)
    missing = [finding for finding in of_list(county) if finding.rule == "CO-EXPECTED"]
    assert [(f.line, f.unit, f.year, f.blocks) for f in missing] == [
        (4, "330411103", 2023, False),
        (6, "330411-rsj", 2023, False),
    ]
    assert "名单上 3 个单位，档案里有 1 份，差 2" in missing[0].message
    assert all("档案里没有" in f.message and "未公开" not in f.message for f in missing)
    assert county.counts == {
        2019: Count(1, 1, 1, 0, 1, 0),  # published on 2020-01-20, ten days after the day of the list
        2021: Count(1, 1, 0, 0, 0, 0),
        2023: Count(1, 3, 1, 0, 0, 2),
        2025: Count(1, 1, 0, 0, 0, 0),
    }
    assert county.errors == ()


def test_orphans(disk: Store) -> None:
    """A report whose unit the year's list lacks is told, of years with a list alone."""
    county = filed(disk, LISTED.replace("330411-cz", "330411-jyj"))
    orphans = [(f.unit, f.year) for f in county.findings if f.rule == "CO-ORPHAN"]
    assert orphans == [("330411-cz", 2023)]


def test_what_rules_are_given_goes_no_further(disk: Store) -> None:
    """Pages are made of reports with what is private masked: those beside them are for rules alone."""
    for holding in filed(disk, LISTED).holdings:
        assert all(one.subject.beside.reports == {} for one in holding.filed)


def test_check_reads_it(
    disk: Store, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """`nianbao check` of the file alone tells its line, and quotes it."""
    monkeypatch.setenv("NIANBAO_YEAR", str(NOW))
    filed(disk, LISTED)
    file = disk.reports / COUNTY[:2] / COUNTY / EXPECTED
    assert main(["--root", str(disk.root), "check", str(file)]) == 0
    told = capsys.readouterr().out
    assert f"reports/33/{COUNTY}/{EXPECTED}:4:1: 提示 CO-EXPECTED" in told
    assert "2023,330411103,甲镇,2024-01-31" in told
    file.write_text(f"{HEAD}\n2023,330402001,乙街道,,通知\n", encoding="utf-8")
    assert main(["--root", str(disk.root), "check", str(file)]) == 1
    assert "错误 ID-PATH" in capsys.readouterr().out


# --- how a unit stands ----------------------------------------------------------------------------------


def listed(day: str) -> dict[str, Expected]:
    return {"330411103": Expected(2023, "330411103", "甲镇", day, "通知", 2)}


@pytest.mark.parametrize(
    ("published", "roll", "state", "why", "late"),
    [
        ("2024-01-31", None, State.ON_TIME, Why.TIMED, 0),
        ("2024-02-02", None, State.LATE, Why.TIMED, 2),
        ("2024-02-02", listed("2024-02-28"), State.ON_TIME, Why.TIMED, 0),
        ("2024-01-31", listed("2024-01-20"), State.LATE, Why.TIMED, 11),
        ("2024-01-31", listed(""), State.ON_TIME, Why.TIMED, 0),
        ("2024-01-31", {}, State.ON_TIME, Why.TIMED, 0),
        ("", listed("2024-01-31"), State.UNKNOWN, Why.UNDATED, 0),
        ("2023-12-25", listed("2024-01-31"), State.UNKNOWN, Why.EARLY, 0),
        (None, listed("2024-01-31"), State.MISSING, Why.MISSING, 0),
        (None, {}, State.NOT_DUE, Why.NOT_LISTED, 0),
        (None, None, State.UNKNOWN, Why.NO_LIST, 0),
    ],
)
def test_standing(
    published: str | None, roll: dict[str, Expected] | None, state: State, why: Why, late: int
) -> None:
    """The day of the list counts, else that of kinds.yml; a printed day alone says on time or late."""
    found = standing(Known("330411103", kinds()["镇"], 2023, published, roll=roll), NOW)
    assert (found.state, found.why, found.late) == (state, why, late)


@pytest.mark.parametrize(
    ("now", "state"), [(2023, State.NOT_DUE), (2024, State.NOT_DUE), (2025, State.MISSING)]
)
@pytest.mark.parametrize("day", ["", "2024-01-31"])
@pytest.mark.parametrize("kind", ["镇", None])
def test_the_clock_is_a_year(now: int, state: State, day: str, kind: str | None) -> None:
    """In the year of the last day nobody can say that it is over."""
    known = Known("330411103", kinds()[kind] if kind else None, 2023, roll=listed(day))
    assert standing(known, now).state is state


def test_others_without_a_report() -> None:
    """Withdrawn has a word of its own, whatever the list says; a unit that was not there was not due."""
    gone = Known("330411103", kinds()["镇"], 2023, withdrawn=True, roll=listed("2024-01-31"))
    assert standing(gone, NOW).state is State.WITHDRAWN
    assert standing(Known("330411103", kinds()["镇"], 2023, there=False), NOW).state is State.NOT_DUE


def test_the_day_and_its_ground() -> None:
    """What the list says goes before the law, and binds; without either nothing is known."""
    found = limit(kinds()["镇"], 2023, listed("2024-01-20")["330411103"])
    assert (found and found.on, found and found.basis, found and found.binding) == (
        "2024-01-20",
        "通知",
        True,
    )
    usual = limit(kinds()["镇"], 2023, listed("")["330411103"])
    assert usual
    assert not usual.binding
    assert limit(None, 2023) is None


# --- on the site ----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def pages(disk: Store) -> Sheaf:
    """The pages of the county with the list."""
    county = filed(disk, LISTED)
    former, _ = disk.former()
    site = Site(disk, disk.register(), NOW, dict.fromkeys((1, 2, 3), SHELL), former=former)
    sheaf = Sheaf()
    Writing(site, county, sheaf).write()
    return sheaf


def body(pages: Sheaf, path: str) -> str:
    return pages.files[f"{path}index.html"].decode()


# The pages of the miniature archive are held to the letter; here stands what has to be on such pages.


def rows_of(page: str) -> dict[str, str]:
    """The rows of the tables of a page by the text of their heading cells."""
    parts = page.split('<tr><th scope="row">')[1:]
    return {re.sub("<.*?>", "", row.split("</th>")[0]): row for row in parts}


def test_county_page(pages: Sheaf) -> None:
    """Words for every state, units that only the list names, the way to the form page and to corrections."""
    page = body(pages, "regions/330411/")
    rows = rows_of(page)
    assert "应公开名单上另有 1 个单位" in page
    assert "units/330411-rsj" not in page
    assert 'href="../../submit/?unit=330411-rsj&amp;year=2023">待补<span class="vh">' in rows["秀洲区人社局"]
    assert ">暂不计<" in rows["秀洲区人社局"]
    told = rows["甲镇"]
    assert [word for word in ("待补", "撤下", "晚 10 天", "收录", "不在名单", "—") if word not in told] == []
    assert "期限是 2024-01-31，档案里没有，可能在别处公布过" in told
    assert "未公开" not in page
    assert 'href="../../corrections/"' in page
    used = set(re.findall(r'data-mark="([\w-]+)"', page))
    assert {state for state, said in STATES.items() if said in page} == used


def test_unit_page(pages: Sheaf) -> None:
    """Missing years are named with what says so; years without a list, or of other lists, say less."""
    page = body(pages, "units/330411103/")
    gaps = [re.sub("<.*?>", " ", row.split("</tr>")[0]).split() for row in page.split('<tr class="gap">')[1:]]
    assert gaps == [
        ["2024", "尚未收录"],
        ["2023", "应公开名单上有，期限是", "2024-01-31，档案里没有，可能在别处公布过。", "交一份来"],
        ["2021", "撤下"],
    ]
    assert 'href="../../submit/?unit=330411103&amp;year=2023"' in page
    assert '2020-01-20<span class="late">晚 10 天</span>' in page


def test_coverage_as_a_file(pages: Sheaf) -> None:
    """The same matrix, a line for each unit and year."""
    rows = list(csv.DictReader(StringIO(pages.files["regions/330411/coverage.csv"].decode())))
    assert {row["state"] for row in rows} <= set(State)
    assert len(rows) == len({(row["unit"], row["year"]) for row in rows})
    marks = re.findall(r"<td data-mark=", body(pages, "regions/330411/"))
    assert len(rows) == len(marks)


def test_words_of_the_file_are_explained(root: Path) -> None:
    """Every state and every ground is told to those who read it by programs."""
    guide = (root / "docs/api.md").read_text(encoding="utf-8")
    told = guide.split("{#coverage}")[1].split("\n## ")[0]
    assert [word for word in (*State, *Why) if f"`{word}`" not in told] == []


def test_regions_add_up(disk: Store) -> None:
    """What lists say goes up to prefecture, province and country, through JSON, as counts by year."""
    told = facts.heard_line(facts.told(facts_of(filed(disk, LISTED))))
    province = Province("33", disk.register())
    province.add(told)
    page = next(page for page in province.pages() if page.path == "regions/33/")
    assert 'id="listing-caption"' in page.body
    assert province.ledgers["33"].lists[2023] == Count(1, 3, 1, 0, 0, 2)
    both = tally.heard(tally.as_json(province.ledgers["33"]))
    both.add(province.ledgers["33"])
    assert both.lists[2023] == Count(2, 6, 2, 0, 0, 4)


def test_example_of_the_guide(root: Path) -> None:
    """The list shown to editors can be read."""
    guide = (root / "docs/format.md").read_text(encoding="utf-8")
    (block,) = re.findall(r"```csv\n(.*?)```", guide, re.DOTALL)
    roll, problems = read_expected(block, COUNTY, NOW)
    assert problems == ()
    assert roll
