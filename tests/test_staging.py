"""The finished site takes the last one's place, or the last one stays: at every step."""

import subprocess
import sys
from pathlib import Path

import pytest

from build_tools.files import UnreadableError, open_ordinary, write_text
from build_tools.staging import Staging


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """The last good site."""
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / "index.html").write_text("old", encoding="utf-8")
    return folder


def _next(site: Path) -> Staging:
    staging = Staging(site)
    staging.begin()
    (staging.folder / "index.html").write_text("new", encoding="utf-8")
    return staging


def _names(site: Path) -> list[str]:
    return sorted(p.name for p in site.parent.iterdir())


def test_swap(site: Path) -> None:
    """The new site stands in the old one's place and nothing is left beside it."""
    _next(site).swap()
    assert (site / "index.html").read_text(encoding="utf-8") == "new"
    assert _names(site) == ["site"]


def test_first_site(tmp_path: Path) -> None:
    """There need not have been one."""
    _next(tmp_path / "site").swap()
    assert _names(tmp_path / "site") == ["site"]


@pytest.mark.parametrize("step", [1, 2])
def test_interrupted_swap(site: Path, monkeypatch: pytest.MonkeyPatch, step: int) -> None:
    """An interrupt at either rename, and the clearing up after it, leave the old site whole."""
    staging, calls = _next(site), 0
    rename = Path.rename

    def interrupted(self: Path, target: Path) -> Path:
        nonlocal calls
        calls += 1
        if calls == step:
            raise KeyboardInterrupt
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", interrupted)
    with pytest.raises(KeyboardInterrupt):
        staging.swap()
    monkeypatch.undo()
    staging.discard()

    assert (site / "index.html").read_text(encoding="utf-8") == "old"
    assert _names(site) == ["site"]


def test_killed_between_the_renames(site: Path) -> None:
    """The next build puts back what a killed one set aside."""
    site.rename(site.with_name(".site.old"))
    staging = Staging(site)
    staging.begin()
    assert (site / "index.html").read_text(encoding="utf-8") == "old"
    staging.discard()


def test_two_builds_at_once(site: Path) -> None:
    """While one build is under way another refuses to start, and says so."""
    staging = _next(site)
    code = f"from pathlib import Path; from build_tools.staging import Staging; Staging(Path({str(site)!r})).begin()"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)

    assert "UnreadableError" in done.stderr
    assert (staging.folder / "index.html").exists()


def test_one_build_after_another(site: Path) -> None:
    """A build that ended, well or badly, is in nobody's way, in this process either."""
    _next(site).discard()
    _next(site).swap()
    _next(site).swap()
    assert _names(site) == ["site"]


def test_only_ordinary_files_are_opened(tmp_path: Path) -> None:
    """Links and folders are refused; nothing is read through them."""
    (tmp_path / "link").symlink_to("/etc/passwd")
    for name in ("link", "."):
        with pytest.raises(OSError, match=r".+"):
            open_ordinary(tmp_path / name)


def test_written_whole_or_not_at_all(tmp_path: Path) -> None:
    """A text that cannot be encoded leaves the old file and no other."""
    path = tmp_path / "a.yml"
    write_text(path, "一")
    with pytest.raises(UnicodeEncodeError):
        write_text(path, "\ud800")
    assert path.read_text(encoding="utf-8") == "一"
    assert [p.name for p in tmp_path.iterdir()] == ["a.yml"]


def test_a_place_that_cannot_be_written(tmp_path: Path) -> None:
    """Where a file stands in the way of a folder, the message says which."""
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(UnreadableError, match="file"):
        write_text(tmp_path / "file/a.yml", "")
