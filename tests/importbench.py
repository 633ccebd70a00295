"""How well the importer reads real reports: `python -m tests.importbench`, or `make bench-import`.

Runs over development reports with gold values made by hand (a folder with reports/, truth/ and INDEX.tsv) and over the
originals of the archive itself, whose gold is the report file. Counts cells by kind of layout: right, wrong, refused.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from build_tools.decode import decode
from build_tools.form import Form, Row
from build_tools.forms import official
from build_tools.importing.assemble import draft
from build_tools.importing.files import read_document
from build_tools.importing.plain import read_text
from build_tools.model import Cell, Report, State
from build_tools.source import parse

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT.parent / "shared/corpus"
SEPARATED = ("pipe", "pipenl", "nl2", "mdrow", "pdf-tsv", "docx", "html", "pdf", "seed")
"""The layouts that part their cells: at least 97 % of these must be right."""

FILES = {"hzq2023_working.pdf": "015", "hzq2024_working.pdf": "017", "szfgs2024.pdf": "019"}
"""The development reports that are there as files too, by the number of their gold."""

Gold = dict[tuple[str, str, int], Any]
"""Table id, row id and column number, and what is printed there; None is blank."""


@dataclass
class Score:
    """Cells counted, and those that are wrong by name."""

    count: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def add(self, name: str, gold: Any, cell: Cell | None) -> None:
        """Count one cell."""
        state = (
            "refused"
            if cell is None or cell.state is State.MISSING
            else "right"
            if same(gold, cell)
            else "wrong"
        )
        self.count[state] += 1
        if state == "wrong" and cell:
            self.wrong.append(f"{name}: {gold!r} read as {cell.raw!r} ({cell.state})")


def same(gold: Any, cell: Cell) -> bool:
    """Whether a cell says what the gold value says."""
    if gold is None:
        return cell.empty
    if cell.raw == str(gold):
        return True
    try:
        return Decimal(cell.raw) == Decimal(str(gold))
    except InvalidOperation:
        return False


def keys_of(form: Form) -> dict[str, str]:
    """The gold's keys of table 3 by row id: new, carry, 1, 3.2, 6, 7, next."""
    first, second, results, last = form.tables["t3"].blocks[0].rows
    found = {first.id: "new", second.id: "carry", last.id: "next"}
    for i, row in enumerate(results.rows, 1):
        found |= {row.id: str(i)} if row.id else {below.id: f"{i}.{j}" for j, below in enumerate(row.rows, 1)}
    return found


def gold_of(truth: Any, report: Report) -> Gold:
    """The gold values of a report, by the ids of the form that it was read in."""
    gold: Gold = {}
    for table in report.tables.values():
        form = official()[table.form_id]
        if table.form.id == "t2" and truth.get("table2"):
            named = {row.label: row.id for row in _rows(form.tables["t2"].blocks)} | {
                variant: row.id for row in _rows(form.tables["t2"].blocks) for variant in row.variants
            }
            for label, values in truth["table2"].items():
                gold |= {("t2", named.get(label, label), i): value for i, value in enumerate(values)}
        elif table.form.id == "t3" and truth.get("table3"):
            ids = {name: row for row, name in keys_of(form).items()}
            for name, values in truth["table3"].items():
                gold |= {("t3", ids.get(name, name), i): value for i, value in enumerate(values)}
        elif table.form.id == "t4" and truth.get("table4"):
            slots = [(row, i) for row, line in table.form.lines.items() for i in range(len(line.columns))]
            gold |= {("t4", *slot): value for slot, value in zip(slots, truth["table4"], strict=True)}
    return gold


def _rows(blocks: Any) -> Iterator[Row]:
    for block in blocks:
        yield from block.rows


def cells_of(report: Report) -> dict[tuple[str, str, int], Cell]:
    """Every cell by table, row and column number."""
    return {
        (id_, row, i): cell
        for id_, table in report.tables.items()
        for row, cells in table.rows.items()
        for i, cell in enumerate(cells)
    }


def corpus(folder: Path) -> Iterator[tuple[str, str, Report, Any]]:
    """Layout, name, what was read, and the gold of each development report that has one."""
    with (folder / "INDEX.tsv").open(encoding="utf-8") as stream:
        layouts = {row["file"]: row["layout"] for row in csv.DictReader(stream, delimiter="\t")}
    for truth in sorted((folder / "truth").glob("*.json")):
        gold = json.loads(truth.read_text(encoding="utf-8"))
        path = folder / "reports" / gold["file"]
        text = re.sub(r"^# .*\n", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
        yield layouts[path.name], path.stem, draft(read_text(text)).report, gold
    for name, number in FILES.items():
        path = folder / "files" / name
        gold = json.loads(next((folder / "truth").glob(f"{number}_*.json")).read_text(encoding="utf-8"))
        yield path.suffix[1:], path.stem, draft(read_document(path.read_bytes(), name)).report, gold


def seeds(reports: Path) -> Iterator[tuple[str, Report, Report]]:
    """Name, what was read of the original, and the archive's own file of each report with an archived text."""
    for original in sorted(reports.glob("*/*/*/source/*.txt")):
        folder = original.parent.parent
        for file in sorted(folder.glob("[0-9]*.yml")):
            report, _ = decode(
                parse(file.read_text(encoding="utf-8")), folder.name, int(file.stem), official()
            )
            if report and report.origin.file == original.name:
                yield original.stem, draft(read_text(original.read_text(encoding="utf-8"))).report, report


def measure(folder: Path, reports: Path) -> dict[str, Score]:
    """The scores by layout."""
    scores: dict[str, Score] = defaultdict(Score)
    for layout, name, report, truth in corpus(folder) if folder.is_dir() else ():
        cells = cells_of(report)
        for at, gold in gold_of(truth, report).items():
            scores[layout].add(f"{name} {'/'.join(map(str, at))}", gold, cells.get(at))
    for name, report, wanted in seeds(reports):
        cells = cells_of(report)
        for at, cell in cells_of(wanted).items():
            if cell.state is not State.MISSING:
                gold = None if cell.state is State.BLANK else cell.raw
                scores["seed"].add(f"{name} {'/'.join(map(str, at))}", gold, cells.get(at))
    return scores


def main() -> None:
    """Print the table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--corpus", type=Path, default=CORPUS)
    options.add_argument("--reports", type=Path, default=ROOT / "reports")
    given = options.parse_args()
    scores = measure(given.corpus, given.reports)
    print(f"{'layout':<12}{'cells':>7}{'right':>7}{'wrong':>7}{'refused':>9}{'right %':>9}")
    for layout, score in sorted(scores.items()):
        all_ = score.count.total()
        right, wrong, refused = (score.count[state] for state in ("right", "wrong", "refused"))
        print(f"{layout:<12}{all_:>7}{right:>7}{wrong:>7}{refused:>9}{right / all_:>9.1%}")
    for score in scores.values():
        print("\n".join(score.wrong))


if __name__ == "__main__":
    main()
