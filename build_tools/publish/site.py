"""What the pages of the archive hang on, and where their files go."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from build_tools.archive import Register
from build_tools.county import County, read_county
from build_tools.files import digest
from build_tools.former import NOTHING, Former
from build_tools.history import UNTOLD, History
from build_tools.publish.manifest import Listing, listed
from build_tools.render.pages import Page
from build_tools.shell import HOME, Shell
from build_tools.store import DIVISIONS, Store


class Out(Protocol):
    """Where files go: `put` writes some into the folder of an address, `units/330411103/2020/`."""

    def put(self, folder: str, files: Sequence[tuple[str, str | bytes]]) -> None: ...


class Sheaf:
    """Files kept in memory: for what is small whatever the size of the archive."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}

    def put(self, folder: str, files: Sequence[tuple[str, str | bytes]]) -> None:
        """Take some files in."""
        for name, content in files:
            self.files[folder + name] = content.encode("utf-8") if isinstance(content, str) else content

    def fill(self, out: Out) -> None:
        """Hand them on."""
        out.put("", list(self.files.items()))

    def listing(self) -> Listing:
        """Their list."""
        return {path: listed(data) for path, data in self.files.items()}


@dataclass(frozen=True, slots=True)
class Site:
    """Where the archive comes from, and what all pages hang on; `shells` by depth of address.

    A `preview` is kept apart from builds: its pages may be of reports with errors, as far as they can be read.
    On `former` and `history` hang the pages of the counties they concern: records have their keys (`own`), `digest`
    only whether there is a history.
    """

    store: Store
    register: Register
    now: int
    shells: Mapping[int, Shell]
    edit_base: str = ""
    site_url: str = ""
    issue_form: str = ""
    preview: bool = False
    search: bool = True
    data: bool = True
    former: Former = NOTHING
    history: History = UNTOLD

    @property
    def base(self) -> str:
        """The address of the site, ended by a slash; empty where it is not known."""
        return f"{self.site_url.rstrip('/')}/" if self.site_url else ""

    def county(self, code: str, folder: Path) -> County:
        """Read and check the county in a folder."""
        return read_county(self.store, self.store.county(code, folder), self.register, self.now, self.former)

    def own(self) -> Mapping[str, str]:
        """By county what its pages hang on beside its folder and what all pages hang on."""
        former, history = self.former.keys(), self.history.keys
        return {code: f"{former.get(code, '')} {history.get(code, '')}" for code in {*former, *history}}

    def write(self, out: Out, page: Page, *beside: tuple[str, str | bytes]) -> None:
        """Put a page into its shell and write it, with the files that stand beside it."""
        shell = self.shells[page.path.count("/")]
        html = shell.fill(
            path=page.canonical or page.path,
            title=page.title,
            description=page.description,
            body=page.body,
            head=page.head,
        )
        out.put(page.path, [(HOME, html), *beside])

    def digest(self, code: str) -> str:
        """A key over all this, and the code that makes pages of it."""
        register = (self.store.reports / DIVISIONS).read_bytes()
        shells = [(depth, shell.pieces, shell.slots) for depth, shell in sorted(self.shells.items())]
        rest = (self.now, self.edit_base, self.site_url, self.preview, self.search, self.data, code)
        known = (self.history.told, self.history.absence, self.issue_form)
        return digest(repr((register, shells, rest, known)).encode("utf-8", "surrogatepass"))
