"""A build replaces all that is where the site goes: it goes nowhere that holds what is not ours."""

from pathlib import Path

import pytest

from build_tools.publish.places import PlaceError, check_shard, check_site


@pytest.fixture
def base(tmp_path: Path) -> Path:
    """The folder of an archive, with neighbours."""
    for name in ("archive/reports/33", "archive/docs", "archive/site", "archive/shards", "home/letters"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "archive/site/manifest.tsv").touch()
    (tmp_path / "archive/site/units").mkdir()
    return tmp_path / "archive"


def _fill(folder: Path, *names: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        (folder / name).touch()
    return folder


def test_a_site_may_go(base: Path) -> None:
    """Into a folder that is not there, is empty, or holds a site of ours, with its list or from before lists."""
    former = _fill(base.parent / "former", "index.html", "404.html", "units")
    for folder in (base / "site", base / "new", base.parent / "new/deep", _fill(base / "empty"), former):
        check_site(folder, base)


@pytest.mark.parametrize(
    "name", [".", "..", "reports", "reports/33", "docs/x", ".git", "../home", "/", "site/../reports"]
)
def test_a_site_may_not_go(base: Path, name: str) -> None:
    """Into the sources, above them, or into a folder of other things."""
    with pytest.raises(PlaceError, match=r"换一个|移走"):
        check_site(base / name, base)


def test_a_link_to_the_sources(base: Path) -> None:
    """What a link leads to counts."""
    (base.parent / "link").symlink_to(base / "reports")
    with pytest.raises(PlaceError, match="档案本身"):
        check_site(base.parent / "link", base)


def test_a_file(base: Path) -> None:
    """A file is no place for a site."""
    with pytest.raises(PlaceError, match="不是文件夹"):
        check_site(_fill(base.parent, "note") / "note", base)


def test_a_shard_may_go(base: Path) -> None:
    """Into a folder that is not there, is empty, or holds a shard, finished or not."""
    begun = _fill(base / "shards/41", "records", ".site.twin")
    for folder in (base / "shards/33", _fill(base / "shards/34"), begun):
        check_shard(folder, base)


@pytest.mark.parametrize("name", ["site", "site/33", "reports/33", ".", "../home"])
def test_a_shard_may_not_go(base: Path, name: str) -> None:
    """Into a site that is shown, into the sources, or among other things."""
    with pytest.raises(PlaceError, match="换一个"):
        check_shard(base / name, base)


def test_messages_are_followed(base: Path) -> None:
    """Once the folder is emptied, as the message says, it will do."""
    folder = _fill(base.parent / "www", "letter.txt")
    with pytest.raises(PlaceError, match="先自己清空它"):
        check_site(folder, base)
    (folder / "letter.txt").unlink()
    check_site(folder, base)
