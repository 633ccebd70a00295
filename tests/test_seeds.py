"""The five founding reports say what the five copies they were made from say, and nothing else.

Apart from build_tools on purpose: the YAML is read and the copies are taken to pieces right here, with the
labels of the forms written out once more, so that a fault of the reader cannot hide a fault of a report.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TypeAlias

import pytest
import yaml

REPORTS = Path(__file__).resolve().parent.parent / "reports"

Tree: TypeAlias = "str | list[Tree] | dict[str, Tree]"
Keys: TypeAlias = "tuple[str | int, ...]"


@dataclass(frozen=True)
class Seed:
    """A founding report, the copy it was made from, and what is known to be wrong with that copy."""

    report: str
    source: str
    sha256: str
    joints: int = 0  # how often a page break parts a paragraph
    torn: Mapping[str, str] = field(
        default_factory=dict
    )  # a row torn by a page break: as it stands, as it was
    surplus: Mapping[str, str] = field(default_factory=dict)  # numbers beyond the last column of a row
    blank: tuple[str, ...] = ()  # tables with blank cells
    lost: Mapping[str, int] = field(default_factory=dict)  # how many cells of a row the copy has lost

    @property
    def copy(self) -> str:
        return text((REPORTS / self.report).with_name("source") / self.source)

    @property
    def tree(self) -> Tree:
        return tree(yaml.compose(text(REPORTS / f"{self.report}.yml"), Loader=yaml.SafeLoader))


SEEDS = (
    Seed(
        "37/371581/371581113/2020",
        "000_6e7f3865b96cf4e0.txt",
        "358f2eb2d50ac3e969acdbb33a461aff7efa1ed8b6e006a32a1f221feb4a1b8d",
        torn={
            "\t(四) 无法提\t1. 本机关不掌握\t1\t\t\t\t\t\t\n\n\t供\t相关政 府信息": (
                "\t(四) 无法提供\t1. 本机关不掌握相关政府信息\t1\t\t\t\t\t\t"
            )
        },
        blank=("申请", "复议诉讼"),
        lost={"复议后起诉": 3},
    ),
    Seed(
        "41/410182/410182110/2020",
        "001_6ac92d5cb3b88a66.txt",
        "b0a5e3d6442a99616c33da08cedf1eceb0a6a24ff865ec91f41196fd3285970d",
        joints=6,
    ),
    Seed(
        "41/411421/411421103/2021",
        "002_efa573f4a08b13d9.txt",
        "f7fe6274c9cc844c5944f68f166616b4f72395ad1b6810999d184d3bb66c8eda",
        joints=1,
        surplus={"总计": "0", "结转下年度": "0"},
    ),
    Seed(
        "41/411328/411328109/2022",
        "003_3375cf5c5b31bb59.txt",
        "24eeceb31ebccd626debf56a2674759050cd0039346d7f2ab101415a53f431fd",
        lost={
            "予以公开": 1,
            "部分公开": 1,
            "不予公开/国家秘密": 1,
            "不予公开/其他法律法规禁止": 1,
            "不予公开/三安全一稳定": 1,
            "不予公开/第三方合法权益": 1,
            "不予公开/三类内部事务信息": 2,
        },
    ),
    Seed(
        "33/330411/330411103/2020",
        "004_1feac183b5673ebd.txt",
        "3444cac76b76cc5710e97f2a5403e6c313e599c471860b4dcc28698fb912b4ec",
    ),
)
BLANK, LOST = "~", "缺"
each_seed = pytest.mark.parametrize("seed", SEEDS, ids=lambda seed: seed.source[:3])

# -------------------------------------------------------------- the forms, as they are printed

SECTIONS = {
    "总体情况": "一、总体情况",
    "主动公开政府信息情况": "二、主动公开政府信息情况",
    "收到和处理政府信息公开申请情况": "三、收到和处理政府信息公开申请情况",
    "政府信息公开行政复议、行政诉讼情况": "四、政府信息公开行政复议、行政诉讼情况",
    "存在的主要问题及改进情况": "五、存在的主要问题及改进情况",
    "其他需要报告的事项": "六、其他需要报告的事项",
}
# Where a table of the copy begins, and the heading it ends at.
REGIONS = {
    "主动公开": ("第二十条第（一）项", SECTIONS["收到和处理政府信息公开申请情况"]),
    "申请": ("（本列数据的勾稽关系为", SECTIONS["政府信息公开行政复议、行政诉讼情况"]),
    "复议诉讼": ("行政复议", SECTIONS["存在的主要问题及改进情况"]),
}

ITEMS = ("上一年项目数量", "本年增/减", "处理决定数量")
T2 = {
    "2019": (
        (
            "第二十条第（一）项",
            ("本年新制作数量", "本年新公开数量", "对外公开总数量"),
            ("规章", "规范性文件"),
        ),
        ("第二十条第（五）项", ITEMS, ("行政许可", "其他对外管理服务事项")),
        ("第二十条第（六）项", ITEMS, ("行政处罚", "行政强制")),
        ("第二十条第（八）项", ITEMS[:2], ("行政事业性收费",)),
        ("第二十条第（九）项", ("采购项目数量", "采购总金额"), ("政府集中采购",)),
    ),
    "2021": (
        ("第二十条第（一）项", ("本年制发件数", "本年废止件数", "现行有效件数"), ("规章", "行政规范性文件")),
        ("第二十条第（五）项", ("本年处理决定数量",), ("行政许可",)),
        ("第二十条第（六）项", ("本年处理决定数量",), ("行政处罚", "行政强制")),
        ("第二十条第（八）项", ("本年收费金额（单位：万元）",), ("行政事业性收费",)),
    ),
}

CORNER = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）申请人情况"
KINDS = "商业企业科研机构社会公益组织法律服务机构其他"
# The column 总计 stands in the first or in the second line of the heading.
T3_HEADS = (f"{CORNER}总计自然人法人或其他组织{KINDS}", f"{CORNER}自然人法人或其他组织总计{KINDS}")
T3_ROWS = (
    ("新收", "一、本年新收政府信息公开申请数量"),
    ("上年结转", "二、上年结转政府信息公开申请数量"),
    ("", "三、本年度办理结果"),
    ("予以公开", "（一）予以公开"),
    ("部分公开", "（二）部分公开（区分处理的，只计这一情形，不计其他情形）"),
    ("", "（三）不予公开"),
    ("不予公开/国家秘密", "1.属于国家秘密"),
    ("不予公开/其他法律法规禁止", "2.其他法律行政法规禁止公开"),
    ("不予公开/三安全一稳定", "3.危及“三安全一稳定”"),
    ("不予公开/第三方合法权益", "4.保护第三方合法权益"),
    ("不予公开/三类内部事务信息", "5.属于三类内部事务信息"),
    ("不予公开/四类过程性信息", "6.属于四类过程性信息"),
    ("不予公开/行政执法案卷", "7.属于行政执法案卷"),
    ("不予公开/行政查询事项", "8.属于行政查询事项"),
    ("", "（四）无法提供"),
    ("无法提供/不掌握", "1.本机关不掌握相关政府信息"),
    ("无法提供/需另行制作", "2.没有现成信息需要另行制作"),
    ("无法提供/补正后仍不明确", "3.补正后申请内容仍不明确"),
    ("", "（五）不予处理"),
    ("不予处理/信访举报投诉", "1.信访举报投诉类申请"),
    ("不予处理/重复申请", "2.重复申请"),
    ("不予处理/公开出版物", "3.要求提供公开出版物"),
    ("不予处理/大量反复申请", "4.无正当理由大量反复申请"),
    ("不予处理/确认或重新出具", "5.要求行政机关确认或重新出具已获取信息"),
)
T3_OTHER = {
    "2019": (("其他处理", "（六）其他处理"),),
    "2021": (
        ("", "（六）其他处理"),
        ("其他处理/逾期不补正", "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请"),
        ("其他处理/逾期不缴费", "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请"),
        ("其他处理/其他", "3.其他"),
    ),
}
T3_END = (("总计", "（七）总计"), ("结转下年度", "四、结转下年度继续办理"))

RESULTS = "结果维持结果纠正其他结果尚未审结总计"
T4_HEAD = f"行政复议行政诉讼{RESULTS}未经复议直接起诉复议后起诉{RESULTS}{RESULTS}"
T4_HEAD_CUT = f"行政复议行政诉讼{RESULTS}未经复议直接起诉结果维持结果纠正{RESULTS}"  # 复议后起诉 not there
T4_ROWS = ("行政复议", "直接起诉", "复议后起诉")

# ----------------------------------------------------------------------------- reading


@cache
def text(path: Path) -> str:
    return path.read_bytes().decode("utf-8")


def tree(node: yaml.Node | None) -> Tree:
    """The text of a YAML document as it stands: no types, no doubled keys."""
    if isinstance(node, yaml.MappingNode):
        keys = [str(key.value) for key, _ in node.value]
        assert len(keys) == len(set(keys)), f"doubled key in {keys}"
        return {key: tree(child) for key, (_, child) in zip(keys, node.value, strict=True)}
    if isinstance(node, yaml.SequenceNode):
        return [tree(child) for child in node.value]
    assert isinstance(node, yaml.ScalarNode)
    return str(node.value)


def get(node: Tree, *keys: str | int) -> Tree:
    """What stands under these keys; nothing is an empty mapping."""
    for key in keys:
        if isinstance(node, dict):
            node = node.get(str(key), {})
        elif isinstance(node, list) and isinstance(key, int):
            node = node[key]
        else:
            return {}
    return node


def word(node: Tree) -> str:
    assert isinstance(node, str), node
    return node


def leaves(node: Tree, keys: Keys = ()) -> Iterator[tuple[Keys, str]]:
    """Every scalar with the keys that lead to it, in the order of the file."""
    if isinstance(node, str):
        yield keys, node
    for key, child in (
        enumerate(node) if isinstance(node, list) else node.items() if isinstance(node, dict) else ()
    ):
        yield from leaves(child, (*keys, key))


def put(node: Tree, keys: Keys, new: str) -> Tree:
    """The same tree with another scalar at this place."""
    if not keys:
        return new
    first, rest = keys[0], keys[1:]
    if isinstance(node, list):
        return [put(child, rest, new) if at == first else child for at, child in enumerate(node)]
    assert isinstance(node, dict)
    return {key: put(child, rest, new) if key == first else child for key, child in node.items()}


def plain(text: str) -> str:
    """A label without what a copy does to it: white space, width of brackets, marks of a heading."""
    return "".join(unicodedata.normalize("NFKC", text).split()).lstrip("#")


@cache
def split(copy: str) -> tuple[tuple[str, ...], Mapping[str, list[str]]]:
    """The copy's lines of prose, and the lines of each of its tables."""
    prose: list[str] = []
    tables: dict[str, list[str]] = {}
    inside = ""
    for line in copy.split("\n"):
        if inside and plain(line) == plain(REGIONS[inside][1]):
            inside = ""
        for key, (start, _) in REGIONS.items():
            if not inside and plain(line).startswith(plain(start)):
                inside = key
        if inside:
            tables.setdefault(inside, []).append(line)
        elif line.strip():
            prose.append(re.sub(r"^#+ ", "", line.strip()))
    return tuple(prose), tables


# --------------------------------------------------------------------------- comparing


def prose_places(report: Tree) -> list[Keys]:
    """Where the report keeps its prose, in the order of print."""
    return [
        keys for keys, _ in leaves(report) if keys[0] == "正文" or (keys[0] == "章节" and keys[-1] == "正文")
    ]


def paragraphs(report: Tree) -> Iterator[tuple[str, bool]]:
    """Title, headings and paragraphs in the order of print, and whether each is a heading."""
    yield word(get(report, "标题")), True
    if "章节" in report:
        texts = [(word(get(part, "标题")), word(get(part, "正文"))) for part in get(report, "章节")]
    else:
        known = ["引言", *SECTIONS]
        assert [key for key in known if key in get(report, "正文")] == list(get(report, "正文"))
        texts = [(SECTIONS.get(key, ""), word(get(report, "正文", key) or "")) for key in known]
    for heading, text in texts:
        if heading:
            yield heading, True
        for part in text.strip("\n").split("\n\n") if text else ():
            yield part.removeprefix("### "), part.startswith("### ")


def finished(text: str) -> bool:
    return text.rstrip("*").endswith(tuple("。；：:"))


def prose_faults(report: Tree, copy: str, seed: Seed) -> list[str]:
    """Lines of the copy that the report lacks, parts of the report that the copy lacks, wrong joints."""
    lines, joints = list(split(copy)[0]), 0
    for part, heading in paragraphs(report):
        found: list[str] = []
        while lines and len("".join(found)) < len(part):
            found.append(lines.pop(0))
        if "".join(found) != part:
            return [f"the copy has {''.join(found)!r}, the report has {part!r}"]
        if any(finished(line) for line in found[:-1]) or (heading and len(found) > 1):
            return [f"two paragraphs of the copy are one in the report: {part!r}"]
        joints += len(found) - 1
        if not heading and not finished(part) and part != "无":
            return [f"neither a heading nor finished: {part!r}"]
    wrong = [] if joints == seed.joints else [f"{joints} torn paragraphs joined, the copy has {seed.joints}"]
    return wrong + [f"the report lacks {line!r}" for line in lines]


def cells(report: Tree, table: str, row: str) -> list[str]:
    values = get(report, table, *row.split("/"))
    return [word(value) for value in values] if isinstance(values, list) else []


def rows(form: str) -> dict[str, dict[str, int]]:
    """Table, row, number of columns: all that a report in this form must have."""
    return {
        "主动公开": {row: len(columns) for _, columns, names in T2[form] for row in names},
        "申请": {row: 7 for row, _ in (*T3_ROWS, *T3_OTHER[form], *T3_END) if row},
        "复议诉讼": dict.fromkeys(T4_ROWS, 5),
    }


def in_print(report: Tree, surplus: Mapping[str, str], table: str) -> Iterator[str]:
    """Labels and numbers of the report's table in the order of print, numbers between bars."""
    form = word(get(report, "格式"))
    printed = get(report, "原表标签", table)

    def label(text: str) -> str:
        return plain(word(get(printed, text) or text))

    def numbers(row: str) -> str:
        values = [value for value in cells(report, table, row) if value not in {BLANK, LOST}]
        values += [surplus[row]] if table == "申请" and row in surplus else []
        return "".join(f"|{value}|" for value in values)

    if table == "主动公开":
        for caption, columns, names in T2[form]:
            yield label(caption) + "信息内容" + "".join(map(label, columns))
            yield from (label(row) + numbers(row) for row in names)
    elif table == "申请":
        yield from (label(text) + numbers(row) for row, text in (*T3_ROWS, *T3_OTHER[form], *T3_END))
    else:
        yield T4_HEAD_CUT if get(printed, "复议后起诉") == BLANK else T4_HEAD
        yield from map(numbers, T4_ROWS)


def table_faults(report: Tree, copy: str, seed: Seed) -> list[str]:
    """Tables, rows and columns that are not the form's; labels and numbers that are not the copy's."""
    for torn, whole in seed.torn.items():
        assert copy.count(torn) == 1
        copy = copy.replace(torn, whole)
    tables = split(copy)[1]
    form = word(get(report, "格式"))
    wanted = rows(form) if form in T2 else {}
    places = [(keys[0], "/".join(map(str, keys[1:-1]))) for keys, _ in leaves(report) if keys[0] in REGIONS]
    form_places = [
        (table, row) for table, names in wanted.items() for row, n in names.items() for _ in range(n)
    ]
    if list(tables) != list(wanted) or places != form_places:
        return [f"tables {list(tables)}, cells {places}, wanted {form_places}"]
    faults = []
    for table, lines in tables.items():
        parts = [part.strip() for line in lines for part in line.split("\t")]
        there = "".join(
            f"|{part}|" if re.fullmatch(r"[+-]?[0-9]+元?", part) else plain(part)
            for part in parts
            if not re.fullmatch(r"-{2,}", part)
        )
        here = "".join(in_print(report, seed.surplus, table))
        if table == "申请":
            here = next((plain(head) for head in T3_HEADS if there.startswith(plain(head))), "") + here
        if there != here:
            same = (at for at, (a, b) in enumerate(zip(there, here, strict=False)) if a != b)
            at = max(next(same, min(len(there), len(here))) - 20, 0)
            faults.append(f"{table}: the copy has {there[at : at + 40]!r}, the report {here[at : at + 40]!r}")
    return faults


def state_faults(report: Tree, seed: Seed) -> list[str]:
    """Cells said to be lost or blank that are not, or the other way round."""
    form = word(get(report, "格式"))
    faults = []
    for table, names in rows(form).items() if form in T2 else ():
        for row in names:
            values = cells(report, table, row)
            if values[::-1][: seed.lost.get(row, 0)] != [LOST] * values.count(LOST):
                faults.append(f"{table}/{row}: {values}, lost {seed.lost.get(row, 0)}")
            if BLANK in values and table not in seed.blank:
                faults.append(f"{table}/{row}: {values}, nothing is blank in the copy")
    return faults


def place_faults(report: Tree, copy: str) -> list[str]:
    """Numbers of seed 000, nearly blank, that stand under another column than in the copy."""
    lines = copy.split("\n")
    stray = next(line for line in lines if "本机关不掌握" in line).split("\t")[-7:]
    disputes = next(line for line in lines[::-1] if re.fullmatch(r"[\t0-9]+", line)).split("\t")
    found = (
        cells(report, "申请", "无法提供/不掌握"),
        [c for row in T4_ROWS for c in cells(report, "复议诉讼", row)],
    )
    wanted = [c or BLANK for c in stray], [c or BLANK for c in disputes] + [LOST] * 3
    return [
        f"{here} stands at {there} in the copy"
        for here, there in zip(found, wanted, strict=True)
        if here != there
    ]


def cell_faults(report: Tree, copy: str, seed: Seed) -> list[str]:
    found = table_faults(report, copy, seed) + state_faults(report, seed)
    return found + (place_faults(report, copy) if seed.blank else [])


# ------------------------------------------------------------------------------- facts


@each_seed
def test_source_is_the_copy_received(seed: Seed) -> None:
    """The copy beside the report is, byte for byte, the one received, and the report names its sum."""
    source = (REPORTS / seed.report).with_name("source") / seed.source
    assert hashlib.sha256(source.read_bytes()).hexdigest() == seed.sha256
    assert get(seed.tree, "来源", "文件") == seed.source
    assert get(seed.tree, "来源", "sha256") == seed.sha256


@each_seed
def test_prose_is_that_of_the_copy(seed: Seed) -> None:
    """Title, headings and paragraphs are those of the copy, each once, in order, none left out."""
    assert prose_faults(seed.tree, seed.copy, seed) == []


@each_seed
def test_tables_are_those_of_the_copy(seed: Seed) -> None:
    """Behind each label stand the numbers that stand behind it in the copy, and no others."""
    assert table_faults(seed.tree, seed.copy, seed) == []


@each_seed
def test_blank_and_lost_cells_are_told_apart(seed: Seed) -> None:
    """Only cells that the copy has lost are 缺, and only those that it has blank are ~."""
    assert state_faults(seed.tree, seed) == []


def test_few_numbers_of_seed_000_stand_in_their_columns() -> None:
    """The stray 1 and the two totals of 0 stand under the columns they stand under in the copy."""
    assert place_faults(SEEDS[0].tree, SEEDS[0].copy) == []


@each_seed
def test_what_is_wrong_with_a_copy_is_said(seed: Seed) -> None:
    """A report from a copy with lost, torn or surplus cells says so in 转录说明."""
    flawed = bool(seed.torn or seed.surplus or seed.lost)
    assert not flawed or len(word(get(seed.tree, "转录说明"))) >= 20


def test_figures_are_quoted_from_the_prose() -> None:
    """Each figure of the free-form report stands, with its unit, in words that stand in its prose."""
    report = SEEDS[1].tree
    prose = "".join(part for part, _ in paragraphs(report))
    figures = get(report, "数据")
    assert len(figures) == 13
    for figure in figures:
        value, unit, quote = (word(get(figure, key)) for key in ("数值", "单位", "原文"))
        assert quote in prose
        assert re.search(rf"(?<![0-9.]){value} ?{unit}", quote)


# ---------------------------------------------------------- a comparison that cannot fail is none


@each_seed
def test_every_changed_number_is_reported(seed: Seed) -> None:
    """One digit more or less, a number dropped or one written into a blank: no cell can change unseen."""
    report = seed.tree
    places = [(keys, value) for keys, value in leaves(report) if keys[0] in REGIONS]
    assert len(places) == {"2019": 198, "2021": 200, "无": 0}[word(get(report, "格式"))]
    for keys, value in places:
        digit = re.sub(r"[0-9]", lambda found: str((int(found[0]) + 1) % 10), value, count=1)
        for new in {"0", BLANK, LOST, digit, f"{value}0"} - {value}:
            assert cell_faults(put(report, keys, new), seed.copy, seed), (keys, value, new)


@each_seed
def test_every_changed_label_is_reported(seed: Seed) -> None:
    """A label that is printed differently cannot be given otherwise than the copy prints it."""
    for keys, _ in leaves(seed.tree):
        if keys[0] == "原表标签":
            assert table_faults(put(seed.tree, keys, "别的"), seed.copy, seed), keys


@each_seed
def test_exchanged_rows_are_reported(seed: Seed) -> None:
    """Two neighbouring rows with different numbers cannot change places."""
    report = seed.tree
    places = [keys for keys, _ in leaves(report) if keys[0] in REGIONS]
    by_row = {keys[:-1]: get(report, *keys[:-1]) for keys in places}
    for (one, first), (two, second) in pairwise(by_row.items()):
        if first != second and len(first) == len(second):
            changed = report
            for at, (a, b) in enumerate(zip(first, second, strict=True)):
                changed = put(put(changed, (*one, at), word(b)), (*two, at), word(a))
            assert cell_faults(changed, seed.copy, seed), (one, two)


@each_seed
@pytest.mark.parametrize("what", ["paragraph", "sentence", "character", "joint", "order"])
def test_every_changed_paragraph_is_reported(seed: Seed, what: str) -> None:
    """No paragraph can be left out, cut, changed, run into the next or moved unseen."""
    report, tried = seed.tree, 0
    for keys in prose_places(report):
        parts = word(get(report, *keys)).strip("\n").split("\n\n")
        for at, part in enumerate(parts):
            before, after = parts[:at], parts[at + 1 :]
            match what:
                case "paragraph":
                    new = [*before, *after]
                case "sentence":
                    new = [*before, re.sub(r"[^。]+。?$", "", part), *after]
                case "character":
                    new = [*before, f"{part[: len(part) // 2]}字{part[len(part) // 2 + 1 :]}", *after]
                case "joint":
                    new = [*before, part + after[0], *after[1:]] if after else parts
                case _:
                    new = [*before, after[0], part, *after[1:]] if after else parts
            if new != parts:
                tried += 1
                changed = put(report, keys, "\n\n".join(new) + "\n")
                assert prose_faults(changed, seed.copy, seed), (keys, at)
    assert tried


@each_seed
def test_a_sentence_only_in_the_copy_is_reported(seed: Seed) -> None:
    """Wherever a line is added to the copy, the report is found to lack it, in prose and in tables alike."""
    report, lines = seed.tree, seed.copy.split("\n")
    for at in range(len(lines) + 1):
        copy = "\n".join([*lines[:at], "一句遗漏的话。", *lines[at:]])
        if all(torn in copy for torn in seed.torn):
            assert prose_faults(report, copy, seed) or table_faults(report, copy, seed), at
