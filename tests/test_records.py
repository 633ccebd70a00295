"""What is known of a county holds as long as its files, its surroundings and what all pages hang on are the same."""

import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from build_tools import records as module
from build_tools.clock import moment
from build_tools.files import UnreadableError
from build_tools.records import Record, Records, look
from build_tools.store import Store
from build_tools.survey import survey
from build_tools.workers import spread
from tests.buildwork import World

NAME = "330411"


def _none(_: str) -> bool:
    return False


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A county."""
    (tmp_path / "county/unit/source").mkdir(parents=True)
    (tmp_path / "county/unit/2020.yml").write_text("甲", encoding="utf-8")
    (tmp_path / "county/unit/source/a.txt").write_text("原件", encoding="utf-8")
    return tmp_path / "county"


@pytest.fixture
def records(tmp_path: Path, folder: Path) -> Records:
    """Records that know it."""
    made = Records(tmp_path / "records", "common")
    seen, asked = made.look(NAME, folder), {"330402001": False}
    made.write(
        NAME, Record(made.key(NAME, seen, asked), moment(), seen, asked, "listing", "run", '{"a":"二"}')
    )
    return made


def test_read_back(records: Records, folder: Path) -> None:
    record = records.fresh(NAME, folder, _none)
    assert record
    assert (record.listing, record.run, record.told) == ("listing", "run", '{"a":"二"}')
    assert records.told(NAME) == record.told


CHANGES: dict[str, Callable[[Path], object]] = {
    "content": lambda folder: (folder / "unit/2020.yml").write_text("乙", encoding="utf-8"),
    "original": lambda folder: (folder / "unit/source/a.txt").write_text("新的", encoding="utf-8"),
    "added": lambda folder: (folder / "unit/2021.yml").touch(),
    "removed": lambda folder: (folder / "unit/2020.yml").unlink(),
    "renamed": lambda folder: (folder / "unit/2020.yml").rename(folder / "unit/2021.yml"),
    "folder": lambda folder: (folder / "other").mkdir(),
    "link": lambda folder: (folder / "unit/2021.yml").symlink_to("2020.yml"),
    "pipe": lambda folder: os.mkfifo(folder / "unit/2021.yml"),
    "all": shutil.rmtree,
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_is_seen(records: Records, folder: Path, change: str) -> None:
    CHANGES[change](folder)
    folder.mkdir(exist_ok=True)
    assert records.fresh(NAME, folder, _none) is None


@pytest.mark.parametrize("back", ["in the file", "in another file"])
def test_a_change_that_leaves_size_and_time(
    records: Records, folder: Path, monkeypatch: pytest.MonkeyPatch, back: str
) -> None:
    """Times can be set back. That they were is seen, even where times are believed."""
    monkeypatch.setattr(module, "_TICK", -(10**12))
    path = folder / "unit/2020.yml"
    about = path.stat()
    if back == "in another file":
        path.rename(folder.parent / "kept")
    path.write_text("乙", encoding="utf-8")
    os.utime(path, ns=(about.st_atime_ns, about.st_mtime_ns))
    assert records.fresh(NAME, folder, _none) is None


def test_what_does_not_matter(records: Records, folder: Path) -> None:
    """Times, other files with the same in them, what is hidden."""
    os.utime(folder / "unit/2020.yml")
    shutil.copy(folder / "unit/2020.yml", folder / "unit/.copy")
    (folder / "unit/.copy").replace(folder / "unit/2020.yml")
    (folder / "unit/.swap").touch()
    assert records.fresh(NAME, folder, _none)


def test_times_are_believed_only_after_a_while(
    records: Records, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that was changed just before it was looked at is read again; later its times will do."""
    read: list[str] = []
    content = module._content

    def told(path: str) -> str:
        read.append(path)
        return content(path)

    monkeypatch.setattr(module, "_content", told)
    assert records.fresh(NAME, folder, _none)
    assert len(read) == 2
    monkeypatch.setattr(module, "_TICK", -(10**12))
    assert records.fresh(NAME, folder, _none)
    assert len(read) == 2


def test_what_it_asked_of_others(records: Records, folder: Path) -> None:
    assert records.fresh(NAME, folder, lambda _: True) is None


def test_what_all_hangs_on(records: Records, folder: Path) -> None:
    assert replace(records, common="other").fresh(NAME, folder, _none) is None


@pytest.mark.parametrize("nth", range(8))
def test_damage_makes_a_record_none(records: Records, nth: int) -> None:
    """Cut off anywhere, changed anywhere, or of another make."""
    path = records.folder / NAME
    whole = path.read_bytes()
    at = len(whole) * nth // 8
    for damaged in (whole[:at], whole[:at] + b"#" + whole[at + 1 :], b'["", 0, [], {}, "", ""]\n{}', b"\xff"):
        path.write_bytes(damaged)
        assert records.read(NAME) is None


def test_a_file_that_goes_while_it_is_looked_at(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is told as what it is."""
    monkeypatch.setattr(module, "_seen", lambda *_: (folder / "gone").stat())
    with pytest.raises(UnreadableError, match=r"读不到 .*gone：没有这个文件"):
        look(folder, {}, 0)


def test_forgetting(records: Records) -> None:
    records.keep_only([])
    assert records.read(NAME) is None


def test_an_archive_that_cannot_be_written_to_is_checked(tmp_path: Path) -> None:
    """What was found is not kept, that is all."""
    world = World(tmp_path)
    (tmp_path / "cache").touch()
    found = [
        list(survey(Store(world.base), 2026, spread, tmp_path / name)) for name in ("cache", "good", "good")
    ]
    assert found[0] == found[1] == found[2]
    assert (tmp_path / "good/survey").is_dir()
