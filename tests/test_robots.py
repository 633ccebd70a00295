"""What robots, browsers and programs look for at the top of a site: robots.txt, opensearch.xml, llms.txt."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from urllib.parse import quote
from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree as ET

import pytest
from playwright.sync_api import Browser

from tests.sitework import NIANBAO, Page, environment, workshop

pytestmark = pytest.mark.xdist_group("site")

TOP = environment()["SITE_URL"]
SPACE = "{http://a9.com/-/spec/opensearch/1.1/}"


@pytest.fixture(scope="module")
def without(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of a publisher who has not said where it will stand."""
    shop = workshop(root, tmp_path_factory.mktemp("nowhere"))
    env = environment() | {"SITE_URL": ""}
    done = subprocess.run(NIANBAO, cwd=shop, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return shop / "site"


def _text(site: Path, name: str) -> str:
    return (site / name).read_text(encoding="utf-8")


def test_robots_may_read_everything(site: Path, without: Path) -> None:
    """As the standard library reads it; the sitemap is named where its address is known."""
    robots = RobotFileParser()
    robots.parse(_text(site, "robots.txt").splitlines())
    assert robots.site_maps() == [f"{TOP}sitemap.xml"]
    assert robots.can_fetch("*", f"{TOP}units/330411103/2020/report.json")
    assert (site / "sitemap.xml").is_file()
    assert _text(without, "robots.txt") == "User-agent: *\nAllow: /\n"


def test_opensearch_keeps_to_its_specification(site: Path) -> None:
    """OpenSearch 1.1: names within their lengths, an absolute template with the parameter that is required."""
    top = ET.fromstring(_text(site, "opensearch.xml"))  # noqa: S314  # our own file
    assert top.tag == f"{SPACE}OpenSearchDescription"
    name, about = (top.findtext(f"{SPACE}{tag}") or "" for tag in ("ShortName", "Description"))
    assert 0 < len(name) <= 16
    assert 0 < len(about) <= 1024
    urls = {url.get("rel", "results"): url for url in top.iter(f"{SPACE}Url")}
    assert urls["results"].get("template") == f"{TOP}search/?q={{searchTerms}}"
    assert urls["results"].get("type") == "text/html"
    assert urls["self"].get("template") == f"{TOP}opensearch.xml"
    image = top.findtext(f"{SPACE}Image") or ""
    assert (site / image.removeprefix(TOP)).is_file()


def test_every_page_leads_to_it(site: Path, without: Path) -> None:
    """It needs absolute addresses: where they are not known there is none, and no link to it."""
    for path in ("index.html", "units/330411103/2020/index.html", "about/index.html", "404.html"):
        links = [a for tag, a in Page(_text(site, path)).tags if tag == "link" and a.get("rel") == "search"]
        assert [a["type"] for a in links] == ["application/opensearchdescription+xml"]
        assert links[0]["href"].endswith("opensearch.xml")
        assert 'rel="search"' not in _text(without, path)
    assert not (without / "opensearch.xml").exists()


def test_the_template_leads_to_results(site: Path, browser: Browser, address: str) -> None:
    """What a browser makes of it when somebody asks it for words."""
    template = re.search(r'template="([^"]*)\{searchTerms\}', _text(site, "opensearch.xml"))
    assert template
    page = browser.new_page()
    page.goto(template[1].replace(TOP, address) + quote("油车港镇"))
    page.wait_for_selector("#search-results [data-report]")
    page.close()


def test_what_programs_are_told_is_there(site: Path, without: Path) -> None:
    """llms.txt: a heading, a summary, lists of links, every one of which leads to something; relative without an address."""
    for where, top in ((site, TOP), (without, "")):
        text = _text(where, "llms.txt")
        assert text.startswith("# 政府信息公开年报档案\n\n> 各级")
        assert re.findall("^## (.*)$", text, re.MULTILINE) == ["查找", "数据", "说明", "许可"]
        links = re.findall(r"^- \[[^]]+\]\(([^)]+)\): \S", text, re.MULTILINE)
        assert len(links) == len(re.findall("^- ", text, re.MULTILINE)) > 10
        inside = [link.removeprefix(top) for link in links if "creativecommons" not in link]
        assert [link for link in inside if not (where / link).exists()] == []
        beside = re.findall(r"`([a-z]+\.[a-z]+)`", text)
        assert [name for name in beside if not (where / "units/330411103/2020" / name).is_file()] == []
        assert len(beside) == 4
        assert f"`{top}units/单位编号/年度/`" in text
        assert "\n\n\n" not in text


def test_no_fact_is_told_twice(root: Path, site: Path) -> None:
    """Pages and their descriptions are those of the navigation, the licence that of mkdocs.yml and the footer."""
    text = _text(site, "llms.txt")
    config = _text(root, "mkdocs.yml")
    for name in re.findall(r"^  - [^:]+: (\w+)\.md$", config.split("\nnav:\n")[1], re.MULTILINE):
        if name != "index":
            (about,) = re.findall("^description: (.*)$", _text(root, f"docs/{name}.md"), re.MULTILINE)
            assert f"{name}/): {about}\n" in text
    (licence,) = re.findall("^    url: (.*)$", config, re.MULTILINE)
    assert licence in text
    assert licence in _text(site, "index.html")
