"""The list of a site's files says what it was given, and leads nowhere else."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from build_tools.publish.manifest import (
    Listed,
    ManifestError,
    changed,
    listed,
    part_of,
    part_path,
    read,
    write,
)

NAME = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="/\\\0"), min_size=1, max_size=8
).filter(lambda name: name not in {".", ".."})
PATH = st.lists(NAME, min_size=1, max_size=4).map("/".join)
ENTRY = st.builds(listed, st.binary(max_size=9))


@given(files=st.dictionaries(PATH, ENTRY, max_size=6))
def test_read_back(files: dict[str, Listed]) -> None:
    """Whatever a file is called; one line for each, in order."""
    data = write(files)
    assert read(data) == files
    assert data.count(b"\n") == len(files)


def test_as_it_stands() -> None:
    """Size, SHA-256, path; what would break a line is written as in an address."""
    digest = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    files = {"单位/a": listed(b""), "a\n%\t": listed(b"")}
    assert write(files) == f"0\t{digest}\ta%0A%25%09\n0\t{digest}\t单位/a\n".encode()


@pytest.mark.parametrize(
    "path",
    ["/etc/passwd", "../a", "a/../b", "a/..", "a//b", "./a", "a/", "%2e%2e/a", "a%2F..%2Fb", "a%5Cb", "a%00"],
)
def test_paths_that_lead_elsewhere(path: str) -> None:
    """A list that was tampered with takes nothing away outside of the site."""
    with pytest.raises(ManifestError, match="leads out"):
        read(f"0\t{'0' * 64}\t{path}\n".encode())


@pytest.mark.parametrize(
    "data", [b"\n", b"0\tx\ta\n", b"\xff\n", b"0\t" + b"0" * 64 + b"\ta", b"x" * 200 + b"\n"]
)
def test_no_list(data: bytes) -> None:
    """Anything that was not written here, or was cut off."""
    with pytest.raises(ManifestError):
        read(data)


def test_parts() -> None:
    assert part_of(part_path("330411")) == "330411"
    assert re.fullmatch(r"manifest/[^/]+\.tsv", part_path("330411"))


def test_changed() -> None:
    """What has to be brought to a copy, and what has to go."""
    old = {"a": listed(b"1"), "b": listed(b"2"), "c": listed(b"3")}
    new = {"b": listed(b"2"), "c": listed(b"4"), "d": listed(b"5")}
    assert changed(old, new) == (["c", "d"], ["a"])
