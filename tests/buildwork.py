"""A small archive that is changed and built again and again, without MkDocs: its hand-written site is made here."""

from __future__ import annotations

import errno
import itertools
import os
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from build_tools import county
from build_tools.decode.expected import COLUMNS
from build_tools.files import digest
from build_tools.form import Form
from build_tools.forms import official
from build_tools.publish import Hub, Settings, Wishes, build_site, twins
from build_tools.publish import build as building
from build_tools.publish.manifest import listed
from build_tools.render.submit import ASSETS
from build_tools.shell import BODY, DESCRIPTION, HEAD, TITLE, Shell
from tests.casework import base, put, yaml_text
from tests.sitework import tree

HOME = '<div data-fill="summary"></div>\n<div data-fill="newest"></div>\n<div data-fill="years"></div>\n'
"""A home page that has nothing but its places."""

DIVISIONS = (
    "code,name,valid_from,valid_to,successor\n33,浙江省,,,\n3304,嘉兴市,,,\n330402,南湖区,,,\n330411,秀洲区,,,\n\
330483,桐乡市,,,\n41,河南省,,,\n4101,郑州市,,,\n410182,荥阳市,,,\n"
)
UNITS = ("330402001", "330411103", "330411104", "410182110")
SPARE = ("330402002", "330483100", "330411105", "410182111")
YEARS = (2020, 2021, 2022, 2023)
NAMES = "甲乙丙丁戊己庚辛壬癸"

Facts = dict[str, Any]
State = Mapping[str, tuple[bytes, int, int]]


def plain_hub(
    folder: Path, archive: Path, theme: str = "", about: str = "", edit_base: str = "", *, bare: bool = False
) -> Hub:
    """A hand-written site as MkDocs might have made it; `bare` has a home page only. Shells hold nothing but the page."""
    files = {
        "index.html": HOME.encode(),
        "about/index.html": f"<h1>关于</h1>{about}\n".encode(),
        "assets/theme.css": f"/* {theme} */\n".encode(),
        "assets/search/page.js": b"// nothing\n",
        **{f"assets/{name}": b"/* nothing */\n" for name in ASSETS},
    }
    if bare:
        files = {"index.html": files["index.html"]}
    for path, data in files.items() if not folder.exists() else ():  # what is there may be shared by a site
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    pieces = (f"{theme}<title>", '</title>\n<meta name="description" content="', '">\n', "", "\n")
    shells = dict.fromkeys((1, 2, 3), Shell(pieces, (TITLE, DESCRIPTION, HEAD, BODY)))
    listing = {path: listed(data) for path, data in files.items()}
    settings = Settings(archive / "site", archive, edit_base)
    return Hub(folder, digest(repr((theme, about)).encode()), settings, shells, listing, HOME)


def state(site: Path) -> State:
    """Every file below a folder: its bytes, its number on the disk, its time."""
    about = {path: (site / path).stat() for path in tree(site)}
    return {path: (data, about[path].st_ino, about[path].st_mtime_ns) for path, data in tree(site).items()}


class World:
    """The archive, the site made of it, and all that pages hang on beside the archive.

    What is in the archive stands in `units` and `reports` too; the files are written from there.
    """

    def __init__(self, folder: Path) -> None:
        self.folder, self.base = folder, folder / "work"
        self.site = self.base / "site"
        self.year, self.theme, self.about, self.edit_base, self.code, self.forms = 2026, "", "", "", "1", 0
        self.divisions = DIVISIONS
        self.spoilt = False  # of what was lost or damaged more may be written anew than has changed
        self.units: dict[str, Facts] = {}
        self.reports: dict[tuple[str, int], Facts] = {}
        self.moved: dict[str, str] = {}
        self.withdrawn: dict[tuple[str, int], str] = {}
        self.expected: dict[str, dict[tuple[int, str], str]] = {}
        self.write_divisions()
        for n, unit in enumerate(UNITS):
            self.write_unit(unit, name=f"{NAMES[n]}镇")
            for year in YEARS[n % 3 :]:
                self.write_report(unit, year, figure=n)

    # --- the archive ---------------------------------------------------------------------------------

    def unit_folder(self, unit: str) -> Path:
        return self.base / "reports" / unit[:2] / unit[:6] / unit

    def report_file(self, key: tuple[str, int]) -> Path:
        return self.unit_folder(key[0]) / f"{key[1]}.yml"

    def write_divisions(self) -> None:
        (self.base / "reports").mkdir(parents=True, exist_ok=True)
        (self.base / "reports/divisions.csv").write_text(self.divisions, encoding="utf-8")

    def write_former(self) -> None:
        """What has moved, by address, and what was withdrawn, with the reason."""
        moved = [f"{old},{new},2024-05-06,登记错了" for old, new in self.moved.items()]
        gone = [f"{unit},{year},2024-05-06,{why},县政府" for (unit, year), why in self.withdrawn.items()]
        for name, head, rows in (
            ("moved.csv", "old,new,date,reason", moved),
            ("withdrawn.csv", "unit,year,date,reason,asked_by", gone),
        ):
            text = "".join(f"{line}\n" for line in (head, *rows))
            (self.base / "reports" / name).write_text(text, encoding="utf-8")

    def write_expected(self) -> None:
        """The lists of counties: by year and unit a name, or a day by which the report was due."""
        for path in (self.base / "reports").glob("*/*/expected.csv"):
            path.unlink()
        for code, told_of in self.expected.items():
            rows = [
                f"{year},{unit},单位,{told},通知" if "-" in told else f"{year},{unit},{told},,通知"
                for (year, unit), told in sorted(told_of.items())
            ]
            text = "".join(f"{line}\n" for line in (",".join(COLUMNS), *rows))
            folder = self.base / "reports" / code[:2] / code
            folder.mkdir(parents=True, exist_ok=True)
            (folder / "expected.csv").write_text(text, encoding="utf-8")

    def write_unit(self, unit: str, **facts: Any) -> None:
        told = self.units.setdefault(unit, {}) | facts
        self.units[unit] = told
        kin = {key: [other] for key in ("前身", "后继") if (other := told.get(key))}
        text = yaml_text({"名称": told["name"], "类别": "镇", **kin})
        self.unit_folder(unit).mkdir(parents=True, exist_ok=True)
        (self.unit_folder(unit) / "unit.yml").write_text(f"{text}\n", encoding="utf-8")

    def write_report(self, unit: str, year: int, **facts: Any) -> None:
        told = self.reports.setdefault((unit, year), {}) | facts
        self.reports[unit, year] = told
        folder, name = self.unit_folder(unit), f"{year}.txt"
        text = report_text(self.units[unit]["name"], year, told, name)
        if told.get("original"):
            (folder / "source").mkdir(exist_ok=True)
            (folder / "source" / name).write_text(told["original"], encoding="utf-8")
        elif (folder / "source" / name).exists():
            (folder / "source" / name).unlink()
        self.report_file((unit, year)).write_text(text, encoding="utf-8")

    # --- builds --------------------------------------------------------------------------------------

    def hub(self) -> Hub:
        """The hand-written site of now, in a folder for itself, as a new build of MkDocs would leave it."""
        folder = self.folder / f"hub-{digest(repr((self.theme, self.about)).encode())}"
        return plain_hub(folder, self.base, self.theme, self.about, self.edit_base)

    def build(self, base: Path | None = None, *, search: bool = True) -> Path:
        """Build the site, or one in another folder from nothing; raises what building raises."""
        here = base or self.base
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("NIANBAO_YEAR", str(self.year))
            patch.setattr(building, "code_key", lambda: self.code)
            patch.setattr(county, "official", self.official)
            build_site(here, self.hub(), Wishes(to=here / "site", jobs=1, search=search))
        return here / "site"

    def official(self) -> Mapping[str, Form]:
        """The official forms, with other names after a change."""
        mark = "改" * self.forms
        return {id_: replace(form, name=f"{form.name}{mark}") for id_, form in official().items()}


def report_text(name: str, year: int, facts: Facts, original: str) -> str:
    """A sound report; `wrong` figures do not add up, `broken` text is no YAML."""
    if facts.get("broken"):
        return "格式: [\n"
    tree_ = base(official()["2021" if year > 2020 else "2019"], year)  # the form's first year
    title = facts.get("title", "年政府信息公开工作年度报告")
    tree_ |= {"标题": f"{name}{year}{title}"}
    found = original if facts.get("original") else "~"
    put(
        tree_,
        "来源",
        {"文件": found, "网址": "https://www.example.gov.cn/", "获取日期": "2024-05-06", "转录": "人工"},
    )
    put(
        tree_,
        "正文/总体情况",
        f"{facts.get('prose', '')}本年度主动公开政府信息，按时办理申请，完善平台建设。" * 3,
    )
    asked = facts.get("figure", 0)
    counted = [str(asked), *"00000", str(asked + bool(facts.get("wrong")))]
    for row in ("新收", "予以公开", "总计"):
        put(tree_, f"申请/{row}", counted if row == "新收" else [str(asked), *"00000", str(asked)])
    return f"{yaml_text(tree_)}\n"


# --- trouble -----------------------------------------------------------------------------------------

_CHANGING = ("open", "fdopen", "write", "link", "mkdir", "rename", "replace", "unlink", "rmdir")
_NEEDING_SPACE = {"open", "fdopen", "write", "link", "mkdir", "replace"}
_WRITING = os.O_WRONLY | os.O_RDWR


@contextmanager
def trouble(happens: Callable[[int, str], None]) -> Iterator[None]:
    """Before each change to the disk `happens` is told its number and its kind, and may prevent it."""
    count = itertools.count(1)

    def hooked(name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **options: Any) -> Any:
            if name != "open" or args[1] & _WRITING:
                happens(next(count), name)
            return real(*args, **options)

        return call

    with pytest.MonkeyPatch.context() as patch:
        for name in _CHANGING:
            patch.setattr(os, name, hooked(name, getattr(os, name)))
        patch.setattr(twins, "_exchange", hooked("exchange", twins._exchange))
        yield


def full_from(nth: int) -> Callable[[int, str], None]:
    """A disk that has no room from the nth change on."""

    def happens(number: int, name: str) -> None:
        if number >= nth and name in _NEEDING_SPACE:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    return happens


def killed_at(nth: int, act: Callable[[], object]) -> bool:
    """Do something in another process that is gone just before its nth change to the disk; False if it made fewer."""

    def happens(number: int, _: str) -> None:
        if number == nth:
            os._exit(9)

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of threads: the child does nothing but build and end
        child = os.fork()
    if child == 0:
        with suppress(BaseException), trouble(happens):
            act()
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) != 0
