"""What the archive promises of itself is held by tests that are there; those that had none are here."""

from __future__ import annotations

import ast
import csv
import json
import re
from decimal import Decimal
from pathlib import Path
from typing import cast

import pytest

from build_tools.manual.held import held
from build_tools.manual.words import CHAPTERS
from build_tools.model import State
from build_tools.publish import Wishes, build_site, manifest
from build_tools.publish.manifest import listed
from build_tools.rules import RULES
from build_tools.source import plain
from tests.buildwork import UNITS, YEARS, World
from tests.casework import judge
from tests.devset import CORPUS, archive_reports
from tests.gitwork import Repo
from tests.sitework import Page, tree

pytestmark = pytest.mark.xdist_group("site")
HERE = Path(__file__).parent
TESTS = cast("dict[str, list[str]]", plain((HERE / "cases/archive_rules.yml").read_text(encoding="utf-8")))


def test_every_promise_has_its_tests() -> None:
    assert set(TESTS) == set(held())
    assert [test for tests in TESTS.values() for test in tests if not _there(test)] == []
    assert all(TESTS.values())


def _there(test: str) -> bool:
    file, _, name = test.partition("::")
    functions = ast.parse((HERE / file).read_text(encoding="utf-8")).body
    return name in {node.name for node in functions if isinstance(node, ast.FunctionDef)}


def test_the_chapter_is_whole() -> None:
    """Each id of the chapter is a rule over reports, a promise, or, of fingerprints, both."""
    rules = {rule.id for rule in RULES if rule.id.startswith("AR-")}
    assert rules & set(held()) == {"AR-HASH"}
    assert rules | set(held()) == {f"AR-{name}" for name in (
        "SOURCE", "HASH", "VERSION", "TRANSCRIBED", "RAW", "URI", "LICENCE", "DISCLAIMER", "EXPORT", "RENDER",
    )}  # fmt: skip
    assert "AR" in CHAPTERS


def test_the_manifest_lists_every_file(site: Path) -> None:
    """AR-HASH: each file but the lists themselves in one list, with its size and SHA-256; each list in the top one."""
    files = tree(site)
    top = manifest.read(files.pop(manifest.TOP))
    lists = {path: files.pop(path) for path in top}
    assert {path: listed(data) for path, data in lists.items()} == top
    told = [item for data in lists.values() for item in manifest.read(data).items()]
    assert dict(told) == {path: listed(data) for path, data in files.items()}
    assert len(told) == len(files)


@pytest.mark.skipif(not CORPUS.exists(), reason="the development corpus is not at hand")
def test_real_addresses() -> None:
    """Of forty addresses of real reports those that are told, each judged by hand: reprints, lost domains, one column."""
    with (CORPUS / "INDEX.tsv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file, delimiter="\t") if row["source"].startswith("http")]
    found = [
        (finding.rule, row["file"][:3])
        for row in rows
        for finding in judge(
            {
                "year": row["year"],
                "set": {"来源/网址": row["source"].split()[0], "来源/文件": "~", "来源/sha256": "~"},
            }
        ).findings
        if finding.rule in {"AR-SOURCE", "DT-COLUMN"}
    ]
    assert len(rows) == 40
    assert [nth for rule, nth in found if rule == "DT-COLUMN"] == ["045"]
    assert [nth for rule, nth in found if rule == "AR-SOURCE"] == [
        "029", "035", "055", "063", "075", "083", "089", "091"
    ]  # fmt: skip


def test_an_older_version_can_be_had(tmp_path: Path) -> None:
    """AR-VERSION: what was published stays in the repository, under the number that programs are told."""
    world, key = World(tmp_path), (UNITS[0], YEARS[-1])
    repo = Repo(world.base).init()
    (world.base / ".git/info/exclude").write_text(".cache\nsite\n.site.twin\n", encoding="utf-8")
    repo.commit("收录")
    first = _published(world, key)
    world.write_report(*key, figure=7)
    repo.commit("更正：原件第2页为7")
    second = _published(world, key)
    changes = [
        json.loads(line)
        for path in sorted((world.site / "api/v1/changes").glob("*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    mine = [change for change in changes if (change["unit"], change["year"]) == key]
    file = world.report_file(key).relative_to(world.base).as_posix()
    kept = [repo.git("show", f"{change['commit']}:{file}") for change in mine]

    assert first != second
    assert kept == [first.strip(), second.strip()]
    page = (world.site / f"units/{key[0]}/{key[1]}/index.html").read_text(encoding="utf-8")
    assert "更正：原件第2页为7" in page


def _published(world: World, key: tuple[str, int]) -> str:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NIANBAO_YEAR", "2026")
        build_site(world.base, world.hub(), Wishes(jobs=1))
    return (world.site / f"units/{key[0]}/{key[1]}/report.yml").read_text(encoding="utf-8")


def test_values_follow_from_what_is_printed() -> None:
    """AR-RAW: in the archive's own reports each value is what another reading of its text gives."""
    cells = [
        spot.cell
        for _, subject in archive_reports()
        for table in subject.report.tables.values()
        for spot in table.spots()
    ]
    numbers = [cell for cell in cells if cell.state is State.NUMBER]
    assert len(numbers) > 500
    for cell in cells:
        figure = re.fullmatch(r"([+-]?[0-9]+(?:\.[0-9]+)?)\s*[万亿]?元?", cell.raw)
        assert (cell.value is None) == (cell.state is not State.NUMBER)
        assert cell.value is None or (figure and Decimal(figure[1]) == cell.value)


def test_every_page_says_what_it_is(site: Path) -> None:
    """AR-DISCLAIMER, AR-LICENCE: at the foot of each page, but for those that only lead on."""
    pages = {path: data.decode() for path, data in tree(site).items() if path.endswith("index.html")}
    whole = {path: text for path, text in pages.items() if 'http-equiv="refresh"' not in text}
    assert len(whole) > 100
    for path, text in whole.items():
        foot = text[text.index("<footer") :]
        assert "不是任何行政机关的政府信息公开平台" in foot, path
        assert "61号" in foot, path
        assert any(
            a.get("rel") == "license" and "creativecommons.org/licenses/by/4.0" in (a.get("href") or "")
            for tag, a in Page(foot).tags
            if tag == "a"
        ), path


def test_data_say_their_licence(site: Path) -> None:
    """AR-LICENCE: what is taken away says it too."""
    folder = site / "data/all"
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    (api,) = (path for path in site.rglob("openapi.json"))
    assert "creativecommons.org/licenses/by/4.0" in package["licenses"][0]["path"]
    assert "CC BY 4.0" in (folder / "LICENSE.md").read_text(encoding="utf-8")
    assert json.loads(api.read_text(encoding="utf-8"))["info"]["license"]["identifier"] == "CC-BY-4.0"
    for report in site.glob("units/*/*/index.html"):
        assert '"license":"https://creativecommons.org/licenses/by/4.0/"' in report.read_text(
            encoding="utf-8"
        )


def test_a_report_leads_to_its_issuer(tmp_path: Path) -> None:
    """AR-DISCLAIMER: the page links to where the report was published."""
    world = World(tmp_path)
    site = world.build()
    page = Page((site / f"units/{UNITS[0]}/{YEARS[-1]}/index.html").read_text(encoding="utf-8"))
    links = [a for tag, a in page.tags if tag == "a" and a.get("href") == "https://www.example.gov.cn/"]
    assert [a["rel"] for a in links] == ["noopener nofollow"]
