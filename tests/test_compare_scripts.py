"""The comparison's scripts, without a browser: held against the forms, against exact arithmetic, against indicators."""

import json
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from build_tools.api.forms import form_document
from build_tools.county import read_county
from build_tools.forms import official
from build_tools.indicators import comparable, indicators, readings
from build_tools.model import Report
from build_tools.render.compare import SCRIPTS
from build_tools.store import Store
from tests.searchnode import Engine
from tests.searchtruth import read_yaml
from tests.test_miniature import HERE as MINIATURE
from tests.test_miniature import published

ROOT = Path(__file__).parent.parent
ASSETS = ROOT / "overrides/assets"
LAID = [(form, table) for form in official().values() for table in form.tables.values()]

pytestmark = pytest.mark.xdist_group("compare scripts")
small = settings(
    max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@pytest.fixture(scope="module")
def engine(node: list[str], node_path: Path) -> Iterator[Engine]:
    """The scripts, loaded."""
    running = Engine(node, node_path, "compare.js")
    yield running
    running.close()


@pytest.fixture(scope="module")
def site(engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The miniature archive, which the scripts read from now on."""
    folder = published(MINIATURE, tmp_path_factory.mktemp("compare") / "site")
    engine.ask("site", folder=str(folder))
    return folder


def test_the_page_loads_every_script() -> None:
    """Once each, and those of the search that they use."""
    ours = {f"compare/{path.stem}" for path in (ASSETS / "compare").glob("*.js")}
    assert {name for name in SCRIPTS if name.startswith("compare/")} == ours
    assert len(set(SCRIPTS)) == len(SCRIPTS)
    assert [name for name in SCRIPTS if not (ASSETS / f"{name}.js").is_file()] == []


# --- the address -------------------------------------------------------------------------------------

IDS = st.from_regex(r"[0-9]{6}([0-9]{3}|-[a-z0-9]{1,5})?/(19|20)[0-9]{2}", fullmatch=True)
STATES = st.fixed_dictionaries(
    {
        "reports": st.lists(IDS, max_size=6, unique=True),
        "column": st.sampled_from(["total", "natural", "other"]),
        "difference": st.sampled_from(["left", "first", "none"]),
        "some": st.booleans(),
    }
)


@small
@given(st.lists(STATES, min_size=10))
def test_an_address_says_what_is_compared(engine: Engine, states: list[dict[str, Any]]) -> None:
    addresses = engine.ask("write", values=states)
    for state, found in zip(states, engine.ask("parse", values=addresses), strict=True):
        assert found == {**state, "added": [], "over": 0, "unread": 0}
    assert [address for address in addresses if address and not address.isascii()] == []


HOSTILE = (
    "?r=../../../etc/passwd&r=%00&r=<script>alert(1)</script>/2020",
    "?r=330411103/2020/../../x&r=330411103%2F2020",
    "?r=javascript:alert(1)&c=__proto__&d=constructor&z=2&add=%E4%B8",
    "?" + "&".join(f"r=330411{n:03}/2020" for n in range(200)),
    "?r=" + "1" * 100_000 + "/2020",
    "?r=330411-" + "-".join("a" * 50) + "/2020",
    "?r=%FF%FE&&&==&r",
    "?constructor=1&toString=2",
)


def test_hostile_addresses(engine: Engine) -> None:
    """What is no report's name is counted and left out; so is what finds no room."""
    found = engine.ask("parse", values=HOSTILE)
    assert [one["reports"] for one in found] == [
        [],
        ["330411103/2020"],
        [],
        [f"330411{n:03}/2020" for n in range(6)],
        [],
        [],
        [],
        [],
    ]
    assert [one["unread"] for one in found] == [3, 1, 2, 0, 1, 1, 2, 0]
    assert [one["over"] for one in found] == [0, 0, 0, 194, 0, 0, 0, 0]
    assert {one["column"] for one in found} == {"total"}
    assert {one["difference"] for one in found} == {"left"}


# --- rows --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("form", "table"), LAID, ids=lambda one: one.id)
def test_every_figure_of_a_form(engine: Engine, form: Any, table: Any) -> None:
    """Each cell of the form once, in its order, under its labels, where editors and findings look for it."""
    (laid,) = [one for one in form_document(form)["tables"] if one["id"] == table.id]
    choices = engine.ask("choices", table=laid)
    grid = table.layout == "grid"
    lines = list(table.lines.values())
    assert [one["key"] for one in choices] == ([c.id for c in lines[0].columns] if grid else [])
    found = [
        figure
        for one in choices or [{"key": ""}]
        for figure in engine.ask("figures", table=laid, column=one["key"])
    ]
    expected = {
        (line.row.id, column.id): (
            "/".join([table.key, *line.row.keys, column.label]),
            column.unit or line.row.unit,
        )
        for line in lines
        for column in line.columns
    }
    assert {(f["row"], f["column"]): (f["path"], f["unit"]) for f in found} == expected
    assert len(found) == len(expected)
    for figure in found:
        line = table.lines[figure["row"]]
        said = [heading["label"] for heading in figure["above"]] + [figure["label"]]
        assert line.row.label in said
    if not grid:
        assert [(f["row"], f["column"]) for f in found] == list(expected)


KEYS = st.lists(st.sampled_from("abcdefgh"), unique=True)


@small
@given(st.lists(KEYS.map(sorted), max_size=4))
def test_one_order_of_several(engine: Engine, lists: list[list[str]]) -> None:
    """Lists that agree are merged into one that keeps the order of each; nothing is lost or doubled."""
    (merged,) = engine.ask("merged", values=[lists])
    assert sorted(merged) == sorted({key for one in lists for key in one})
    for one in lists[:1]:
        assert [key for key in merged if key in one] == one


@small
@given(st.lists(KEYS, max_size=4))
def test_lists_that_disagree(engine: Engine, lists: list[list[str]]) -> None:
    """Still nothing is lost or doubled, and the first keeps its order."""
    (merged,) = engine.ask("merged", values=[lists])
    assert sorted(merged) == sorted({key for one in lists for key in one})
    assert [key for key in merged if lists and key in lists[0]] == (lists[0] if lists else [])


def laid(form: str, table: str) -> dict[str, Any]:
    """A table of a form, as the comparison is given it."""
    (found,) = [one for one in form_document(official()[form])["tables"] if one["id"] == table]
    return dict(found)


# Of two forms, whichever comes first: only what one form alone has may go before or behind what is of the other.
SIDE_BY_SIDE = {
    ("2019", "2021"): """
        regulations: made repealed valid published total_public
        normative: made repealed valid published total_public
        licensing: items_prev items_delta decisions
        other_services: items_prev items_delta decisions
        penalty: items_prev items_delta decisions
        coercion: items_prev items_delta decisions
        fees: amount items_prev items_delta
        procurement: projects amount
    """,
    ("2021", "2019"): """
        regulations: made published total_public repealed valid
        normative: made published total_public repealed valid
        licensing: items_prev items_delta decisions
        other_services: items_prev items_delta decisions
        penalty: items_prev items_delta decisions
        coercion: items_prev items_delta decisions
        fees: items_prev items_delta amount
        procurement: projects amount
    """,
}


@pytest.mark.parametrize("forms", SIDE_BY_SIDE)
def test_blocks_and_rows_stay_together(engine: Engine, forms: tuple[str, str]) -> None:
    """Of the table 2 of two forms: no row is torn apart, no block holds another's."""
    found = engine.ask("nested", tables=[laid(form, "t2") for form in forms], column="")
    rows = (line.strip().partition(": ") for line in SIDE_BY_SIDE[forms].strip().splitlines())
    expected = [f"{row}.{column}" for row, _, columns in rows for column in columns.split()]
    assert [one["key"] for one in found] == expected


@pytest.mark.parametrize("forms", [("2019", "2021"), ("2021", "2019")])
@pytest.mark.parametrize("table", ["t2", "t3", "t4"])
def test_nothing_crosses_its_parent(engine: Engine, forms: tuple[str, str], table: str) -> None:
    """Whatever stands below one heading or in one row stands there without a break; nothing is lost or doubled."""
    tables = [laid(form, table) for form in forms]
    found = engine.ask("nested", tables=tables, column="total")
    alone = [engine.ask("figures", table=one, column="total") for one in tables]
    assert sorted(one["key"] for one in found) == sorted({one["key"] for list_ in alone for one in list_})
    ways = [tuple(one["way"]) for one in found]
    for depth in range(1, max(map(len, ways))):
        parents = [way[:depth] for way in ways if len(way) > depth]
        runs = [parent for i, parent in enumerate(parents) if not i or parents[i - 1] != parent]
        assert len(runs) == len(set(runs))


# --- differences -------------------------------------------------------------------------------------


def cell(value: Decimal | int | None, unit: str = "") -> dict[str, Any]:
    written = format(value, "f") if isinstance(value, Decimal) else value
    state = "blank" if value is None else "number"
    return {"raw": "?", "value": written, "state": state} | ({"unit": unit} if unit else {})


NUMBERS = (
    st.integers(-(10**11), 10**11) | st.decimals(-(10**8), 10**8, places=4) | st.decimals(-9, 9, places=1)
)


@small
@given(st.lists(st.tuples(NUMBERS, NUMBERS), min_size=20))
@example([(Decimal("0.3"), Decimal("0.1")), (Decimal("-0.5"), 0), (0, Decimal("0.0000"))])
def test_differences_are_exact(engine: Engine, pairs: list[tuple[Any, Any]]) -> None:
    """To the last decimal, as it would be written."""
    found = engine.ask("difference", values=[[cell(one), cell(other), ""] for one, other in pairs])
    for (one, other), text in zip(pairs, found, strict=True):
        exact = Decimal(one) - Decimal(other)
        assert Decimal(text.replace("\u2212", "-")) == exact
        assert text[0] == ("+" if exact > 0 else "\u2212" if exact < 0 else "0")
        places = max(-Decimal(one).as_tuple().exponent, -Decimal(other).as_tuple().exponent, 0)  # type: ignore[operator]
        assert len(text.partition(".")[2]) == places


def test_no_difference_where_there_is_none(engine: Engine) -> None:
    """Of what is no number, of two units, or of numbers that a browser cannot hold."""
    huge = 10**30
    pairs = [
        (cell(None), cell(1), ""),
        (cell(1), {"raw": "-", "value": None, "state": "dash"}, ""),
        (cell(1, "元"), cell(1, "万元"), ""),
        (cell(1, "元"), cell(1), "万元"),
        (cell(huge), cell(huge - 1), ""),
        (cell(int("9" * 4_000)), cell(1), ""),
        (cell(Decimal("1." + "0" * 30)), cell(1), ""),
        (cell(2**53 - 1), cell(-(2**53 - 1)), ""),
    ]
    assert engine.ask("difference", values=[list(pair) for pair in pairs]) == [None] * len(pairs)
    same = [(cell(3, "万元"), cell(1), "万元"), (cell(3, "元"), cell(1, "元"), "")]
    assert engine.ask("difference", values=[list(pair) for pair in same]) == ["+2", "+2"]


# --- reports side by side ----------------------------------------------------------------------------


def miniature() -> dict[str, Report]:
    """The reports of the miniature, as the package reads them."""
    store = Store(MINIATURE)
    register = store.register()
    counties = [read_county(store, store.county(c, folder), register, 2026) for c, folder in store.counties()]
    filed = [f for county in counties for holding in county.holdings for f in holding.filed]
    return {f.subject.report.id: f.subject.report for f in filed}


@pytest.mark.usefixtures("site")
def test_what_is_alike_is_what_is_comparable(engine: Engine) -> None:
    """A total that is an indicator may be subtracted here just where indicators may be compared."""
    reports = miniature()
    pairs = [(one, other) for one in reports for other in reports if one < other]
    seen = set()
    for one, other in pairs:
        both = [readings(reports[id_]) for id_ in (one, other)]
        for table in ("t2", "t3", "t4"):
            if not all(table in reports[id_].tables for id_ in (one, other)):
                continue
            rows = engine.ask("aligned", ids=[one, other], table=table, column="total")
            alike = {f"{table}.{row['key']}": row["alike"] for row in rows if all(row["cells"])}
            for at, indicator in enumerate(indicators().values()):
                first, second = both[0][at], both[1][at]
                if first and second and first.way == second.way and len(indicator.ways[first.way]) == 1:
                    key = ".".join(indicator.ways[first.way][0])
                    if key in alike and first.value is not None and second.value is not None:
                        scopes = {reports[id_].scope for id_ in (one, other)}
                        expected = len(scopes) == 1 and comparable(indicator, first, second)
                        assert alike[key] == expected, (one, other, key)
                        seen.add((first.form == second.form, len(scopes) == 1, alike[key]))
    assert seen >= {(True, True, True), (False, True, True), (False, True, False), (True, False, False)}


@pytest.mark.usefixtures("site")
def test_rows_that_a_form_lacks(engine: Engine) -> None:
    """They stand beside nothing; what both forms have stands in one row, with the words of both."""
    rows = engine.ask("aligned", ids=["330411103/2020", "330411103/2022"], table="t3", column="natural")
    found = {row["key"]: row for row in rows}
    assert found["other.natural"]["cells"][1] is None
    assert found["other_other.natural"]["cells"][0] is None
    keys = list(found)
    assert (
        keys.index("rejected_confirm.natural")
        < keys.index("other_other.natural")
        < keys.index("total.natural")
    )
    rows = engine.ask("aligned", ids=["330411103/2020", "330411103/2022"], table="t2", column="")
    (made,) = [row for row in rows if row["key"] == "normative.made"]
    assert [text for text, _ in made["labels"]] == ["本年新制作数量", "本年制发件数"]
    assert made["alike"] is False


@pytest.mark.usefixtures("site")
def test_a_report_that_is_not_there(engine: Engine) -> None:
    """Told apart: a unit that nobody knows, and a year that a known unit has not."""
    assert engine.ask("column", id="999999999/2020")["fault"] == "unit"
    found = engine.ask("column", id="330411103/1999")
    assert (found["fault"], found["about"]["name"]) == ("year", "甲镇")
    assert engine.ask("column", id="330411103/2022")["fault"] == ""
    found = engine.ask("column", id="330499103/2020")
    assert (found["fault"], found["moved"], found["about"]) == ("moved", "330411103", None)


@pytest.mark.parametrize(
    ("path", "data", "fault"),
    [
        ("units/330411103/2022/report.json", b"<!doctype html>", "broken"),
        ("units/330411103/2022/report.json", b'{"unit": "1", "year": 2022}', "broken"),
        ("units/330411103/2022/report.json", b"[]", "broken"),
        ("api/v1/units/330411103.json", b"", "broken"),
        ("api/v1/index.json", b"{}", "broken"),
        ("api/v1/forms/2021.json", b'{"tables": 1}', "broken"),
    ],
)
def test_broken_files(engine: Engine, site: Path, tmp_path: Path, path: str, data: bytes, fault: str) -> None:
    """Never a half shown column."""
    for source in site.rglob("*.json"):
        target = tmp_path / source.relative_to(site)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(source.read_bytes())
    (tmp_path / path).write_bytes(data)
    engine.ask("site", folder=str(tmp_path))
    assert engine.ask("column", id="330411103/2022")["fault"] == fault
    engine.ask("site", folder=str(site))


@pytest.mark.usefixtures("site")
def test_prose_is_what_the_file_says(engine: Engine) -> None:
    """Each official part that some report fills, with the paragraphs of the YAML."""
    ids = ["330411103/2020", "330411103/2022", "330411001/2020"]
    parts = {part["label"]: part["texts"] for part in engine.ask("parts", ids=ids)}
    for at, id_ in enumerate(ids):
        unit, year = id_.split("/")
        data = read_yaml((MINIATURE / f"reports/33/330411/{unit}/{year}.yml").read_text(encoding="utf-8"))
        for key, text in (data.get("正文") or {}).items():
            (found,) = [texts[at] for label, texts in parts.items() if label.endswith(key)]
            plain = re.sub(r"[*_#\s-]", "", text or "")
            assert re.sub(r"[*_#\s-]", "", "".join(one[1] for one in found)) == plain
    assert all(texts[2] is None for texts in parts.values())  # a report in no form


# --- choosing ----------------------------------------------------------------------------------------


def unit_files(site: Path) -> list[Path]:
    """The files of units, but of those that moved away."""
    found = sorted((site / "api/v1/units").glob("*.json"))
    return [path for path in found if b'"moved_to"' not in path.read_bytes()]


def start_of(site: Path) -> str:
    (found,) = (site / "search/index").glob("start-*.bin")
    return found.relative_to(site).as_posix()


def test_units_are_found(engine: Engine, site: Path) -> None:
    """By name, alias, part of a name, place, pinyin, id, address; a year narrows; nonsense finds nothing."""
    queries = {
        "甲镇": ["330411103"],
        " 甲镇 ": ["330411103"],
        "秀洲区 甲": ["330411103"],
        "330411103": ["330411103"],
        "330411103/2020": ["330411103"],
        "https://n.example/x/units/330411103/2022/#t3": ["330411103"],
        "甲镇2022": ["330411103"],
        "甲镇2022年度": ["330411103"],
        "甲镇1999": [],
        "330411-cz": ["330411-cz"],
        "绝无此镇": [],
        "<b>": [],
        "": [],
        "2020": [],
    }
    found = engine.ask("find", start=start_of(site), values=list(queries))
    assert [[unit["id"] for unit in one["units"]] for one in found] == list(queries.values())
    assert found[0]["units"][0]["years"] == [2019, 2020, 2022]
    assert found[0]["units"][0]["chain"] == "浙江省嘉兴市秀洲区"
    (place,) = engine.ask("find", start=start_of(site), values=["浙江省"])
    assert len(place["units"]) + place["more"] == len(unit_files(site))


def test_every_unit_can_be_found_by_what_it_is_called(engine: Engine, site: Path) -> None:
    """Its name, its other names, and its name behind that of its county."""
    units = [json.loads(path.read_text(encoding="utf-8")) for path in unit_files(site)]
    for unit in units:
        names = [unit["name"], *unit["aliases"], *(name["name"] for name in unit["former_names"])]
        for one in engine.ask("find", start=start_of(site), values=names):
            assert unit["id"] in [found["id"] for found in one["units"]]
