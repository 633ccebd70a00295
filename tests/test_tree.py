"""A copy of the site: files that stay are left alone, files of both copies are one, and what is half done goes."""

import os
from pathlib import Path

import pytest

from build_tools.files import UnreadableError
from build_tools.publish import manifest
from build_tools.publish.part import part
from build_tools.publish.tree import Tree
from tests.sitework import tree as contents

Files = dict[str, str]


def _put(made: Tree, shown: Tree, name: str, files: Files) -> str:
    with part(made, shown, name) as out:
        out.put("", list(files.items()))
        return out.close()


@pytest.fixture
def shown(tmp_path: Path) -> Tree:
    """A finished copy with two parts."""
    made = Tree(tmp_path / "site")
    parts = {
        "a": _put(made, Tree(tmp_path / "no"), "a", {"a/1": "一", "a/b/2": "二"}),
        "b": _put(made, Tree(tmp_path / "no"), "b", {"b/1": "一"}),
    }
    made.seal(parts)
    return made


@pytest.fixture
def made(tmp_path: Path) -> Tree:
    """A copy that is not there yet."""
    return Tree(tmp_path / "made")


def _number(copy: Tree, path: str) -> int:
    return (copy.folder / path).stat().st_ino


def test_a_finished_copy(shown: Tree) -> None:
    """It knows its parts, and says of every file what it holds."""
    assert set(contents(shown.folder)) == {
        *("a/1", "a/b/2", "b/1"),
        *("manifest.tsv", "manifest/a.tsv", "manifest/b.tsv"),
    }
    assert shown.listing("a") == {
        path: manifest.listed(text.encode()) for path, text in (("a/1", "一"), ("a/b/2", "二"))
    }
    assert set(shown.parts()) == {"a", "b"}
    assert shown.finished()
    assert shown.usable()


def test_files_of_both_copies_are_one(shown: Tree, made: Tree) -> None:
    """Also where they are made again; what differs is another file, and the one that is shown does not change."""
    _put(made, shown, "a", {"a/1": "一", "a/b/2": "贰"})
    assert _number(made, "a/1") == _number(shown, "a/1")
    assert _number(made, "a/b/2") != _number(shown, "a/b/2")
    assert (shown.folder / "a/b/2").read_text(encoding="utf-8") == "二"


def test_a_whole_part_is_shared(shown: Tree, made: Tree) -> None:
    """With its list."""
    with part(made, shown, "a") as out:
        out.share()
        assert out.close() == shown.parts()["a"]
        assert (out.files, out.bytes) == (0, 0)
    for path in ("a/1", "a/b/2", "manifest/a.tsv"):
        assert _number(made, path) == _number(shown, path)


def test_an_own_file_is_overwritten_where_it_lies(shown: Tree, made: Tree) -> None:
    """One that is shared is not: nothing is ever written into the copy that is shown."""
    _put(made, shown, "a", {"a/1": "一", "a/b/2": "一百"})
    own, shared = _number(made, "a/b/2"), _number(made, "a/1")
    _put(made, shown, "a", {"a/1": "二", "a/b/2": "三"})
    assert (_number(made, "a/b/2"), (made.folder / "a/b/2").read_text(encoding="utf-8")) == (own, "三")
    assert _number(made, "a/1") != shared
    assert (shown.folder / "a/1").read_text(encoding="utf-8") == "一"


def test_what_a_part_no_longer_has_goes(shown: Tree, made: Tree) -> None:
    """With the folders that become empty."""
    _put(made, shown, "a", {"a/1": "一", "a/b/2": "二"})
    _put(made, shown, "b", {"b/1": "一"})
    _put(made, shown, "a", {"a/1": "一"})
    assert not (made.folder / "a/b").exists()
    made.drop("b")
    assert set(contents(made.folder)) == {"a/1", "manifest/a.tsv"}


def test_what_is_half_done_goes(shown: Tree, made: Tree) -> None:
    """A part that was begun is taken away as a whole: nobody knows how far it came."""
    _put(made, shown, "a", {"a/1": "一", "a/b/2": "二"})
    _put(made, shown, "b", {"b/1": "一"})
    with part(made, shown, "a") as out:
        out.put("a/", [("3", "三")])
    (made.folder / "manifest/.writing-x").touch()
    made.mend()
    assert set(contents(made.folder)) == {"b/1", "manifest/b.tsv"}
    assert set(made.parts()) == {"b"}


def test_where_links_are_impossible(shown: Tree, made: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    """As on another disk: files are copied."""

    def refuse(*_: object, **__: object) -> None:
        raise OSError(18, "Invalid cross-device link")

    monkeypatch.setattr(os, "link", refuse)
    with part(made, shown, "a") as out:
        out.share()
        out.close()
    assert contents(made.folder) == {
        path: data for path, data in contents(shown.folder).items() if path.startswith(("a/", "manifest/a"))
    }
    assert _number(made, "a/1") != _number(shown, "a/1")


@pytest.mark.parametrize("damage", [b"", b"1\tx\n", None])
@pytest.mark.parametrize("path", ["manifest.tsv", "manifest/a.tsv"])
def test_a_damaged_copy_is_not_finished(shown: Tree, path: str, damage: bytes | None) -> None:
    """One whose lists are missing, or not as long as they were."""
    if damage is None:
        (shown.folder / path).unlink()
    else:
        (shown.folder / path).write_bytes(damage)
    assert not shown.finished()
    assert shown.usable() == (damage is None and path == manifest.TOP)


def test_what_the_disk_refuses_is_told(shown: Tree, made: Tree) -> None:
    """Where a file stands in the way of a folder, for one."""
    made.folder.mkdir()
    (made.folder / "a").touch()
    with pytest.raises(UnreadableError, match=r"写不进 .*made"):
        _put(made, shown, "a", {"a/1": "新"})
