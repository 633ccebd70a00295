"""Walks reports/ and reads its files. Walks are sorted; links are not followed."""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from build_tools.archive import PROVINCE, Register
from build_tools.decode.expected import EXPECTED
from build_tools.decode.former import MOVED, WITHDRAWN, Fault, read_former
from build_tools.files import UnreadableError, open_ordinary, why
from build_tools.finding import Finding, Problem
from build_tools.former import Former
from build_tools.source import MAX_BYTES, decode_bytes
from build_tools.units import read_divisions

DIVISIONS = "divisions.csv"
UNIT_FILE = "unit.yml"
ORIGINALS = "source"
SHEETS = {DIVISIONS, MOVED, WITHDRAWN}
"""The files that concern the whole archive."""

_YEAR_FILE = re.compile(r"(\d{4})\.ya?ml", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Text:
    """A file's text and its bytes, or the problems that kept it from being read. `file` is relative to reports/."""

    file: str
    text: str
    problems: tuple[Problem, ...] = ()
    data: bytes = b""


@dataclass(frozen=True, slots=True)
class UnitFolder:
    """The files of one unit: its own, its reports by year, the names of its archived originals."""

    id: str
    folder: str
    reports: tuple[tuple[int, str], ...]
    originals: frozenset[str]


@dataclass(frozen=True, slots=True)
class CountyFolder:
    """A county's folder: its units, and what lies there that belongs nowhere.

    `expected` is the file with the list of those that had to publish; empty where there is none.
    """

    code: str
    units: tuple[UnitFolder, ...]
    strays: tuple[Fault, ...]
    expected: str = ""


@dataclass(frozen=True, slots=True)
class Store:
    """The archive on disk below `root`/reports; of its counties only those whose code begins with `shard`."""

    root: Path
    shard: str = ""

    @property
    def reports(self) -> Path:
        """The folder editors touch."""
        return self.root / "reports"

    def register(self) -> Register:
        """The register of divisions; raises UnreadableError when it is missing or has a bad line."""
        try:
            text = self._sheet(DIVISIONS)
        except OSError as error:
            advice = "在档案的根目录里运行，或用 --root 指明。"
            raise UnreadableError(f"读不到 reports/{DIVISIONS}：{why(error)}。{advice}") from error
        register, problems = read_divisions(text)
        if problems:
            raise UnreadableError(
                "\n".join(f"reports/{DIVISIONS}：{p.message}。{p.hint}" for p in problems[:20])
            )
        return dict(register)  # a plain one, which processes can hand to each other

    def former(self) -> tuple[Former, tuple[Fault, ...]]:
        """What was moved and withdrawn, and what is wrong with the files that say so; raises UnreadableError."""
        texts = dict[str, str]()
        for name in (MOVED, WITHDRAWN):
            try:
                texts[name] = self._sheet(name)
            except FileNotFoundError:
                continue
            except OSError as error:
                raise UnreadableError(f"读不到 reports/{name}：{why(error)}。") from error
        return read_former(texts, self)

    def _sheet(self, name: str) -> str:
        data, _ = open_ordinary(self.reports / name)
        try:
            return data.decode("utf-8-sig")  # as Excel saves it
        except UnicodeDecodeError as error:
            raise UnreadableError(f"reports/{name} 不是 UTF-8 文字，请另存为 UTF-8。") from error

    def counties(self) -> Iterator[tuple[str, Path]]:
        """Code and folder of every county that holds something, in order."""
        for province in self._folders(self.reports):
            for county in self._folders(province):
                # A county elsewhere is a stray: its code would stand for two folders.
                if county.name.startswith(self.shard) and county.name[:PROVINCE] == province.name:
                    yield county.name, county

    def faults(self) -> Iterator[Fault]:
        """What is wrong above the county folders: what belongs nowhere, and what moved or was withdrawn wrongly."""
        yield from self._strays()
        yield from self.former()[1]

    def _strays(self) -> Iterator[Fault]:
        for entry in _entries(self.reports):
            if entry.is_symlink() or (not entry.is_dir() and entry.name not in SHEETS):
                yield self._stray(entry)
            elif entry.is_dir():
                yield from (self._stray(e) for e in _entries(Path(entry)) if _astray(entry, e))

    def county(self, code: str, folder: Path) -> CountyFolder:
        """What is in a county's folder."""
        units, strays, expected = [], [], ""
        for entry in _entries(folder):
            if entry.is_dir(follow_symlinks=False):
                unit, odd = self._unit(entry)
                units.append(unit)
                strays.extend(odd)
            elif entry.name == EXPECTED and entry.is_file(follow_symlinks=False):
                expected = self.relative(Path(entry))
            else:
                strays.append(self._stray(entry))
        return CountyFolder(code, tuple(units), tuple(strays), expected)

    def holds(self, unit: str) -> bool:
        """Whether the archive has a unit of this id."""
        return (self.reports / unit[:2] / unit[:6] / unit / UNIT_FILE).is_file()

    def years(self, unit: str) -> frozenset[int]:
        """The years that the archive has a report file of this unit for."""
        folder = self.reports / unit[:2] / unit[:6] / unit
        found = (_YEAR_FILE.fullmatch(entry.name) for entry in _entries(folder))
        return frozenset(int(match[1]) for match in found if match)

    def read(self, file: str) -> Text:
        """The text of a file below reports/, at most a little over the size limit of it."""
        try:
            data, size = open_ordinary(self.reports / file, MAX_BYTES + 1)
        except OSError as error:
            return Text(file, "", (_unreadable(file, error),))
        text, problems = decode_bytes(data, max(size, len(data)))
        return Text(file, text, problems, data)

    def original(self, folder: UnitFolder, name: str) -> bytes | None:
        """The bytes of a unit's archived original; None where it cannot be read."""
        try:
            return open_ordinary(self.reports / folder.folder / ORIGINALS / name)[0]
        except OSError:
            return None

    def line(self, file: str, number: int) -> str:
        """The text of a line of a file below reports/; empty where there is none."""
        lines = _lines(self.reports / file)
        return lines[number - 1] if 0 < number <= len(lines) else ""

    def shown(self, findings: Iterable[Finding]) -> tuple[list[Finding], Callable[[str, int], str]]:
        """Findings with their files as people see them, from the top of the archive; and how to get at a line."""
        top = f"{self.reports.name}/"
        told = [replace(finding, file=f"{top}{finding.file}") for finding in findings]
        return told, lambda file, number: self.line(file.removeprefix(top), number)

    def relative(self, path: Path) -> str:
        """A path as findings name it: relative to reports/; raises UnreadableError for one that is outside."""
        try:
            inside = Path(os.path.normpath(path.absolute())).relative_to(
                os.path.normpath(self.reports.absolute())
            )
            return inside.as_posix()
        except ValueError as error:
            raise UnreadableError(f"{path} 不在 {self.reports} 里面。") from error

    def _folders(self, folder: Path) -> Iterator[Path]:
        for entry in _entries(folder):
            if entry.is_dir(follow_symlinks=False):
                yield Path(entry)

    def _unit(self, entry: os.DirEntry[str]) -> tuple[UnitFolder, list[Fault]]:
        folder = Path(entry)
        reports, strays, originals = [], [], frozenset[str]()
        for item in _entries(folder):
            year = _YEAR_FILE.fullmatch(item.name)
            if year and item.is_file(follow_symlinks=False):
                reports.append((int(year[1]), self.relative(Path(item))))
            elif item.name == ORIGINALS and item.is_dir(follow_symlinks=False):
                originals = frozenset(
                    e.name for e in _entries(Path(item)) if e.is_file(follow_symlinks=False)
                )
            elif item.name != UNIT_FILE or not item.is_file(follow_symlinks=False):
                strays.append(self._stray(item))
        return UnitFolder(entry.name, self.relative(folder), tuple(reports), originals), strays

    def _stray(self, entry: os.DirEntry[str]) -> Fault:
        file = self.relative(Path(entry))
        if entry.is_symlink():
            hint = "报告目录里不能有链接；把真正的文件放进来，或删去链接。"
            return file, Problem((), f"{file} 是一个链接", hint, rule="YAML-PATH")
        hint = f"报告放在 省/县/单位/年份.yml，单位说明是 unit.yml，原件放在单位的 source 文件夹里，应公开名单是县文件夹里的 {EXPECTED}。"
        return file, Problem((), f"{file} 不在该在的位置", hint, rule="ID-PATH")


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    """What is in a folder, sorted by name, hidden files left out; nothing for a folder that is not there."""
    try:
        with os.scandir(folder) as entries:
            return sorted((e for e in entries if not e.name.startswith(".")), key=lambda e: e.name)
    except FileNotFoundError:
        return []
    except OSError as error:
        raise UnreadableError(f"读不到 {folder}：{why(error)}") from error


def _astray(province: os.DirEntry[str], entry: os.DirEntry[str]) -> bool:
    """Whether something in a province's folder is no county of it."""
    return entry.is_symlink() or not entry.is_dir() or entry.name[:PROVINCE] != province.name


def _unreadable(file: str, error: OSError) -> Problem:
    if error.errno == errno.ENOENT and file.endswith(f"/{UNIT_FILE}"):
        hint = f"在 reports/{file} 写两行：“名称: 某某镇”和“类别: 镇”（类别还有乡、街道、县级部门等）。"
        return Problem((), f"没有 {UNIT_FILE}，不知道这是哪个单位", hint, rule="ID-REQUIRED")
    hint = "检查文件的权限，确认它是一个普通的文本文件。"
    return Problem((), f"文件读不出来：{why(error)}", hint, rule="YAML-PATH")


@lru_cache(maxsize=16)
def _lines(path: Path) -> list[str]:
    try:
        return open_ordinary(path, MAX_BYTES)[0].decode("utf-8", "replace").split("\n")
    except OSError:
        return []
