"""Markdown -> paragraphs for a word processor: headings, items of lists, quotations, rules, one below the other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Literal

from build_tools.markdown import Parsed, parsed

Sort = Literal["text", "heading", "item", "rule"]


@dataclass(frozen=True, slots=True)
class Run:
    """Words that look alike. A line feed is a new line in the same paragraph."""

    text: str
    bold: bool = False
    italic: bool = False
    link: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph. `level` is that of a heading, as in Markdown, from 1 to 6.

    `depth` counts the lists around it and `quotes` the quotations. An item, the first paragraph of an entry of a list,
    has a `marker`: `-`, or the printed number with the mark behind it. `loose`: blank lines stand between the entries.
    """

    sort: Sort
    runs: tuple[Run, ...] = ()
    level: int = 0
    depth: int = 0
    quotes: int = 0
    marker: str = ""
    loose: bool = False


BULLET = "-"


def paragraphs(text: str) -> Iterator[Paragraph]:
    """The prose, paragraph by paragraph."""
    place = _Place()
    for token in parsed(text):
        yield from place.read(token)


@dataclass(slots=True)
class _Place:
    """Where the reading is: what is around, and the marker of an entry that has had no paragraph yet."""

    around: dict[str, int] = field(default_factory=lambda: {"list": 0, "blockquote": 0})
    level: int = 0
    marker: str = ""
    loose: bool = False

    def read(self, token: Parsed) -> Iterator[Paragraph]:
        name = token.type.removesuffix("_open").removesuffix("_close")
        around = "list" if name.endswith("_list") else name
        if name == "inline":
            yield self.paragraph(token)
        elif name == "paragraph":
            self.loose = token.nesting == 1 and not token.hidden and self.around["list"] > 0
        elif name == "list_item" or around in self.around or name in {"heading", "hr"}:
            yield from self.empty()
            if around in self.around:
                self.around[around] += token.nesting
            if name == "list_item" and token.nesting == 1:
                self.marker = f"{token.info}{token.markup}" if token.info else BULLET
            elif name == "heading":
                self.level = len(token.markup) if token.nesting == 1 else 0
            elif name == "hr":
                yield self.made("rule")

    def empty(self) -> Iterator[Paragraph]:
        """An entry without a text of its own: it is empty, or begins with something else than a paragraph."""
        if self.marker:
            yield self.made("item")

    def paragraph(self, token: Parsed) -> Paragraph:
        made = self.made("heading" if self.level else "item" if self.marker else "text")
        return replace(made, runs=tuple(_joined(_runs(token.children or ()))))

    def made(self, sort: Sort) -> Paragraph:
        marker, self.marker = self.marker, ""
        around = self.around
        loose = self.loose and sort == "item"
        return Paragraph(sort, (), self.level, around["list"], around["blockquote"], marker, loose)


def _runs(tokens: list[Parsed] | tuple[()]) -> Iterator[Run]:
    look = Run("")
    for token in tokens:
        opens = token.nesting == 1
        if token.type.startswith("strong_"):
            look = replace(look, bold=opens)
        elif token.type.startswith("em_"):
            look = replace(look, italic=opens)
        elif token.type.startswith("link_"):
            look = replace(look, link=str(token.attrGet("href") or "") if opens else "")
        else:
            yield replace(look, text="\n" if "break" in token.type else token.content)


def _joined(runs: Iterator[Run]) -> Iterator[Run]:
    """Runs that look alike in one."""
    last = Run("")
    for run in runs:
        if replace(run, text="") == replace(last, text=""):
            last = replace(last, text=last.text + run.text)
        else:
            if last.text:
                yield last
            last = run
    if last.text:
        yield last
