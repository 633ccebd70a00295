"""What the words on the command line mean in the archive at hand: its root, files, units, the form of a year."""

from __future__ import annotations

import argparse
import difflib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from build_tools.cli.usage import UsageError
from build_tools.finding import Problem
from build_tools.form import Form
from build_tools.forms import official
from build_tools.model import Unit
from build_tools.source import parse
from build_tools.store import UNIT_FILE, Store, UnitFolder
from build_tools.units import decode_unit


def store(options: argparse.Namespace) -> Store:
    """The archive that --root names, or the nearest upwards."""
    return archive(getattr(options, "root", None))


def archive(root: Path | None) -> Store:
    """The archive at `root`, or without one that of the nearest folder upwards that has reports/."""
    here = Path.cwd()
    for folder in [root] if root else [here, *here.parents]:
        if (folder / "reports").is_dir():
            return Store(folder)
    where = f"{root} 里" if root else "从当前目录往上"
    raise UsageError(f"{where}没有 reports 文件夹。到档案的目录里运行，或用 --root 指明。")


def chosen(store: Store, paths: Sequence[Path]) -> list[Path]:
    """`paths` if all of them are in the archive; nothing means everything, as does a folder around reports/."""
    around = {folder.resolve() for folder in (store.reports, *store.reports.resolve().parents)}
    for path in paths:
        if not path.exists():
            raise UsageError(f"没有 {path} 这个文件或文件夹。")
        if path.resolve() in around:
            return []
        store.relative(path)
    return list(paths)


def unit_folders(store: Store) -> Iterator[UnitFolder]:
    """The folder of every unit, in order."""
    for code, folder in store.counties():
        yield from store.county(code, folder).units


@dataclass(frozen=True, slots=True)
class Item:
    """A file of a unit, by its place below reports/: a report, or with year 0 what is said of the unit."""

    file: str
    unit: str
    year: int = 0


def files(store: Store, paths: Sequence[Path]) -> Iterator[Item]:
    """Each unit file and report at or below one of `paths`; all of them without paths."""
    wanted = [store.relative(path) for path in paths]
    for unit in unit_folders(store):
        own = Item(f"{unit.folder}/{UNIT_FILE}", unit.id)
        for item in (own, *(Item(file, unit.id, year) for year, file in unit.reports)):
            if not wanted or any(PurePosixPath(item.file).is_relative_to(top) for top in wanted):
                yield item


def unit_folder(store: Store, id_: str) -> UnitFolder:
    """The folder of the unit `id_`. Somebody who gave its name is told the id."""
    found = {unit.id: unit for unit in unit_folders(store)}
    if id_ in found:
        return found[id_]
    named = [unit.id for unit in found.values() if id_ in _names(store, unit)]
    if named:
        raise UsageError(f"“{id_}”是名称，这里要写编号：{'、'.join(named)}。")
    if moved := next((one for one in store.former()[0].moved if str(one.old) == id_), None):
        raise UsageError(f"编号 {id_} 已经移到 {moved.new}，写新的编号。")
    hint = "新单位先建它的文件夹和 unit.yml。"
    raise UsageError(f"档案里没有编号是“{id_}”的单位。{meant(id_, found)}{hint}")


def read_unit(store: Store, folder: UnitFolder) -> tuple[Unit | None, tuple[Problem, ...]]:
    """The unit that a folder is about, or what is wrong with its file."""
    read = store.read(f"{folder.folder}/{UNIT_FILE}")
    return (None, read.problems) if read.problems else decode_unit(parse(read.text), folder.id)


def _names(store: Store, folder: UnitFolder) -> list[str]:
    unit, _ = read_unit(store, folder)
    return list(unit.names()) if unit else []


def form_for(year: int) -> Form:
    """The form that reports on `year` are in: the one demanded, else one offered, else none."""
    forms = list(official().values())
    demanded = [form for form in forms if form.demanded_of(year)]
    offered = [form for form in forms if form.offered_to(year)]
    return (demanded or offered or [form for form in forms if form.first is None])[-1]


def meant(word: str, known: Iterable[str]) -> str:
    """A question with those of `known` that somebody who wrote `word` may have meant; empty if none is close."""
    close = difflib.get_close_matches(word, sorted(known), 3, 0.6)
    return f"是不是想写 {'、'.join(close)}？" if close else ""
