"""What a search must find: plain substring search over the archive's YAML, apart from build_tools on purpose.

The files are read by a few lines of our own (tests hold them against ruamel.yaml), and the text a reader can see
is put together once more: title, prose without Markdown, cells, figures, names, places, labels as printed.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

FORMS = Path(__file__).parent.parent / "build_tools/forms"
END = "\u0001"  # between blocks: no text holds it, no phrase reaches over it

# --- the archive's own YAML: mappings, lists, blocks of text, one line of flow -------------------------

_SCALAR = r'"(?:[^"\\]|\\.)*"|\'(?:[^\']|\'\')*\''
_KEY = re.compile(rf"({_SCALAR}|[^\s\"'][^\n]*?):(?: (.*))?$")
_ITEM = re.compile(rf" *({_SCALAR}|[^,]*?) *(?:,|$)")


def read_yaml(text: str) -> Any:
    """The values of a file in the archive's canonical layout; every scalar is a text, `~` is None."""
    lines = [line for line in text.split("\n") if not line.startswith("#")]
    value, _ = _node(lines, 0, 0)
    return value


def _node(lines: list[str], at: int, indent: int) -> tuple[Any, int]:
    """The mapping or list at this indent that begins at line `at`, and the line after it."""
    found: Any = [] if lines[at].startswith(" " * indent + "- ") else {}
    while at < len(lines) and lines[at].startswith(" " * indent) and lines[at].strip():
        if isinstance(found, list):
            if not lines[at].startswith("- ", indent):
                break
            lines[at] = " " * (indent + 2) + lines[at][indent + 2 :]
            value, at = _node(lines, at, indent + 2)
            found.append(value)
            continue
        match = _KEY.match(lines[at], indent)
        if match is None or lines[at][indent] == " " or lines[at].startswith("- ", indent):
            break
        value, at = _value(lines, at + 1, indent, match[2] or "")
        found[_scalar(match[1])] = value
    return found, at


def _value(lines: list[str], at: int, indent: int, rest: str) -> tuple[Any, int]:
    if rest in {"|", "|2"}:
        end = at
        while end < len(lines) and (not lines[end] or lines[end].startswith(" " * (indent + 2))):
            end += 1
        return "\n".join(line[indent + 2 :] for line in lines[at:end]).rstrip("\n"), end
    if rest.startswith("["):
        return [
            _scalar(item) for item in _ITEM.findall(rest[1:-1])[: None if rest != "[]" else 0] if item
        ], at
    if rest:
        return _scalar(rest), at
    deeper = len(lines[at]) - len(lines[at].lstrip(" "))
    return _node(lines, at, deeper)


def _scalar(text: str) -> str | None:
    if text.startswith('"') and len(text) > 1:
        return str(YAML(typ="safe", pure=True).load(text)) if "\\" in text else text[1:-1]
    if text.startswith("'"):
        return text[1:-1].replace("''", "'")
    return None if text == "~" else text


# --- what a reader sees ------------------------------------------------------------------------------


def normalise(text: str) -> str:
    """NFKC but for circled and raised figures, lower case; white space only between ASCII letters and figures."""
    folded = "".join(c if unicodedata.category(c) == "No" else unicodedata.normalize("NFKC", c) for c in text)
    seen = re.sub("[\u00ad\u200b-\u200f\u2060]", "", folded.lower())
    return re.sub(
        r"(?<=[a-z0-9])\s+(?=[a-z0-9])", " ", re.sub(r"(?<![a-z0-9\s])\s+|\s+(?![a-z0-9\s])", "", seen)
    )


def prose(text: str) -> Iterator[str]:
    """Paragraphs, headings and list items without Markdown's marks; printed numbers of lists stay."""
    for paragraph in re.split(r"\n\s*\n", text):
        piece = ""
        for line in paragraph.split("\n"):
            if re.match(r"#{1,6} |[-+*] |\d+[.)] ", line) and piece:
                yield piece
                piece = ""
            piece += re.sub(r"^(#{1,6}|[-+*]) ", "", line).replace("**", "") + "\n"
        yield piece


@cache
def _form(id_: str) -> Any:
    """A form's file by its id."""
    read = YAML(typ="safe", pure=True).load
    forms = (read(path.read_text(encoding="utf-8")) for path in sorted(FORMS.glob("*.yml")))
    return next(form for form in forms if form["id"] == id_)


def _labels(node: Any) -> Iterator[str]:
    """Every label below a table, in a form's file."""
    if isinstance(node, list):
        for child in node:
            yield from _labels(child)
    elif isinstance(node, dict):
        yield from (str(node[key]) for key in ("caption", "stub", "corner", "label") if node.get(key))
        for key in ("blocks", "columns", "rows"):
            yield from _labels(node.get(key, []))


def printed(report: Mapping[str, Any]) -> tuple[str, ...]:
    """Headings and labels of tables as the report prints them."""
    own = report["格式"]
    by_table = own if isinstance(own, dict) else {}
    form = _form(own if isinstance(own, str) else next(iter(own.values())))
    found = [str(chapter["标题"] or "") for chapter in report.get("章节") or ()]
    otherwise = report.get("原表标签") or {}
    for part in form["sections"]:
        if part.get("heading"):
            shown = otherwise.get("章节", {}).get(part["heading"], part["heading"])
            shown = shown or ""
            found.append(shown if not shown or shown[0] == part["number"] else f"{part['number']}、{shown}")
    for table in form["tables"]:
        source = next(
            t for t in _form(by_table.get(table["key"], form["id"]))["tables"] if t["key"] == table["key"]
        )
        odd = otherwise.get(table["key"], {})
        found += [odd.get(label, label) or "" for label in _labels(source)]
    return tuple(found)


def _leaves(node: Any) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    for child in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from _leaves(child)


def own_blocks(report: Mapping[str, Any]) -> Iterator[str]:
    """Everything but names and labels."""
    yield report["标题"] or ""
    for text in [*(report.get("正文") or {}).values(), *(c["正文"] for c in report.get("章节") or ())]:
        yield from prose(text or "")
    for key in ("主动公开", "申请", "复议诉讼", "统计表"):
        yield from (leaf for leaf in _leaves(report.get(key)) if leaf != "缺")
    for row in report.get("多出的行") or ():
        yield from (row["标签"], *(value for value in row["数值"] if value))
    for figure in report.get("数据") or ():
        yield from (
            figure["指标"] or "",
            (figure["数值"] or "") + (figure["单位"] or ""),
            figure["原文"] or "",
        )
    yield from (report.get(key) or "" for key in ("单位名称", "公布日期", "转录说明"))
    yield from ((report.get("来源") or {}).get(key) or "" for key in ("网址", "文件"))
    yield from (waiver["理由"] or "" for waiver in report.get("确认") or ())


# --- searching ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Shelf:
    """A report's text: its own, and what it shares with others (labels, names), normalised."""

    id: str
    own: str
    labels: str
    names: str


class Truth:
    """All reports of an archive, by id."""

    def __init__(self, root: Path) -> None:
        rows = csv.DictReader((root / "reports/divisions.csv").read_text(encoding="utf-8-sig").splitlines())
        self.register = {row["code"]: row["name"] for row in rows}
        self.units: dict[str, Mapping[str, Any]] = {}
        self.names: dict[str, str] = {}
        self.shelves: list[Shelf] = []
        for path in sorted(root.glob("reports/*/*/*/*.yml")):
            if path.name == "unit.yml":
                unit = read_yaml(path.read_text(encoding="utf-8"))
                self.units[path.parent.name] = unit
                self.names[path.parent.name] = _joined(self._names(path.parent.name, unit))
        for path in sorted(root.glob("reports/*/*/*/[12]*.yml")):
            self.shelves.append(self._shelf(path))

    def _shelf(self, path: Path) -> Shelf:
        report, unit = read_yaml(path.read_text(encoding="utf-8")), path.parent.name
        return Shelf(
            f"{unit}/{path.stem}",
            _joined(own_blocks(report)),
            _shared(printed(report)),
            self.names[unit],
        )

    def places(self, unit: str) -> list[str]:
        """Province, prefecture, county of a unit; the folder of a city's own units is called 本级."""
        code = unit[:6]
        codes = [code[:2], *([code[:4]] if code[2:4] != "00" else []), code]
        names = [self.register[c] for c in codes if c in self.register]
        return names if code in self.register else [*names, f"{names[-1]}本级"]

    def _names(self, id_: str, unit: Mapping[str, Any]) -> Iterator[str]:
        yield "".join(self.places(id_)) + str(unit["名称"])
        yield from unit.get("别名") or ()
        yield from (former["名"] for former in unit.get("曾用名") or ())

    def find(self, query: str) -> set[str]:
        """The ids of the reports that hold what is asked for."""
        tests = [(matcher(phrase), wanted) for phrase, wanted in parse(query)]
        if not tests:
            return set()
        return {
            shelf.id
            for shelf in self.shelves
            if all(
                any(test(part) for part in (shelf.own, shelf.names, shelf.labels)) is wanted
                for test, wanted in tests
            )
        }


def _joined(blocks: Iterable[str]) -> str:
    return END.join(normalise(block) for block in blocks if block)


@cache
def _shared(blocks: tuple[str, ...]) -> str:
    return _joined(blocks)


# Quotes are quotes only round a whole term; a straight one may still be open.
_END = r"(?=$|[\s\"“「『])"
_TERM = re.compile(
    rf'([-－]?)(?:"([^"]*)"{_END}|“([^”]*)”{_END}|「([^」]*)」{_END}|『([^』]*)』{_END}|"([^"]*)$|(\S+))'
)


def parse(query: str) -> list[tuple[str, bool]]:
    """The phrases of a query, normalised, with whether they must be there."""
    found = []
    for sign, *parts in _TERM.findall(query):
        phrase = normalise("".join(parts))
        if phrase:
            found.append((phrase, not sign))
    return found


def matcher(phrase: str) -> Callable[[str], bool]:
    """Whether a text holds the phrase; a number at its ends must not be part of a longer number."""
    before = "(?<![0-9])" if "0" <= phrase[0] <= "9" else ""
    after = "(?![0-9])" if "0" <= phrase[-1] <= "9" else ""
    if not before and not after:
        return lambda text: phrase in text
    compiled = re.compile(before + re.escape(phrase) + after)
    return lambda text: phrase in text and compiled.search(text) is not None
