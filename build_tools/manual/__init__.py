"""The pages that explain every rule and every form, and the same for the terminal; all from the data itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from jinja2 import Environment, PackageLoader, StrictUndefined

from build_tools.check import WHOLE, catalogue
from build_tools.diagnostics.glyphs import WORDS, markdown, safe
from build_tools.form import Form
from build_tools.forms import official
from build_tools.glossary import glossary, told
from build_tools.manual import words
from build_tools.manual.cases import Example, examples, standard
from build_tools.manual.held import held
from build_tools.manual.judged import judged
from build_tools.manual.snippets import fence, flow
from build_tools.rules import RULES
from build_tools.rules.rule import Rule
from build_tools.source.scalars import written


def pages() -> Mapping[str, str]:
    """Every page of the manual: path from the top of the repository -> Markdown."""
    found = {
        "docs/rules/index.md": _render("rules.jinja", chapters=_chapters(), held=held(), judged=judged())
    }
    found |= {f"docs/rules/{rule.id}.md": _rule_page(rule) for rule in RULES}
    forms = sorted(official().values(), key=lambda form: form.first is None)
    found["docs/forms/index.md"] = _render("forms.jinja", forms=forms)
    found |= {f"docs/forms/{form.slug}.md": _form_page(form) for form in forms}
    return MappingProxyType(dict(sorted(found.items())))


def explain(rule: Rule) -> str:
    """A rule for the terminal: what must hold, why, what to do, examples."""
    fires, silent = examples(rule)
    parts = [
        f"{rule.id}  {rule.title}",
        f"级别：{severity(rule)}    依据：{rule.basis.value}    适用：{words.years(rule.since, rule.until)}",
        f"为什么\n{_indented(rule.reason)}",
        f"怎么办\n{_indented(rule.advice)}",
        _indented(excuse(rule)),
        *(_shown("会指出", example) for example in fires),
        *(_shown("不会指出", example) for example in silent),
    ]
    return "\n\n".join(parts) + "\n"


def severity(rule: Rule) -> str:
    """A rule's severity in words, the lesser one of weak findings included."""
    weak = f"，较轻的情形为{WORDS[rule.weak]}" if rule.weak else ""
    return f"{WORDS[rule.severity]}{weak}"


def excuse(rule: Rule) -> str:
    """Whether a finding of the rule can be waived, in a sentence."""
    if rule.waivable:
        return "原件就是这样印的，照录不改，在报告的“确认”里写明理由，页面上会标为“原文如此”。"
    return "这条规则指出的是文件或抄录的问题，不是原件的问题，只能改正，不能确认。"


def waiver(rule: Rule) -> str:
    """How a finding of the rule is waived in a report file."""
    where = next((at for example in examples(rule)[0] for at in example.at), WHOLE)
    entry = {"规则": rule.id, "位置": where, "理由": "原件如此，已与原件逐格核对", "日期": "2026-01-31"}
    return f"确认:\n  - {flow(dict(entry))}"


def _shown(word: str, example: Example) -> str:
    given = f"（{example.given}）" if example.given else ""
    code = f"\n{_indented(example.code, 4)}" if example.code else ""
    mended = f"\n{_indented(example.mended, 4)}" if example.mended else ""
    instead = f"\n  改成：{safe(example.instead)}{mended}" if example.instead or mended else ""
    return f"{word}：{safe(example.why)}{safe(given)}{code}{instead}"


def _indented(text: str, depth: int = 2) -> str:
    return "\n".join(f"{' ' * depth}{line}".rstrip() for line in text.split("\n"))


# --- pages -------------------------------------------------------------------------------------------


class _Raw(str):
    """Text that is Markdown already."""

    __slots__ = ()


def _rule_page(rule: Rule) -> str:
    fires, silent = examples(rule)
    return _render(
        "rule.jinja",
        rule=rule,
        fires=fires,
        silent=silent,
        standard=standard().name,
        judged=judged().get(rule.id),
    )


def _form_page(form: Form) -> str:
    meant = {table.id: told(table) for table in form.tables.values()}
    return _render("form.jinja", form=form, rule_ids=set(catalogue()), meant=meant, short=glossary().short)


def _chapters() -> Iterator[tuple[str, list[Rule]]]:
    for name in dict.fromkeys([*words.CHAPTERS.values(), "其他"]):
        rules = [rule for rule in RULES if words.chapter(rule) == name]
        if rules:
            yield name, rules


def _render(template: str, **values: object) -> str:
    return _templates().get_template(template).render(values)


def _templates() -> Environment:
    """Templates in which every text is shown as it stands, unless it is marked as Markdown."""
    environment = Environment(  # noqa: S701  # `finalize` escapes, for Markdown instead of HTML
        loader=PackageLoader("build_tools.manual", "."),
        finalize=lambda value: markdown(value) if type(value) is str else value,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {
        "code": lambda code: _Raw(fence(code)),
        "quoted": lambda text: _Raw(written(safe(text))),
        "plain": _Raw,
    }
    environment.globals |= {
        "words": words,
        "severity": severity,
        "excuse": excuse,
        "waiver": waiver,
    }
    return environment
