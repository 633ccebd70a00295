"""The cases of a rule, told to people: what each shows, what it presupposes, the entries, how to mend them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import cast

from build_tools.diagnostics.glyphs import safe
from build_tools.form import Form
from build_tools.forms import load, official
from build_tools.manual.snippets import Data, flow, nested, snippet
from build_tools.rules.rule import Rule
from build_tools.source import plain

Case = Mapping[str, Data]
"""A case as it stands in its file; it does not leave this module."""

_TOLD = {
    "year": "{}年度",
    "kind": "{}",
    "id": "编号 {}",
    "file": "文件放在 {}",
    "now": "今年是{}年",
    "pad": "文件补足到 {} 字节",
    "lineage_changed": "单位合并过，前身的报告不在一起",
    "withdrawn": "{}年度的报告已经撤下",
}
_OTHERS = (
    "form",
    "form_text",
    "unit",
    "twins",
    "divisions",
    "years",
    "original",
    "beside",
    "expected",
    "reports",
    "gone",
)
"""What else is so outside the report."""


@dataclass(frozen=True, slots=True)
class Example:
    """A case in words. `given` and `instead` are what is so outside the report, before and after mending."""

    why: str
    given: str
    code: str
    at: tuple[str, ...]
    mended: str
    instead: str


def examples(rule: Rule) -> tuple[tuple[Example, ...], tuple[Example, ...]]:
    """The cases that break the rule, and those that do not."""
    text = files("build_tools.rules").joinpath(f"cases/{rule.id}.yml").read_text(encoding="utf-8")
    data = cast("Mapping[str, Sequence[Case]]", plain(text))
    fires, silent = (tuple(_example(case) for case in data[key]) for key in ("fires", "silent"))
    return fires, silent


def standard() -> Form:
    """The form of cases that name none."""
    return official()["2021"]


def _example(case: Case) -> Example:
    return Example(
        why=cast("str", case["why"]),
        given="；".join(_given(case)),
        code=_text(case["text"]) if "text" in case else _entries(case),
        at=tuple(cast("Sequence[str]", case.get("at", ()))),
        mended=_text(case["mended_text"]) if "mended_text" in case else _mended(_mend(case)),
        instead="；".join(_given(_mend(case))),
    )


def _mend(case: Case) -> Case:
    return cast("Case", case.get("mend", {}))


def _text(text: Data) -> str:
    return safe(cast("str", text).rstrip("\n"), keep="\n")


def _entries(case: Case) -> str:
    lines = [_set(cast("Case", case.get("set", {}))), *_dropped(case)]
    for year, entry in cast("Mapping[str, Case]", case.get("years", {})).items():
        lines += _other(f"{safe(year)}年度的报告", entry)
    for unit, entry in cast("Mapping[str, Case]", case.get("beside", {})).items():
        year = f"{entry['year']}年度" if "year" in entry else "同一年度"
        name = "".join(cast("Mapping[str, str]", entry.get("unit", {})).get("名称", ""))
        whose = f"{name}（{unit}，{entry.get('kind', '镇')}）"
        lines += _other(safe(f"{whose}{year}的报告"), entry)
    if "expected" in case:
        lines += ["# expected.csv，第一行是列名", _text(case["expected"])]
    return "\n".join(line for line in lines if line)


def _other(what: str, entry: Case) -> tuple[str, str]:
    form = "".join(f"，{name}" for name in _form(entry))
    return f"# {what}{form}", _set(cast("Case", entry.get("set", {}))) or "# 各格都是 0"


def _set(entries: Case) -> str:
    about = {*_TOLD, *_OTHERS}
    return snippet(nested({path: value for path, value in entries.items() if path not in about}))


def _mended(mend: Case) -> str:
    """What is written instead: entries, a list, other reports."""
    other = {key: mend[key] for key in ("beside", "expected") if key in mend}
    return _entries(cast("Case", {"set": mend, **other}))


def _dropped(case: Case) -> Iterator[str]:
    yield from (f"# 没有写“{safe(path)}”" for path in cast("Sequence[str]", case.get("drop", ())))


def _given(case: Case) -> Iterator[str]:
    yield from _form(case)
    yield from (wording.format(case[key]) for key, wording in _TOLD.items() if key in case)
    if "unit" in case:
        told = (f"“{key}: {flow(value)}”" for key, value in cast("Case", case["unit"]).items())
        yield f"unit.yml 里写着{''.join(told)}"
    if "twins" in case:
        yield f"另有文件 {'、'.join(cast('Sequence[str]', case['twins']))}"
    for key, wording in (("reports", "档案里有 {}"), ("gone", "{} 已经撤下")):
        if key in case:
            yield wording.format("、".join(cast("Sequence[str]", case[key])))
    if "original" in case:
        yield "；".join(_about(cast("Mapping[str, str]", case["original"])))
    for division in cast("Sequence[Mapping[str, str]]", case.get("divisions", ())):
        until = f"，{division['last']}年废止" if "last" in division else ""
        yield f"区划表里有 {division['code']} {division['name']}{until}"


def _about(original: Mapping[str, str]) -> Iterator[str]:
    """What an archived original is, and tells of people."""
    yield f"原件的 SHA-256 是 {original['sha256']}"
    yield from (
        f"原件里有{key}{f'“{text}”' if text else ''}" for key, text in original.items() if key != "sha256"
    )


def _form(case: Case) -> Iterator[str]:
    brought = load([cast("str", case["form_text"])]) if "form_text" in case else {}
    form = {**official(), **brought}.get(str(case.get("form")))
    if form:
        yield form.name
