"""The tables for queries are what their sources say; suggestions find the place that was meant."""

import json
import subprocess
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, cast

import pytest

from build_tools.search.help import both, everyday, help_table
from build_tools.source import plain
from tests import search_tables

CASES = Path(__file__).parent / "cases"
SCRIPTS = Path(__file__).resolve().parent.parent / "overrides" / "assets" / "search"
SHARE = 0.8
"""Of each class of queries, at least so many lead to the right suggestion."""

DRIVER = """
const [, ...scripts] = process.argv;
scripts.forEach(require);
const given = JSON.parse(require("fs").readFileSync(0, "utf8"));
const places = new Map(given.places);
const regions = (unit) => [2, 4, 6].map((n) => given.units[unit].id.slice(0, n)).filter((code) => places.has(code));
const archive = { units: given.units, places, regions, help: "help",
  chain: (unit) => regions(unit).map((code) => places.get(code)).join("") };
nianbao.files = { json: (path) => path === "help" ? Promise.resolve(given.help) : Promise.reject(path) };
(async () => {
  await nianbao.suggest.places(archive, "zz");
  const start = process.hrtime.bigint();
  const answers = [];
  for (const query of given.queries) answers.push(await nianbao.suggest.places(archive, query));
  const spent = Number(process.hrtime.bigint() - start) / 1e6 / given.queries.length;
  console.log(JSON.stringify({ answers, spent }));
})();
"""
Suggest = Callable[[list[str]], list[list[dict[str, Any]]]]


@cache
def names() -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    """Code, name and townships of every region in search_names.txt."""
    lines = (CASES / "search_names.txt").read_text(encoding="utf-8").splitlines()
    split = (line.split(" ") for line in lines if not line.startswith("#"))
    return tuple((code, name, tuple(towns)) for code, name, *towns in split)


@cache
def cases() -> Mapping[str, Any]:
    return cast("Mapping[str, Any]", plain((CASES / "search_suggestions.yml").read_text(encoding="utf-8")))


def classes() -> list[str]:
    return [name for name in cases() if name != "nothing"]


@pytest.fixture(scope="session")
def suggest(node: list[str]) -> Suggest:
    units = [
        {"id": f"{code}{number:03}", "name": town, "aliases": [], "size": 1 + number % 5}
        for code, _, towns in names()
        for number, town in enumerate(towns, 1)
    ]
    places = [(code, name) for code, name, _ in names()]
    written = [everyday(), *(name for _, name in places), *(town for *_, towns in names() for town in towns)]
    table = json.loads(help_table(written))

    def run(queries: list[str]) -> list[list[dict[str, Any]]]:
        given = json.dumps({"units": units, "places": places, "help": table, "queries": queries})
        scripts = [str(SCRIPTS / f"{name}.js") for name in ("text", "spelling", "suggest")]
        done = subprocess.run(
            [*node, "-e", DRIVER, *scripts], input=given, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return cast("list[list[dict[str, Any]]]", json.loads(done.stdout)["answers"])

    return run


def test_tables_are_those_of_the_libraries() -> None:
    for name, text in {"traditional": search_tables.traditional(), "pinyin": search_tables.pinyin()}.items():
        path = search_tables.TABLES / f"{name}.txt"
        assert path.read_text(encoding="utf-8") == text, "write them anew: python -m tests.search_tables"


def test_help_table_reads_only_the_names() -> None:
    table = json.loads(help_table(["重庆市", "绿汁镇"]))
    assert table["pinyin"]["chong"] == table["pinyin"]["zhong"] == "重"
    assert table["pinyin"]["lv"] == "绿"
    assert set("".join(table["pinyin"].values())) == set("重庆市绿汁镇")
    pairs = table["traditional"]
    assert len(pairs) % 2 == 0
    simple = dict(zip(pairs[::2], pairs[1::2], strict=True))
    assert {c: simple[c] for c in "車後鎮於"} == {"車": "车", "後": "后", "鎮": "镇", "於": "于"}
    assert json.loads(help_table([]))["pinyin"] == {}


def test_every_character_of_real_names_has_a_reading() -> None:
    written = {c for _, name, towns in names() for word in (name, *towns) for c in word if c >= "㐀"}
    table = json.loads(help_table(name for _, *_, towns in names() for name in towns))
    known = "".join(json.loads(help_table(["".join(written)]))["pinyin"].values())
    assert written - set(known) == set("（）")
    assert set("".join(table["pinyin"].values())) <= written


def test_everyday_characters_are_read() -> None:
    assert len(everyday()) == 3755
    assert everyday()[:1] + everyday()[-1:] == "啊座"
    assert set("".join(json.loads(help_table([everyday()]))["pinyin"].values())) == set(everyday())


def test_both_are_characters_only_a_table_can_tell() -> None:
    assert set("後於乾徵") <= set(both())
    assert not set("車鎮后于") & set(both())


@pytest.mark.parametrize("name", classes())
def test_the_place_that_was_meant(name: str, suggest: Suggest) -> None:
    wanted = cases()[name]
    answers = zip(wanted.items(), suggest(list(wanted)), strict=True)
    missed = [
        (typed, place, [found["text"] for found in answer])
        for (typed, place), answer in answers
        if not any(found["text"].endswith(place) for found in answer)
    ]
    assert len(missed) <= (1 - SHARE) * len(wanted), missed


def test_what_is_no_slip_gets_no_suggestion(suggest: Suggest) -> None:
    typed = cases()["nothing"]
    assert {query: answer for query, answer in zip(typed, suggest(typed), strict=True) if answer} == {}


def test_suggestions_are_found_by_a_search_for_them(suggest: Suggest) -> None:
    known = {code: name for code, name, _ in names()}
    full = [
        "".join(known.get(code[:n], "") for n in (2, 4, 6)) + town
        for code, _, towns in names()
        for town in ("", *towns)
    ]
    queries = [query for name in classes() for query in cases()[name]]
    for query, answer in zip(queries, suggest(queries), strict=True):
        texts = [found["text"] for found in answer]
        assert len(set(texts)) == len(texts) <= 5, query
        assert query not in texts
        for found in answer:
            assert found["count"] > 0 or found["kind"] == "place"
            assert any(found["text"] in text for text in [*full, *known.values()]), found
