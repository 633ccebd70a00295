"""Compressed pieces are joined without being compressed again: what comes out is what went in, one after the other."""

from __future__ import annotations

import gzip
import zlib
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from build_tools.export import spool as spooling
from build_tools.export.splice import Press, combine
from build_tools.export.spool import Member, Spool, write_gzip, write_plain, write_zip
from build_tools.packs import END, Segment

PIECES = st.lists(
    st.binary(max_size=300) | st.binary(min_size=1, max_size=3).map(lambda some: some * 999), max_size=6
)


def pressed(pieces: list[bytes]) -> list[Segment]:
    press = Press()
    return [press.segment(piece) for piece in pieces]


def spooled(folder: Path, pieces: list[bytes]) -> Spool:
    spool = Spool(folder / "spool")
    for segment in pressed(pieces):
        spool.add(segment)
    spool.close()
    return spool


@given(st.binary(max_size=300), st.binary(max_size=300))
def test_checksums_combine(first: bytes, second: bytes) -> None:
    assert combine(zlib.crc32(first), zlib.crc32(second), len(second)) == zlib.crc32(first + second)


@given(st.binary(min_size=1, max_size=9), st.integers(0, 200_000))
def test_checksums_of_long_pieces(first: bytes, size: int) -> None:
    """Every power of two of a length is worked out right."""
    second = bytes(size)
    assert combine(zlib.crc32(first), zlib.crc32(second), size) == zlib.crc32(first + second)


def test_lengths_that_no_memory_holds() -> None:
    """Combining is associative: 5 GB of noughts in one step or in many."""
    piece, crc = 1 << 20, zlib.crc32(bytes(1 << 20))
    grown, size = crc, piece
    while size < 5 << 30:
        grown, size = combine(grown, grown, size), 2 * size
    stepwise = crc
    for _ in range(size // piece - 1):
        stepwise = combine(stepwise, crc, piece)
    assert grown == stepwise


@given(PIECES)
def test_any_segments_are_one_stream(pieces: list[bytes]) -> None:
    """In any order, and whatever was pressed before."""
    segments = pressed(pieces)
    for order in (segments, segments[::-1]):
        stream = b"".join(segment.data for segment in order) + END
        inflater = zlib.decompressobj(-zlib.MAX_WBITS)
        assert inflater.decompress(stream) == b"".join(segment.held() for segment in order)
        assert (inflater.eof, inflater.unused_data) == (True, b"")
    assert [segment.held() for segment in segments] == pieces
    assert [(s.size, s.crc) for s in segments] == [(len(p), zlib.crc32(p)) for p in pieces]


@given(PIECES)
def test_what_is_joined_on_the_disk(tmp_path_factory: pytest.TempPathFactory, pieces: list[bytes]) -> None:
    """As gzip of one member, as a file in a zip, plain."""
    folder, whole = tmp_path_factory.mktemp("spool"), b"".join(pieces)
    head, spool = Press().segment(b"head\n"), spooled(folder, pieces)
    write_gzip(folder / "a.gz", [head, spool])
    write_zip(folder / "a.zip", [Member("a", [head, spool]), Member("b", [spool, head]), Member("c", [])])
    write_plain(folder / "a", [head, spool])

    assert gzip.decompress((folder / "a.gz").read_bytes()) == b"head\n" + whole
    assert (folder / "a").read_bytes() == b"head\n" + whole
    with ZipFile(folder / "a.zip") as packed:
        assert packed.testzip() is None
        assert {name: packed.read(name) for name in packed.namelist()} == {
            "a": b"head\n" + whole, "b": whole + b"head\n", "c": b""
        }  # fmt: skip
    assert (spool.size, spool.crc) == (len(whole), zlib.crc32(whole))


def test_one_member(tmp_path: Path) -> None:
    """Programs that read the first member of a gzip file alone read all of it."""
    write_gzip(tmp_path / "a.gz", [spooled(tmp_path, [b"one\n", b"two\n"])])
    inflater = zlib.decompressobj(16 + zlib.MAX_WBITS)
    assert inflater.decompress((tmp_path / "a.gz").read_bytes()) == b"one\ntwo\n"
    assert (inflater.eof, inflater.unused_data) == (True, b"")


@given(st.lists(st.text(max_size=9).map(lambda text: text.replace("\n", "") + "\n"), max_size=9))
def test_lines(tmp_path_factory: pytest.TempPathFactory, lines: list[str]) -> None:
    data = [line.encode("utf-8", "surrogatepass") for line in lines]
    spool = spooled(tmp_path_factory.mktemp("spool"), data)
    assert [line + b"\n" for line in spool.lines()] == data


def test_another_zipfile_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The members are written by what the library keeps inside: where that is not as it was, nothing is written."""

    class Other(ZipFile):
        fp = None

        def __init__(self, *_: object) -> None:
            """Open nothing."""

        def __exit__(self, *_: object) -> None:
            """Close nothing."""

        def __del__(self) -> None:
            """Nothing is open."""

    monkeypatch.setattr(spooling, "ZipFile", Other)
    with pytest.raises(spooling.OddLibraryError):
        write_zip(tmp_path / "a.zip", [Member("a", [])])


def test_the_same_bytes_each_time(tmp_path: Path) -> None:
    pieces = [b"one" * 99, b"", b"two"]
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        write_zip(tmp_path / name / "x", [Member("m", [spooled(tmp_path / name, pieces)])])
    assert (tmp_path / "a/x").read_bytes() == (tmp_path / "b/x").read_bytes()


def test_more_than_four_gigabytes(tmp_path: Path) -> None:
    """What the headers of zip and gzip cannot count with four bytes."""
    noughts, spool = Press().segment(bytes(1 << 26)), Spool(tmp_path / "spool")
    for _ in range(65):
        spool.add(noughts)
    spool.close()
    write_zip(tmp_path / "a.zip", [Member("a", [spool]), Member("b", [Press().segment(b"behind")])])
    write_gzip(tmp_path / "a.gz", [spool])

    with ZipFile(tmp_path / "a.zip") as packed:
        assert packed.infolist()[0].file_size == 65 << 26
        assert packed.read("b") == b"behind"
        with packed.open("a") as member:
            assert member.read(1 << 16) == bytes(1 << 16)
    assert int.from_bytes((tmp_path / "a.gz").read_bytes()[-4:], "little") == (65 << 26) % (1 << 32)
