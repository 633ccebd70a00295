"""Whatever a file is: a report or a clear message in Chinese, in bounded time and memory, nothing half written.

More mutations than usual: NIANBAO_MUTATIONS=500 pytest tests/test_import_hostile.py
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import resource
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from build_tools.cli import main
from build_tools.decode.cells import read_cell
from build_tools.importing.assemble import draft
from build_tools.importing.blocks import Document
from build_tools.importing.files import read_document
from build_tools.importing.guard import MOST_BYTES
from build_tools.importing.isolated import read_apart
from build_tools.importing.refused import RefusedError
from build_tools.model import Report, State
from tests.importhostile import ENDLESS, HARMLESS, REFUSED
from tests.synthetic_words import Dice

MUTATIONS = int(os.environ.get("NIANBAO_MUTATIONS", "12"))
ROOT = Path(__file__).resolve().parent.parent
CORPUS = Path(os.environ.get("NIANBAO_CORPUS", ROOT.parent / "shared/corpus"))
CHINESE = re.compile("[\u4e00-\u9fff]")


def _run(*arguments: str | Path) -> tuple[int, str]:
    """The exit status and all that was said."""
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        status = main(["import", *map(str, arguments)])
    return status, said.getvalue()


def _files(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_read_is_refused(name: str, tmp_path: Path) -> None:
    """A reason and what to do in Chinese, status 1, and nothing is written."""
    (tmp_path / name).write_bytes(REFUSED[name]())
    status, said = _run(tmp_path / name, "-o", tmp_path / "out", "--unit", "330411103", "--year", "2020")

    assert status == 1, said
    assert name in said
    assert CHINESE.search(said.replace(str(tmp_path / name), ""))
    assert "Traceback" not in said
    assert _files(tmp_path) == [name]


@pytest.mark.parametrize("name", HARMLESS)
def test_what_is_odd_does_no_harm(name: str) -> None:
    """It is read or refused within the limits, and no figure comes of it that is not there."""
    data = HARMLESS[name]()
    try:
        document = read_apart(data, name, seconds=20)
    except RefusedError as error:
        _in_chinese(error)
        return
    report = draft(document).report
    assert "坏" not in _text(report)
    _all_in_source(report, document)


def _in_chinese(error: RefusedError) -> None:
    assert CHINESE.search(str(error))


def _text(report: Report) -> str:
    return "\n".join([report.title, *(section.heading + section.text for section in report.sections)])


def _all_in_source(report: Report, document: Document) -> None:
    source = "\n".join(
        cell.text for block in document.blocks for row in getattr(block, "rows", ()) for cell in row.cells
    )
    source += "\n".join(paragraph.text for paragraph in document.paragraphs())
    bare = re.sub(r"\s", "", source).translate({ord("０") + i: str(i) for i in range(10)})
    for table in report.tables.values():
        for row, cells in table.rows.items():
            for cell in cells:
                assert cell.state in {State.MISSING, State.BLANK} or re.sub(r"\s", "", cell.raw) in bare, row


def test_readers_have_limits() -> None:
    """A reader that takes too much time or memory is ended, and this is said."""
    with pytest.raises(RefusedError, match="时间或内存"):
        read_apart(ENDLESS, "a.pdf", seconds=2)


def test_a_huge_file_is_not_read(tmp_path: Path) -> None:
    """200 MB are refused by their size, most of them unread."""
    huge = tmp_path / "huge.pdf"
    with huge.open("wb") as stream:
        stream.write(b"%PDF-1.4\n")
        stream.truncate(200_000_000)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    status, said = _run(huge)

    assert status == 1
    assert "200 MB" in said
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 2 * MOST_BYTES // 1024


# --- paths ---------------------------------------------------------------------------------------------

TEXT = "油车港镇2020年政府信息公开工作年度报告\n\n一、总体情况\n\n全年公开信息。\n"


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "report.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_missing_and_linked_files(tmp_path: Path, report: Path) -> None:
    """What is not there, a link and a pipe are refused with the path and the reason, status 2."""
    link, pipe = tmp_path / "link.txt", tmp_path / "pipe.txt"
    link.symlink_to(report)
    os.mkfifo(pipe)
    for path in (tmp_path / "none.txt", link, pipe, Path("/dev/zero")):
        status, said = _run(path, "--unit", "330411103")
        assert status == 2, said
        assert path.name in said
        assert CHINESE.search(said)


def test_empty_folder(tmp_path: Path) -> None:
    """A folder without files that can be imported is wrong usage."""
    status, said = _run(tmp_path)
    assert (status, "没有可以导入的文件" in said) == (2, True)


def test_unwritable_place(tmp_path: Path, report: Path) -> None:
    """Where nothing can be written, this is said, and nothing is left."""
    place = tmp_path / "file"
    place.write_bytes(b"")
    status, said = _run(report, "-o", place, "--unit", "330411103", "--year", "2020")
    assert status == 2, said
    assert "写不进" in said
    assert _files(tmp_path) == ["file", "report.txt"]


@pytest.mark.parametrize(
    "name",
    [
        "a\nb\x1b[31m.txt",
        "  甲 乙 .txt",
        "x" * 240 + ".txt",
        "-o.txt",
        "..txt",
        "a;rm -rf.txt",
        "甲\u202e.txt",
    ],
)
def test_odd_names(name: str, tmp_path: Path) -> None:
    """A file of any name is imported; nothing in the name reaches the terminal or leaves the folder."""
    path = tmp_path / "in" / name
    path.parent.mkdir()
    path.write_text(TEXT, encoding="utf-8")
    out = tmp_path / "out"
    status, said = _run(path, "-o", out, "--unit", "330411103", "--year", "2020")

    assert status == 0, said
    assert "\x1b" not in said
    assert "\u202e" not in said
    assert len(said.splitlines()) < 40
    written = _files(out)
    assert "33/330411/330411103/2020.yml" in written
    assert len(written) == 2
    assert all("\n" not in file for file in written)


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    """Standard input is read like a file, a hostile one too."""
    for data, status in ((TEXT.encode(), 0), (REFUSED["entities.docx"](), 1), (b"", 1)):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data), encoding="utf-8"))
        assert _run("-", "--unit", "330411103", "--year", "2020")[0] == status


# --- mutations -----------------------------------------------------------------------------------------

_BITS = (
    "\t",
    "|",
    "\n",
    "\n\n",
    " ",
    "0",
    "9",
    "，",
    "（一）",
    "规章",
    "行政许可",
    "\u3000",
    "**",
    "#",
    "<b>",
    "\x00",
    "\ufeff",
)


def mutated(data: bytes, dice: Dice) -> bytes:
    """Bytes with some changed, lines moved, doubled or dropped, and pieces put in."""
    for _ in range(1 + dice.below(8)):
        at = dice.below(max(len(data), 1))
        how = dice.below(5)
        if how == 0:
            data = data[:at] + bytes([dice.below(256)]) + data[at + 1 :]
        elif how == 1:
            data = data[:at] + dice.pick(_BITS).encode() + data[at:]
        elif how == 2:
            data = data[:at] + data[at + dice.below(50) :]
        else:
            lines = data.split(b"\n")
            i, j = dice.below(len(lines)), dice.below(len(lines))
            if how == 3:
                lines[i], lines[j] = lines[j], lines[i]
            else:
                lines[i : i + 1] = dice.pick(([], [lines[i], lines[i]], [lines[i] + lines[j]]))
            data = b"\n".join(lines)
    return data


def _tried(data: bytes, name: str, read: Callable[[bytes, str], Document]) -> None:
    try:
        document = read(data, name)
    except RefusedError as error:
        _in_chinese(error)
        return
    _all_in_source(draft(document).report, document)


@pytest.mark.parametrize(
    "seed", sorted((ROOT / "reports").glob("*/*/*/source/*.txt")), ids=lambda p: p.stem[:3]
)
def test_mutated_seeds(seed: Path) -> None:
    """A damaged text is read or refused, and no figure comes of it that is not there."""
    for i in range(MUTATIONS):
        dice = Dice("mutated", seed.name, i)
        _tried(
            mutated(seed.read_bytes(), dice), dice.pick(("a.txt", "a.txt", "a.html", "a.csv")), read_document
        )


FILES = sorted((CORPUS / "files").glob("*")) if CORPUS.is_dir() else []


@pytest.mark.parametrize("file", FILES or [None], ids=lambda p: p.name if p else "none")
def test_mutated_files(file: Path | None) -> None:
    """The same for Word and PDF files, each in a process of its own."""
    if file is None:
        pytest.skip(f"no published files in {CORPUS}")
    for i in range(max(MUTATIONS // 4, 1)):
        dice = Dice("mutated", file.name, i)
        _tried(mutated(file.read_bytes(), dice), file.name, read_apart)


def test_cells_are_looked_for_in_the_source() -> None:
    """The judge of this file sees a figure that was never there."""
    document = read_document("规章 1 2 3\n行政规范性文件 4 5 6\n".encode(), "a.txt")
    made = draft(document).report
    _all_in_source(made, document)
    other = read_document("规章 1 2 3\n行政规范性文件 4 5 7\n".encode(), "a.txt")
    column = made.form.tables["t2"].lines["normative"].columns[2]
    assert read_cell("6", column) in made.tables["t2"].rows["normative"]
    with pytest.raises(AssertionError):
        _all_in_source(made, other)
