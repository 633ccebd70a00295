"""DU-SELF: no paragraph stands in the report twice."""

import re
from collections.abc import Iterator

from build_tools.copies.own import own_words
from build_tools.finding import Problem
from build_tools.model import Path
from build_tools.privacy import masked
from build_tools.rules.aids.words import cut, tight
from build_tools.rules.rule import WARNING, Basis, Outcome, Rule
from build_tools.rules.view import View

LEAST = 40
_PARAGRAPH = re.compile("[^\n]+(?:\n[^\n]+)*")
_SHOWN = 30


def check(view: View) -> Iterator[Outcome]:
    """Compare the paragraphs as they are read, white space aside; statutory ones may come twice."""
    if not _any_begin_alike(view):
        return
    known: dict[str, Path] = {}
    for text in view.prose:
        for found in _PARAGRAPH.finditer(text.plain):
            words = tight(found[0])
            if len(words) < LEAST:
                continue
            if words in known and own_words(words):
                said = tight(masked(found[0]))
                yield _problem(text.path, text.span(*found.span()), said, known[words])
            known.setdefault(words, text.path)


def _any_begin_alike(view: View) -> bool:
    """Whether a closer look is worth it: it takes ten times as long."""
    starts = [
        tight(part[:LEAST]) for text in view.prose for part in text.plain.split("\n\n") if len(part) >= LEAST
    ]
    return len(set(starts)) < len(starts)


def _problem(path: Path, span: tuple[int, int], words: str, first: Path) -> Problem:
    where = "这一部分前面" if first == path else f"“{'/'.join(str(step) for step in first)}”里"
    message = f"这一段有 {len(words)} 个字，{where}已经有过一模一样的一段：“{cut(words, _SHOWN)}”"
    return Problem(path, message, HINT, words=span)


HINT = "对照原件，多抄了一遍就删去；原件就是印了两遍，照录，在“确认”里写明理由。"

RULE = Rule(
    id="DU-SELF",
    severity=WARNING,
    basis=Basis.PLAUSIBLE,
    title="同一份报告里没有重复的段落",
    reason="四十个字以上一模一样的段落出现两次，多半是抄录或者排版时重复了，本来该在那里的话可能丢了。",
    advice="对照原件，多抄了一遍就删去，丢了的补上。原件就是印了两遍，照录，在“确认”里写明理由。",
    check=check,
)
