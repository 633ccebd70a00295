"""AR-TRANSCRIBED: it is said how a report was transcribed, and that what a machine recognised was checked."""

import re
from collections.abc import Iterator

from build_tools.archive import Subject
from build_tools.finding import Problem
from build_tools.rules.rule import WARNING, Basis, Outcome, Rule


def check(subject: Subject) -> Iterator[Outcome]:
    """Who checked it stands in the history of the file; that it was checked, in the file itself."""
    report, path = subject.report, ("来源", "转录")
    method = report.origin.method
    if not method:
        yield Problem(path, "没有写是怎样抄录的", "写上抄录的方式，如“转录: 人工”。")
    elif _RECOGNISED.search(method) and not _CHECKED.search(f"{method}{report.note}"):
        hint = "和原件逐格核对以后，在“转录说明”里写明核对过。"
        yield Problem(path, f"“{method}”：文字识别的，没有写明核对过", hint)


_RECOGNISED = re.compile("OCR|识别", re.IGNORECASE)
_CHECKED = re.compile("(?<!未)(?<!未经)(?<!没有)(?<!尚未)(?:核对|校对|复核|比对|对照)")

RULE = Rule(
    id="AR-TRANSCRIBED",
    severity=WARNING,
    basis=Basis.ARCHIVE,
    title="写明怎样抄录；文字识别的，写明核对过",
    reason="文字识别会把 1 认成 7、把 0 认成空白，没有核对过的数不能当作原文引用。谁抄的、谁核对的，版本库里有记录。",
    advice="在“转录”里写明方式；文字识别的，和原件逐格核对，在“转录说明”里写明。报告页上会照样写出。",
    check=check,
    waivable=False,
)
