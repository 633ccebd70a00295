"""What nobody should read in a report is found however it is written, and stands in nothing that leaves the program.

No number here is anybody's: they are made in the tests, of a region and a day that no number has.
"""

from __future__ import annotations

import gzip
import io
import shutil
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyarrow import parquet

from build_tools.check import catalogue
from build_tools.cli import main
from build_tools.county import read_county
from build_tools.diagnostics import FORMATS
from build_tools.finding import Finding
from build_tools.folded import fold
from build_tools.hiding import hidden
from build_tools.history import Keeping, history_of
from build_tools.originals import original
from build_tools.originals.visible import visible
from build_tools.privacy import masked, secrets
from build_tools.private import Kind
from build_tools.publish import BadReportsError
from build_tools.publish.preview import Preview
from build_tools.rules.view import BETWEEN, View
from build_tools.store import Store
from build_tools.workers import spread
from tests.buildwork import plain_hub
from tests.casework import judge, subject
from tests.gitwork import Repo
from tests.ratio import in_proportion
from tests.sitework import tree
from tests.test_miniature import HERE, published

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
REPORT = "33/330411/330411103/2020.yml"


def number(area: str = "990101", day: str = "19000101", nth: str = "001") -> str:
    """A resident number whose last character is right; there is no region 99."""
    first = area + day + nth
    return first + "10X98765432"[sum(w * int(d) for w, d in zip(WEIGHTS, first, strict=True)) % 11]


NUMBER = number()
WRONG = NUMBER[:-1] + ("1" if NUMBER[-1] != "1" else "2")
MOBILE = "154" + "97531864"  # no operator has 154
PRIVATE = (NUMBER, WRONG, MOBILE)
ZERO_WIDTH = "\u200b"


@pytest.mark.parametrize(
    "written",
    [
        NUMBER,
        number(nth="000").lower(),
        ZERO_WIDTH.join(NUMBER),
        "".join(chr(ord(char) + 0xFEE0) for char in NUMBER),
        f"{NUMBER[:6]} {NUMBER[6:14]} {NUMBER[14:]}",
        f"{NUMBER[:6]}-{NUMBER[6:14]}-{NUMBER[14:]}",
        f"http://example.gov.cn/{NUMBER}",
        f"{MOBILE} {NUMBER}",
    ],
    ids=ascii,
)
def test_found_however_it_is_written(written: str) -> None:
    """Wide, parted, with characters between that are not seen: it is found, and hidden just where it stands."""
    text = f"某某（身份证{written}）申请。"
    found = [secret for secret in secrets(text) if secret.kind is Kind.ID18]
    shown = masked(text)

    assert len(found) == 1
    assert len(shown) == len(text)
    assert NUMBER[3:-2] not in fold(shown).text.replace(" ", "")
    assert shown.startswith("某某（身份证")
    assert shown.endswith("）申请。")
    assert masked(shown) == shown


CALL = "13000000000"  # an operator's own test number
PARTED = (CALL[:3], CALL[3:7], CALL[7:])
CROSSED = number(nth="000")


@pytest.mark.parametrize(
    "written",
    [
        *(
            sign.join(PARTED)
            for sign in ("\u2013", "\u2014", "\u2011", "\u2212", ".", "·", "/", "_", "**", "－", "．")
        ),
        "手机" + " ".join(CALL),
        f"电话：{CALL[:7]}\n{CALL[7:]}",
        f"电话{CALL[:3]}\n{CALL[3:]}",
        f"tel{CALL}",
        f"Mobile{CALL}",
        f"IDCARD{NUMBER}",
        f"证件{NUMBER[:9]}\n{NUMBER[9:]}",
        " ".join(NUMBER),
        "/".join((NUMBER[:6], NUMBER[6:14], NUMBER[14:])),
        *(CROSSED[:-1] + cross for cross in "Хх×"),
        f"{CALL}×2",
    ],
    ids=ascii,
)
def test_found_however_it_is_parted(written: str) -> None:
    """Other dashes, points, strokes, markup, ends of lines, letters in front, crosses for X."""
    assert [secret.kind for secret in secrets(f"来信{written}，已答复。")] in ([Kind.ID18], [Kind.MOBILE])


@pytest.mark.parametrize(
    "text",
    [
        "投资1381234.5678万元，1300.5678，130.12345678",
        "2022.1234.5678，2021.1.1-2021.12.31，2021/01/01-2021/12/31",
        "受理、办结、公开分别为138/1234/5678件",
        "共138\n1234\n5678",
        "合计 1 3 8 1 2 3 4 5 6 7 8",
        "合计 1 3 8 1 2 3 4 5 6 7 8 0 0 0",
        "12 138.1234.5678.9012",
        "某政发〔2022〕138号、130—1400页，1381234—5678",
        "代码MB13812345678，XM330411202203150001，9f13800000000",
        "收件130.0000.0000件",
        "图幅H50.138.1234",
        "138\n12345678",
        "1391234*5678",
        "地址192.0.2.138/1234，版本13.8.12.345678",
        "某路138-1号1234室5678",
    ],
    ids=ascii,
)
def test_no_number_of_a_person(text: str) -> None:
    """Sums, rows of figures, dates, decimals, ranges, codes."""
    assert secrets(text) == ()


@given(st.text("0123456789Xx× -.\n*/\u2013\u200b１２年，密码是:申请人张@qq.com/", max_size=80))
def test_any_text(text: str) -> None:
    """Any text can be masked: it stays as long as it was, and what is masked holds nothing more to mask."""
    for secret in secrets(text):
        assert 0 <= secret.start < secret.end <= len(text)
    assert len(masked(text)) == len(text)
    assert not any(secret.kind is Kind.ID18 for secret in secrets(masked(text)))


FRAGMENTS = (NUMBER, MOBILE, MOBILE[:7], MOBILE[7:], "万", " ", "\n", ".", "**", "tel", "1", "x", "申请人张三", "男", "要求公开", "a@qq.com", "姓名：",
             "银行账号", "6222020000000000000", "密码", "是", "12345", "http://", "10.1.2.3", "地址")  # fmt: skip


@given(st.lists(st.lists(st.sampled_from(FRAGMENTS), max_size=4).map("".join), max_size=4))
def test_what_a_text_hides_all_of_them_hide(texts: list[str]) -> None:
    """A report whose texts one behind the other have nothing private has none in any of them: one search will do."""
    if any(secrets(text) for text in texts):
        assert secrets(BETWEEN.join(texts))


@given(st.text(max_size=40))
def test_folding_keeps_places(text: str) -> None:
    """Each character of the folded text was made of the one at its place."""
    folded = fold(text)
    for at, char in enumerate(folded.text):
        start, end = folded.span(at, at + 1)
        assert 0 <= start < end <= len(text)
        assert char in fold(text[start:end]).text
    assert fold(folded.text).text == folded.text


SLOW = (
    "1",
    "1 ",
    "1-",
    "a",
    "@",
    "a@",
    "密码是",
    "申请人",
    "申请人张",
    ZERO_WIDTH,
    "１",
    "10.",
    "http://",
    "http://a 1",
    "1.",
    "1\n",
    "1**",
    "tel1",
    "电话1 ",
    "130\n",
    "1\u2013",
    "账号",
)


@pytest.mark.parametrize("piece", SLOW, ids=ascii)
def test_time_grows_with_length(piece: str) -> None:
    """No text takes longer than in proportion to its length, whatever it is made of."""
    assert in_proportion(lambda text: masked(text + NUMBER), piece, 20_000)


PROSE = "正文/总体情况"


@pytest.mark.parametrize(
    "piece", [f"{MOBILE}、", "password=", "申请人王小，男", f"{NUMBER}，", "a@qq.com，", "(秘密)\n"]
)
def test_rules_take_time_in_proportion(piece: str) -> None:
    """However often a text holds something private it is masked once, and told once."""
    rules = [rule for rule in catalogue().values() if rule.id.startswith("PV-") and rule.id != "PV-META"]

    def told_of(text: str) -> list[str]:
        view = View.of(subject({"set": {PROSE: text}}))
        return [rule.id for rule in rules for _ in (rule.check(view) if rule.check else ())]

    assert in_proportion(told_of, piece, 2_000)
    found = told_of(piece * 3)
    assert len(found) == len(set(found)) == 1


TITLE = "嘉兴市某某区某某镇人民政府 2020年年度政府信息公开工作年度情况说明"
SAID = "全年收到政府信息公开申请99件，比上年增加5件，办结98件，其中予以公开97件，主动公开政府信息1000条；行政复议3件"
HALVES = {NUMBER[:4], *(NUMBER[at : at + 5] for at in range(len(NUMBER) - 4))}


def _put(text: str) -> Iterator[str]:
    """The text with the number at each of its places, but amid other digits."""
    for at in range(len(text) + 1):
        if not any(char.isdigit() for char in text[max(at - 1, 0) : at + 1]):
            yield text[:at] + NUMBER + text[at:]


@pytest.mark.parametrize("piece", [*_put(TITLE), TITLE.replace("人民", NUMBER).replace(" ", "")])
def test_no_message_cuts_a_title_before_it_is_masked(piece: str) -> None:
    """Of a number more than the first three and last two characters stands in no message, wherever it is cut."""
    assert halves({"标题": piece}) == []


@pytest.mark.parametrize("piece", [*_put(SAID)])
def test_no_message_cuts_prose_before_it_is_masked(piece: str) -> None:
    """Prose that is quoted, and a paragraph that stands there twice."""
    assert halves({PROSE: f"{piece}。\n\n{piece}。"}) == []


@pytest.mark.parametrize("raw", [NUMBER, f"{NUMBER[:-1]}X", f"共{NUMBER}件", f"请见附件一及其说明和{NUMBER}"])
def test_no_message_tells_of_a_cell(raw: str) -> None:
    """Neither what stands in the cell, nor the number that one may guess from it."""
    assert halves({"申请/新收": [raw, 0, 0, 0, 0, 0, 0]}) == []


def halves(put: Mapping[str, object]) -> list[str]:
    """The findings of a report that tell too much of the number."""
    found = judge({"set": put}).findings
    assert any(f.rule.startswith("PV-") for f in found)
    said = [f"{f.rule} {f.message} {f.hint}" for f in found]
    return [line for line in said if any(half in fold(line).text.replace(" ", "") for half in HALVES)]


@pytest.mark.parametrize(
    "page",
    [
        f"<html><p>电话{CALL}</p>",
        f"<html><p>电话<b>{CALL[:3]}</b><span class='a'>{CALL[3:]}</span></p>",
        f"<html><script>{CALL}",
        f"<html><p>电话&#49;{CALL[1:]}</p>",
        f"电话{CALL}".encode("utf-16"),
        f"<html><p>电话{CALL}</p>".encode("utf-16"),
        b"\xef\xbb\xbf" + f"{CALL}".encode(),
        f"a < b，{CALL} > c",
    ],
)
def test_what_an_original_shows(page: str | bytes) -> None:
    """Text by its byte order mark; a page's words, however they are marked up."""
    data = page if isinstance(page, bytes) else page.encode()
    assert original(data).text
    assert secrets(visible(data))


@pytest.mark.parametrize(
    "page",
    [
        f"<!DOCTYPE html><script>var id = '{CALL}';</script><p>年报</p>",
        f"<html><style>.a{{ width: {CALL} }}</style><div data-id='{CALL}' id={NUMBER}>年报</div>",
        f"<html><td>{CALL[:7]}</td><td>{CALL[7:]}</td>",
    ],
)
def test_what_an_original_does_not_show(page: str) -> None:
    """Scripts, styles and attributes are no words of the report; cells do not run on."""
    assert secrets(visible(page.encode())) == ()


@pytest.mark.parametrize(
    "piece", ["<script>", "<p ", "<", "<style></style>", "</script>", "<script ", "<b>1</b>"]
)
def test_pages_take_time_in_proportion(piece: str) -> None:
    """Whatever a page is made of."""
    assert in_proportion(lambda text: visible(f"<html>{text}".encode()), piece, 50_000)


@pytest.mark.parametrize(
    "put",
    [
        {"来源/网址": f"https://www.example.gov.cn/{NUMBER}"},
        {"来源/文件": f"{NUMBER}.txt"},
        {"来源/转录": f"人工，{NUMBER}"},
        {"确认": [{"规则": "TX-OCR", "位置": NUMBER, "理由": "原件就是这样印的。", "日期": "2026-01-03"}]},
    ],
    ids=ascii,
)
def test_what_is_said_of_the_report_is_masked_too(put: Mapping[str, object]) -> None:
    """Where it came from, and where an acknowledgement looks."""
    verdict, report = judge({"set": put}), subject({"set": put}).report
    assert verdict.private
    assert [line for line in (f"{f.path} {f.message} {f.hint}" for f in verdict.findings) if told(line)] == []
    assert told(str(report))
    assert told(str(hidden(report))) == []


# --- nothing of it leaves the program ----------------------------------------------------------------


def edited(archive: Path, put: str, reason: str = "") -> Path:
    """The small archive with `put` in a report: title, prose, two cells, the note; in the reason of waivers, if given."""
    shutil.copytree(HERE / "reports", archive / "reports")
    report = archive / "reports" / REPORT
    text = report.read_text(encoding="utf-8")
    for old, new in (
        ("标题: 甲镇", f"标题: 甲镇（{put}）"),
        ("转录: 人工\n", f"转录: 人工\n转录说明: 原件印有{put}，已核对。\n"),
        ("**全年公开信息12条：**", f"**全年公开信息12条：**答复{put}、{ZERO_WIDTH.join(put)}，"),
        ("  予以公开: [0,", f'  予以公开: ["{put}件",'),
        ("  部分公开: [0,", f'  部分公开: ["{put}",'),
    ):
        assert old in text
        text = text.replace(old, new, 1)
    report.write_text(text, encoding="utf-8")
    if reason:
        found = [f for f in findings(archive) if f.blocks and catalogue()[f.rule].waivable]
        places = dict.fromkeys([(f.rule, f.path) for f in found])
        more = (
            [("PV-MOBILE", f"确认/{nth}/理由") for nth in range(1, len(places) + 1)]
            if reason == MOBILE
            else []
        )
        report.write_text(text + "确认:\n" + "".join(_waivers(places, more, reason)), encoding="utf-8")
    return report


def _waivers(places: Iterable[tuple[str, str]], more: list[tuple[str, str]], reason: str) -> Iterator[str]:
    for why, entries in ((f"问过{reason}", places), ("另作说明", more)):
        for rule, where in entries:
            yield f"  - 规则: {rule}\n    位置: {where}\n    理由: 原件就是这样印的，{why}。\n    日期: 2026-01-03\n"


def findings(archive: Path) -> list[Finding]:
    """All that the rules find in the county."""
    store = Store(archive)
    code, folder = next(job for job in store.counties() if job[0] == "330411")
    return list(read_county(store, store.county(code, folder), store.register(), 2026).findings)


@pytest.fixture(autouse=True)
def _year(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NIANBAO_YEAR", "2026")


def told(text: str) -> list[str]:
    """Which of the numbers a text tells, or most of it, however it is written."""
    plain = fold(text).text
    return [number for number in PRIVATE if number[3:-2] in plain.replace(" ", "")]


@pytest.mark.parametrize("name", FORMATS)
def test_no_format_of_check_tells(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Neither messages nor the lines they quote hold the number; what is said of it is masked."""
    edited(tmp_path, NUMBER, reason=NUMBER)
    main(["--root", str(tmp_path), "check", "--format", name])
    output = "".join(capsys.readouterr())

    assert told(output) == []
    assert "PV-ID18" in output
    assert f"{NUMBER[:3]}{'＊' * 13}{NUMBER[-2:]}" in output


def test_a_finding_points_at_the_very_words(tmp_path: Path) -> None:
    """Line and columns are those of the number in the file."""
    report = edited(tmp_path, NUMBER)
    lines = report.read_text(encoding="utf-8").split("\n")
    found = [f for f in findings(tmp_path) if f.rule == "PV-ID18"]
    words = [lines[f.line - 1][f.column - 1 : f.end_column - 1] for f in found]

    assert len(words) == 5
    assert [f.message.endswith("，共 2 处") for f in found].count(True) == 1
    assert {fold(word.removesuffix("件")).text for word in words} == {NUMBER}


def test_the_build_stops_and_does_not_tell(tmp_path: Path) -> None:
    """A number that is certainly somebody's cannot be acknowledged."""
    edited(tmp_path / "archive", NUMBER, reason=NUMBER)
    with pytest.raises(BadReportsError, match="PV-ID18") as stopped:
        published(tmp_path / "archive", tmp_path / "site")
    assert told(str(stopped.value)) == []


@pytest.mark.parametrize("put", [MOBILE, WRONG])
def test_no_file_of_a_site_tells(put: str, tmp_path: Path) -> None:
    """What is acknowledged or only a warning is published with the number masked: in every file, packed ones too."""
    report = edited(tmp_path / "archive", put, reason=put)
    report.parent.joinpath("source").mkdir()
    report.parent.joinpath("source/copy.txt").write_text(f"原件：{put}", encoding="utf-8")
    text = report.read_text(encoding="utf-8")
    report.write_text(text.replace("  文件: ~", "  文件: copy.txt", 1), encoding="utf-8")
    site = published(tmp_path / "archive", tmp_path / "site")
    files = dict(unpacked(tree(site)))

    assert [path for path, data in files.items() if told(data.decode("utf-8", "replace"))] == []
    page = files["units/330411103/2020/index.html"].decode()
    assert page.count(masked(put)) >= 4
    assert "units/330411103/2020/source/copy.txt" not in files


def unpacked(files: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """Every file, and all that is packed in it."""
    for path, data in files.items():
        yield path, data
        if data[:2] == b"\x1f\x8b":
            yield from unpacked({f"{path}!": gzip.decompress(data)})
        elif zipfile.is_zipfile(io.BytesIO(data)):
            packed = zipfile.ZipFile(io.BytesIO(data))
            yield from unpacked({f"{path}!{name}": packed.read(name) for name in packed.namelist()})
        elif path.endswith(".parquet"):
            yield f"{path}!", str(parquet.read_table(io.BytesIO(data)).to_pylist()).encode()


def test_the_preview_does_not_tell(tmp_path: Path) -> None:
    """Where errors do not stop a page it is shown with them, and without the number."""
    edited(tmp_path / "archive", NUMBER)
    made = Preview(tmp_path / "cache", spread, lambda _: None)
    made.renew(plain_hub(tmp_path / "site", tmp_path / "archive", bare=True))
    for path in ("units/330411103/2020/", "units/330411103/", "years/2020/", "regions/330411/"):
        made.ready(path)
    shown = {path: data.decode("utf-8", "replace") for path, data in tree(made.hub.folder).items()}

    assert 'data-rule="PV-ID18"' in shown["units/330411103/2020/index.html"]
    assert [path for path, text in shown.items() if told(text)] == []


@pytest.mark.parametrize("to", ["docx", "xlsx", "html"])
def test_no_office_file_tells(to: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A report exported by itself is masked too, though its findings are not asked for."""
    edited(tmp_path, MOBILE)
    main(["--root", str(tmp_path), "export", "330411103/2020", "--to", to, "-o", str(tmp_path / "out")])
    files = dict(unpacked(tree(tmp_path / "out")))

    assert len(files) >= 1
    assert [path for path, data in files.items() if told(data.decode("utf-8", "replace"))] == []
    assert told("".join(capsys.readouterr())) == []


def test_history_does_not_tell(tmp_path: Path) -> None:
    """Neither what stood in a cell nor what a commit says of it."""
    repo = Repo(tmp_path).init()
    shutil.copytree(HERE / "reports", tmp_path / "reports")
    repo.commit("收录")
    shutil.rmtree(tmp_path / "reports")
    edited(tmp_path, MOBILE)
    repo.commit(f"补上{MOBILE}说的数")
    history = history_of(Store(tmp_path), Keeping(tmp_path / "kept", ""), spread)
    told_of = [str(change) for change in chain.from_iterable(history.of("330411").values())]

    assert any("补上154" in line for line in told_of)
    assert [line for line in told_of if told(line)] == []
