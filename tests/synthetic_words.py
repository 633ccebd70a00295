"""Words for synthetic reports: numbers that look like chance, made-up words and names, sentences with slots.

Everything follows from hashes of names, so that the same report has the same text on every machine.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import shake_256
from pathlib import Path
from struct import unpack
from typing import Any, TypeVar, cast

from ruamel.yaml import YAML

Thing = TypeVar("Thing")

HERE = Path(__file__).parent
ROOT = HERE.parent
CHARACTERS = 5080  # nearly all of them turn up in ten thousand reports, about as many as in real ones
WORDS = 30000
_SLOT = re.compile(r"\{([a-z])\}")
_COUNTED = re.compile(r"\d+(?=[条件次篇个])")
_NONE = re.compile(
    "没有收到(?=政府信息公开申请)|受理(?=公民个人提出的政府信息公开申请 0 条)|无(?=因政府信息公开引发)"
)
"""What the archive's own reports deny, and tables of synthetic ones have."""
_SEED_NAMES = re.compile("油车港镇?|尚店镇|北关镇|苍台镇|贾峪镇")
_SEED_PLACES = re.compile("嘉兴市秀洲区|荥阳市|郑州市|民权县|临清市|内盾镇")
_SEED_PERIOD = re.compile("2020 年(?= 1?[12] 月 (?:1|31) 日)")
"""What the archive's own reports say of themselves would be wrong in all others."""


class Dice:
    """Numbers that look like chance and are the same each time for the same key."""

    def __init__(self, *key: object) -> None:
        self.key = repr(key)
        self.numbers: Iterator[int] = iter(())
        self.blocks = 0

    def number(self) -> int:
        """A number below 2^32."""
        for number in self.numbers:
            return number
        digest = shake_256(f"{self.key} {self.blocks}".encode()).digest(4096)
        self.blocks += 1
        self.numbers = iter(unpack(">1024I", digest))
        return next(self.numbers)

    def below(self, top: int) -> int:
        """A number from 0 to top - 1, each as likely."""
        return self.number() % top

    def skewed(self, top: int) -> int:
        """A number from 0 to top - 1, the n-th with a likelihood of about 1/n, as words in a language."""
        return int((top + 1) ** (self.number() / 2**32)) - 1

    def pick(self, things: Sequence[Thing]) -> Thing:
        """One of these, each as likely."""
        return things[self.number() % len(things)]

    def rare(self, times: int) -> bool:
        """True once in so many times."""
        return self.number() % times == 0


@cache
def given() -> Mapping[str, Any]:
    """The words that were written down by people: tests/cases/synthetic.yml."""
    return cast("Mapping[str, Any]", _read(HERE / "cases/synthetic.yml"))


def _read(file: Path) -> Any:
    return YAML(typ="safe", pure=True).load(file.read_text(encoding="utf-8"))


@cache
def characters() -> tuple[str, ...]:
    """The characters of GB 2312, those of its first level before those of its second, each level mixed."""
    order: list[str] = []
    for rows in (range(0xB0, 0xD8), range(0xD8, 0xF8)):
        codes = (bytes((row, cell)) for row in rows for cell in range(0xA1, 0xFF))
        level = [char for code in codes if (char := code.decode("gb2312", "ignore"))]
        order += sorted(level, key=lambda char: shake_256(char.encode()).digest(8))
    return tuple(order[:CHARACTERS])


@cache
def words() -> tuple[str, ...]:
    """Made-up words of two and three characters, the likelier characters in more of them."""
    dice, known = Dice("words"), characters()
    made = (
        "".join(known[dice.skewed(CHARACTERS)] for _ in range(3 if dice.rare(6) else 2)) for _ in range(WORDS)
    )
    return tuple(dict.fromkeys(made))


@cache
def towns() -> tuple[str, ...]:
    """Names of townships without 镇, 乡, 街道: those written down, then made-up ones."""
    stems, ends = given()["stems"], given()["ends"]
    made = [first + last for first in stems for last in ends if first != last]
    return tuple(
        dict.fromkeys(
            [*given()["towns"].split(), *sorted(made, key=lambda n: shake_256(n.encode()).digest(8))]
        )
    )


@dataclass(frozen=True)
class Scene:
    """Where and when a text is written."""

    unit: str
    county: str
    year: int
    neighbours: tuple[str, ...]


Sentence = tuple[tuple[str, str], ...]
"""Pieces, each with the slot that follows it ("" for none)."""


def sentence(text: str) -> Sentence:
    """A text with slots, taken to pieces."""
    parts = _SLOT.split(text)
    return tuple(zip(parts[::2], [*parts[1::2], ""], strict=True))


@cache
def sentences() -> tuple[tuple[Sentence, ...], tuple[Sentence, ...]]:
    """Those of the archive's own reports, and those written down with slots."""
    files = sorted(ROOT.glob("reports/*/*/*/*.yml"))
    texts = [str(s) for file in files if file.name != "unit.yml" for s in _texts(file)]
    own = [part for text in texts for part in re.findall(r"[^。\n]{12,}。", text) if "*" not in part]
    own = [_SEED_PERIOD.sub("{y} 年", _SEED_PLACES.sub("{c}", text)) for text in own]
    told = [_COUNTED.sub("{n}", _SEED_NAMES.sub("{u}", _NONE.sub("认真办理", text))) for text in own]
    return tuple(map(sentence, told)), tuple(map(sentence, given()["sentences"]))


def _texts(file: Path) -> Iterator[str]:
    data = _read(file)
    yield from (text for text in data.get("正文", {}).values() if text)
    yield from (chapter["正文"] or "" for chapter in data.get("章节", ()))


def write(dice: Dice, scene: Scene, pieces: Sentence) -> str:
    """A sentence with its slots filled."""
    found = []
    for text, slot in pieces:
        found.append(text)
        if slot:
            found.append(FILL[slot](dice, scene))
    return "".join(found)


def _count(dice: Dice, top: int, spelt: Sequence[str]) -> str:
    """A number, as often in words as not: real reports have one figure in about sixty characters."""
    return dice.pick(spelt) if dice.rare(2) else str(dice.skewed(top) + 1)


def _amount(dice: Dice, _: Scene) -> str:
    figure = dice.skewed(9000) + 1
    return dice.pick(
        (f"{figure}万元", f"{figure}.{dice.below(100):02}万元", f"{figure * 100}元", f"{figure}亿元")
    )


def _date(dice: Dice, scene: Scene) -> str:
    month, day = dice.below(12) + 1, dice.below(28) + 1
    return dice.pick(
        (f"{scene.year}年{month}月{day}日", f"{month}月{day}日", f"{scene.year}.{month:02}.{day:02}")
    )


def _document(dice: Dice, scene: Scene) -> str:
    year = scene.year - dice.below(3)
    return f"{dice.pick(given()['documents'])}〔{year}〕{dice.skewed(150) + 1}号"


def address(dice: Dice, year: int) -> str:
    """A web address as governments have them."""
    host = f"www.{dice.pick(LETTERS)}{dice.pick(LETTERS)}.gov.cn"
    return f"https://{host}/art/{year + 1}/{dice.below(3) + 1}/{dice.below(28) + 1}/art_{1229400000 + dice.below(90000)}_{dice.below(60000)}.html"


@cache
def phrases() -> tuple[str, ...]:
    """Phrases of the trade."""
    return tuple(str(given()["phrases"]).split())


LETTERS = tuple(
    re.findall(
        "[a-z]+",
        "ab bei chang cheng da dong feng gu hai he hu jia jin li long ma nan ping qing shan tai wu xin yang zhou",
    )
)
FILL: Mapping[str, Callable[[Dice, Scene], str]] = {
    "n": lambda dice, _: _count(
        dice, 9000, ("多", "数百", "近千", "上万", "百余", "三千余", "若干", "两百多")
    ),
    "m": lambda dice, _: _count(
        dice, 99, ("一", "两", "三", "四", "五", "六", "八", "十", "十二", "二十余", "几", "数")
    ),
    "p": lambda dice, _: dice.pick(phrases()),
    "w": lambda dice, _: words()[dice.skewed(len(words()))],
    "t": lambda dice, scene: dice.pick(scene.neighbours),
    "c": lambda _, scene: scene.county,
    "u": lambda _, scene: scene.unit,
    "y": lambda _, scene: str(scene.year),
    "d": _date,
    "o": _document,
    "a": lambda dice, scene: address(dice, scene.year),
    "e": lambda dice, _: dice.pick(given()["foreign"]),
    "k": lambda dice, _: dice.pick(given()["counts"]),
    "f": _amount,
    "r": lambda dice, _: dice.pick(given()["old"]),
    "s": lambda dice, _: dice.pick(tuple(given()["departments"].values())),
}
