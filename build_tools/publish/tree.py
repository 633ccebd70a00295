"""A copy of the site on disk, in parts, each with the list of its files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from build_tools.files import replace_bytes
from build_tools.publish import manifest
from build_tools.publish.manifest import Listed, ManifestError, listed

JOURNAL = ".open"
_HALF_WRITTEN = ".writing-*"  # as files.py calls what it has not put in its place yet


@dataclass(frozen=True, slots=True)
class Tree:
    """One copy of the site."""

    folder: Path

    def parts(self) -> dict[str, str]:
        """The SHA-256 of each part's list; of an unfinished copy, of those parts that are whole."""
        top = self._top()
        if top is None:
            return self._whole_parts()
        return {manifest.part_of(path): entry.sha256 for path, entry in top.items()}

    def finished(self) -> bool:
        """Whether the copy is finished, and every list is there and as long as it was."""
        top = self._top()
        return top is not None and all(self._size(path) == entry.size for path, entry in top.items())

    def usable(self) -> bool:
        """Whether its lists can be relied on. Those of an unfinished copy can: each was put there in one step."""
        if (self.folder / manifest.TOP).exists():
            return self.finished()
        return (self.folder / manifest.FOLDER).is_dir()

    def _top(self) -> dict[str, Listed] | None:
        try:
            return manifest.read((self.folder / manifest.TOP).read_bytes()) or None
        except (OSError, ManifestError):
            return None

    def _size(self, path: str) -> int:
        try:
            return (self.folder / path).stat().st_size
        except OSError:
            return -1

    def _whole_parts(self) -> dict[str, str]:
        lists = sorted((self.folder / manifest.FOLDER).glob("*.tsv"))
        return {path.stem: listed(path.read_bytes()).sha256 for path in lists}

    def listing(self, part: str) -> dict[str, Listed]:
        """The files of a part; none when the copy does not have it."""
        try:
            return manifest.read((self.folder / manifest.part_path(part)).read_bytes())
        except (OSError, ManifestError):
            return {}

    def mend(self) -> None:
        """Take away the parts that an interrupted build left half done."""
        for journal in sorted((self.folder / manifest.FOLDER).glob(f"*{JOURNAL}")):
            part = journal.name.removesuffix(JOURNAL)
            noted = journal.read_text(encoding="utf-8", errors="surrogateescape").split("\0")
            take_away(self.folder, {*self.listing(part), *noted[:-1]})
            (self.folder / manifest.part_path(part)).unlink(missing_ok=True)
            journal.unlink()
        for folder in (self.folder, self.folder / manifest.FOLDER):
            for half_written in folder.glob(_HALF_WRITTEN):
                half_written.unlink()

    def drop(self, part: str) -> None:
        """Take a whole part away."""
        take_away(self.folder, self.listing(part))
        (self.folder / manifest.part_path(part)).unlink(missing_ok=True)

    def seal(self, parts: Mapping[str, str]) -> None:
        """Say that the copy is finished and holds these parts."""
        at = {part: self.folder / manifest.part_path(part) for part in parts}
        top = {
            manifest.part_path(part): Listed(at[part].stat().st_size, digest)
            for part, digest in parts.items()
        }
        replace_bytes(self.folder / manifest.TOP, manifest.write(top))

    def seal_again(self) -> None:
        """Say that nobody works on the copy any more, whatever parts it holds."""
        if self.folder.exists() and not (self.folder / manifest.TOP).exists():
            self.seal(self._whole_parts())

    def unseal(self) -> None:
        """Say that the copy is being worked on."""
        (self.folder / manifest.TOP).unlink(missing_ok=True)


NOTHING = Tree(Path("/nonexistent"))
"""A copy that holds nothing, where there is none to share with."""


def take_away(folder: Path, paths: Iterable[str]) -> None:
    """Remove files, and the folders that become empty."""
    above: set[str] = set()
    for path in paths:
        with suppress(FileNotFoundError, NotADirectoryError, IsADirectoryError):
            (folder / path).unlink()
        above.update(str(parent) for parent in PurePosixPath(path).parents)
    for path in sorted(above - {"."}, key=len, reverse=True):
        with suppress(OSError):  # not empty, or not there
            (folder / path).rmdir()
