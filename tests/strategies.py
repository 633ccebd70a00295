"""Reports, units and texts that hypothesis makes up: everything that reading can give, odd things included.

Strategies close over forms instead of taking them as arguments: hypothesis would print them.
"""

import datetime as dt
from decimal import Decimal
from types import MappingProxyType

from hypothesis import strategies as st

from build_tools.decode.cells import read_cell
from build_tools.form import Block, Column, Form, Line, Row, TableForm
from build_tools.forms import official
from build_tools.forms.shape import printed_labels
from build_tools.model import (
    Cell,
    ExtraRow,
    Figure,
    Kin,
    Name,
    Origin,
    Report,
    Section,
    State,
    Table,
    Unit,
    Waiver,
)
from build_tools.source.characters import ODD
from build_tools.units import kinds

AWKWARD = (
    *(
        "~",
        "缺 ",
        "null",
        "Null",
        "no",
        "Yes",
        "n",
        "on",
        "TRUE",
        "=",
        "<<",
        "-",
        "--",
        "---",
        "...",
        "?",
        ":",
        "/",
    ),
    *(
        "010",
        "0x1F",
        "0o7",
        "1_000",
        "1:30",
        "1e3",
        ".5",
        "5.",
        ".inf",
        "+.INF",
        ".NaN",
        "1,113",
        "１２",
        "1２",
    ),
    *("2020-01-31", "2020-02-30", "2020-01-01 10:00:00", "2020-1-1", "12e34", "1.2.3", "0b1", "+156", "1.50"),
    *(
        "12345678901234567890",
        "0.12345678901234567",
        "3189300元",
        "0.5万元",
        "无",
        "不适用",
        "○",
        "O",
        "—",
        "\\",
    ),
    *(
        "a: b",
        "a:",
        ":a",
        "a #b",
        "a#b",
        "#a",
        "[a]",
        "{a}",
        "a, b",
        "a]",
        "&a",
        "*a",
        "!a",
        "|",
        ">",
        "%a",
        "@a",
    ),
    *(
        "'a'",
        '"a"',
        "a'b\"c",
        "a\\nb",
        "`",
        "- a",
        "? a",
        "甲：乙",
        "“引”",
        "甲　乙",
        "🎉",
        "𬭬",
        "a\u00a0b",
        "\u200b",
    ),
    *(
        "<b>",
        "=1+1",
        "x" * 300,
        "yes no",
        "1 2",
        "1，1",
        "２",
        "-0",
        "+0",
        "00",
        "-",
        "１:３０",
        "9" * 15,
        "9" * 16,
    ),
)

_readable = st.characters(exclude_categories=["Cs"]).filter(
    lambda char: not ODD.search(char) and char != "\n"
)
LINE = (st.sampled_from(AWKWARD) | st.text(_readable, min_size=1)).map(str.strip).filter(bool)
"""A text of one line as reading gives it: not empty, no outer white space."""

OPTIONAL = st.just("") | LINE
PROSE = (
    st.lists(
        st.sampled_from(
            ["", " ", "　", "\u00a0", "  甲", "乙  ", "　　首", "尾　", "# 丙", "- 丁", "戊: 己", "---", "~"]
        )
        | LINE,
        min_size=1,
    )
    .map("\n".join)
    .map(lambda text: text.strip(" \n"))
)
DATE = st.just("") | st.dates(min_value=dt.date(1000, 1, 1)).map(dt.date.isoformat)


def cell(column: Column) -> st.SearchStrategy[Cell]:
    """A cell of a column: figures mostly, then everything else."""
    figures = st.integers(0, 9999).map(str)
    raw = figures | st.decimals(-999, 999, places=2).map(str) | LINE
    read = raw.map(lambda text: read_cell(text, column, plain=False))
    return read | st.sampled_from([Cell("", State.BLANK), Cell("", State.MISSING)])


def table(form: TableForm, form_id: str) -> st.SearchStrategy[Table]:
    """A table with some odd cells, labels and rows among noughts."""

    @st.composite
    def made(draw: st.DrawFn) -> Table:
        rows = {
            id_: tuple(read_cell("0", column) for column in line.columns) for id_, line in form.lines.items()
        }
        for id_ in draw(st.lists(st.sampled_from(sorted(rows)), max_size=4)):
            rows[id_] = tuple(draw(cell(column)) for column in form.lines[id_].columns)
        labels = st.dictionaries(st.sampled_from(printed_labels(form)), st.none() | OPTIONAL, max_size=3)
        extra = st.lists(st.builds(ExtraRow, LINE, st.lists(OPTIONAL).map(tuple)), max_size=2)
        return Table(form, form_id, MappingProxyType(rows), draw(labels), tuple(draw(extra)))

    return made()


def sections(form: Form) -> st.SearchStrategy[tuple[Section, ...]]:
    """Prose in the parts of the form, or in chapters."""
    if form.free:
        return st.lists(st.tuples(OPTIONAL, PROSE), max_size=3).map(
            lambda items: tuple(
                Section(f"s{i + 1}", heading, text, ("章节", i, "正文"))
                for i, (heading, text) in enumerate(items)
            )
        )
    return st.lists(PROSE, min_size=len(form.sections), max_size=len(form.sections)).flatmap(
        lambda texts: st.lists(st.booleans(), min_size=len(texts), max_size=len(texts)).map(
            lambda there: tuple(
                Section(s.id, s.title, text, ("正文", s.key))
                for s, text, kept in zip(form.sections, texts, there, strict=True)
                if kept
            )
        )
    )


def reports(form: Form, mixed: Form | None = None) -> st.SearchStrategy[Report]:
    """A report in `form`, its table of requests from the form `mixed` where that is given."""

    @st.composite
    def made(draw: st.DrawFn) -> Report:
        tables = {}
        for id_, own in form.tables.items():
            source = mixed if mixed and own.key == "申请" else form
            other = next(t for t in source.tables.values() if t.key == own.key)
            tables[id_] = draw(table(other, source.id))
        digest = st.just("") | st.text("0123456789abcdef", min_size=64, max_size=64)
        file = OPTIONAL.filter(lambda text: not set("/\\:") & set(text) and not text.startswith("."))
        url = st.sampled_from(["", "https://www.example.gov.cn/a?b=c#d,e", "http://例子.cn/%20:80/[x]"])
        headings = [s.heading for s in form.sections if s.heading]
        figure = st.builds(Figure, OPTIONAL, OPTIONAL, OPTIONAL, OPTIONAL)
        waiver = st.tuples(LINE, OPTIONAL, OPTIONAL, DATE)
        return Report(
            unit="330411103",
            year=2020,
            form=form,
            title=draw(LINE),
            origin=draw(st.builds(Origin, file, digest, url, DATE, OPTIONAL)),
            sections=draw(sections(form)),
            tables=MappingProxyType(tables),
            published=draw(DATE),
            scope=draw(st.sampled_from(["self", "aggregated"])),
            printed_unit=draw(OPTIONAL),
            note=draw(st.just("") | LINE | PROSE),
            headings=draw(st.dictionaries(st.sampled_from(headings), st.none() | OPTIONAL))
            if headings
            else {},
            figures=tuple(draw(st.lists(figure, max_size=2))),
            waivers=tuple(
                Waiver(*parts, ("确认", i)) for i, parts in enumerate(draw(st.lists(waiver, max_size=2)))
            ),
        )

    return made()


def any_report() -> st.SearchStrategy[Report]:
    """A report in any form, or in two."""
    forms = official()
    return st.one_of(*(reports(form) for form in forms.values()), reports(forms["2021"], forms["2019"]))


def units() -> st.SearchStrategy[Unit]:
    """A unit."""
    year = st.none() | st.integers(1949, 2030)
    others = st.sampled_from(["330411104", "330411", "330411-mzj"])
    kin = st.lists(st.builds(Kin, others, year), unique_by=lambda one: one.id).map(tuple)
    former = st.builds(Name, LINE, year, year).filter(lambda n: not (n.first and n.last and n.first > n.last))
    return st.builds(
        Unit,
        id=st.just("330411103"),
        name=LINE,
        kind=st.sampled_from(sorted(kinds().values(), key=lambda kind: kind.id)),
        homepage=st.sampled_from(["", "https://www.example.gov.cn/"]),
        aliases=st.lists(LINE).map(tuple),
        former=st.lists(former, max_size=3).map(tuple),
        begun=year,
        predecessors=kin,
        successors=kin,
    )


_BITS = (
    *" \n\t\r:#-[]{},|>%@`'\"?~=01_.+/甲：，１🎉\u3000\xa0\x85\u2028\ufeff",
    *("  ", "\n\n", ": ", " #", "- ", ", ", "|2", "&a ", "*a", "!t ", "? ", "<<", "---\n", "...\n", "\\n"),
)


def edited(texts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """A text with a few characters put in or taken out, and lines moved sideways, doubled or dropped."""

    @st.composite
    def made(draw: st.DrawFn) -> str:
        text = draw(texts)
        for _ in range(draw(st.integers(0, 4))):
            if draw(st.booleans()):
                at = draw(st.integers(0, len(text)))
                bit = draw(st.just("") | st.sampled_from(_BITS) | st.text(max_size=3))
                text = text[:at] + bit + text[at + draw(st.integers(0, 3)) :]
            else:
                lines = text.split("\n")
                at = draw(st.integers(0, len(lines) - 1))
                line = lines[at]
                changes = ["", f"{line}\n{line}", f" {line}", f"  {line}", line[2:], f"{line} ", f"\n{line}"]
                lines[at] = draw(st.sampled_from(changes))
                text = "\n".join(lines)
        return text

    return made()


# --- tables ---------------------------------------------------------------------------------------------

_WORDS = st.text("0123456789,\"'\n\r;. +-元缺\\\x00　甲", max_size=6)
_ODD_CELLS = st.builds(
    Cell,
    _WORDS,
    st.sampled_from(State),
    st.none() | st.integers(-3, 3) | st.decimals(-3, 3, places=1) | st.just(Decimal("1E-7")),
    _WORDS,
)


@st.composite
def odd_tables(draw: st.DrawFn) -> Table:
    """A table of a form that nobody issued, with words and figures of any sort."""
    ids = draw(st.lists(_WORDS.filter(lambda word: word != "\x00"), min_size=1, max_size=4, unique=True))
    columns = tuple(Column(id_, "列") for id_ in ids)
    rows = tuple(Row(id_, "行", (id_,)) for id_ in ids)
    form = TableForm(
        ids[0],
        "表",
        "表",
        "表",
        "grid",
        (Block(columns, rows),),
        {id_: Line(row, columns) for id_, row in zip(ids, rows, strict=True)},
    )
    cells = {id_: tuple(draw(_ODD_CELLS) for _ in columns) for id_ in ids}
    return Table(form, draw(_WORDS), cells)
