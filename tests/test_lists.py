"""Pages above the reports: places, years, what the rules found. And the values they are made of."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from build_tools import facts as facts_
from build_tools import quality as quality_
from build_tools import tally as tally_
from build_tools.archive import chain
from build_tools.facts import CountyFacts, UnitFacts, Waived, lifetime
from build_tools.former import Withdrawn
from build_tools.indicators import Number, indicators
from build_tools.model import Kin, State, Unit
from build_tools.publish.country import Country
from build_tools.publish.provinces import Province, heard
from build_tools.quality import Quality, quality
from build_tools.render.coverage import mark, marks
from build_tools.render.pages import Page, Region, Share, county_page, region_page, year_page
from build_tools.render.regions import Covered
from build_tools.render.totals import sheets
from build_tools.tally import FEW, RANKED, Ledger, Spread, ledger
from build_tools.units import kinds
from tests.listwork import REGISTER, Given, county, few, report
from tests.sitework import Page as Read

GOLDEN = Path(__file__).parent / "golden" / "lists"
NEW = list(indicators()).index("new")


def _above(counties: list[CountyFacts]) -> Iterator[Page]:
    """All pages above counties, as a build makes them: what is told goes through JSON."""
    country, provinces = Country(REGISTER), dict[str, Province]()
    for one in counties:
        provinces.setdefault(one.code[:2], Province(one.code[:2], REGISTER)).add(one)
    for province in provinces.values():
        yield from province.pages()
        country.add(heard(province.told().told(), REGISTER))
    yield from country.pages()


PAGES = {page.path: page for page in _above(few())}


@pytest.mark.parametrize("path", PAGES)
def test_page(path: str, golden: Callable[[Path, str], None]) -> None:
    """Every page above the counties, to the letter."""
    page = PAGES[path]
    read = Read(page.body)

    assert len(read.ids) == len(set(read.ids))
    assert {link[1:] for link in read.links if link.startswith("#")} <= set(read.ids)
    assert [link for link in read.links if link.startswith("/")] == []
    golden(GOLDEN / f"{path.strip('/').replace('/', ' ')}.html", page.body)


def test_county_pages(golden: Callable[[Path, str], None]) -> None:
    """A county and its share of a year, with the figures of each unit."""
    own, *_ = few()
    unit = Unit("330402100", "镇100", kinds()["镇"])
    above = chain(REGISTER, own.code)
    page = county_page(above, ledger(own), [unit], own.entries)
    golden(GOLDEN / "county.html", page.body)
    share = Share(above, ledger(own), [], figures=own.reports)
    golden(GOLDEN / "county year.html", year_page(2022, share, [2022], REGISTER).body)


def test_nothing_is_there() -> None:
    """A county without reports, a province without units: pages without tables, no sum of nothing."""
    empty = county("330411", [])
    body = county_page(chain(REGISTER, "330411"), ledger(empty), [], ()).body
    assert "<table" not in body
    assert "收录 0 份报告" in body
    body = region_page(chain(REGISTER, "33"), Ledger(), [Region(REGISTER["3304"], Ledger())]).body
    assert "<table" not in body
    assert "尚未收录报告" in {page.path: page.body for page in _above([empty])}["quality/"]


def test_hostile_names() -> None:
    """Names and reasons are text."""
    evil = "</table><script>alert(1)</script>"
    own = county("330411", [report(f"33041110{n}", 2022, {"new": n + 1}) for n in range(6)])
    entries = [replace(r, entry=replace(r.entry, name=evil, title=evil, form_name=evil)) for r in own.reports]
    waived = (Waived("330411100", evil, 2022, "T4-SUM", evil, evil),)
    spoilt = CountyFacts(own.code, own.units, tuple(entries), own.rules, own.untried, waived)
    for page in _above([spoilt]):
        assert "<script>" not in page.body, page.path


# --- coverage -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("reports", "units", "shade"),
    [(0, 0, 0), (0, 9, 0), (1, 90, 1), (45, 90, 2), (89, 90, 3), (9, 9, 4), (1, 1, 4)],
)
def test_shades(reports: int, units: int, shade: int) -> None:
    """Nothing and all have shades of their own, whatever lies between."""
    assert Covered(reports, units).shade == shade


@pytest.mark.parametrize(
    ("before", "after", "years", "expected"),
    [
        ((), (), (), (None, None)),
        ((Kin("1", 2019),), (), (2020,), (2019, None)),
        ((Kin("1", 2019),), (), (2018, 2020), (None, None)),
        ((Kin("1", 2019), Kin("2")), (), (2020,), (None, None)),
        ((), (Kin("1", 2021),), (2020,), (None, 2020)),
        ((), (Kin("1", 2021),), (2021,), (None, None)),
        ((), (Kin("1", 2021), Kin("2", 2022)), (), (None, 2021)),
    ],
)
def test_lifetime(
    before: tuple[Kin, ...], after: tuple[Kin, ...], years: tuple[int, ...], expected: object
) -> None:
    """Kin with years bound it, unless one has none, or a report proves more."""
    unit = Unit("330411103", "甲镇", kinds()["镇"], predecessors=before, successors=after)
    assert lifetime(unit, years) == expected


def test_units_that_are_gone() -> None:
    """A unit counts in the years it was there."""
    own = ledger(few()[1])
    assert [own.there(year, "乡镇和街道") for year in (2019, 2020, 2021)] == [2, 2, 1]
    assert own.reports(2021) == 0
    assert UnitFacts("1", "镇", 2019, 2020).there(2020)
    assert not UnitFacts("1", "镇", 2019, 2020).there(2021)


@pytest.mark.parametrize(
    ("kind", "year", "published", "state", "word"),
    [
        ("镇", 2022, "2023-01-31", "on-time", "按时"),
        ("镇", 2022, "2023-02-01", "late", "晚 1 天"),
        ("镇", 2022, "", "undated", "收录"),
        ("县级政府", 2022, "2023-03-31", "on-time", "按时"),
        ("县级政府", 2022, "2023-04-30", "late", "晚 30 天"),
        ("县级部门", 2022, "2023-03-31", "late", "晚 59 天"),
        ("镇", 2016, "2017-03-31", "on-time", "按时"),
        ("镇", 2022, "2022-12-25", "on-time", "按时"),
        ("镇", 2007, "2008-12-31", "undated", "收录"),
    ],
)
def test_marks_of_time(kind: str, year: int, published: str, state: str, word: str) -> None:
    """The date a report bears, against the day that held for its kind and year."""
    entry = replace(report("330411103", year, {}, kind=kind).entry, published=published)
    found = mark(entry)
    assert (found.state, found.word) == (state, word)


def test_marks_without_a_report() -> None:
    """Withdrawn, not in the archive, or not to be looked for: three things."""
    unit = UnitFacts("330411103", "镇", 2019, None)
    gone = Withdrawn("330411103", 2021, "2026-01-01", "错了", "某局")
    found = marks(unit, [2018, 2020, 2021], {}, {("330411103", 2021): gone})
    assert [one.state for _, one in found] == ["not-due", "absent", "withdrawn"]


# --- sums, spreads, rankings ----------------------------------------------------------------------------


_NUMBERS: st.SearchStrategy[Number | State] = st.one_of(
    st.integers(0, 8), st.sampled_from([Decimal("0.5"), Decimal("2.0"), 10**17]), st.sampled_from(State)
)


@st.composite
def _counties(draw: st.DrawFn) -> list[CountyFacts]:
    """Counties of one prefecture with any figures in two forms."""
    made = []
    for code in draw(st.lists(st.sampled_from(["330402", "330411", "330499"]), unique=True)):
        reports = []
        for n in range(draw(st.integers(0, 14))):
            figure = draw(_NUMBERS)
            given_: Given = {"new": figure} if figure is not State.NUMBER else {}
            form = draw(st.sampled_from(["2019", "2021"]))
            reports.append(report(f"{code}{100 + n}", draw(st.sampled_from([2020, 2021])), given_, form=form))
        made.append(county(code, reports))
    return made


def _merged(counties: list[CountyFacts]) -> Ledger:
    """Their ledger, told by each and heard."""
    found = Ledger()
    for one in counties:
        found.add(tally_.heard(tally_.as_json(ledger(one))))
    return found


@given(_counties())
def test_sums_and_ranks(counties: list[CountyFacts]) -> None:
    """Added up county by county as if all had been counted at once, by hand."""
    merged = _merged(counties)
    reports = [one for county_ in counties for one in county_.reports]
    for year, tally in merged.years.items():
        for sort, spreads in tally.sorts.items():
            read = [(r.entry, r.figures[NEW]) for r in reports if r.entry.year == year]
            figures = [(f.value, entry.unit) for entry, f in read if f and f.form == sort.form]
            numbers = [(value, unit) for value, unit in figures if value is not None]
            spread = spreads[NEW]
            assert (spread.count, spread.others) == (len(numbers), len(figures) - len(numbers))
            assert spread.total == sum(value for value, _ in numbers)
            _check_ranks(spread, numbers)
            _check_quantiles(spread, sorted(value for value, _ in numbers))


def _check_ranks(spread: Spread, numbers: list[tuple[Number, str]]) -> None:
    """The order is that of the numbers; whoever is named is named with all that tie; it ends where too many tie."""
    expected = sorted(((v, u) for v, u in numbers if v > 0), key=lambda one: (-one[0], one[1]))
    named = [(one.value, one.unit) for _, one in spread.ranks()]
    assert named == expected[: len(named)]
    assert [rank for rank, _ in spread.ranks()] == [
        1 + sum(v > value for v, _ in numbers) for value, _ in named
    ]
    rest = expected[len(named) :]
    assert not rest or rest[0][0] != (named[-1][0] if named else None)
    tied = sum(value == rest[0][0] for value, _ in rest) if rest else 0
    assert not rest or len(named) >= RANKED or len(named) + tied > 2 * RANKED


def _check_quantiles(spread: Spread, numbers: list[Number]) -> None:
    for part in (1, 2, 3) if numbers else ():
        at = -(-len(numbers) * part // 4) - 1
        assert spread.quantile(part, 4) == numbers[max(at, 0)]


@given(_counties())
def test_facts_come_back(counties: list[CountyFacts]) -> None:
    """What is told of counties is what is heard, to the type."""
    for one in counties:
        again = facts_.heard_line(facts_.told(one))
        assert again == one
        assert repr(again) == repr(one)
        assert quality_.heard(quality_.as_json(quality(one))) == _without_noughts(quality(one))


def _without_noughts(found: Quality) -> Quality:
    return Quality(found.reports, found.marks, +found.open, +found.waived, +found.untried)


def test_large_year_lists_regions() -> None:
    """A year past the limit keeps no entries: the country names provinces, a province its prefectures."""
    counties = [
        county(code, [report(f"{code}{100 + n}", 2024, {"new": 0}) for n in range(200)])
        for code in ("330402", "330411", "330602")
    ]
    bodies = {page.path: page.body for page in _above(counties)}

    assert 'href="../../years/2024/33/"' in bodies["years/2024/"]
    assert 'href="../../../years/2024/3304/"' in bodies["years/2024/33/"]
    assert 'href="../../../years/2024/330411/"' in bodies["years/2024/3304/"]
    assert 'href="../../../units/330602100/2024/"' in bodies["years/2024/3306/"]
    years = [body for path, body in bodies.items() if path.startswith("years/")]
    assert not any("units/330411100/2024/" in body for body in years)


def test_few_units_get_no_rank() -> None:
    """Under five numbers there is a sum, and how many units it is of, and nothing else."""
    own = county("330411", [report(f"33041110{n}", 2022, {"new": n + 1}) for n in range(FEW - 1)])
    (sheet,) = sheets(ledger(own), 2022, REGISTER, ())
    (total,) = sheet.totals
    assert (total.sum, total.count, total.units) == ("10", 4, 4)
    assert (total.middle, total.bars, total.places) == ("", (), ())
    assert sheet.few


def test_sorts_stay_apart() -> None:
    """What a government counts for all its units is not added to what they count for themselves, nor forms to forms."""
    found = sheets(ledger(few()[1]), 2022, REGISTER, ())
    assert [(sheet.heading, sheet.reports, sheet.units) for sheet in found] == [
        ("县级政府（汇总所属单位），2021年格式", 1, 1),
        ("乡镇和街道，2021年格式", 1, 1),
    ]


def test_marks_of_reports() -> None:
    """A report that bears several sorts of notes counts once for each, and never as one without."""
    own = quality(few()[0])
    assert own.reports[2022] == 7
    assert (own.marked("warning"), own.marked("clean")) == (7, 0)
    assert Fraction(own.marked("error"), 7) == 0
