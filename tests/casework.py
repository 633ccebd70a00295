"""Builds reports from the rule cases: a sound base report in a form, with some entries set or dropped."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from hashlib import sha256
from importlib.resources import files
from typing import Any, cast

from build_tools.archive import Beside, Subject, beside, chain
from build_tools.check import Verdict, check, unreadable
from build_tools.copies.county import CountyWords
from build_tools.copies.own import names_of
from build_tools.decode import decode
from build_tools.decode.expected import COLUMNS, read_expected
from build_tools.expected import Roll
from build_tools.finding import Finding
from build_tools.form import Form, Line, TableForm
from build_tools.forms import load, official
from build_tools.model import Division, Report, Unit
from build_tools.originals import Kind, Original, Trace
from build_tools.roll import Shelf, held_against
from build_tools.source import decode_bytes, parse, plain
from build_tools.units import decode_unit

Tree = dict[str, Any]

REGISTER = {
    code: Division(code, name)
    for code, name in {"33": "浙江省", "3304": "嘉兴市", "330411": "秀洲区"}.items()
}
UNIT = "330411199"
ABOUT = {
    *("id", "kind", "unit", "file", "form", "year", "years", "now", "twins", "divisions", "pad"),
    *("beside", "expected", "reports", "gone", "original"),
}
"""What a case says about its report rather than in it; `mend` may change these too."""
_CODE_POINT = re.compile(r"<U\+([0-9A-F]{4,5})>")  # how a case writes a character that no file may hold
PROSE = (
    "主动公开情况：按周更新栏目。依申请公开情况：按时答复。政府信息管理情况：先审后发。平台建设情况：网站可以查阅。"
    "监督保障情况：开展工作考核和社会评议，没有发生责任追究的情形。"
)
"""What part one says in a sound report; with the others too few words of its own to be a copy."""
SOUND = {
    "intro": "根据《中华人民共和国政府信息公开条例》要求，特向社会公布本单位{year}年政府信息公开工作年度报告。"
    "本报告中所列数据的统计期限自{year}年1月1日起至{year}年12月31日止。",
    "overview": PROSE,
    "problems": "存在的主要问题：一是公开不够及时，二是解读形式单一。改进措施：一是按周更新栏目，二是多用图解，方便群众看懂政策。",
    "other": "本年度未收取政府信息公开信息处理费。",
}
"""What the sections of a sound report say, of the `year`."""


@dataclass(frozen=True, slots=True)
class Case:
    """One example of a rule's case file: `fires` says whether the rule must speak."""

    rule: str
    why: str
    fires: bool
    data: Mapping[str, Any]

    def __str__(self) -> str:
        return f"{self.rule}-{'fires' if self.fires else 'silent'}-{self.why}"


def cases(rule: str) -> list[Case]:
    """Every example of `rule`, from its case file beside the rules."""
    data = cast(
        "Tree", plain(files("build_tools.rules").joinpath(f"cases/{rule}.yml").read_text(encoding="utf-8"))
    )
    return [
        Case(rule, entry["why"], key == "fires", entry) for key in ("fires", "silent") for entry in data[key]
    ]


def original_name(year: int) -> str:
    """The file that base reports on a year give as their original."""
    return f"{year}.txt"


def original(year: int) -> str:
    """What stands in it, where it is written: no two years have the same."""
    return f"{year}年度原件"


ORIGINALS = {original_name(year): original(year) for year in range(2008, 2028)}
"""All of them by their names, for tests of whole folders."""


def base(form: Form, year: int, kind: str = "镇") -> Tree:
    """A sound report in `form` with nought in every cell."""
    tree: Tree = {
        "格式": form.id,
        "标题": f"示例{kind}{year}年政府信息公开工作年度报告",
        "来源": {
            "文件": original_name(year),
            "sha256": sha256(original(year).encode()).hexdigest(),
            "网址": "~",
            "获取日期": "2026-01-02",
            "转录": "人工",
        },
    }
    texts = {id_: text.format(year=year) for id_, text in SOUND.items()}
    if form.free:
        tree["章节"] = [{"标题": "一、概述", "正文": "\n\n".join(texts.values())}]
    else:
        tree["正文"] = {s.key: texts.get(s.id, "照例公布。") for s in form.sections if not s.table}
    for table in form.tables.values():
        tree[table.key] = noughts(table)
    return tree


def noughts(table: TableForm) -> Tree:
    """The table's entry in a report file with 0 in every cell."""
    tree: Tree = {}
    for line in table.lines.values():
        put(tree, "/".join(line.row.keys), _zeros(line))
    return tree


def _zeros(line: Line) -> Any:
    return ["0"] * len(line.columns) if len(line.columns) > 1 else "0"


def put(tree: Tree, path: str, value: Any) -> None:
    """Set the entry at a path of keys; list positions are numbers from 1."""
    *way, last = path.split("/")
    here: Any = tree
    for step in way:
        here = here[int(step) - 1] if isinstance(here, list) else here.setdefault(step, {})
    if isinstance(here, list):
        here[int(last) - 1] = value
    else:
        here[last] = value


def drop(tree: Tree, path: str) -> None:
    """Take the entry at a path away."""
    *way, last = path.split("/")
    here: Any = tree
    for step in way:
        here = here[step]
    del here[last]


def yaml_text(value: Any) -> str:
    """A tree as YAML in flow style: `~` stays bare, all else is quoted."""
    if isinstance(value, dict):
        return (
            "{"
            + ", ".join(f"{json.dumps(k, ensure_ascii=False)}: {yaml_text(v)}" for k, v in value.items())
            + "}"
        )
    if isinstance(value, list):
        return "[" + ", ".join(yaml_text(v) for v in value) + "]"
    return "~" if value == "~" else json.dumps(value, ensure_ascii=False)


def code_points(text: str) -> str:
    """The text with the characters that it writes as <U+200B>."""
    return _CODE_POINT.sub(lambda m: chr(int(m[1], 16)), text)


def file_text(case: Mapping[str, Any], *, mended: bool = False, waived: str = "") -> str:
    """The report file of a case; `mended` as its advice says, or with the finding at `waived` acknowledged."""
    if "text" in case:
        text = cast("str", case["mended_text"] if mended else case["text"])
        return code_points(text).ljust(int(case.get("pad", 0)), "#")
    form, year = _form(case)
    tree = base(form, year, case.get("kind", "镇"))
    for path in case.get("drop", ()):
        drop(tree, path)
    mend = {path: value for path, value in case.get("mend", {}).items() if mended and path not in ABOUT}
    for path, value in {**case.get("set", {}), **mend}.items():
        put(tree, path, deepcopy(value))
    if waived:
        rule, where = waived.split(" ", 1)
        entry = {"规则": rule, "位置": where, "理由": "原件就是这样印的，照录不改。", "日期": "2026-01-03"}
        tree.setdefault("确认", []).append(entry)
    return yaml_text(tree)


def judge(case: Mapping[str, Any], *, mended: bool = False, waived: str = "") -> Verdict:
    """Read and check the report of a case as the archive would."""
    if mended:
        case = {**case, **{key: value for key, value in case.get("mend", {}).items() if key in ABOUT}}
    if "expected" in case and not {"year", "beside"} & case.keys():  # it is about the list and no report
        return Verdict(_of_list(case))
    text = file_text(case, mended=mended, waived=waived)
    _, year = _form(case)
    unit_id = case.get("id", UNIT)
    file = case.get("file", f"33/330411/{unit_id}/{year}.yml")
    text, problems = decode_bytes(text.encode())
    if problems:
        return unreadable(problems, None, file, unit_id, year)
    source = parse(text)
    report, problems = decode(source, unit_id, year, _forms(case))
    if report is None:
        return unreadable(problems, source, file, unit_id, year)
    return check(_subject(case, report, file), source)


def subject(case: Mapping[str, Any]) -> Subject:
    """The report of a case among those around it."""
    _, year = _form(case)
    report, problems = decode(parse(file_text(case)), case.get("id", UNIT), year, _forms(case))
    assert report is not None, problems
    return _subject(case, report, f"33/330411/{case.get('id', UNIT)}/{year}.yml")


def _forms(case: Mapping[str, Any]) -> Mapping[str, Form]:
    """The official forms, and the one that the case brings along."""
    return {**official(), **load([case["form_text"]])} if "form_text" in case else official()


def _form(case: Mapping[str, Any]) -> tuple[Form, int]:
    form = _forms(case)[str(case.get("form", "2021"))]
    return form, int(case.get("year", form.obligatory or form.first or 2018))


def _subject(case: Mapping[str, Any], report: Report, file: str) -> Subject:
    unit_tree = {
        "名称": f"示例{case.get('kind', '镇')}",
        "类别": case.get("kind", "镇"),
        **case.get("unit", {}),
    }
    unit, problems = decode_unit(parse(yaml_text(unit_tree)), case.get("id", UNIT))
    assert unit is not None, problems
    others = tuple(_others(case))
    register = {**REGISTER, **{d["code"]: _division(d) for d in case.get("divisions", ())}}
    series = tuple(sorted((report, *others), key=lambda r: r.year))
    neighbours = tuple(_neighbours(case, report))
    return Subject(
        report=report,
        unit=unit,
        series=series,
        register=register,
        file=file,
        now=int(case.get("now", 2026)),
        twins=tuple(case.get("twins", ())),
        lineage_changed=case.get("lineage_changed") == "true",
        withdrawn=frozenset(int(year) for year in case.get("withdrawn", "").split()),
        beside=_in_year(case, neighbours, (unit, report)),
        words=CountyWords(
            (one, told, names_of(one, chain(register, one.id)))
            for one, told in (*((unit, own) for own in series), *neighbours)
        ),
        original=_original(case["original"]) if "original" in case else None,
    )


def _original(data: Mapping[str, str]) -> Original:
    traces = tuple(Trace(Kind(key), name) for key, name in data.items() if key != "sha256")
    return Original(data["sha256"], traces)


def _neighbours(case: Mapping[str, Any], report: Report) -> Iterator[tuple[Unit, Report]]:
    """Other units of the county with their reports, on the same year if none is given, each with an original of its own."""
    for id_, data in case.get("beside", {}).items():
        digest = sha256(f"{id_} {data.get('year', '')}".encode()).hexdigest()
        entries = {"来源/sha256": digest, **data.get("set", {})}
        made = subject({"form": report.form.id, "year": report.year, **data, "id": id_, "set": entries})
        yield made.unit, made.report


def _in_year(
    case: Mapping[str, Any], others: Iterable[tuple[Unit, Report]], own: tuple[Unit, Report]
) -> Beside:
    """The county of a case in the report's year, and the list."""
    return beside([own, *others], _roll(case))[own[1].year]


def _roll(case: Mapping[str, Any]) -> Roll:
    rows = f"{','.join(COLUMNS)}\n{case['expected']}" if "expected" in case else ",".join(COLUMNS)
    roll, problems = read_expected(rows, case.get("id", UNIT)[:6], int(case.get("now", 2026)))
    assert problems == ()
    return roll


def _of_list(case: Mapping[str, Any]) -> tuple[Finding, ...]:
    """What is found in a list beside these reports: unit and year, and the day they print."""
    told = [report.split() for report in case.get("reports", ())]
    published = {_address(at): "".join(day) for at, *day in told}
    shelf = Shelf({}, published, {_address(at) for at in case.get("gone", ())})
    return held_against(_roll(case), shelf, "33/330411/expected.csv", int(case.get("now", 2026)))[1]


def _address(text: str) -> tuple[str, int]:
    unit, year = text.split("/")
    return unit, int(year)


def _division(data: Mapping[str, str]) -> Division:
    years = {key: int(data[key]) for key in ("first", "last") if key in data}
    return Division(
        data["code"],
        data["name"],
        years.get("first"),
        years.get("last"),
        tuple(data.get("successors", "").split()),
    )


def _others(case: Mapping[str, Any]) -> Iterator[Report]:
    for year, data in case.get("years", {}).items():
        default = next((f.id for f in official().values() if f.demanded_of(int(year))), "2019")
        entry = {"form": default, "kind": case.get("kind", "镇"), **data, "year": year}
        report, problems = decode(parse(file_text(entry)), case.get("id", UNIT), int(year), official())
        assert report is not None, problems
        yield report
