"""The JSON API: valid, complete, the same figures as on the pages, and nothing of it ever vanishes."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin

import pytest
from hypothesis import given, settings
from jsonschema import Draft202012Validator, FormatChecker
from openapi_spec_validator import OpenAPIV31SpecValidator
from playwright.sync_api import Browser
from ruamel.yaml import YAML

from build_tools.api import API
from build_tools.api.addresses import CHANGES
from build_tools.api.forms import form_document
from build_tools.api.openapi import description
from build_tools.api.schemas import schemas
from build_tools.check import Verdict
from build_tools.form import Block, Column, ColumnGroup, Form, Relation, Row, SectionForm, Term
from build_tools.forms import load, official
from build_tools.indicators import Reading, comparable, indicators
from build_tools.model import Report, State
from build_tools.render.pages import report_json
from tests.sitework import build, served, workshop
from tests.strategies import any_report
from tests.test_miniature import HERE as MINIATURE
from tests.test_miniature import published

ROOT = Path(__file__).parent.parent
TOP = "https://archive.example/archive/"

pytestmark = pytest.mark.xdist_group("api")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The finished site of the archive's own reports."""
    folder = workshop(ROOT, tmp_path_factory.mktemp("api"))
    done = build(folder)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder / "site"


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The miniature archive with every sort of report."""
    return published(MINIATURE, tmp_path_factory.mktemp("api") / "site")


@pytest.fixture(params=["site", "small"])
def archive(request: pytest.FixtureRequest) -> Path:
    """Each of them."""
    folder: Path = request.getfixturevalue(request.param)
    return folder


def read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def files(site: Path) -> list[str]:
    """Every JSON file of the API, and of the reports."""
    found = [*(site / API).rglob("*.json"), *site.glob("units/*/*/report.json")]
    return sorted(path.relative_to(site).as_posix() for path in found)


def units(site: Path) -> list[Any]:
    """What is told of every unit, without those that moved away."""
    told = [read(path) for path in sorted((site / API / "units").glob("*.json"))]
    return [unit for unit in told if "moved_to" not in unit]


# --- against its own description ---------------------------------------------------------------------


def test_the_description_is_openapi() -> None:
    OpenAPIV31SpecValidator(description()).validate()
    assert description()["openapi"].startswith("3.1")


@pytest.mark.parametrize("name", schemas())
def test_schemas(name: str) -> None:
    """Each is a JSON Schema, and every key of it is explained."""
    Draft202012Validator.check_schema(dict(schemas()[name]))

    def walk(part: Any, where: str) -> None:
        if isinstance(part, list):
            for below in part:
                walk(below, where)
        elif isinstance(part, dict):
            for key, below in part.get("properties", {}).items():
                assert "$ref" in below or "anyOf" in below or below.get("description"), f"{where}.{key}"
            for key, below in part.items():
                walk(below, f"{where}.{key}")

    walk(schemas()[name], name)


def strict(part: Any, *, open_: bool = False) -> Any:
    """A schema that lets no key pass that it does not name: the API may grow, this test then has to."""
    if isinstance(part, list):
        return [strict(below, open_=open_) for below in part]
    if not isinstance(part, dict):
        return part
    closed = {key: strict(below, open_=open_ or key == "allOf") for key, below in part.items()}
    if not open_ and ("properties" in part or "allOf" in part):
        closed["unevaluatedProperties"] = False
    return closed


def validator(name: str) -> Draft202012Validator:
    """For one sort of document, with all the schemas behind it."""
    parts = schemas()
    extended = {
        ref["$ref"].rpartition("/")[2] for s in parts.values() for ref in s.get("allOf", ()) if "$ref" in ref
    }
    closed = {key: strict(schema, open_=key in extended) for key, schema in parts.items()}
    whole = {"components": {"schemas": closed}, "$ref": f"#/components/schemas/{name}"}
    return Draft202012Validator(whole, format_checker=FormatChecker())


VALIDATORS = {name: validator(name) for name in schemas()}


def patterns() -> Iterator[tuple[re.Pattern[str], tuple[str, ...]]]:
    """What addresses a path of the description stands for, by the rules of OpenAPI, and the schemas given there."""
    described = description()
    here = f"{TOP}{API}openapi.json"
    for path, item in described["paths"].items():
        (server,) = item.get("servers", described["servers"])
        address = urljoin(here, server["url"]) + path
        content = item["get"]["responses"]["200"]["content"]
        if "application/json" not in content:  # lines of JSON: tests/test_history_site.py
            continue
        schema = content["application/json"]["schema"]
        names = re.findall(r"\{(\w+)\}", path)
        assert [parameter["name"] for parameter in item.get("parameters", [])] == names
        yield (
            re.compile(re.sub(r"\\\{\w+\\\}", "([^/]+)", re.escape(address))),
            tuple(one["$ref"].rpartition("/")[2] for one in schema.get("anyOf", [schema]) if "$ref" in one),
        )


def test_every_file_is_as_described(archive: Path) -> None:
    """Each JSON file stands at an address of the description and holds what is said there, no key more."""
    known, used = list(patterns()), set()
    for file in files(archive):
        fitting = [(at, schema) for at, schema in known if at.fullmatch(TOP + file)]
        at, names = fitting[0]  # regions/index.json comes before regions/{region}.json
        used.add(at)
        told = read(archive / file)
        faults = [
            [(file, error.json_path, error.message) for error in VALIDATORS[name].iter_errors(told)]
            for name in names
        ]
        assert not names or [] in faults, faults
    without = set() if (archive / API / CHANGES).exists() else {CHANGES}
    assert used == {at for at, _ in known if not any(at.fullmatch(f"{TOP}{API}{file}") for file in without)}
    assert read(archive / API / "openapi.json") == description()


@settings(max_examples=60)
@given(any_report())
def test_any_report_is_as_described(report: Report) -> None:
    found = json.loads(report_json(report, Verdict(())))
    errors = VALIDATORS["Report"].iter_errors(found)
    assert [(error.json_path, error.message) for error in errors] == []


def test_keys_are_for_ever() -> None:
    """What programs may rely on stands in cases/api_keys.yml. A new key has to be added there; none may go."""
    pinned = YAML(typ="safe", pure=True).load((ROOT / "tests/cases/api_keys.yml").read_text(encoding="utf-8"))
    found = {}
    for name, schema in schemas().items():
        parts = [part for part in schema.get("allOf", [schema]) if "properties" in part]
        required = [key for part in parts for key in part["required"]]
        sometimes = [key for part in parts for key in part["properties"] if key not in required]
        if parts:
            found[name] = {"always": required} | ({"sometimes": sometimes} if sometimes else {})
    assert pinned["paths"] == list(description()["paths"])
    assert pinned["schemas"] == found


# --- links -------------------------------------------------------------------------------------------


def links(value: Any, key: str = "") -> Iterator[str]:
    """Every link of a document but the description: what stands under these keys."""
    if isinstance(value, dict) and "paths" in value:
        return
    if isinstance(value, dict):
        for name, below in value.items():
            yield from links(below, name)
    elif isinstance(value, list):
        for below in value:
            yield from links(below, key)
    elif value and key in {"href", "page", "regions", "indicators", "openapi", "changes", "data"}:
        yield value


def test_links(site: Path) -> None:
    """Relative to the file they stand in, each leads to a file or a page."""
    for file in files(site):
        for link in links(read(site / file)):
            target = unquote(urljoin(TOP + file, link)).removeprefix(TOP)
            found = site / (f"{target}index.html" if target.endswith("/") else target)
            assert found.is_file(), f"{file}: {link}"


def test_everything_is_reached_from_the_index(site: Path) -> None:
    """Whoever follows links, and fills in the templates, comes to every file."""
    seen: set[str] = set()
    waiting = [f"{API}index.json"]
    while waiting:
        file = waiting.pop()
        if file in seen or not file.endswith(".json"):
            continue
        seen.add(file)
        waiting += [urljoin(TOP + file, link).removeprefix(TOP) for link in links(read(site / file))]
    assert sorted(seen) == files(site)
    templates = read(site / API / "index.json")["templates"]
    for template, file in (
        (templates["unit"].replace("{unit}", "330411103"), f"{API}units/330411103.json"),
        (templates["region"].replace("{region}", "33"), f"{API}regions/33.json"),
        (
            templates["report"].replace("{unit}", "330411103").replace("{year}", "2020"),
            "units/330411103/2020/report.json",
        ),
    ):
        assert urljoin(f"{TOP}{API}index.json", template) == TOP + file


# --- the same on the pages ---------------------------------------------------------------------------


class Text(HTMLParser):
    """The visible words of a page by list item, table row and paragraph, each with the links in it."""

    def __init__(self, page: Path) -> None:
        super().__init__()
        self.pieces: list[tuple[str, list[str]]] = [("", [])]
        self.feed(page.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"li", "tr", "p", "h1", "div"}:
            self.pieces.append(("", []))
        if tag in {"td", "th"}:
            self.handle_data(" ")
        if tag == "a":
            self.pieces[-1][1].append(dict(attrs).get("href") or "")

    def handle_data(self, data: str) -> None:
        text, found = self.pieces[-1]
        self.pieces[-1] = (text + data, found)

    def leading(self, link: str) -> list[str]:
        """The pieces that lead to such an address."""
        return [text for text, found in self.pieces if link in found]


def figures(text: str) -> list[int]:
    return [int(n.replace(",", "")) for n in re.findall(r"[0-9][0-9,]*", text)]


def test_units_say_what_their_pages_say(archive: Path) -> None:
    """Names, years, titles, requests, counts of findings."""
    for unit in units(archive):
        page = Text(archive / "units" / unit["id"] / "index.html")
        whole = "\n".join(text for text, _ in page.pieces)
        names = [
            unit["name"],
            unit["kind"],
            unit["level"],
            *unit["aliases"],
            *(n["name"] for n in unit["former_names"]),
        ]
        assert [name for name in names if name not in whole] == []
        years = [report["year"] for report in unit["reports"]]
        assert years == sorted(years)
        withdrawn = [gone["year"] for gone in unit["withdrawn"]]
        assert {f"../../units/{unit['id']}/{year}/" for year in [*years, *withdrawn]} == {
            link
            for _, found in page.pieces
            for link in found
            if re.fullmatch(rf"\.\./\.\./units/{unit['id']}/\d+/", link)
        }
        for report in unit["reports"]:
            (row,) = [
                text
                for text in page.leading(f"../../units/{unit['id']}/{report['year']}/")
                if report["title"] in text
            ]
            assert str(report["year"]) in row
            rest = row.replace(report["title"], "")
            assert ("未载" if report["requests"] is None else str(report["requests"])) in rest
            for word, count in zip(("有误", "存疑", "原文如此"), report["findings"].values(), strict=True):
                assert (f"{word} {count}" in row) == bool(count)


def test_units_say_what_their_reports_say(archive: Path) -> None:
    """Titles, dates, findings, and each indicator, cell by cell."""
    for unit in units(archive):
        for told in unit["reports"]:
            report = read(archive / "units" / unit["id"] / str(told["year"]) / "report.json")
            assert [told[key] for key in ("title", "form", "scope", "published", "year")] == [
                report[key] for key in ("title", "form", "scope", "published", "year")
            ]
            open_ones = [f["severity"] for f in report["findings"] if not f["waived"]]
            assert told["findings"] == {
                "errors": open_ones.count("error"),
                "warnings": open_ones.count("warning"),
                "waived": sum(bool(f["waived"]) for f in report["findings"]),
            }
            assert list(told["indicators"]) == list(indicators())
            new = told["indicators"]["new"]
            assert told["requests"] == (new["value"] if new and isinstance(new["value"], int) else None)
            for id_, reading in told["indicators"].items():
                if reading and len(way := indicators()[id_].ways[reading["way"]]) == 1:
                    ((table, row, column),) = way
                    cell = report["tables"][table][row][column]
                    assert cell["raw"] == reading["raw"]
                    if reading["state"] == "number":
                        assert cell["value"] == reading["value"]


def test_what_programs_compare_is_what_pages_compare(archive: Path) -> None:
    """What docs/api.md says of the keys decides just as pages do: the same scope, and the same form, or meaning and way."""
    reports = [report for unit in units(archive) for report in unit["reports"]]
    decided = set()
    for one, other in combinations(reports, 2):
        for id_, indicator in indicators().items():
            first, second = one["indicators"][id_], other["indicators"][id_]
            if first and second and first["state"] == second["state"] == "number":
                across = indicator.same and first["way"] == second["way"]
                told = one["scope"] == other["scope"] and (first["form"] == second["form"] or across)
                assert told == comparable(indicator, _reading(one, id_), _reading(other, id_))
                decided.add(told)
    assert decided == {True, False}


def _reading(report: Any, indicator: str) -> Reading:
    told = report["indicators"][indicator]
    return Reading(told["state"], told["value"], told["raw"], told["form"], told["way"], report["scope"])


def test_regions_say_what_their_pages_say(archive: Path) -> None:
    """Names, numbers of units and reports, what lies below."""
    lists = {f"{API}regions/index.json": "regions/"}
    for found in sorted((archive / API / "regions").glob("[0-9]*.json")):
        lists[found.relative_to(archive).as_posix()] = f"regions/{found.stem}/"
    for file, path in lists.items():
        region, page = read(archive / file), Text(archive / path / "index.html")
        whole = "\n".join(text for text, _ in page.pieces)
        up = "../" * path.count("/")
        for below in region.get("regions", []):
            if below["page"]:
                (item,) = [
                    text for text in page.leading(f"{up}regions/{below['code']}/") if below["name"] in text
                ]
                covered = re.findall(r"(\d+)/\d+", item)  # of so many units, year by year
                assert below["reports"] == (sum(map(int, covered)) if covered else figures(item)[-1])
            else:
                assert below["name"] in whole
                assert (below["units"], below["reports"], below["href"]) == (0, 0, None)
        if "counts" in region:
            assert {region["counts"]["units"], region["counts"]["reports"]} <= {
                n for text, _ in page.pieces if "收录" in text for n in figures(text)
            }
        for unit in region.get("units", []):
            assert any(unit["name"] in text for text in page.leading(f"{up}units/{unit['id']}/"))
            for year in unit["years"]:
                assert page.leading(f"{up}units/{unit['id']}/{year}/")


def test_counts_add_up(archive: Path) -> None:
    """From reports to units, counties, prefectures, provinces and the whole; and as the home page has it."""
    index = read(archive / API / "index.json")
    reports = sorted(archive.glob("units/*/*/report.json"))
    assert index["counts"] == {
        "units": len(units(archive)),
        "reports": len(reports),
    }
    years = [path.parent.name for path in reports]
    assert {str(year["year"]): year["reports"] for year in index["years"]} == {
        y: years.count(y) for y in years
    }
    provinces = read(archive / API / "regions/index.json")["regions"]
    for key in ("units", "reports"):
        assert sum(province[key] for province in provinces) == index["counts"][key]
    for file in (archive / API / "regions").glob("[0-9]*.json"):
        region = read(file)
        for below in region.get("regions", []):
            assert read(file.parent / f"{below['code']}.json")["counts"] == {
                key: below[key] for key in ("units", "reports")
            }
        if region["level"] == "county":
            assert region["counts"]["reports"] == sum(len(unit["years"]) for unit in region["units"])
    home = "\n".join(text for text, _ in Text(archive / "index.html").pieces)
    assert set(index["counts"].values()) <= set(figures(home))


# --- forms as data -----------------------------------------------------------------------------------


def test_a_form_is_complete() -> None:
    """The very form can be made again of its document: nothing is left out."""
    odd = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "tests/cases/forms").glob("*.yml"))]
    for form in [*official().values(), *load(odd).values()]:
        made = json.loads(json.dumps(form_document(form)))
        assert _plain(_form(made)) == _plain(form)
    assert form_document(official()["2021"])["received"] == {"table": "t3", "row": "new", "column": "total"}
    assert form_document(official()["无"])["received"] is None


def _plain(form: Form) -> Any:
    """A form as values that can be compared: a table form equals itself alone."""
    tables = {
        id_: (t.id, t.key, t.name, t.title, t.layout, t.blocks, t.relations) for id_, t in form.tables.items()
    }
    rest = {name: getattr(form, name) for name in form.__dataclass_fields__ if name != "tables"}
    return rest, tables


def _form(data: dict[str, Any]) -> Form:
    return Form(
        id=data["id"],
        name=data["name"],
        instrument=data["instrument"],
        about=data["about"],
        sections=tuple(
            SectionForm(s["id"], s["key"], s["number"], s["heading"], tuple(s["variants"]), s["table"] or "")
            for s in data["sections"]
        ),
        tables={table["id"]: _Table(table) for table in data["tables"]},  # type: ignore[misc]  # like one
        first=data["first"],
        obligatory=data["obligatory"],
        last=data["last"],
        expires=data["expires"],
        free=data["free"],
        leftovers=tuple(data["leftovers"]),
    )


class _Table:
    def __init__(self, data: dict[str, Any]) -> None:
        self.id, self.key, self.name, self.title, self.layout = (
            data[key] for key in ("id", "key", "name", "title", "layout")
        )
        self.blocks = tuple(
            Block(
                tuple(map(_column, block["columns"])),
                tuple(map(_row, block["rows"])),
                block["caption"],
                block["stub"],
                block["corner"],
            )
            for block in data["blocks"]
        )
        self.relations = tuple(
            Relation(
                one["rule"],
                self.id,
                one["along"],
                tuple(Term(term["id"], term["last"]) for term in one["left"]),
                one["sign"],
                tuple(Term(term["id"], term["last"]) for term in one["right"]),
                tuple(one["only"]),
            )
            for one in data["relations"]
        )


def _column(data: dict[str, Any]) -> Column | ColumnGroup:
    if "columns" in data:
        return ColumnGroup(data["label"], tuple(map(_column, data["columns"])))
    words = {key: tuple(data[key]) for key in ("accepted", "variants")}
    return Column(**{**data, **words})


def _row(data: dict[str, Any]) -> Row:
    words = {key: tuple(data[key]) for key in ("keys", "accepted", "variants")}
    own = {key: data[key] for key in Row.__dataclass_fields__}
    return Row(**{**own, **words, "id": data["id"] or "", "rows": tuple(map(_row, data["rows"]))})


def test_relations_can_be_tried_by_whoever_reads_them(archive: Path) -> None:
    """What fails by the documents alone, where all is a number, are the findings of the same rules."""
    forms = {
        form["id"]: read(archive / API / form["href"]) for form in read(archive / API / "index.json")["forms"]
    }
    for path in sorted(archive.glob("units/*/*/report.json")):
        report = read(path)
        failing, rules = set(), set()
        for id_, rows in report["tables"].items():
            form = forms[report.get("table_forms", {}).get(id_, report["form"])]
            (table,) = [table for table in form["tables"] if table["id"] == id_]
            for relation in table["relations"]:
                if any(term["last"] for term in [*relation["left"], *relation["right"]]):
                    continue
                rules.add(relation["rule"])
                if not all(_holds(relation, rows, key) for key in _keys(relation, rows)):
                    failing.add(relation["rule"])
        assert failing == {f["rule"] for f in report["findings"]} & rules, path


def _keys(relation: dict[str, Any], rows: dict[str, dict[str, Any]]) -> list[str]:
    """The columns, or rows, in which a relation is to hold."""
    ids = {term["id"] for side in ("left", "right") for term in relation[side]}
    if relation["along"] == "rows":
        found = [row for row, cells in rows.items() if ids <= set(cells)]
    else:
        found = list(rows[next(iter(ids))])
    return [key for key in found if not relation["only"] or key in relation["only"]]


def _holds(relation: dict[str, Any], rows: dict[str, dict[str, Any]], key: str) -> bool:
    def side(terms: list[dict[str, Any]]) -> int | None:
        along = relation["along"] == "columns"
        cells = [rows[t["id"]][key] if along else rows[key][t["id"]] for t in terms]
        return (
            sum(cell["value"] for cell in cells) if all(cell["state"] == "number" for cell in cells) else None
        )

    left, right = side(relation["left"]), side(relation["right"])
    if left is None or right is None:
        return True
    return left == right if relation["sign"] == "=" else left <= right


# --- what the guide shows ----------------------------------------------------------------------------


def examples(language: str) -> list[str]:
    text = (ROOT / "docs/api.md").read_text(encoding="utf-8")
    return re.findall(rf"```{language}\n(.*?)```", text, re.DOTALL)


SAID = (r"油车港镇 2020 4\n", r"(\d{9} \S+ \d{4}\n){5}5\n", r"核对完了\n")


@pytest.mark.parametrize(("example", "said"), list(zip(examples("python"), SAID, strict=True)), ids=range(3))
def test_examples_in_python(site: Path, example: str, said: str) -> None:
    """They run as they stand, but for the address of the site."""
    with served(site) as address:
        told = subprocess.run(
            [sys.executable, "-c", example.replace("https://n.example/", address)],
            capture_output=True,
            encoding="utf-8",
            check=False,
            env={**os.environ, "PYTHONUTF8": "1"},
        )
    assert told.returncode == 0, told.stderr
    assert re.fullmatch(said, told.stdout), told.stdout


def test_example_in_javascript(site: Path, browser: Browser) -> None:
    (example,) = examples("js")
    with served(site) as address:
        page = browser.new_page()
        page.goto(address)
        found = page.evaluate(f"async () => {{ {example.replace('https://n.example/', address)} }}")
        page.close()
    report = read(site / "units/411328109/2022/report.json")
    assert found == report["tables"]["t3"]["new"]["total"]["value"]


def test_examples_in_json(site: Path) -> None:
    """Two cells, a count and an amount, and a relation as they stand in the files."""
    count, amount, relation = (json.loads(text) for text in examples("json"))
    assert [list(cell) for cell in (count, amount)] == [["raw", "value", "state"]] * 2
    assert count["value"] == int(count["raw"])
    assert amount["value"] == amount["raw"]
    (table,) = [t for t in read(site / API / "forms/2021.json")["tables"] if t["id"] == "t3"]
    assert relation in table["relations"]


def test_the_guide_names_every_file(site: Path) -> None:
    """Each address in its list is there, and each sort of file is in the list."""
    text = (ROOT / "docs/api.md").read_text(encoding="utf-8")
    named = re.findall(r"^\| `([^`]+\.json)` \|", text, re.MULTILINE)
    assert [path for path in named if not (site / path).is_file()] == []
    assert {at.pattern for at, _ in patterns() for path in named if at.fullmatch(TOP + path)} == {
        at.pattern for at, _ in patterns()
    }
    states = re.findall(r"^\| `([a-z]+)` \|", text, re.MULTILINE)
    assert states == ["state", *State]


# --- size --------------------------------------------------------------------------------------------


def test_the_index_does_not_grow(site: Path, small: Path) -> None:
    """It holds as many keys for five reports as for eight: years and forms are all that it lists."""
    sizes = [len(read(folder / API / "index.json")) for folder in (site, small)]
    assert all(one == other for one, other in pairwise(sizes))
    for folder in (site, small):
        index = read(folder / API / "index.json")
        assert [key for key, value in index.items() if isinstance(value, list)] == ["years", "forms"]
