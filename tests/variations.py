"""Reports of our own making for the development set: texts as reports might say them, each in a sound report."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, cast

from build_tools.archive import Subject
from build_tools.decode import decode
from build_tools.forms import official
from build_tools.model import Report, Unit
from build_tools.source import parse, plain
from build_tools.store import Store
from build_tools.units import kinds
from tests.casework import Tree, base, code_points, drop, put, yaml_text
from tests.importbench import ROOT

CASES = Path(__file__).parent / "cases"


@cache
def of_prose() -> tuple[Mapping[str, Any], ...]:
    """Texts for the rules that hold prose against the tables."""
    return tuple(_read("prose_variations.yml"))


@cache
def of_words() -> tuple[Mapping[str, Any], ...]:
    """Texts for the rules that read nothing but words."""
    return tuple(_words()["texts"])


@cache
def _words() -> Mapping[str, Any]:
    return cast("Mapping[str, Any]", _read("words_variations.yml"))


def _read(name: str) -> Any:
    return plain((CASES / name).read_text(encoding="utf-8"))


def subjects() -> Iterator[tuple[str, Subject]]:
    """Each variation with its name, as the archive would check it."""
    for entry in of_prose():
        yield entry["name"], _subject(entry, _prose_tree(entry), ("330411199", "示例镇"), {})
    register = Store(ROOT).register()
    for entry in of_words():
        unit = _words()["units"][entry["of"]]
        yield entry["name"], _subject(entry, _words_tree(entry, unit), (unit["id"], unit["name"]), register)


def _subject(entry: Mapping[str, Any], tree: Tree, unit: tuple[str, str], register: Any) -> Subject:
    id_, name = unit
    report, problems = decode(parse(yaml_text(tree)), id_, _year(entry), official())
    assert report is not None, (entry["name"], problems)
    return _among(report, Unit(id_, name, kinds()[_kind(entry)]), register)


def _among(report: Report, unit: Unit, register: Any) -> Subject:
    file = f"{unit.id[:2]}/{unit.id[:6]}/{unit.id}/{report.year}.yml"
    return Subject(report, unit, (report,), register, file, 2026)


def _kind(entry: Mapping[str, Any]) -> str:
    return str(_words()["units"][entry["of"]]["kind"] if "of" in entry else entry.get("kind", "镇"))


def _year(entry: Mapping[str, Any]) -> int:
    default = 2022 if "of" in entry else official()[entry.get("form", "2021")].obligatory or 2022
    return int(entry.get("year", default))


def _prose_tree(entry: Mapping[str, Any]) -> Tree:
    """A base of few words: what is looked at is the text against the cells."""
    tree = base(official()[entry.get("form", "2021")], _year(entry), _kind(entry))
    put(tree, "正文/总体情况", entry.get("text", "本年度工作平稳。"))
    put(tree, "正文/其他需要报告的事项", entry.get("six", "没有收取信息处理费。"))
    for path, value in entry.get("cells", {}).items():
        wide = path.startswith("申请/") and not isinstance(value, list)
        put(tree, path, [value, "0", "0", "0", "0", "0", value] if wide else value)
    return tree


def _words_tree(entry: Mapping[str, Any], unit: Mapping[str, str]) -> Tree:
    """A base as reports are, with all parts and the unit's own name."""
    year, form = _year(entry), official()[entry.get("form", "2021")]
    tree = base(form, year, unit["kind"])
    said = {
        key: text.format(unit=unit["unit"], we=unit["we"], year=year)
        for key, text in _words()["base"].items()
    }
    tree["标题"] = said.pop("标题")
    if form.free:
        tree["章节"] = [
            {"标题": f"{n}、{key}", "正文": said[key]} for n, key in zip("一二三四", said, strict=True)
        ]
    else:
        tree["正文"] = said
        added = [code_points(entry["text"])] * int(entry.get("times", 1)) if "text" in entry else []
        said["总体情况"] = "\n\n".join([said["总体情况"], *added])
    for path in entry.get("drop", ()):
        drop(tree, path)
    for path, value in entry.get("set", {}).items():
        put(tree, path, value)
    return tree
