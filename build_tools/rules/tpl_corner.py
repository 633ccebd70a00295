"""TPL-CORNER: the note in the corner of table 3 is printed."""

from collections.abc import Iterator

from build_tools.archive import Subject
from build_tools.finding import Problem
from build_tools.rules.aids.printed import corners, label_path
from build_tools.rules.rule import INFO, Basis, Outcome, Rule


def check(subject: Subject) -> Iterator[Outcome]:
    """A corner whose label is given as not printed."""
    for table in subject.report.tables.values():
        for label, printed in table.labels.items():
            if printed is None and label in corners(table.form):
                message = f"{table.form.name}左上角没有印“{label}”"
                hint = "核对原件，印了就删去“原表标签”里的这一行；没有印，在“确认”里写明即可。"
                yield Problem(label_path(table, label), message, hint)


RULE = Rule(
    id="TPL-CORNER",
    severity=INFO,
    basis=Basis.FORM,
    title="表三左上角印有勾稽关系的说明",
    reason="格式在表三左上角印明“本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和”，填表人照它核对。",
    advice="核对原件左上角。确实没有印，可以照录，在“确认”里写明。",
    check=check,
)
