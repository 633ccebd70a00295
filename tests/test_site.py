"""The built site, as hosts, browsers and screen readers meet it."""

import html
import json
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Browser
from playwright.sync_api import Page as Shown

from build_tools.forms import official
from build_tools.publish.addresses import addresses, listed_addresses
from tests import exportwork
from tests.sitework import Page, broken_links, build, environment, tree, workshop

pytestmark = pytest.mark.xdist_group("site")

KINDS = {
    "home": "",
    "years": "years/",
    "year": "years/2020/",
    "regions": "regions/",
    "province": "regions/41/",
    "prefecture": "regions/4101/",
    "county": "regions/410182/",
    "unit": "units/330411103/",
    "report 2019": "units/330411103/2020/",
    "report with faults": "units/371581113/2020/",
    "report 2021": "units/411421103/2021/",
    "report with missing cells": "units/411328109/2022/",
    "report in no form": "units/410182110/2020/",
    "search": "search/",
    "compare": "compare/",
    "submit": "submit/",
    "quality": "quality/",
    "quality of a province": "quality/41/",
    "data": "data/",
    "data of a year": "data/years/2020/",
    "interface": "api/",
    "feeds": "feeds/",
    "rules": "rules/",
    "rule": "rules/T3-ROW-SUM/",
    "forms": "forms/",
    "form": "forms/2021/",
    "statistics form": "forms/2014/",
    "contribute": "contribute/",
    "file format": "format/",
    "about": "about/",
    "corrections": "corrections/",
    "accessibility": "accessibility/",
    "not found": "404.html",
}
SITE_URL = environment()["SITE_URL"]
REPORTS = [address for name, address in KINDS.items() if name.startswith("report")]


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_page_is_there(site: Path, kind: str) -> None:
    """The addresses are a contract, and each page says in one first heading what it is."""
    path = site / KINDS[kind]
    page = Page((path if path.suffix else path / "index.html").read_text(encoding="utf-8"))
    (title,) = page.titles
    assert title.strip()


def test_links(site: Path) -> None:
    """Every internal link and anchor leads somewhere."""
    assert broken_links(site) == []


def test_html(site: Path, html_checker: list[str]) -> None:
    """Every page is valid HTML."""
    pages = sorted(str(path) for path in site.rglob("*.html"))
    done = subprocess.run(
        [*html_checker, "--errors-only", *pages], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[:4000]


CUT = """[...document.querySelectorAll('th, td')]
  .filter(cell => cell.checkVisibility() && cell.scrollWidth > cell.clientWidth)
  .map(cell => cell.innerText)"""
"""The cells whose text does not fit into them, and lies over the next or is cut."""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("kind", KINDS)
def test_in_a_browser(
    browser: Browser, address: str, axe_js: Path, kind: str, width: int, scheme: str
) -> None:
    """No accessibility violation, no other host, no error in the console, no sideways scroll, no text over another."""
    context = browser.new_context(
        viewport={"width": width, "height": 800},
        color_scheme="dark" if scheme == "dark" else "light",
        bypass_csp=False,
    )
    page = context.new_page()
    requests: list[str] = []
    errors: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.on(
        "console",
        lambda message: errors.append(message.text) if message.type in {"error", "warning"} else None,
    )
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(address + KINDS[kind], wait_until="load")
    page.evaluate("document.querySelectorAll('.report details').forEach(one => { one.open = true; })")
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    cut = page.evaluate(CUT)
    page.evaluate(axe_js.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    context.close()

    assert [url for url in requests if not url.startswith(address)] == []
    assert errors == []
    assert wide <= 0
    assert cut == []
    assert [(v["id"], [n["html"][:200] for n in v["nodes"][:3]]) for v in found["violations"]] == []


LONG = """() => {
  const row = (head, cells) => `<tr><th scope="row">${head}</th>${cells}</tr>`;
  const table = (kind, rows) => `<div class="listing ${kind}"><table><thead><tr><th scope="col">单位</th>
    <th scope="col">2021年度</th><th scope="col" class="number">2022年度</th><th scope="col">增减</th></tr></thead>
    <tbody>${rows}</tbody></table></div>`;
  document.querySelector("main").innerHTML = `<article>
    ${table("reports", row("<a href='#'>宽城满族自治县人力资源和社会保障局</a>",
      "<td>2021年格式</td><td class='number'>12</td><td><span class='whole'>有误 1，</span></td>"))}
    <section class="brief"><div class="changes">${table("", row("行政事业性收费（万元）",
      "<td>12.3456</td><td>12.3456</td><td>＋12</td>"))}</div></section>
    <div class="plots">${"<figure><figcaption>现行有效规范性文件<span class='unit'>万元</span><strong>1284</strong>"
      .concat("</figcaption></figure>").repeat(2)}</div></article>`;
}"""
"""The longest names and labels beside numbers, where columns are of fixed widths."""


@pytest.mark.parametrize("width", [390, 320])
def test_long_names_keep_out_of_the_numbers(browser: Browser, address: str, width: int) -> None:
    """They break their lines; numbers and units never do. A name that may not break is found out."""
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.goto(f"{address}years/2020/")
    page.evaluate(LONG)
    cut = page.evaluate(CUT)
    lines = page.evaluate(
        "[...document.querySelectorAll('figcaption > *')].map(one => one.getClientRects()[0].height)"
    )
    page.evaluate("document.querySelectorAll('tbody th').forEach(th => { th.style.whiteSpace = 'nowrap'; })")
    found = page.evaluate(CUT)
    page.close()

    assert cut == []
    assert max(lines) < 30
    assert len(found) == 2


SLID = """(() => {
  const out = [];
  for (const frame of document.querySelectorAll('.listing')) {
    frame.scrollLeft = 10000;
    const box = frame.getBoundingClientRect(), slid = frame.scrollLeft;
    const wide = [...frame.querySelectorAll('caption, th[scope="row"]')];
    const gone = wide.filter(one => one.checkVisibility() && one.getBoundingClientRect().left < box.left - 1
      || one.tagName === 'CAPTION' && one.getBoundingClientRect().right > box.right + 1);
    out.push([slid > 0, gone.map(one => one.innerText)]);
  }
  return out;
})()"""
"""Of each list whether it is wider than its frame, and what of its captions and names of rows is then out of view."""
WIDE = ("county", "unit", "year", "year of a county", "quality", "data", "data of a year")


@pytest.mark.parametrize("kind", WIDE)
def test_captions_and_names_stay_in_view(browser: Browser, address: str, kind: str) -> None:
    """On a phone a wide table slides below its caption and beside the names of its rows; nothing is left out."""
    path = {**KINDS, "year of a county": "years/2020/330411/"}[kind]
    page = browser.new_page(viewport={"width": 320, "height": 800})
    page.goto(address + path)
    slid = page.evaluate(SLID)
    hidden = page.evaluate(
        "[...document.querySelectorAll('th, td')].filter(c => !c.checkVisibility() && !c.closest('details')).length"
    )
    page.close()

    assert any(wide for wide, _ in slid)
    assert [gone for _, gone in slid if gone] == []
    assert hidden == 0


@pytest.mark.parametrize("path", REPORTS)
def test_reading_without_scripts(browser: Browser, root: Path, address: str, path: str) -> None:
    """Every part of a report is to be seen without JavaScript: the official headings and tables, or its own."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + path)
    article = page.locator("article[data-report]")
    form = official()[article.get_attribute("data-form") or ""]
    parts = article.locator(".main section > h2").all_inner_texts()
    captions = article.locator(".sheet > table > caption").all_inner_texts()
    rows = [article.locator(f"table#{table} tbody tr").count() for table in form.tables]
    context.close()

    _, unit, year = path.strip("/").split("/")
    file = root / "reports" / unit[:2] / unit[:6] / unit / f"{year}.yml"
    own = re.findall(r"^  - 标题: (.*)$", file.read_text(encoding="utf-8"), re.MULTILINE)
    numbered = [f"{section.number}、{section.heading}" for section in form.sections if section.number]
    assert [heading for heading in parts if heading[1:2] == "、"] == (own if form.free else numbered)
    assert captions[: len(form.tables)] == [f"{t.name}　{t.title}" for t in form.tables.values()]
    assert len(form.tables) == (0 if form.free else 3)
    assert all(rows)


@pytest.mark.parametrize("path", REPORTS)
def test_hooks_of_the_report_page(site: Path, path: str) -> None:
    """The hooks other programs rely on are in the page, and agree with report.json."""
    page = Page((site / path / "index.html").read_text(encoding="utf-8"))
    data = json.loads((site / path / "report.json").read_text(encoding="utf-8"))
    (article,) = [a for tag, a in page.tags if tag == "article" and "data-report" in a]
    states = {
        a["id"]: a["data-state"] for tag, a in page.tags if tag == "td" and "data-state" in a and "id" in a
    }
    expected = {
        f"{table}.{row}.{column}": cell["state"]
        for table, rows in data["tables"].items()
        for row, cells in rows.items()
        for column, cell in cells.items()
    }
    shown = {a["data-rule"] for tag, a in page.tags if tag == "li" and "data-rule" in a}

    assert article["data-report"] == path.removeprefix("units/").rstrip("/")
    assert article["data-form"] == data["form"]
    assert states == expected
    assert set(data["tables"]) <= set(page.ids)
    assert shown == {f["rule"] for f in data["findings"] if f["severity"] != "info" or f["waived"]}


def test_no_address_of_the_last_release_is_lost(root: Path, site: Path) -> None:
    """addresses.txt lists them; `make addresses KEEP=1` writes it at each release."""
    assert listed_addresses(root / "addresses.txt") - addresses(site) == set()


def test_canonical_address(site: Path) -> None:
    """A page made from a shell bears its own address, not the probe's."""
    page = Page((site / "units/330411103/2020/index.html").read_text(encoding="utf-8"))
    (canonical,) = [a["href"] for tag, a in page.tags if tag == "link" and a.get("rel") == "canonical"]

    assert canonical == "https://archive.example/archive/units/330411103/2020/"


def test_two_builds_give_the_same_bytes(root: Path, site: Path, tmp_path: Path) -> None:
    """The order in which files lie on disk does not matter, nor does the time of day."""
    folder = workshop(root, tmp_path / "again")
    for path in sorted((folder / "reports").rglob("*.yml"), reverse=True):
        content = path.read_bytes()
        path.unlink()
        path.write_bytes(content)
    assert build(folder).returncode == 0
    assert tree(folder / "site") == tree(site)


def test_no_leftovers(site: Path) -> None:
    """Beside the site only what is kept for the next build, in it neither probe pages nor a token of a shell."""
    assert [p.name for p in site.parent.iterdir() if p.name.startswith(".")] == [".cache"]
    assert [p for p in site.rglob("*") if "zq7" in p.name or p.name.startswith(".")] == []
    assert [p for p in site.rglob("*.html") if "zq7" in p.read_text(encoding="utf-8")] == []


def _data(html: str) -> list[dict[str, Any]]:
    return [
        json.loads(found) for found in re.findall(r'<script type="application/ld\+json">(.*?)</script>', html)
    ]


def _addresses(data: object) -> Iterator[str]:
    """Every address of the site in a page's data, as far as it is one of ours."""
    for key, value in data.items() if isinstance(data, dict) else ():
        if key in {"url", "item", "contentUrl"}:
            yield value
    below = data.values() if isinstance(data, dict) else data if isinstance(data, list) else ()
    for value in below:
        yield from _addresses(value)


def test_data_for_search_engines(site: Path) -> None:
    """On each page below the lists is where it stands, on a report what it is, and every address leads to a file."""
    home = "https://archive.example/archive/"
    pages = [*site.glob("units/*/**/index.html"), *site.glob("regions/*/index.html")]
    pages += site.glob("years/*/*/index.html")
    for path in sorted(pages):
        html, base = path.read_text(encoding="utf-8"), f"{home}{path.parent.relative_to(site).as_posix()}/"
        found = _data(html)
        kinds = ["BreadcrumbList", "Report"] if "data-report" in html else ["BreadcrumbList"]
        assert [data["@type"] for data in found] == kinds, path
        for address in _addresses(found):
            whole = urljoin(base, address)
            target = site / whole.removeprefix(home)
            assert whole.startswith(home)
            assert (target / "index.html" if whole.endswith("/") else target).is_file(), address


def test_data_of_a_report(site: Path) -> None:
    """What schema.org knows of a report; what the original does not say is not said."""
    trail, report = _data((site / "units/330411103/2020/index.html").read_text(encoding="utf-8"))

    assert [step["name"] for step in trail["itemListElement"]] == [
        *("地区", "浙江省", "嘉兴市", "秀洲区", "油车港镇", "2020年度")
    ]
    assert [step["position"] for step in trail["itemListElement"]] == [1, 2, 3, 4, 5, 6]
    assert "item" not in trail["itemListElement"][-1]
    assert (
        report.items()
        >= {
            "@type": "Report",
            "name": "油车港镇2020年度政府信息公开工作年度报告",
            "identifier": "330411103/2020",
            "url": "https://archive.example/archive/units/330411103/2020/",
            "temporalCoverage": "2020",
            "dateModified": "2026-11-21",
            "license": "https://creativecommons.org/licenses/by/4.0/",
        }.items()
    )
    assert report["publisher"].items() >= {"@type": "GovernmentOrganization", "name": "油车港镇"}.items()
    assert report["isPartOf"]["@type"] == "Dataset"
    assert [one["contentUrl"] for one in report["encoding"]] == [
        *("report.json", "index.md", "report.yml", "tables.csv")
    ]
    assert "datePublished" not in report


LINKED = [
    *(
        "t2.licensing.decisions",
        "t3.new.natural",
        "t3.denied_law.total",
        "t3.carried_out.other",
        "t3.granted",
    ),
    *("t4.suit_after_review.pending", "about-t3.denied_internal", "then-t3-denied", "overview.3"),
]
SEEN = """id => {
  const place = document.getElementById(id), box = place.getBoundingClientRect();
  const shown = document.elementFromPoint(box.x + box.width / 2, box.y + Math.min(box.height, 40) / 2);
  return place === shown || place.contains(shown);
}"""
"""Whether the middle of an element can be seen, neither out of the window nor below something that stays in view."""


@pytest.mark.parametrize("width", [1280, 390, 320])
def test_what_a_link_leads_to_is_seen(browser: Browser, address: str, width: int) -> None:
    """A cell, a row, a paragraph, an explanation that was folded: none is hidden, by headings that stay least."""
    context = browser.new_context(viewport={"width": width, "height": 800}, reduced_motion="reduce")
    page = context.new_page()
    hidden = []
    for id_ in LINKED:
        page.goto("about:blank")
        page.goto(f"{address}units/330411103/2020/#{id_}")
        if not page.evaluate(SEEN, id_):
            hidden.append(id_)
    context.close()

    assert hidden == []


def _unfolded(page: Shown) -> list[bool]:
    return [
        bool(one) for one in page.evaluate("[...document.querySelectorAll('.meanings')].map(d => d.open)")
    ]


def test_explanations_by_keyboard(browser: Browser, address: str) -> None:
    """The label of a row is reached and followed by keys alone, the way back too, and the folded part itself."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
    page = context.new_page()
    page.goto(f"{address}units/330411103/2020/")
    page.locator("tr#t3\\.unable_create a").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**#about-t3.unable_create")
    followed = _unfolded(page)
    page.keyboard.press("Tab")
    page.locator(".back:focus").press("Enter")
    page.wait_for_url("**#t3.unable_create")
    returned = page.evaluate("document.querySelector(':target').id")
    page.locator("#disclosure .meanings > summary").focus()
    page.keyboard.press("Enter")
    opened = _unfolded(page)
    context.close()

    assert followed == [False, True, False]
    assert returned == "t3.unable_create"
    assert opened == [True, True, False]


def test_explanations_in_an_old_browser(browser: Browser, address: str) -> None:
    """A browser that opens nothing by itself is helped: the script opens what a link in the page leads into."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
    page = context.new_page()
    page.goto(f"{address}units/330411103/2020/")
    # A change of the address by a script moves no reader, so that no browser opens anything for it.
    page.evaluate(
        "history.replaceState(null, '', '#about-t4.review'); dispatchEvent(new Event('hashchange'))"
    )
    opened = _unfolded(page)
    context.close()

    assert opened == [False, False, True]


def test_on_paper_nothing_is_folded(browser: Browser, address: str) -> None:
    """What each row means is printed, closed or not; how to cite is not, nor is anything one would click."""
    context = browser.new_context(viewport={"width": 700, "height": 1000})
    page = context.new_page()
    page.emulate_media(media="print")
    page.goto(f"{address}units/330411103/2020/")
    heights = page.evaluate(
        "[...document.querySelectorAll('.meanings dl')].map(d => d.getBoundingClientRect().height)"
    )
    ways = page.locator(".meanings h3 a:visible, .cite:visible").count()
    context.close()

    assert all(height > 20 for height in heights)
    assert ways == 0


TABLES = """[...document.querySelectorAll('table')].filter(one => one.checkVisibility())
  .map(one => one.getBoundingClientRect().right)"""
PAPER = 673
"""The width of what is printed on A4, in pixels."""


@pytest.mark.parametrize("kind", KINDS)
def test_on_paper(browser: Browser, address: str, kind: str) -> None:
    """No table is wider than the sheet, and every page says where it is from."""
    page = browser.new_page(viewport={"width": PAPER, "height": 950})
    page.emulate_media(media="print")
    page.goto(address + KINDS[kind])
    edges = page.evaluate(TABLES)
    said = page.locator("footer .colophon:visible").inner_text()
    page.close()

    known = "" if kind == "not found" else f" · {SITE_URL}{KINDS[kind]}"
    assert [edge for edge in edges if edge > PAPER + 1] == []
    assert said == f"政府信息公开年报档案{known}"


# --- the open data -----------------------------------------------------------------------------------


def snippet(site: Path, language: str) -> str:
    """What the page of the data tells people to type."""
    text = (site / "data/index.html").read_text(encoding="utf-8")
    (found,) = re.findall(rf'<pre data-language="{language}"[^>]*><code>(.*?)</code></pre>', text, re.DOTALL)
    return html.unescape(found)


def asked(site: Path) -> dict[int, float]:
    """By year the requests received, from the report files."""
    found: dict[int, float] = {}
    for line in exportwork.from_csv(site / "data/all"):
        if (line.table, line.row, line.col) == ("t3", "new", "total") and line.value is not None:
            found[line.year] = found.get(line.year, 0) + float(line.value)
    return found


def said(printed: str) -> dict[int, float]:
    """Pairs of year and figure among what a program printed."""
    return {
        int(year): float(number)
        for year, number in re.findall(r"\b(20\d\d)\s+([\d.]+)$", printed, re.MULTILINE)
    }


def test_snippet_for_python(site: Path, address: str) -> None:
    """As it stands, but for the host: pandas reads the whole archive in one line."""
    code = snippet(site, "python")
    assert f"{SITE_URL}data/all/cells.parquet" in code
    command = [sys.executable, "-W", "error", "-c", code.replace(SITE_URL, address)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert said(done.stdout) == asked(site)


def test_snippet_for_r(site: Path, address: str) -> None:
    """Run where R is; else its address at least is right."""
    code = snippet(site, "r")
    (path,) = re.findall(rf'"{re.escape(SITE_URL)}([^"]+)"', code)
    assert (site / path).is_file()
    if shutil.which("Rscript"):
        command = ["Rscript", "-e", code.replace(SITE_URL, address)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        assert said(done.stdout) == asked(site)


def test_snippet_for_sqlite(site: Path) -> None:
    with sqlite3.connect(site / "data/all/nianbao.sqlite") as here:
        assert dict(here.execute(snippet(site, "sql"))) == {**dict.fromkeys(asked(site)), **asked(site)}


def test_snippet_for_excel(site: Path) -> None:
    """The letters of the formula are those of the columns, and the sheet is called so."""
    code = snippet(site, "excel")
    head = exportwork.from_sheet(site / "data/all", "cells")[0]
    letters = dict(zip("ABCDEFGHIJ", head, strict=True))
    assert [letters[letter] for letter in re.findall(r"cells!([A-Z]):\1", code)] == [
        "value",
        "table",
        "row",
        "col",
        "year",
    ]


def test_what_data_searches_read(site: Path) -> None:
    """JSON-LD: every file of every slice with its address, size and SHA-256, on the page where it is told to people."""
    manifest = "".join(path.read_text(encoding="utf-8") for path in site.glob("manifest/data-*.tsv"))
    for path in (site / "data").rglob("index.html"):
        text = path.read_text(encoding="utf-8")
        blocks = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text)
        (block,) = [found for found in blocks if '"Dataset"' in found]
        told = json.loads(block)
        assert (told["@type"], told["license"][:8]) == ("Dataset", "https://")
        assert told["url"].startswith(f"{SITE_URL}data/")
        assert len(told["distribution"]) == 16
        for file in told["distribution"]:
            here = file["contentUrl"].removeprefix(SITE_URL)
            assert f"{file['contentSize']}\t{file['sha256']}\t{here}\n" in manifest
            assert file["sha256"] in text.replace(block, "")
