"""Prose -> HTML. The only module that imports markdown_it.

CommonMark less all that is risky or that would swallow what is printed: no raw HTML, no images, no code,
no underlined headings, no link definitions, no entities; links to http, https and mailto only. What it gives
holds no ids, no styles and no tags but those of `TAGS`. Chinese punctuation does not keep `**…**` from being
bold, a line break stays a line break, list numbers and full-width spaces stay as they are printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, MutableMapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache, partial
from itertools import pairwise
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

from build_tools.prose import (
    IDEOGRAPHIC_SPACE,
    Heading,
    Listing,
    Paragraph,
    Piece,
    closes,
    html,
    is_mark,
    opens,
    runs,
)

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


def render(text: str, *, lowest_heading: int = 3, as_written: bool = False) -> str:
    """Turn prose into HTML. Its headings start at h`lowest_heading` and step down one level at a time.

    `as_written`: each heading on the very level it is written on, for who reads the HTML back.
    """
    env: dict[str, Any] = {"lowest": lowest_heading, "levels": [], "as_written": as_written}
    return "".join(
        _parsed_html(run, env) if isinstance(run, str) else html(run, partial(_heading, env))
        for run in runs(text)
    )


Parsed = Token
"""A piece of prose as the parser gives it."""


def parsed(text: str) -> Sequence[Parsed]:
    """The prose as the parser reads it, for who writes it in another markup than HTML."""
    return _parsed(text)


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, list item or heading of the prose as a reader sees it: text without markup."""

    heading: bool
    text: str


def blocks(text: str) -> Iterator[Block]:
    """The prose in the pieces it is read in, with the printed numbers of lists."""
    for run in runs(text):
        if isinstance(run, str):
            yield from _read(_parsed(run))
        else:
            yield from _written(run)


def is_plain(text: str) -> bool:
    """Whether the prose has no markup: its blocks are then what stands between its blank lines."""
    return all(isinstance(run, Paragraph) and "*" not in run.text for run in runs(text))


def _written(piece: Piece) -> Iterator[Block]:
    if isinstance(piece, Listing):
        numbers = [f"{number}{piece.mark} " for number in piece.numbers] or [""] * len(piece.texts)
        for number, text in zip(numbers, piece.texts, strict=True):
            yield Block(heading=False, text=number + text.replace("**", ""))
    else:
        yield Block(heading=isinstance(piece, Heading), text=piece.text.replace("**", ""))


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


# --- everything else goes through the parser ---------------------------------------------------------


@lru_cache(maxsize=64)
def _parsed(text: str) -> tuple[Token, ...]:
    return tuple(_markdown().parse(text, {}))


def _parsed_html(text: str, env: EnvType) -> str:
    return str(_markdown().renderer.render(_parsed(text), _markdown().options, env))


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
    """Knows that Chinese is written without spaces: `**主要问题：**一是` and `加强**“五个到位”**建设` are bold."""

    def scanDelims(self, start: int, canSplitWord: bool) -> Scanned:  # noqa: FBT001, N802, N803  # the library's
        marker, end = self.src[start], start
        while end < self.posMax and self.src[end] == marker:
            end += 1
        before = self.src[start - 1] if start > 0 else " "
        after = self.src[end] if end < self.posMax else " "
        left, right = opens(before, after), closes(before, after)
        if canSplitWord:
            return Scanned(left, right, end - start)
        can_open = left and (not right or is_mark(before))
        can_close = right and (not left or is_mark(after))
        return Scanned(can_open, can_close, end - start)


class _Renderer(RendererHTML):
    """Headings below those of the page, links that vouch for nothing, list numbers as printed."""

    def render(self, tokens: Sequence[Token], options: OptionsDict, env: EnvType) -> str:
        for token in tokens:
            if token.type == "heading_open":
                token.tag = f"h{_heading(env, len(token.markup))}"
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
    if env.get("as_written"):
        env["now"] = level
        return level
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
