"""Pages above the reports: places, years, what the rules found. And the values they are made of."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from build_tools import facts as facts_
from build_tools import quality as quality_
from build_tools import tally as tally_
from build_tools.archive import chain
from build_tools.check import catalogue
from build_tools.facts import CountyFacts, UnitFacts, Waived, lifetime
from build_tools.former import Withdrawn
from build_tools.indicators import Number, indicators
from build_tools.model import Division, Kin, State, Unit
from build_tools.publish.country import Country
from build_tools.publish.provinces import Province, heard
from build_tools.quality import Quality, quality
from build_tools.render.coverage import Matrix, known_of, mark, marked
from build_tools.render.pages import Page, Region, Share, county_page, quality_page, region_page, year_page
from build_tools.render.regions import Covered, Sum, main_indicators, most_peers, regions_page, year_lines
from build_tools.render.totals import sheets
from build_tools.spread import FEW, RANKED, Ranked, Spread
from build_tools.standing import standing
from build_tools.tally import Ledger, ledger
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
    page = county_page(above, ledger(own), Matrix([unit], own.entries, now=2026))
    golden(GOLDEN / "county.html", page.body)
    share = Share(above, ledger(own), [], figures=own.reports)
    golden(GOLDEN / "county year.html", year_page(2022, share, [2022], REGISTER).body)


def test_nothing_is_there() -> None:
    """A county without reports, a province without units: pages without tables, no sum of nothing."""
    empty = county("330411", [])
    body = county_page(chain(REGISTER, "330411"), ledger(empty), Matrix([], (), now=2026)).body
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
    ("begun", "after", "years", "expected"),
    [
        (None, (), (), (None, None)),
        (2019, (), (2020,), (2019, None)),
        (2019, (), (2018, 2020), (2018, None)),
        (None, (Kin("1", 2021),), (2020,), (None, 2020)),
        (None, (Kin("1", 2021),), (2021,), (None, 2021)),
        (None, (Kin("1", 2021), Kin("2", 2022)), (), (None, 2021)),
        (None, (Kin("1", 2021), Kin("2")), (), (None, None)),
    ],
)
def test_lifetime(
    begun: int | None, after: tuple[Kin, ...], years: tuple[int, ...], expected: object
) -> None:
    """From the year it was founded until its successors report, unless a report proves more; a merger is no birth."""
    before = (Kin("330411104", 2020),)
    unit = Unit("330411103", "甲镇", kinds()["镇"], predecessors=before, successors=after, begun=begun)
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
        ("镇", 2022, "2023-02-01", "after", "后 1 天"),
        ("镇", 2016, "2017-04-01", "late", "晚 1 天"),
        ("镇", 2022, "", "undated", "收录"),
        ("县级政府", 2022, "2023-03-31", "on-time", "按时"),
        ("县级政府", 2022, "2023-04-30", "late", "晚 30 天"),
        ("县级部门", 2022, "2023-03-31", "late", "晚 59 天"),
        ("镇", 2016, "2017-03-31", "on-time", "按时"),
        ("镇", 2022, "2022-12-25", "odd", "日期存疑"),
        ("镇", 2022, "2023-01-01", "on-time", "按时"),
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
    found = known_of(unit, [2018, 2020, 2021], {}, {(gone.unit, gone.year)})
    marks = [marked(standing(known, 2026), known).state for known in found]
    assert marks == ["not-due", "absent", "withdrawn"]


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
        for n in range(draw(st.integers(0, 14) | st.just(30))):
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
            assert tally.tables[sort] == len(figures)
            assert spread.total == sum(value for value, _ in numbers)
            _check_ranks(spread, numbers)
            _check_quartiles(spread, sorted(value for value, _ in numbers))


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
    assert spread.unlisted() == (len(rest), tied if len(named) < RANKED else 0)


def _spread(numbers: Sequence[Number], prefix: str = "u") -> Spread:
    found = Spread(
        Counter(numbers), 0, [Ranked(n, f"{prefix}{at}", "", n > 5) for at, n in enumerate(numbers)]
    )
    found.cut()
    return found


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ([9, 12, 15, 21, 24, 60], (12, 18, 24)),
        ([1, 2, 3, 4, 100], (Decimal("1.5"), 3, 52)),
        ([1, 2, 2, 3], (Decimal("1.5"), 2, Decimal("2.5"))),
        ([Decimal("0.1"), Decimal("0.2")], (Decimal("0.1"), Decimal("0.15"), Decimal("0.2"))),
        ([7], (7, 7, 7)),
        ([0, 10**40 + 1], (0, Decimal("5000000000000000000000000000000000000000.5"), 10**40 + 1)),
    ],
)
def test_quartiles(numbers: list[Number], expected: tuple[Number, ...]) -> None:
    """The median of an even number is the mean of the middle two; quartiles are medians of the halves."""
    assert _spread(numbers).quartiles() == expected


def test_nobody_jumps_a_crowd() -> None:
    """Who comes after a crowd that one county left out has no place in the prefecture either."""
    spread = _spread([5] * 25)
    assert spread.largest == []
    spread.add(_spread([7, 7, 4], "v"))
    assert [(rank, one.value) for rank, one in spread.ranks()] == [(1, 7), (1, 7)]
    assert spread.unlisted() == (26, 25)


def _check_quartiles(spread: Spread, numbers: list[Number]) -> None:
    """Medians as the standard library has them of fractions, which are exact."""
    if numbers:
        exact, half = [Fraction(number) for number in numbers], max(len(numbers) // 2, 1)
        expected = [median(exact[:half]), median(exact), median(exact[-half:])]
        assert [Fraction(found) for found in spread.quartiles()] == expected


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


def _page(numbers: Sequence[int]) -> str:
    own = county("330411", [report(f"330411{100 + n}", 2022, {"new": new}) for n, new in enumerate(numbers)])
    share = Share(chain(REGISTER, "330411"), ledger(own), [], figures=own.reports)
    return year_page(2022, share, [2022], REGISTER).body


def test_a_ranking_says_where_it_ends() -> None:
    """Whoever reads a ranking learns how many come after it, and that a crowd was left out."""
    body = _page([*range(1, 27), 0])
    assert '<span class="of">前 10 个：26—17 件</span>' in body
    assert "27 个单位中 27 个有这个数；列出 10 个，后面还有 16 个不是 0 的没有列出</caption>" in body
    body = _page([9, 8, *[3] * 30, 1])
    assert '<span class="of">前 2 个：9—8 件</span>' in body
    assert "列出 2 个，后面还有 31 个不是 0 的没有列出，因为第 3 名有 30 个同数</caption>" in body
    body = _page([5, 4, 3, 2, 1, 0])
    assert '<span class="of">5—1 件</span>' in body
    assert "没有列出" not in body


@pytest.mark.parametrize("numbers", [[3] * 6, [3, 0, 0, 0, 0], [9, *[3] * 30]])
def test_no_ranking_without_an_order(numbers: list[int]) -> None:
    """Where nobody who is named comes after another there is no ranking."""
    assert "排名</h4>" not in _page(numbers)


def test_two_forms_of_the_same_peers() -> None:
    """A sheet says how many of the peers the archive has, and in how many of them there is such a table."""
    figures = [("2021", {"new": 1})] * 6 + [("2019", {"new": 1}), ("none", {})]
    reports = [report(f"33041110{n}", 2022, given, form=form) for n, (form, given) in enumerate(figures)]
    own = county("330411", reports, [UnitFacts("330411199", "镇")])
    found = sheets(ledger(own), 2022, REGISTER, ())
    assert [(sheet.tables, sheet.reports, sheet.units) for sheet in found] == [(1, 8, 9), (6, 8, 9)]
    share = Share(chain(REGISTER, "330411"), ledger(own), [], figures=own.reports)
    body = year_page(2022, share, [2022], REGISTER).body
    assert "9 个单位，收录 8 个，其中有这种表（口径、格式都相同）的 6 个。" in body
    assert "，都有这种表。" in _page([1, 2])


def test_tables_are_counted_though_no_indicator_is_in_all() -> None:
    """Two reports of a form of which each has an indicator that the other lacks are two."""
    own = county("330411", [report("330411101", 2022, {"new": 1}), report("330411102", 2022, {"reviews": 1})])
    (sheet,) = sheets(ledger(own), 2022, REGISTER, ())
    assert (sheet.tables, sheet.reports) == (2, 2)


def test_sums_by_year_are_of_peers_alone() -> None:
    """What is in the archive by year, and under each sum, counts the peers the sums are of."""
    others = [report("330411", 2022, {"new": 70}, kind="县级政府", scope="aggregated")]
    towns = [report(f"33041110{n}", 2022, {"new": n} if n else {}) for n in range(3)]
    own = county(
        "330411", [*others, *towns], [UnitFacts("330411199", "镇"), UnitFacts("330411-x", "县级部门")]
    )
    (line,) = year_lines(ledger(own), most_peers(ledger(own)))
    assert (line.covered.reports, line.covered.units) == (3, 4)
    at = [indicator.id for _, indicator in main_indicators()].index("new")
    assert line.sums[at] == Sum("3", 2, 4)
    body = county_page(chain(REGISTER, "330411"), ledger(own), Matrix([], own.entries)).body
    assert '<td class="number">3<span class="of">2/4</span></td>' in body


def test_tiles_of_provinces() -> None:
    """A province is as dark as its part of the years the archive has; who is not among the tiles is named."""
    full, half = (
        ledger(county(code, [report(f"{code}101", year, {}) for year in years]))
        for code, years in (("330402", (2021, 2022)), ("410182", (2022,)))
    )
    regions = [Region(REGISTER["33"], full), Region(REGISTER["41"], half), Region(REGISTER["65"], Ledger())]
    body = regions_page(regions).body
    assert 'shade-4"><a href="../regions/33/">浙江省</a><span class="of">2/2</span>' in body
    assert 'shade-2"><a href="../regions/41/">河南省</a><span class="of">1/2</span>' in body
    assert 'shade-0"><span>新疆维吾尔自治区<span class="vh">（尚未收录）' in body
    assert "有报告的 2 个年度（2021—2022）相加" in body
    assert "不是地图，不含香港、澳门、台湾。" in body
    with_all = [Region(Division(code, code), Ledger()) for code in ("71", "81", "82")]
    assert "不含" not in regions_page(with_all).body


def test_sorts_stay_apart() -> None:
    """What a government counts for all its units is not added to what they count for themselves, nor forms to forms."""
    found = sheets(ledger(few()[1]), 2022, REGISTER, ())
    assert [(sheet.heading, sheet.tables, sheet.reports, sheet.units) for sheet in found] == [
        ("县级政府（汇总所属单位），2021年格式", 1, 1, 1),
        ("乡镇和街道，2021年格式", 1, 1, 1),
    ]


def test_marks_of_reports() -> None:
    """A report that bears several sorts of notes counts once for each, and never as one without."""
    own = quality(few()[0])
    assert own.reports[2022] == 7
    assert (own.marked("warning"), own.marked("clean")) == (7, 0)
    assert Fraction(own.marked("error"), 7) == 0


def test_entries_that_no_page_lists() -> None:
    """Of a year with more reports than one page lists, the country keeps no lines, as its provinces come in."""
    country, sizes = Country(REGISTER), []
    for code, kept in (("330402", 200), ("410182", 0)):
        own = Province(code[:2], REGISTER)
        own.add(county(code, [report(f"{code}{n:03}", 2022, {}) for n in range(200)]))
        country.add(heard(own.told().told(), REGISTER))
        sizes.append(sum(len(share.entries) for share in country._shares[2022]))
        assert sizes[-1] == kept
    assert country.reports == 400


# --- quality ---------------------------------------------------------------------------------------------


def test_prose_is_not_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is said to hold prose against tables where no rule does: NT-G1-SUM adds up a form."""
    rules = {"NT-G1-SUM": catalogue()["NT-G1-SUM"]}
    monkeypatch.setattr("build_tools.render.quality.catalogue", lambda: rules)
    body = quality_page((), quality(few()[0]), ()).body
    assert "正文里的数和同一份报告的表格之间，现在还没有规则核对。" in body
    assert "份次" not in body


def test_prose_is_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rules that hold prose against tables are named, where they hold for a year of the page."""
    told = replace(catalogue()["NT-G1-SUM"], id="NT-WORD", prose=True)
    rules = {"NT-WORD": told, "NT-OLD": replace(told, id="NT-OLD", until=1999)}
    monkeypatch.setattr("build_tools.render.quality.catalogue", lambda: rules)
    body = quality_page((), quality(few()[0]), ()).body
    assert '正文里的数和同一份报告的表格，用 <a href="../rules/NT-WORD/">NT-WORD</a> 核对。' in body
    assert "NT-OLD" not in body


def test_what_could_not_be_tried_has_no_denominator() -> None:
    """How many reports a rule was tried on is not known: no report without the table counts as tried."""
    body = quality_page((), quality(few()[0]), ()).body
    row = next(line for line in body.split("\n") if "rules/T3-ROW-SUM/" in line)
    assert row.endswith('<td class="number">1</td></tr>')
    assert "都核对得了" not in body


def test_the_way_up_from_a_province() -> None:
    """Above a province's page of quality is that of the country, beside it the province."""
    read = Read(PAGES["quality/33/"].body)
    assert "../../quality/" in read.links
    assert "../../regions/33/" in read.links
    assert "aria-current" not in PAGES["quality/"].body


def test_rules_by_year(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a rule said of a year stands in its column; the columns come to what it said in all."""
    found = Quality(Counter({2018: 3, 2022: 5, 2023: 4}))
    found.open[("T3-ROW-SUM", "error", 2022)] = 2
    found.waived[("T3-ROW-SUM", "error", 2023)] = 1
    found.open[("T3-ROW-SUM", "warning", 2022)] = 4
    body = quality_page((), found, ()).body
    table = body[body.index('<table class="rules-years">') :]
    row = table[table.index("T3-ROW-SUM") :].partition("</tr>")[0]
    assert re.findall(r'number">(.*?)</td>', row)[:2] == ["1", "6"]
    assert "不管这一年" not in row
    old = replace(catalogue()["T3-ROW-SUM"], since=2019)
    monkeypatch.setattr("build_tools.render.quality.catalogue", lambda: {"T3-ROW-SUM": old})
    assert quality_page((), found, ()).body.count("不管这一年") == 1
    assert "rules-years" not in quality_page((), Quality(Counter({2022: 5})), ()).body
