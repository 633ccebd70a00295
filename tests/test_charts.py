"""Charts over the years, and how numbers are spread: what is drawn, and what is refused."""

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from build_tools.indicators import Number, Reading
from build_tools.model import State
from build_tools.render.charts import BINS, HEIGHT, WIDTH, Chart, bars, chart
from build_tools.render.numbers import difference, number, short, signed


def _read(value: Number | State, form: str = "2021") -> Reading:
    if isinstance(value, State):
        return Reading(value, None, "", form, 0)
    return Reading(State.NUMBER, value, str(value), form, 0)


def _drawn(*series: tuple[int, Number | State] | tuple[int, Number | State, str]) -> Chart:
    made = chart([(year, _read(*rest)) for year, *rest in series])
    assert made
    return made


def test_course() -> None:
    """Years in a row are joined, the highest at the top, 0 on the floor."""
    made = _drawn((2021, 0), (2022, 10), (2023, 5))
    assert made.lines == ("10,82 120,24 230,53",)
    assert (made.top, made.first, made.last) == ("10", 2021, 2023)
    assert made.said == "2021年0；2022年10；2023年5。"


def test_gap() -> None:
    """No line runs over a year without a report; the year is marked and told."""
    made = _drawn((2020, 1), (2021, 2), (2023, 3))
    assert made.lines == ("10,63 83,43",)
    assert len(made.points) == 3
    assert made.gaps == (156,)
    assert made.said.endswith("2022年尚未收录。")


def test_break() -> None:
    """No line runs from one form to another."""
    made = _drawn((2020, 1, "2019"), (2021, 2, "2021"))
    assert made.lines == ()
    assert made.breaks == (120,)
    assert made.said == "2020年1；换了表格格式，前后不连线；2021年2。"


def test_another_scope() -> None:
    """No line runs from a report that counts its own office to one that counts those below it too."""
    made = chart([(2020, _read(8)), (2021, _read(480)._replace(scope="aggregated"))])
    assert made
    assert (made.lines, made.breaks) == ((), (120,))
    assert made.said == "2020年8；统计范围变了，前后不连线；2021年480。"


def test_merger() -> None:
    """No line runs into the year in which a unit merged into this one; after it they go on."""
    series = [(year, _read(year - 2019)) for year in (2020, 2021, 2022)]
    made = chart(series, {2021})
    assert made
    assert (made.lines, made.breaks) == (("120,43 230,24",), (65,))
    assert "2020年1；有单位并入，前后不连线；2021年2" in made.said
    whole = chart(series, {2020, 2023})
    assert whole
    assert (len(whole.lines), whole.breaks) == (1, ())


def test_years_without_the_figure() -> None:
    """A report that does not have the figure has its place, without floor, and is told of."""
    made = chart([(2019, None), (2020, _read(1)), (2021, None), (2022, _read(2)), (2023, _read(3))])
    assert made
    assert (made.first, made.last, made.of) == (2019, 2023, 2023)
    assert made.grounds == ((38, 92), (148, 230))
    assert len(made.lines) == 1
    assert made.said.endswith("；2019、2021年的报告没有这一项。")


@pytest.mark.parametrize("state", [state for state in State if state is not State.NUMBER])
def test_no_number(state: State) -> None:
    """A cell without a number is a word on the floor, no point, and the line stops."""
    made = _drawn((2020, 1), (2021, state), (2022, 3))
    assert made.lines == ()
    assert len(made.points) == 2
    assert [(word.x, word.y) for word in made.words] == [(120, 82)]


@pytest.mark.parametrize(
    "series",
    [
        [],
        [(2020, _read(5))],
        [(2020, _read(0)), (2021, _read(0))],
        [(2020, _read(State.BLANK)), (2021, _read(State.BLANK))],
        [(2020, _read(5)), (2021, _read(State.MISSING))],
        [(2020, None), (2021, None)],
        [(2020, _read(5)), (2021, None)],
    ],
)
def test_refused(series: list[tuple[int, Reading | None]]) -> None:
    """One number is no course, and a course of noughts is told in words."""
    assert chart(series) is None


_VALUES = st.one_of(
    st.integers(-(10**18) + 1, 10**18 - 1),
    st.decimals(-100, 10**6, places=4),
    st.sampled_from([state for state in State if state is not State.NUMBER]),
)
_SERIES = st.dictionaries(
    st.integers(2008, 2030),
    st.one_of(st.none(), st.builds(_read, _VALUES, st.sampled_from(["2019", "2021"]))),
)


@given(_SERIES)
def test_any_series(series: dict[int, Reading | None]) -> None:
    """Everything lies in the picture, and every line joins years in a row, in one form, with numbers."""
    made = chart(sorted(series.items()))
    if made is None:
        return
    known = {made.left + made.step * (year - made.first): (year, reading) for year, reading in series.items()}
    for mark in (*made.points, *made.words):
        assert 0 <= mark.x <= WIDTH
        assert 0 <= mark.y <= HEIGHT
    for line in made.lines:
        ends = [known[int(point.split(",")[0])] for point in line.split()]
        for (year, one), (next_year, other) in pairwise(ends):
            assert next_year == year + 1
            assert one
            assert other
            assert one.form == other.form


@given(st.lists(st.tuples(st.integers(0, 10**18), st.integers(1, 9))))
def test_bars(numbers: list[tuple[int, int]]) -> None:
    """Every number is in one bar; a bar that holds something is seen."""
    made = bars(numbers)
    assert sum(bar.count for bar in made) == sum(times for _, times in numbers)
    assert all((bar.height > 0) == (bar.count > 0) and bar.height <= 20 for bar in made)


def test_bins() -> None:
    """The labels say what is in a range."""
    assert [
        bar.label
        for value, _ in ((0, 1), (4, 1), (5, 1), (99, 1), (100, 1), (1000, 1))
        for bar in bars([(value, 1)])
        if bar.count
    ] == ["0", "1—4", "5—19", "20—99", "100—999", "1000以上"]
    assert len(BINS) == len(bars([]))
    assert [bar.label for bar in bars([(Decimal("0.5"), 1)]) if bar.count] == ["1—4"]


@pytest.mark.parametrize(
    ("value", "whole", "narrow"),
    [
        (0, "0", "0"),
        (1234, "1,234", "1,234"),
        (999_999, "999,999", "999,999"),
        (11_398_889, "11,398,889", "1,140万"),
        (123_456_789, "123,456,789", "1.2亿"),
        (10**17, "100,000,000,000,000,000", "1,000,000,000亿"),
        (-3, "-3", "-3"),
        (Decimal("1.50"), "1.5", "1.5"),
        (Decimal("5949.088667"), "5,949.088667", "5,949.088667"),
        (Decimal("100.0"), "100", "100"),
    ],
)
def test_numbers(value: Number, whole: str, narrow: str) -> None:
    """All digits, or as many as a narrow place has room for."""
    assert (number(value), short(value)) == (whole, narrow)


@pytest.mark.parametrize(
    ("now", "before", "said"),
    [
        (3, 5, "−2"),
        (5, 3, "+2"),
        (3, 3, "持平"),
        (Decimal("0.10"), Decimal("0.1000"), "持平"),
        (Decimal("0.10"), Decimal("1.3500"), "−1.25"),
        (5_000, 3_766, "+1,234"),
        (Decimal("1.5"), 1, "+0.5"),
        (10**18 - 1, 0, "+999,999,999,999,999,999"),
    ],
)
def test_difference(now: Number, before: Number, said: str) -> None:
    """With its sign, thousands set apart; a word where nothing changed. Both pages that compare years say it so."""
    assert difference(now, before) == said
    assert signed(Decimal(now) - Decimal(before)) == said
