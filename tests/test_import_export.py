"""What was exported comes back: import(export(report)) = report, for Word, Excel and web pages."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from build_tools.decode import decode
from build_tools.decode.cells import read_cell
from build_tools.form import Form, TableForm
from build_tools.forms import official
from build_tools.importing import Asked, imported
from build_tools.importing.files import read_document
from build_tools.model import Cell, Origin, Report, Section, State, Table
from build_tools.printed.making import write
from build_tools.source import parse
from build_tools.write import report_text

ENDINGS = ("docx", "xlsx", "html")
CELLS = (
    *(
        "",
        "缺",
        "-",
        "/",
        "+5",
        "-18",
        "1.50",
        "3189300元",
        "160.5964万元",
        "1,113",
        "无",
        "22（其中修订16件）",
    ),
    *("7", "12", "365", "98765"),
)
WORDS = "政府信息公开工作年度报告全面主动依申请镇村网站发布条件次，、；“”《》（）20 365abc*_<>[]"


class Made:
    """A report with figures, labels and words of any sort, the same for the same seed."""

    def __init__(self, form: Form, seed: int) -> None:
        self.form, self.chance = form, random.Random(seed)  # noqa: S311 — no secret

    def report(self) -> Report:
        """As offices write them: prose in paragraphs, some under a heading; tables in full."""
        tables = {id_: self.table(own) for id_, own in self.form.tables.items()}
        title = "油车港镇2020年政府信息公开工作年度报告"
        sections = tuple(self.sections())
        return Report(
            unit="330411103",
            year=2020,
            form=self.form,
            title=title,
            origin=Origin(),
            sections=sections,
            tables=MappingProxyType(tables),
            published=self.chance.choice(("", "2021-01-29")),
            scope=self.chance.choice(("self", "self", "aggregated")),
            printed_unit=self.chance.choice(("", "油车港镇人民政府")),
        )

    def sections(self) -> list[Section]:
        if self.form.free:
            titles = enumerate(("一、概述", "二、主动公开的情况", "三、依申请公开的情况"))
            return [Section(f"s{i + 1}", title, self.prose(), ("章节", i, "正文")) for i, title in titles]
        parts = [part for part in self.form.sections if not part.table]
        return [Section(s.id, s.title if s.heading else "", self.prose(), ("正文", s.key)) for s in parts]

    def prose(self) -> str:
        texts = [self.sentence() for _ in range(self.chance.randint(1, 3))]
        if self.chance.random() < 0.3:
            texts.insert(0, "### （一）主动公开情况")
        return "\n\n".join(texts)

    def sentence(self) -> str:
        words = "".join(self.chance.choices(WORDS, k=self.chance.randint(3, 50))).strip()
        return f"本镇{escaped(' '.join(words.split()))}。"

    def table(self, form: TableForm) -> Table:
        rows = {
            id_: tuple(self.cell(form, id_, i) for i in range(len(line.columns)))
            for id_, line in form.lines.items()
        }
        lines = [line.row for line in form.lines.values() if line.row.variants and self.chance.random() < 0.5]
        labels = {row.label: self.chance.choice(row.variants) for row in lines}
        return Table(form, self.form.id, MappingProxyType(rows), labels)

    def cell(self, form: TableForm, row: str, at: int) -> Cell:
        text = self.chance.choice(CELLS) if self.chance.random() < 0.3 else "0"
        if text == "缺":
            return Cell("", State.MISSING)
        return read_cell(text, form.lines[row].columns[at], plain=False)


def escaped(text: str) -> str:
    """Words that mean themselves in Markdown."""
    return "".join(f"\\{c}" if c in "*_<>[]" else c for c in text)


def back(report: Report, ending: str) -> Report:
    """The report as it comes back, without what the importer notes."""
    name = f"a.{ending}"
    data = write(report, ending)
    made = imported(read_document(data, name), data, name, Asked(2025, "330411103", 2020), lambda _: ())
    return replace(made.report, origin=Origin(), note="")


@pytest.mark.parametrize("ending", ENDINGS)
# What is made of a seed grows no simpler with it.
@settings(max_examples=20, phases=(Phase.explicit, Phase.reuse, Phase.generate))
@given(form=st.sampled_from(sorted(official())), seed=st.integers(0, 1 << 32))
def test_any_report(ending: str, form: str, seed: int) -> None:
    """Every cell, every label that varies, every word."""
    report = Made(official()[form], seed).report()
    assert report_text(back(report, ending)) == report_text(report)


@pytest.mark.parametrize("ending", ENDINGS)
def test_real_reports(root: Path, ending: str) -> None:
    """The archive's own reports, but for what is the archive's and not printed."""
    for file in sorted(root.glob("reports/*/*/*/[0-9]*.yml")):
        report, _ = decode(parse(file.read_text(encoding="utf-8")), "330411103", 2020, official())
        assert report
        bare = replace(report, origin=Origin(), note="", figures=(), waivers=())
        assert report_text(back(bare, ending)) == report_text(bare)
