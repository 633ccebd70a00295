"""Makes a Hugo site that holds the same pages as ours, and says how Hugo is run on it.

Hugo gets the data in two shapes: YAML before the prose, which is what it would be given by people who keep their
reports in YAML as ours are kept, and JSON made ready by another program, which proved fastest for it. A row of figures is
one text with noughts left out, a row of noughts a piece that is ready made, all the prose of a report one Markdown
text. The documents beside the page are output formats of Hugo's own, switched on by a second settings file.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from yaml import safe_dump

from tests.peers import cut
from tests.peers.lists import ready_page
from tests.peers.pages import Page, Seen, enter, report_page

HERE = Path(__file__).parent / "hugo"
VENV = Path(__file__).parent.parent.parent / ".venv/bench"
"""Hugo's own environment: `requirements.lock` beside this file, nothing of ours."""

SHELLS = {1: "years", 2: "units/*", 3: "units/*/*"}
"""Where a page of each depth of address is found, to cut the theme's shell from."""

PAGES = ("hugo.toml",)
DOCUMENTS = ("hugo.toml", "documents.toml")
"""Settings files: pages alone, or also index.md, report.json and tables.csv beside each report."""


def binary() -> Path | None:
    """Hugo itself, past the Python script that would start it; None where it is not installed."""
    return next(iter(sorted(VENV.glob("lib/python*/site-packages/hugo/binaries/hugo*"))), None)


def command(settings: tuple[str, ...], target: Path) -> list[str]:
    """Build the Hugo site of the current folder into `target`, with nothing done that pages do not need."""
    return [
        str(binary()),
        "--quiet",
        "--noBuildLock",
        "--config",
        ",".join(settings),
        "--destination",
        str(target),
    ]


def make(site: Path, target: Path, *, yaml: bool = False) -> int:
    """Write the Hugo site for our built `site` into a new folder; gives how many pages it will have.

    `yaml`: what stands before the prose is YAML, as our reports are, and not JSON.
    """
    shutil.copytree(HERE, target)
    seen, count = Seen(), 0
    put = partial(_content, target, _yaml if yaml else _json)
    for folder in sorted((site / "units").iterdir()):
        page = (folder / "index.html").read_text(encoding="utf-8")
        enter(seen, folder.name, page)
        for year in sorted(path.parent for path in folder.glob("*/report.json")):
            put(report_page(year, seen))
            count += 1
        put(ready_page(site, folder))
        count += 1
    for path in sorted(path for name in ("regions", "years") for path in (site / name).rglob("index.html")):
        put(ready_page(site, path.parent))
        count += 1
    _data(target / "data", {"shells": _shells(site), "forms": _forms(seen)})
    return count


def _data(folder: Path, files: dict[str, Any]) -> None:
    folder.mkdir()
    for name, data in files.items():
        (folder / f"{name}.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")


def _json(head: dict[str, Any]) -> str:
    return json.dumps(head, ensure_ascii=False, separators=(",", ":"))


def _yaml(head: dict[str, Any]) -> str:
    return f"---\n{safe_dump(head, allow_unicode=True, sort_keys=False, width=10**6)}---"


def _content(target: Path, write: Callable[[dict[str, Any]], str], page: Page) -> None:
    path = target / "content" / f"{page.path.rstrip('/')}.md"
    head = {
        "title": page.title,
        "description": page.description,
        "layout": page.layout,
        "params": page.params,
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"{write(head)}\n{page.prose}\n", encoding="utf-8")


def _shells(site: Path) -> dict[int, dict[str, str]]:
    """The pieces of the theme's page by depth of address."""
    pages = {depth: min(site.glob(f"{pattern}/index.html")) for depth, pattern in SHELLS.items()}
    return {
        depth: dict(zip("abcd", cut.shell(page.read_text(encoding="utf-8")), strict=True))
        for depth, page in pages.items()
    }


def _forms(seen: Seen) -> dict[str, Any]:
    forms: dict[str, Any] = {
        form: {
            **about,
            "tables": {},
            "nil": f"{seen.classes['nil']}>0</td>",
            "some": f"{seen.classes['some']}>",
        }
        for form, about in seen.forms.items()
    }
    for (form, table), blank in seen.blanks.items():
        rows = [_line(line, form, table, seen.classes["nil"]) for line in blank.lines]
        forms[form]["tables"][table] = {
            "lines": rows,
            "after": blank.after,
            "meanings": seen.meanings[form, table],
            "captions": seen.captions.get((form, table), []),
        }
    return forms


def _line(line: cut.Line, form: str, table: str, nil: str) -> dict[str, Any]:
    """A row of a form, and what it comes to in each document if all its figures are noughts."""
    nought = json.dumps({"raw": "0", "value": 0, "state": "number"})
    return {
        "row": line.row,
        "columns": line.columns,
        "before": line.before,
        "opens": line.opens,
        "starts": [f"{form},{table},{line.row},{column}," for column in line.columns],
        "nil": line.before + "".join(f"{opening}{nil}>0</td>" for opening in line.opens),
        "json": f'"{line.row}":{{' + ",".join(f'"{c}":{nought}' for c in line.columns) + "}",
        "csv": "".join(f"@{form},{table},{line.row},{c},0,0,number,\n" for c in line.columns),
    }
