"""Whether what is filed stands where it should: counties that the register knows, units below their own, originals."""

from __future__ import annotations

from collections.abc import Iterator

from build_tools.archive import Register, folder_chain, regions
from build_tools.finding import Problem
from build_tools.model import Report
from build_tools.store import UnitFolder
from build_tools.units import UNIT_ID


def nowhere(register: Register, code: str) -> Iterator[Problem]:
    """The regions of a county's folder, itself among them, that the register does not have."""
    above = [region for region in regions(code)[:-1] if region not in register]
    for unknown in above if folder_chain(register, code) else [*above, code]:
        hint = "目录名用 divisions.csv 里有的六位代码；代码没有错，先在 divisions.csv 里补上这一行。"
        yield Problem((), f"divisions.csv 里没有 {unknown} 这个代码", hint, rule="ID-CODE-PARENT")


def misplaced(folder: UnitFolder) -> Iterator[Problem]:
    """A unit's folder must stand where its code says, or two could claim one address."""
    id_ = folder.id
    if not UNIT_ID.fullmatch(id_):
        hint = (
            "目录名是单位编号：九位区划代码（如 330411103），部门是六位代码、连字符和简称（如 330411-czj）。"
        )
        yield Problem((), f"“{id_}”不是单位编号", hint, rule="ID-CODE-FORM")
    elif folder.folder != (right := f"{id_[:2]}/{id_[:6]}/{id_}"):
        yield Problem(
            (), f"单位目录在 {folder.folder}，应在 {right}", f"把目录移到 reports/{right}。", rule="ID-PATH"
        )


def lacking(report: Report, folder: UnitFolder) -> Problem | None:
    """The original that a report names and its unit's folder does not have."""
    name = report.origin.file
    if not name or name in folder.originals:
        return None
    hint = f"把原件放到 {folder.folder}/source/{name}；没有原件就写 ~，并写上网址。"
    return Problem(("来源", "文件"), f"source 文件夹里没有“{name}”", hint, rule="YAML-PATH")
