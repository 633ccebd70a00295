"""The finished copy takes the place of the one that is shown, or that one stays: at every step."""

import subprocess
import sys
from pathlib import Path

import pytest

from build_tools.files import UnreadableError, open_ordinary, write_text
from build_tools.publish import twins
from build_tools.publish.part import part
from build_tools.publish.twins import Twins

ways = pytest.mark.parametrize("exchange", [True, False], ids=["in one step", "in three steps"])


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site that was built twice."""
    _build(tmp_path / "site", "older")
    _build(tmp_path / "site", "old")
    return tmp_path / "site"


def _made(site: Path, text: str) -> tuple[Twins, dict[str, str]]:
    twins_ = Twins(site)
    twins_.begin()
    twins_.made.unseal()
    with part(twins_.made, twins_.shown, "all") as out:
        out.put("", [("index.html", text)])
        return twins_, {"all": out.close()}


def _build(site: Path, text: str) -> None:
    twins_, parts = _made(site, text)
    twins_.finish(parts)
    twins_.end()


def _shown(site: Path) -> str:
    return (site / "index.html").read_text(encoding="utf-8")


def _names(site: Path) -> list[str]:
    return sorted(p.name for p in site.parent.iterdir())


def _forbid_exchange(monkeypatch: pytest.MonkeyPatch, *, exchange: bool) -> None:
    if not exchange:
        monkeypatch.setattr(twins, "_renameat2", lambda: None)


@ways
def test_exchange(site: Path, monkeypatch: pytest.MonkeyPatch, *, exchange: bool) -> None:
    """The new copy is shown, the old one is kept for the next build, and nothing else is left."""
    _forbid_exchange(monkeypatch, exchange=exchange)
    _build(site, "new")
    assert _shown(site) == "new"
    assert (site.parent / ".site.twin/index.html").read_text(encoding="utf-8") == "old"
    assert _names(site) == [".site.twin", "site"]


def test_first_site(tmp_path: Path) -> None:
    """There need not have been one."""
    _build(tmp_path / "site", "new")
    assert (_shown(tmp_path / "site"), _names(tmp_path / "site")) == ("new", ["site"])


@pytest.mark.parametrize("step", [1, 2, 3])
def test_interrupted_in_three_steps(site: Path, monkeypatch: pytest.MonkeyPatch, step: int) -> None:
    """The next build puts back what it finds set aside: the old site before the second step, then the new one stays."""
    _forbid_exchange(monkeypatch, exchange=False)
    rename, calls = Path.rename, iter(range(1, 9))

    def interrupted(self: Path, target: Path) -> Path:
        if next(calls) == step:
            raise KeyboardInterrupt
        return rename(self, target)

    twins_, parts = _made(site, "new")
    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", interrupted)
        with pytest.raises(KeyboardInterrupt):
            twins_.finish(parts)
    twins_.end()
    Twins(site).begin()

    assert _shown(site) == ("new" if step == 3 else "old")
    assert _names(site) == [".site.twin", "site"]


def test_a_site_of_another_make(tmp_path: Path) -> None:
    """It is shown until there is a new one; then it is not built upon."""
    (tmp_path / "site").mkdir()
    (tmp_path / "site/old.html").touch()
    _build(tmp_path / "site", "new")
    _build(tmp_path / "site", "newer")
    assert not (tmp_path / "site/old.html").exists()
    assert not (tmp_path / ".site.twin/old.html").exists()


def test_a_link_to_the_site(site: Path, tmp_path: Path) -> None:
    """It stays a link: who serves the folder it leads to sees the new site there."""
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere/site").symlink_to(site)
    _build(tmp_path / "elsewhere/site", "new")
    assert (tmp_path / "elsewhere/site").is_symlink()
    assert _shown(site) == "new"


def test_a_damaged_copy_is_made_anew(site: Path) -> None:
    """What is in it is not known."""
    list_ = site.parent / ".site.twin/manifest/all.tsv"
    list_.write_bytes(list_.read_bytes()[:-5])
    Twins(site).begin()
    assert not (site.parent / ".site.twin").exists()
    assert _shown(site) == "old"


def test_two_builds_at_once(site: Path) -> None:
    """While one build is under way another refuses to start, and says so."""
    twins_, _ = _made(site, "new")
    code = f"from pathlib import Path; from build_tools.publish.twins import Twins; Twins(Path({str(site)!r})).begin()"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert "UnreadableError" in done.stderr
    assert (_shown(site), (twins_.made.folder / "index.html").exists()) == ("old", True)
    twins_.end()
    twins_.end()
    _build(site, "new")


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
