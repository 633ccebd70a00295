"""What archived originals tell of people is found in real layouts of files, and nothing hostile hurts."""

from __future__ import annotations

import io
import struct
import time
import zipfile
from collections.abc import Mapping
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from build_tools.cli import main
from build_tools.county import read_county
from build_tools.finding import Severity
from build_tools.originals import Kind, Trace, original, traces
from build_tools.originals.cleaning import UncleanError, cleaned
from build_tools.originals.nobody import nobody
from build_tools.store import Store
from tests.buildwork import UNITS, World
from tests.devset import CORPUS
from tests.sitework import tree

CORE = (
    '<?xml version="1.0"?><cp:coreProperties xmlns:cp="c" xmlns:dc="d"><dc:creator>{}</dc:creator>'
    "<cp:lastModifiedBy>{}</cp:lastModifiedBy></cp:coreProperties>"
)
DOCUMENT = (
    '<w:document><w:p><w:ins w:id="1" w:author="某人" w:date="2024-01-02"><w:r/></w:ins></w:p></w:document>'
)
NAME = "张某某"


def packed(parts: Mapping[str, str | bytes]) -> bytes:
    """A Word or Excel file with these parts."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in {"[Content_Types].xml": "<Types/>", **parts}.items():
            file.writestr(name, text)
    return made.getvalue()


def photograph(*, place: bool, artist: bytes = b"", order: str = "<") -> bytes:
    """A JPEG file with an Exif part."""
    tags = [(0x013B, 2, len(artist) + 1, 100)] * bool(artist) + [(0x8825, 4, 1, 60)] * place
    entries = b"".join(struct.pack(f"{order}HHII", *tag) for tag in tags)
    tiff = (b"II*\0" if order == "<" else b"MM\0*") + struct.pack(f"{order}IH", 8, len(tags)) + entries
    tiff = tiff.ljust(60, b"\0") + struct.pack(f"{order}HHHII", 1, 2, 5, 3, 90) + bytes(4)
    exif = b"Exif\0\0" + tiff.ljust(100, b"\0") + artist + b"\0"
    head = b"\xff\xd8\xff\xe0\0\x10JFIF" + bytes(10)
    return head + b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif + b"\xff\xda\0\2" + b"\1\2\3" * 100


def old_word(author: str, encoding: str, page: int) -> bytes:
    """A file of the older kind, as far as its properties go: the part that holds them, between others."""
    text = author.encode(encoding) + b"\0"
    value = struct.pack("<II", 0x1E, len(text)) + text.ljust(-len(text) % 4 + len(text), b"\0")
    section = (
        struct.pack("<II", 200, 2)
        + struct.pack("<IIII", 1, 24, 4, 32)
        + struct.pack("<IHH", 2, page, 0)
        + value
    )
    head = struct.pack("<HHI", 0xFFFE, 0, 2) + bytes(16) + struct.pack("<I", 1)
    name = bytes.fromhex("e0859ff2f94f6810ab9108002b27b3d9") + struct.pack("<I", 48)
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + head + name + section + bytes(400)


def pdf(info: bytes) -> bytes:
    """A PDF file with this in its properties."""
    return b"%PDF-1.7\n1 0 obj\n<</Type/Catalog>>\nendobj\n2 0 obj\n<<" + info + b">>\nendobj\n%%EOF\n"


AUTHOR = Trace(Kind.AUTHOR, NAME)
WIDE = "".join(f"\\{byte:03o}" if byte < 32 or byte > 126 or byte in b"()\\" else chr(byte)
               for byte in b"\xff\xfe" + NAME.encode("utf-16-le")).encode()  # fmt: skip
TOLD = {
    "a document": (packed({"docProps/core.xml": CORE.format(NAME, "administrator")}), {AUTHOR}),
    "a name in entities": (packed({"docProps/core.xml": CORE.format("&#24352;某某", "")}), {AUTHOR}),
    "who saved it": (packed({"docProps/core.xml": CORE.format("", NAME)}), {Trace(Kind.EDITOR, NAME)}),
    "who is in charge": (
        packed({"docProps/app.xml": f"<Properties><Manager>{NAME}</Manager><Company>某某局</Company></Properties>"}),
        {Trace(Kind.MANAGER, NAME)},
    ),
    "changes that were tracked": (packed({"word/document.xml": DOCUMENT}), {Trace(Kind.REVISIONS)}),
    "comments": (
        packed({"word/comments.xml": '<w:comments><w:comment w:id="0" w:author="x"/></w:comments>'}),
        {Trace(Kind.COMMENTS)},
    ),
    "no comment among comments": (packed({"word/comments.xml": "<w:comments/>"}), set()),
    "comments in a workbook": (
        packed({"xl/comments1.xml": "<comments><commentList><comment ref='A1'/></commentList></comments>"}),
        {Trace(Kind.COMMENTS)},
    ),
    "a photograph in a document": (
        packed({"word/media/image1.jpeg": photograph(place=True, artist=b"somebody")}),
        {Trace(Kind.PLACE)},
    ),
    "a photograph": (photograph(place=True), {Trace(Kind.PLACE)}),
    "a photograph the other way round": (
        photograph(place=True, artist=NAME.encode(), order=">"),
        {AUTHOR, Trace(Kind.PLACE)},
    ),
    "a scan": (photograph(place=False), set()),
    "an old document": (old_word(NAME, "gb18030", 936), {AUTHOR}),
    "an old document in UTF-8": (old_word(NAME, "utf-8", 65001), {AUTHOR}),
    "a PDF of WPS": (pdf(b"/Author (" + WIDE + b")/Creator (WPS)"), {AUTHOR}),
    "a PDF in figures": (pdf(b"/Author <FEFF" + NAME.encode("utf-16-be").hex().encode() + b">"), {AUTHOR}),
    "a PDF with brackets": (pdf(b"/Author (a \\(b\\) (c)) /Title (x)"), {Trace(Kind.AUTHOR, "a (b) (c)")}),
    "a PDF with XMP": (
        pdf(f"/X 1\n<dc:creator> <rdf:Seq> <rdf:li>{NAME}</rdf:li></rdf:Seq></dc:creator>".encode()),
        {AUTHOR},
    ),
    "a PDF that is encrypted": (pdf(b"/Encrypt 9 0 R /Author (\x8f\x11\x02)"), set()),
    "a PDF that says nobody": (pdf(b"/Author () /Author(Administrator)/Author 5 0 R"), set()),
    "a text": ("作者：张某某".encode(), set()),
    "nothing": (b"", set()),
}  # fmt: skip


@pytest.mark.parametrize("name", TOLD)
def test_told(name: str) -> None:
    data, expected = TOLD[name]
    assert set(traces(data)) == expected
    assert original(data).sha256 == sha256(data).hexdigest()
    assert original(data).text == name.startswith(("a text", "nothing"))


@pytest.mark.parametrize(
    "name", ["Administrator", "微软用户", "lenovo", "USER-20190312", "某某镇党政办", "wps", "HP 1020", "…"]
)
def test_nobody(name: str) -> None:
    assert nobody(name)


@pytest.mark.parametrize("name", ["张某", "欧阳某某", "zhangsan", "Li Lei", "王国庆"])
def test_somebody(name: str) -> None:
    assert not nobody(name)


@pytest.mark.skipif(not CORPUS.exists(), reason="the development corpus is not at hand")
def test_real_files() -> None:
    """Each of the four published files names a person, none has anything graver."""
    found = {path.name: traces(path.read_bytes()) for path in sorted((CORPUS / "files").iterdir())}
    assert len(found) == 4
    assert all(told and all(trace.kind.named for trace in told) for told in found.values())


# --- hostile ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", TOLD)
def test_torn(name: str) -> None:
    """A file that ends anywhere, or is spoilt anywhere, raises nothing."""
    data = TOLD[name][0]
    for at in range(0, len(data), max(len(data) // 300, 1)):
        traces(data[:at])
        traces(data[:at] + b"\xff\xff" + data[at + 2 :])


@given(
    head=st.sampled_from(
        [b"PK\x03\x04", b"%PDF-/Author(", b"\xff\xd8\xff\xe1", TOLD["an old document"][0][:556]]
    ),
    rest=st.binary(max_size=400),
)
def test_anything(head: bytes, rest: bytes) -> None:
    assert all(len(trace.name) <= 1_000 for trace in traces(head + rest))


def test_a_part_that_grows() -> None:
    """A part says it is small and is not: no more of it is unpacked than is looked at."""
    bomb = packed({"docProps/core.xml": b" " * (64 << 20), "word/document.xml": b" " * (64 << 20)})
    assert len(bomb) < 1 << 20
    assert traces(bomb) == ()


HOSTILE = (
    b"/Author(",
    b"/Author <",
    b"/Author\n\n",
    b"<dc:creator> ",
    b"(((\\",
    b"<pdf:Author>",
    b"<dc:creator><rdf:Seq>",
)


@pytest.mark.parametrize("piece", HOSTILE)
def test_time_grows_with_length(piece: bytes) -> None:
    """Eight times the bytes take no more than eight times as long, with some room: never their square."""

    def took(length: int) -> float:
        data = b"%PDF-" + (piece * length)[:length]
        return max(min(_timed(data) for _ in range(2)), 0.02)

    assert took(4_000_000) < 30 * took(500_000)


def _timed(data: bytes) -> float:
    start = time.perf_counter()
    traces(data)
    return time.perf_counter() - start


# --- cleaning --------------------------------------------------------------------------------------------

KEPT = {Kind.REVISIONS, Kind.COMMENTS}


@pytest.mark.parametrize("name", TOLD)
def test_cleaned(name: str) -> None:
    """No name and no place is left, nothing else is touched; what needs people stays; again it changes nothing."""
    data, told = TOLD[name]
    clean = cleaned(data)
    assert set(traces(clean)) == {trace for trace in told if trace.kind in KEPT}
    assert (clean == data) == all(trace.kind in KEPT for trace in told)
    assert cleaned(clean) == clean
    for trace in told:
        name_ = trace.name
        assert not name_ or not any(name_.encode(code) in clean for code in ("utf-8", "gb18030", "utf-16-le"))


def test_what_is_printed_stays() -> None:
    """All other parts of a document, byte for byte; a picture's own bytes; the length of what is not packed."""
    parts = {
        "docProps/core.xml": CORE.format(NAME, NAME),
        "word/document.xml": "<w:document>张某某</w:document>",
    }
    data = packed({**parts, "word/media/image1.jpg": photograph(place=True)})
    before, after = (zipfile.ZipFile(io.BytesIO(file)) for file in (data, cleaned(data)))
    assert before.namelist() == after.namelist()
    assert after.read("word/document.xml") == before.read("word/document.xml")
    assert after.read("docProps/core.xml").decode() == CORE.format(" " * 9, " " * 9)
    assert after.read("word/media/image1.jpg").endswith(b"\xff\xda\0\2" + b"\1\2\3" * 100)
    for name in ("an old document", "a PDF of WPS", "a PDF in figures", "a PDF with XMP"):
        assert len(cleaned(TOLD[name][0])) == len(TOLD[name][0])
    assert cleaned(data) == cleaned(data)


def test_which_way_is_up_stays() -> None:
    picture = photograph(place=True, artist=b"somebody")
    turned = picture.replace(
        struct.pack("<HHII", 0x013B, 2, 9, 100), struct.pack("<HHIHH", 0x0112, 3, 1, 6, 0)
    )
    assert turned != picture
    clean = cleaned(turned)
    assert struct.pack("<HHIHH", 0x0112, 3, 1, 6, 0) in clean
    assert traces(clean) == ()
    assert len(clean) < len(turned)


@pytest.mark.parametrize("name", TOLD)
def test_torn_files_are_cleaned_or_refused(name: str) -> None:
    data = TOLD[name][0]
    for at in range(0, len(data), max(len(data) // 100, 1)):
        with suppress(UncleanError):
            assert {trace.kind for trace in traces(cleaned(data[:at] + b"\xff\xff" + data[at + 2 :]))} <= KEPT


@pytest.mark.skipif(not CORPUS.exists(), reason="the development corpus is not at hand")
def test_real_files_cleaned() -> None:
    for path in (CORPUS / "files").iterdir():
        assert traces(cleaned(path.read_bytes())) == ()


def test_strip(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The command writes a copy beside the file or elsewhere, and says what to write into the report file."""
    file, data = tmp_path / "年报.docx", packed({"docProps/core.xml": CORE.format(NAME, "")})
    file.write_bytes(data)
    assert main(["strip", str(file), "-o", str(tmp_path / "out")]) == 0
    clean = (tmp_path / "out/年报-clean.docx").read_bytes()
    said = capsys.readouterr().out
    assert f"sha256: {sha256(clean).hexdigest()}" in said
    assert "去掉了作者" in said
    assert NAME not in said
    assert file.read_bytes() == data
    assert main(["strip", str(tmp_path / "out/年报-clean.docx")]) == 0
    assert "不用清理" in capsys.readouterr().out


def test_strip_says_what_is_left(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What people have to settle, and what cannot be read."""
    both, only = tmp_path / "a.docx", tmp_path / "b.docx"
    both.write_bytes(packed({"docProps/core.xml": CORE.format(NAME, ""), "word/document.xml": DOCUMENT}))
    only.write_bytes(packed({"word/document.xml": DOCUMENT}))
    assert main(["strip", str(both), str(only)]) == 1
    assert capsys.readouterr().err.count("还有修订痕迹") == 2
    assert [path.name for path in sorted(tmp_path.iterdir())] == ["a-clean.docx", "a.docx", "b.docx"]
    assert main(["strip", str(tmp_path / "none.pdf")]) == 2
    assert "读不到原件" in capsys.readouterr().err


# --- in the archive --------------------------------------------------------------------------------------


def test_an_original_that_tells_is_kept_and_not_offered(tmp_path: Path) -> None:
    """The page names it and says why; the site has no copy. One that tells nothing is offered."""
    world = World(tmp_path)
    world.write_report(UNITS[0], 2022, original="没有什么")
    world.write_report(UNITS[0], 2023, original="有作者")
    told = world.unit_folder(UNITS[0]) / "source/2023.txt"
    told.write_bytes(packed({"docProps/core.xml": CORE.format(NAME, ""), "word/document.xml": DOCUMENT}))
    site = world.build()

    assert f"units/{UNITS[0]}/2022/source/2022.txt" in tree(site)
    assert not [path for path in tree(site) if path.startswith(f"units/{UNITS[0]}/2023/source")]
    page = (site / f"units/{UNITS[0]}/2023/index.html").read_text(encoding="utf-8")
    assert "2023.txt" in page
    assert "网站不提供它的下载" in page
    assert NAME not in page
    assert "张＊＊" in page


def test_a_fingerprint_that_is_not_the_originals(tmp_path: Path) -> None:
    """It is an error in the file, in its place, with the right one to copy."""
    world = World(tmp_path)
    world.write_report(UNITS[0], 2023, original="原件")
    file = world.report_file((UNITS[0], 2023))
    text = file.read_text(encoding="utf-8")
    file.write_text(
        text.replace('"文件": "2023.txt"', f'"文件": "2023.txt", "sha256": "{"0" * 64}"'), encoding="utf-8"
    )
    store = Store(world.base)
    code, folder = next(job for job in store.counties() if job[0] == UNITS[0][:6])
    found = [f for f in read_county(store, store.county(code, folder), store.register(), 2026).findings
             if f.rule == "AR-HASH"]  # fmt: skip

    assert [(f.severity, f.path, f.year) for f in found] == [(Severity.ERROR, "来源/sha256", 2023)]
    assert sha256("原件".encode()).hexdigest() in found[0].hint
