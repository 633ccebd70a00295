"""Writes N synthetic reports that are as rich as real years: `archive(root, N)`. Same N, same files.

Ten units a county, five years a unit, counties from all over the country; every official form; tables that
balance. The text has all that makes search hard: see tests/synthetic_words.py for where its words come from.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from hashlib import sha256
from itertools import islice
from pathlib import Path
from types import MappingProxyType

from build_tools.archive import Register, chain
from build_tools.files import write_text
from build_tools.form import Form
from build_tools.forms import official
from build_tools.model import ExtraRow, Figure, Name, Origin, Report, Section, Unit, Waiver
from build_tools.store import Store
from build_tools.units import kinds
from build_tools.write import report_text, unit_text
from tests import synthetic_tables
from tests.synthetic_words import ROOT, Dice, Scene, address, given, sentence, sentences, towns, write

YEARS = 5
UNITS = 10
_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
_GAP = re.compile(
    r"(?<=[\u4e00-\u9fff\d])(?=[\u4e00-\u9fff])"
)  # never between figures: that would be two numbers


@dataclass(frozen=True)
class Place:
    """A unit, the year it first reports on, and what its texts name."""

    unit: Unit
    first: int
    county: str
    neighbours: tuple[str, ...]


def archive(root: Path, count: int) -> None:
    """Write `count` reports below `root`, and what the site needs beside them."""
    root.mkdir(parents=True, exist_ok=True)
    for name in ("docs", "overrides", "build_tools"):
        (root / name).symlink_to(ROOT / name)
    shutil.copy(ROOT / "mkdocs.yml", root)
    (root / "reports").mkdir()
    shutil.copy(ROOT / "reports/divisions.csv", root / "reports")
    for place, year in islice(places(Store(root).register()), count):
        folder = root / "reports" / place.unit.id[:2] / place.unit.id[:6] / place.unit.id
        write_text(folder / f"{year}.yml", report_text(report(place, year)))
        if year == place.first:
            write_text(folder / "unit.yml", unit_text(place.unit))


def places(register: Register) -> Iterator[tuple[Place, int]]:
    """Units of real counties with made-up towns, and the years they report on."""
    for code in counties(register):
        for place in _units(register, code):
            yield from ((place, year) for year in range(place.first, place.first + YEARS))


def counties(register: Register) -> list[str]:
    """Counties in an order that is spread over the country: the first few are of many provinces."""
    codes = [code for code, d in register.items() if len(code) == 6 and d.last is None]
    return sorted(codes, key=lambda code: sha256(code.encode()).digest())


def _units(register: Register, code: str) -> Iterator[Place]:
    """The county itself, two departments, seven towns."""
    dice, own = Dice("county", code), chain(register, code)[-1].name
    names = list(dict.fromkeys(towns()[dice.skewed(len(towns()))] for _ in range(40)))[: UNITS - 3]
    kind = [("镇", 1), ("镇", 1), ("街道", 0), ("乡", 2)]
    town_kinds = [dice.pick(kind) for _ in names]
    called = tuple(name + kind for name, (kind, _) in zip(names, town_kinds, strict=True))
    departments = sorted(given()["departments"].items())
    at = dice.below(len(departments) - 1)
    units = [
        Unit(code, own, kinds()["县级政府"]),
        *(Unit(f"{code}-{id_}", own + name, kinds()["县级部门"]) for id_, name in departments[at : at + 2]),
        *(
            _named(Unit(f"{code}{digit}{n:02}", name, kinds()[kind]), own, dice)
            for n, (name, (kind, digit)) in enumerate(zip(called, town_kinds, strict=True))
        ),
    ]
    yield from (Place(unit, 2014 + dice.below(8), own, called) for unit in units)


def _named(unit: Unit, county: str, dice: Dice) -> Unit:
    aliases = (county + unit.name,) if dice.rare(3) else ()
    former = (Name(f"{dice.pick(towns())}乡", None, 2011),) if dice.rare(5) else ()
    return replace(unit, aliases=aliases, former=former)


def report(place: Place, year: int) -> Report:
    """One synthetic report."""
    unit, dice = place.unit, Dice("report", place.unit.id, year)
    scene, form = Scene(unit.name, place.county, year, place.neighbours), _form(unit.id, year)
    plain = Report(
        unit=unit.id,
        year=year,
        form=form,
        title=_title(dice, unit, year),
        origin=_origin(dice, unit.id, year),
        sections=tuple(_free(dice, scene) if form.free else _sections(dice, scene, form)),
        tables=MappingProxyType(synthetic_tables.tables(form, unit.id, place.first, year)),
        published=f"{year + 1}-01-{dice.below(19) + 10}" if dice.rare(2) else "",
        note=f"副本第{dice.below(9) + 1}页有水渍，已和网页核对。" if dice.rare(20) else "",
    )
    return _odd(dice, plain, unit.aliases)


def _title(dice: Dice, unit: Unit, year: int) -> str:
    suffix = unit.kind.suffixes[0] if unit.kind.suffixes and dice.rare(2) else ""
    words = dice.pick(
        ("年政府信息公开工作年度报告", "年度政府信息公开工作年度报告", "年政府信息公开工作年度报告")
    )
    return f"{unit.name}{suffix}{year}{words}"


def _origin(dice: Dice, unit: str, year: int) -> Origin:
    url = f"https://www.example.gov.cn/{unit}/{year}.html" if dice.rare(2) else address(dice, year)
    return Origin(url=url, captured=f"{year + 1}-04-01", method="合成")


@cache
def _form(unit: str, year: int) -> Form:
    """The form of its year; now and then none."""
    forms, none = official(), Dice("form", unit, year).below(100)
    if year < 2019:
        return forms["无" if none < 40 else "2014"]
    own = forms["2021" if year > 2020 else "2019"]
    return forms["无"] if none < (50 if year == 2019 else 2) else own


# --- prose -------------------------------------------------------------------------------------------


def _sections(dice: Dice, scene: Scene, form: Form) -> Iterator[Section]:
    lengths = {"intro": 90, "overview": 700, "problems": 200, "other": 40}
    for part in form.sections:
        if not part.table and not (part.id == "intro" and dice.rare(5)):
            text = _prose(dice, scene, lengths[part.id])
            yield Section(part.id, part.title, "无" if part.id == "other" and dice.rare(3) else text, ())


def _free(dice: Dice, scene: Scene) -> Iterator[Section]:
    for n, heading in enumerate(given()["chapters"], 1):
        yield Section(f"s{n}", heading, _prose(dice, scene, 160), ())


def _prose(dice: Dice, scene: Scene, length: int) -> str:
    """About `length` characters in paragraphs; some with Markdown."""
    paragraphs: list[str] = []
    marked, heads = dice.rare(7), iter(given()["headings"])
    while sum(map(len, paragraphs)) < length:
        text = _paragraph(dice, scene, min(length, 300))
        if marked:
            paragraphs.extend(_marked(dice, scene, text, next(heads)))
        else:
            paragraphs.append(_damaged(dice, text))
    return "\n\n".join(paragraphs)


def _paragraph(dice: Dice, scene: Scene, length: int) -> str:
    """Some sentences run on as in the archive's own reports: real ones are copied by the paragraph."""
    own, slotted = sentences()
    text = ""
    while len(text) < length * 0.8:
        at, run = dice.below(len(own)), 1 + dice.below(3)
        for pieces in own[at : at + run] if dice.below(100) < 25 else (dice.pick(slotted),):
            text += write(dice, scene, pieces)
    return text


def _marked(dice: Dice, scene: Scene, text: str, head: str) -> Iterator[str]:
    """A paragraph with a heading, a bold beginning or a list."""
    first, _, rest = text.partition("。")
    kind = dice.below(3)
    if kind == 0:
        yield f"### （{'一二三四五六七八九'[dice.below(9)]}）{head}"
        yield text
    elif kind == 1:
        yield f"**{first}。**{rest}"
    else:
        yield text
        items = [write(dice, scene, sentence("{p}{w}{n}{k}")) for _ in range(2 + dice.below(3))]
        mark = "{}. " if dice.rare(2) else "- "
        yield "\n".join(mark.format(n) + item for n, item in enumerate(items, 1))


def _damaged(dice: Dice, text: str) -> str:
    """What transcription does to some paragraphs: white space inside words, full-width figures."""
    fault = dice.below(24)
    if fault == 0:
        return text.translate(_WIDE)
    if fault > 2:
        return text
    gaps = [match.start() for match in _GAP.finditer(text)]
    wide = dice.pick((" ", " ", "\n", "\u3000", "\u00a0"))
    for at in sorted({dice.pick(gaps) for _ in range(6)}, reverse=True):
        text = text[:at] + wide + text[at:]
    return text


# --- what is printed otherwise -----------------------------------------------------------------------


def _odd(dice: Dice, report: Report, aliases: tuple[str, ...]) -> Report:
    """Some reports print other headings, labels or rows than the form, or quote figures, or are faulty."""
    if report.form.free:
        figure = Figure("收到申请", str(dice.below(9)), "件", f"共收到申请{dice.below(9)}件")
        waiver = Waiver("TPL-YEAR", "格式", "原件没有采用规定的格式，照录章节。", "2026-01-03", ())
        late = report.form.id == "无" and report.year > 2019
        return replace(report, figures=(figure,), waivers=(waiver,) if late else ())
    if dice.rare(12):
        printed = dice.pick(given()["doubtful"])
        heading = next(s.heading for s in report.form.sections if s.number == printed[0])
        report = replace(report, headings={heading: printed})
    if aliases and dice.rare(8):
        report = replace(report, printed_unit=aliases[0])
    return replace(report, **_odd_table(dice, report))  # type: ignore[arg-type]  # two fields of a report


def _odd_table(dice: Dice, report: Report) -> dict[str, object]:
    table, kind = report.tables["t3"], dice.below(60)
    if kind == 0:
        label = "2.其他法律行政法规禁止公开"
        odd = replace(table, labels={label: "2.其他法律法规禁止公开", "（七）总计": None})
    elif kind == 1:
        odd = replace(table, extra=(ExtraRow("（三）小计", ("0",) * 7),))
    elif kind == 2:
        faulty = synthetic_tables.faulty(report.tables["t4"])
        waiver = Waiver("T4-SUM", "复议诉讼/行政复议/总计", "原件总计印错，照录。", "2026-01-03", ())
        return {"tables": MappingProxyType({**report.tables, "t4": faulty}), "waivers": (waiver,)}
    elif kind < 6:
        odd = replace(table, rows=MappingProxyType({**table.rows, "granted": synthetic_tables.blanks(table)}))
    else:
        return {}
    return {"tables": MappingProxyType({**report.tables, "t3": odd})}
