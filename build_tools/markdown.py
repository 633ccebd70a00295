"""Prose -> HTML. The only module that imports markdown_it.

CommonMark less all that is risky or that would swallow what is printed: no raw HTML, no images, no code,
no underlined headings, no link definitions, no entities; links to http, https and mailto only. What it gives
holds no ids, no styles and no tags but those of `TAGS`. Chinese punctuation does not keep `**…**` from being
bold, a line break stays a line break, list numbers and full-width spaces stay as they are printed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, MutableMapping, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from itertools import groupby, pairwise
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.parser_inline import ParserInline
from markdown_it.renderer import RendererHTML
from markdown_it.rules_block import StateBlock
from markdown_it.rules_block.paragraph import paragraph
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Scanned
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

TAGS = frozenset(
    {"p", "br", "strong", "em", "a", "ol", "ul", "li", "blockquote", "hr", "h3", "h4", "h5", "h6"}
)
"""Every tag that can come out, for `lowest_heading=3`."""

OFF = (
    "code",
    "fence",
    "html_block",
    "lheading",
    "reference",
    "backticks",
    "entity",
    "html_inline",
    "image",
)

IDEOGRAPHIC_SPACE = "\u3000"


def render(text: str, *, lowest_heading: int = 3) -> str:
    """Turn prose into HTML. Its headings start at h`lowest_heading` and step down one level at a time."""
    env: dict[str, Any] = {"lowest": lowest_heading, "levels": []}
    return "".join(
        "".join(map(_paragraphs, run)) if plain else _markdown().render("\n\n".join(run), env)
        for plain, run in groupby(_split(text), key=_plain)
    )


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, list item or heading of the prose as a reader sees it: text without markup."""

    heading: bool
    text: str


def blocks(text: str) -> Iterator[Block]:
    """The prose in the pieces it is read in, with the printed numbers of lists."""
    for plain, run in groupby(_split(text), key=_plain):
        if plain:
            yield from (Block(heading=False, text=block) for block in run)
        else:
            yield from _read(_markdown().parse("\n\n".join(run), {}))


def is_plain(text: str) -> bool:
    """Whether the prose has no markup: its blocks are then what stands between its blank lines."""
    return all(map(_plain, _split(text)))


def _split(text: str) -> list[str]:
    return re.split(r"\n(?:[ ]*\n)+", text.strip("\n "))


def _read(tokens: Sequence[Token]) -> Iterator[Block]:
    number = ""
    for before, token in pairwise([Token("", "", 0), *tokens]):
        if token.type == "list_item_open" and token.info:
            number = f"{token.info}{token.markup} "
        elif token.type == "list_item_close":
            number = ""  # of an item without text
        elif token.type == "inline":
            children = token.children or ()
            text = "".join(
                c.content if c.type == "text" else "\n" if "break" in c.type else "" for c in children
            )
            if number or text:
                yield Block(heading=before.type == "heading_open", text=number + text)
            number = ""


# --- most prose is nothing but paragraphs: no parser is needed for these --------------------------------

# No character that means something, no line that begins or ends with one that does.
_LINE = r"(?![#>+\-\s]|\d{1,9}[.)](?:[ ]|$))[^\\*_\[\]<\t\r\n\x00]*(?<![ ])"
_PLAIN = re.compile(rf"{_LINE}(?:\n{_LINE})*", re.MULTILINE)


def _plain(block: str) -> bool:
    # A full-width space counts as white space here, so that indented paragraphs go the long way too.
    return bool(block) and _PLAIN.fullmatch(block) is not None


def _paragraphs(block: str) -> str:
    return (
        f"<p>{escape(block, quote=True).replace('&#x27;', chr(39)).replace(chr(10), '<br>' + chr(10))}</p>\n"
    )


# --- everything else goes through the parser ---------------------------------------------------------


@cache
def _markdown() -> MarkdownIt:
    md = MarkdownIt("commonmark", {"html": False, "breaks": True, "xhtmlOut": False}, renderer_cls=_Renderer)
    md.disable(OFF)
    md.block.ruler.at("paragraph", _paragraph)
    md.inline = _Inline.like(md.inline)
    md.validateLink = _safe_link  # type: ignore[method-assign]  # the library's way to set it
    return md


def _safe_link(url: str) -> bool:
    return re.match(r"(?:https?://|mailto:)[^\s]", url, re.IGNORECASE) is not None


def _paragraph(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001  # the library's
    """As the library does, but a full-width space at either end is part of what is printed."""
    paragraph(state, start, end, silent)
    state.tokens[-2].content = state.getLines(start, state.line, state.blkIndent, keepLastLF=False).strip(
        " \t\n"
    )
    if state.tokens[-2].content.startswith(IDEOGRAPHIC_SPACE):
        state.tokens[-3].attrSet("class", "printed-indent")
    return True


class _Inline(ParserInline):
    """The library's inline parser with our own state."""

    @classmethod
    def like(cls, other: ParserInline) -> _Inline:
        inline = cls()
        inline.ruler, inline.ruler2 = other.ruler, other.ruler2
        return inline

    def parse(self, src: str, md: MarkdownIt, env: EnvType, tokens: list[Token]) -> list[Token]:
        state = _State(src, md, env, tokens)
        self.tokenize(state)
        for rule in self.ruler2.getRules(""):
            rule(state)
        return state.tokens


class _State(StateInline):
    """Knows that Chinese is written without spaces: `**主要问题：**一是` and `加强**“五个到位”**建设` are bold.

    CommonMark asks for white space or punctuation where punctuation meets the stars; a Chinese character
    does as well, and Chinese punctuation counts as such a character (CommonMark issue 650).
    """

    def scanDelims(self, start: int, canSplitWord: bool) -> Scanned:  # noqa: FBT001, N802, N803  # the library's
        marker, end = self.src[start], start
        while end < self.posMax and self.src[end] == marker:
            end += 1
        before = self.src[start - 1] if start > 0 else " "
        after = self.src[end] if end < self.posMax else " "
        left = not after.isspace() and (not _foreign_mark(after) or _lets_open(before))
        right = not before.isspace() and (not _foreign_mark(before) or _lets_open(after))
        if canSplitWord:
            return Scanned(left, right, end - start)
        can_open = left and (not right or _mark(before))
        can_close = right and (not left or _mark(after))
        return Scanned(can_open, can_close, end - start)


@cache
def _mark(char: str) -> bool:
    return unicodedata.category(char)[0] in "PS"


@cache
def _han(char: str) -> bool:
    return unicodedata.east_asian_width(char) in {"W", "F", "H"}


def _foreign_mark(char: str) -> bool:
    return _mark(char) and not _han(char)


def _lets_open(char: str) -> bool:
    return char.isspace() or _mark(char) or _han(char)


class _Renderer(RendererHTML):
    """Headings below those of the page, links that vouch for nothing, list numbers as printed."""

    def render(self, tokens: Sequence[Token], options: OptionsDict, env: EnvType) -> str:
        for token in tokens:
            if token.type == "heading_open":
                token.tag = f"h{_heading(env, int(token.tag[1]))}"
            elif token.type == "heading_close":
                token.tag = f"h{env['now']}"
        for list_tokens in _ordered_lists(tokens):
            _number(list_tokens)
        return super().render(tokens, options, env)

    def link_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        tokens[idx].attrSet("rel", "noopener nofollow")
        return self.renderToken(tokens, idx, options, env)


def _heading(env: MutableMapping[str, Any], level: int) -> int:
    """The page's level for a heading of the prose's `level`: one below the nearest heading above it."""
    levels: list[int] = env["levels"]
    while levels and levels[-1] >= level:
        levels.pop()
    levels.append(level)
    env["now"] = min(env["lowest"] + len(levels) - 1, 6)
    return int(env["now"])


def _ordered_lists(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    """Each ordered list's opening token and those of its own items."""
    for at, token in enumerate(tokens):
        if token.type == "ordered_list_open":
            items = [token]
            for other in tokens[at + 1 :]:
                if other.type == "list_item_open" and other.level == token.level + 1:
                    items.append(other)
                elif other.type == "ordered_list_close" and other.level == token.level:
                    break
            yield items


def _number(tokens: list[Token]) -> None:
    """Keep the printed numbers where they do not just count on, and the printed bracket."""
    opening, *items = tokens
    start = opening.attrGet("start")
    expected = 1 if start is None else int(start)
    for item in items:
        if int(item.info) != expected:
            item.attrSet("value", str(int(item.info)))
        expected = int(item.info) + 1
    if opening.markup == ")":
        opening.attrSet("class", "bracket")
