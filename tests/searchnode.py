"""The search's scripts in Node.js, and small archives for them to search."""

from __future__ import annotations

import json
import os
import subprocess
from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import Any

from build_tools.search.census import Census, census
from build_tools.search.document import FIGURE, Document
from build_tools.search.lists import Coder
from build_tools.search.merge import Merger
from build_tools.search.run import patterns
from build_tools.search.shards import Cutter, packed
from build_tools.search.text import normalise, tokens

HERE = Path(__file__).parent
LABELLED = 8


class Failed(Exception):  # noqa: N818  # the word the scripts use
    """What a script threw: the kind of a Failure, or its stack."""


class Engine:
    """The scripts, loaded once by one of those in tests/node/; asked line by line."""

    def __init__(self, node: list[str], node_path: Path, script: str = "search.js") -> None:
        self.process = subprocess.Popen(
            [*node, str(HERE / "node" / script)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            env={**os.environ, "NODE_PATH": str(node_path)},
        )

    def ask(self, what: str, **values: object) -> Any:
        """The answer of the script; `Failed` when those it loaded fail."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps({"ask": what, **values}) + "\n")
        self.process.stdin.flush()
        answer = json.loads(self.process.stdout.readline())
        if "failed" in answer:
            raise Failed(answer["failed"], answer.get("path"))
        return answer["given"]

    def close(self) -> None:
        """End Node.js."""
        self.process.communicate()


@dataclass(frozen=True)
class Paper:
    """A report: what stands in its zones (title, headings, prose, data)."""

    unit: str
    year: int
    title: str
    headings: tuple[str, ...] = ()
    prose: tuple[str, ...] = ()
    data: tuple[str, ...] = ()
    form: int = 0
    flags: int = 0
    requests: int = -1
    figures: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        return f"{self.unit}/{self.year}"

    @property
    def zones(self) -> tuple[tuple[str, ...], ...]:
        return ((self.title,), self.headings, self.prose, self.data)


FORMS: Sequence[Any] = (
    ["无", "未用统一格式", "none", []],
    [
        "2019",
        "2019年格式",
        "2019",
        [
            ["", "三、申请情况", ""],
            ["t3", "（一）予以公开", "t3.granted"],
            ["t3", "1.属于国家秘密", "t3.secret"],
            ["t3", "本年新收政府信息公开申请数量", "t3.new"],
            ["t3", "总计", ""],
        ],
    ],
)
KINDS = (("镇", "乡级"), ("县级部门", "县级"))
PLACES = {
    "33": "浙江省",
    "3304": "嘉兴市",
    "330400": "嘉兴市本级",
    "330411": "秀洲区",
    "41": "河南省",
    "4101": "郑州市",
    "410182": "荥阳市",
}


@dataclass(frozen=True)
class Shelf:
    """Papers with the names of their units (`names`: the first is the present one), as a site."""

    papers: Sequence[Paper]
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    size: int = 300
    forms: Sequence[Any] = FORMS

    @property
    def units(self) -> list[tuple[str, list[Paper]]]:
        ordered = sorted(self.papers, key=lambda paper: (paper.unit, paper.year))
        return [(unit, list(own)) for unit, own in groupby(ordered, key=lambda paper: paper.unit)]

    @property
    def ids(self) -> list[str]:
        return [paper.id for _, own in self.units for paper in own]

    def name(self, unit: str) -> tuple[str, ...]:
        return self.names.get(unit, ("某镇",))

    @property
    def census(self) -> Census:
        return census({county: tuple(len(own) for own in units) for county, units in self.counties})

    @property
    def counties(self) -> list[tuple[str, list[list[Paper]]]]:
        grouped = groupby(self.units, key=lambda unit: unit[0][:6])
        return [(county, [own for _, own in units]) for county, units in grouped]

    def shards(self) -> list[tuple[str, bytes]]:
        """Each shard's first term and its payload."""
        merger, cutter = Merger(Coder(self.census)), Cutter(self.size)
        for place, (_, units) in enumerate(self.counties):
            found = patterns([[_document(paper) for paper in own] for own in units])
            merger.add(place, (list(found), list(found.values())))
        return [*cutter.add(merger.terms()), *cutter.end()]

    def start(self) -> dict[str, Any]:
        """The start file."""
        units = self.units
        papers = [paper for _, own in units for paper in own]
        base = min((paper.year for paper in papers), default=0)
        shards = self.shards()
        return {
            "format": 1,
            "reports": len(papers),
            "shards": "".join(f"shard{i:03}" for i in range(len(shards))),
            "firsts": "\n".join(first for first, _ in shards),
            "width": self.census.width,
            "help": "help-00000000.bin",
            "both": "后於乾",
            "forms": self.forms,
            "kinds": KINDS,
            "levels": ["县级", "乡级"],
            "totals": ["t3"],
            "places": [[code, name] for code, name in PLACES.items()],
            "counties": [
                [code, len(list(own)), self.census.bases[code]]
                for code, own in groupby(unit[:6] for unit, _ in units)
            ],
            "ids": ",".join(unit[6:] for unit, _ in units),
            "unit_names": "\n".join(self.name(unit)[0] for unit, _ in units),
            "aliases": {i: self.name(u)[1:] for i, (u, _) in enumerate(units) if self.name(u)[1:]},
            "unit_kinds": "".join("b" if "-" in unit else "a" for unit, _ in units),
            "year": base,
            "years": [sum(1 << paper.year - base for paper in own) for _, own in units],
            "form_column": "".join(chr(97 + paper.form) for paper in papers),
            "flags": "".join(f"{paper.flags:x}" for paper in papers),
            "requests": [paper.requests for paper in papers],
        }

    def files(self) -> dict[str, bytes]:
        """The site, its index packed."""
        index = {"start-00000000.bin": as_json(self.start()), "help-00000000.bin": as_json(HELP)}
        index |= {f"shard{i:03}.bin": payload for i, (_, payload) in enumerate(self.shards())}
        found = {f"search/index/{name}": packed(data) for name, data in index.items()}
        return found | {f"units/{p.id}/report.json": as_json(report(p)) for p in self.papers}

    def put(self, folder: Path) -> Path:
        """Write the site into a folder."""
        for name, data in self.files().items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(data)
        return folder


START = "search/index/start-00000000.bin"
HELP = {"traditional": "後后於于議议開开複复", "pinyin": {}}


def _document(paper: Paper) -> Document:
    return Document(paper.zones, tuple(FIGURE + figure for figure in paper.figures), labelled=False)


def as_json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()


def report(paper: Paper) -> dict[str, Any]:
    """The report.json of a paper, as one in no form, or one that prints the labels of its form."""
    labelled = bool(paper.flags & LABELLED)
    blocks = [["p", text] for text in paper.prose]
    headings = [
        {"id": f"h{i}", "heading": t, "markdown": "", "blocks": []} for i, t in enumerate(paper.headings)
    ]
    figures = [{"name": text, "value": "", "unit": None, "quote": None} for text in paper.data]
    if labelled:
        headings, blocks = [], [["h", text] for text in paper.headings] + blocks
    return {
        "unit": paper.unit,
        "year": paper.year,
        "form": FORMS[paper.form][0],
        "title": paper.title,
        "source": {},
        "sections": [*headings, {"id": "s1", "heading": "", "markdown": "", "blocks": blocks}],
        "tables": {},
        "findings": [],
        "figures": figures,
    }


def holds(text: str, phrase: str) -> bool:
    """Whether a normalised phrase stands in a text, token by token: a number only whole."""
    inside, wanted = tokens(normalise(text)), tokens(phrase)
    return any(inside[i : i + len(wanted)] == wanted for i in range(len(inside)))


def base64(data: bytes) -> str:
    return b64encode(data).decode()


def script(path: str, data: bytes) -> bytes:
    """A file of the offline copy: a script that delivers it."""
    return f"nianbao.deliver({json.dumps(path)}, {json.dumps(base64(data))});\n".encode()
