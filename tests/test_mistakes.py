"""The link by which a reader tells a mistake: what it says of the report, and of the cell that was pointed at."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml
from playwright.sync_api import Browser, Page, expect

from build_tools.decode import decode
from build_tools.forms import official
from build_tools.model import Origin, Report
from build_tools.render.mistakes import LONGEST, mistake_form
from build_tools.source import parse
from tests.sitework import PREFIX, build, served, workshop

ROOT = Path(__file__).parent.parent
REPORT = "units/330411103/2020/"
FORM = "https://git.example/us/archive/issues/new?template=correction.yml&report={report}&cell={cell}&value={value}&source={source}"

pytestmark = pytest.mark.xdist_group("mistakes")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The finished site of the archive's own reports, of a host that has a form."""
    folder = workshop(ROOT, tmp_path_factory.mktemp("mistakes"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ISSUE_FORM", FORM)
        done = build(folder)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder / "site"


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    with served(site) as url:
        yield url


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page whose scripts stay silent."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    context.close()
    assert errors == []


def told(page: Page, link: str = "#tell") -> dict[str, str]:
    """What the form would be filled in with."""
    href = page.locator(link).get_attribute("href") or ""
    return {key: values[0] for key, values in parse_qs(urlsplit(href).query).items()}


def test_the_cell_that_is_pointed_at(page: Page, address: str) -> None:
    """In the form's own words, with what stands in it but for the marks of notes; the last one counts."""
    page.goto(f"{address}{REPORT}")
    page.locator('[id="t3.new.natural"]').click()
    expect(page.locator("#tell")).to_contain_text("表三")
    page.locator('[id="t2.licensing.items_delta"]').click()
    expect(page.locator("#tell")).to_have_text("报告错误：表二「行政许可」·本年增/减")
    near = page.locator(".tell a")
    assert near.count() == 1
    expect(near).to_be_visible()
    assert told(page) == told(page, ".tell a")
    assert told(page) == {
        "template": "correction.yml",
        "report": f"https://archive.example{PREFIX}/{REPORT}",
        "cell": "表二「行政许可」·本年增/减",
        "value": "+156",
        "source": "004_1feac183b5673ebd.txt",
    }


def test_an_address_that_leads_to_a_cell(page: Page, address: str) -> None:
    """As one that was sent to somebody: named without a click."""
    page.goto(f"{address}{REPORT}#t4.review.total")
    expect(page.locator("#tell")).to_contain_text("报告错误：表四「行政复议」·总计")
    assert page.locator(".tell").count() == 0
    page.goto(f"{address}{REPORT}#%E0%A4%A")
    page.goto(f"{address}{REPORT}#record")
    expect(page.locator("#tell")).to_contain_text("表四")


def test_links_in_cells_still_lead_where_they_lead(page: Page, address: str) -> None:
    page.goto(f"{address}{REPORT}")
    page.locator("td .mark").first.click()
    assert page.locator(".tell").count() == 0


def test_without_the_form_s_own_file(page: Page, address: str) -> None:
    """From a disk nothing can be fetched: the anchor stands for the cell."""
    page.route("**/api/v1/forms/*.json", lambda route: route.abort())
    page.goto(f"{address}{REPORT}")
    page.locator('[id="t3.new.natural"]').click()
    expect(page.locator("#tell")).to_have_text("报告错误：t3.new.natural")
    assert told(page)["value"] == "4"


def test_every_cell_of_every_form_has_a_name(page: Page, address: str) -> None:
    """The script and the form say the same of each."""
    for path in sorted((ROOT / "reports").glob("*/*/*/[12]*.yml")):
        unit, year = path.parent.name, int(path.stem)
        report, _ = decode(parse(path.read_text(encoding="utf-8")), unit, year, official())
        assert report
        page.goto(f"{address}units/{unit}/{year}/")
        for table in report.tables.values():
            row, line = list(table.form.lines.items())[-1]
            column = line.columns[-1].id
            page.evaluate("id => { location.hash = id }", f"{table.form.id}.{row}.{column}")
            expect(page.locator("#tell")).to_have_text(f"报告错误：{table.form.where(row, column)}")


def test_without_scripts(browser: Browser, address: str) -> None:
    """The link names the report alone, and no word promises more."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}{REPORT}")
    assert set(told(page)) == {"template", "report", "source"}
    expect(page.locator("#tell + .aside")).to_be_hidden()
    context.close()


@pytest.mark.parametrize("width", [390, 1280])
def test_accessible(browser: Browser, address: str, axe_js: Path, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900}, bypass_csp=True)
    page = context.new_page()
    page.goto(f"{address}{REPORT}")
    page.locator('[id="t3.new.natural"]').click()
    page.wait_for_selector(".tell a")
    page.add_script_tag(path=axe_js)
    found = page.evaluate(
        "axe.run().then(r => r.violations.map(v => v.id + ': ' + v.nodes.map(n => n.html)))"
    )
    assert found == []
    context.close()


def test_no_form_no_link(tmp_path: Path) -> None:
    """And no script."""
    folder = workshop(ROOT, tmp_path / "shop")
    for code in ("37", "41"):
        shutil.rmtree(folder / "reports" / code)
    done = build(folder)
    assert done.returncode == 0, done.stdout + done.stderr
    html = (folder / "site" / REPORT / "index.html").read_text(encoding="utf-8")
    assert "怎样更正" in html
    assert "tell" not in html


def _report(origin: Origin) -> Report:
    text = (ROOT / "reports/33/330411/330411103/2020.yml").read_text(encoding="utf-8")
    report, _ = decode(parse(text), "330411103", 2020, official())
    assert report
    return replace(report, origin=origin)


def test_nothing_breaks_out_of_the_address() -> None:
    """Whatever stands in a report is one value of one parameter."""
    evil = 'https://a.example/?x=1&cell=y#z"><script>{value} 甲'
    made = mistake_form(FORM, _report(Origin(url=evil)), "")
    query = parse_qs(urlsplit(made).query)
    assert query["source"] == [evil]
    assert query["cell"] == ["{cell}"]
    assert query["report"] == [f"/{REPORT}"]
    assert not set(made) & set('"<> ')
    long = mistake_form(FORM, _report(Origin(url="https://a.example/" + "长" * 9000)), "")
    assert len(long) < 10 * LONGEST
    assert mistake_form("", _report(Origin()), "") == ""


GITHUB = ".github/ISSUE_TEMPLATE/correction.yml"


def test_the_form_has_a_field_for_each_slot() -> None:
    """Under the ids that addresses name; Gitea reads the same file. GitLab's asks for the same in words."""
    fields = yaml.safe_load((ROOT / GITHUB).read_text(encoding="utf-8"))["body"]
    asked = {field["id"]: field["attributes"]["label"] for field in fields if "id" in field}
    assert {"report", "cell", "value", "source"} <= set(asked)
    words = (ROOT / ".gitlab/issue_templates/correction.md").read_text(encoding="utf-8")
    assert [label for id_, label in asked.items() if id_ != "kind" and label not in words] == []
    for field in fields:
        assert field["type"] in {"markdown", "input", "textarea", "dropdown"}
        if field["type"] != "markdown":
            assert field["attributes"]["label"]


def test_every_host_asks_the_same_of_a_change() -> None:
    """Gitea reads GitHub's form; GitLab has a copy."""
    copy = ROOT / ".gitlab/merge_request_templates/default.md"
    assert copy.read_bytes() == (ROOT / ".github/pull_request_template.md").read_bytes()


def test_addresses_in_the_guide_have_every_slot() -> None:
    """Of each host; what is filled in by id names fields that are there."""
    text = (ROOT / "docs/deploy.md").read_text(encoding="utf-8")
    found = [line for line in text.splitlines() if "ISSUE_FORM=" in line]
    assert len(found) == 3
    for line in found:
        assert all(f"{{{slot}}}" in line for slot in ("report", "cell", "value", "source"))
        for prefix, slot in _parameters(line):
            assert prefix in {slot, f"field:{slot}", "issue[title]", "issue[description]"}


def _parameters(line: str) -> Iterator[tuple[str, str]]:
    query = line.partition("?")[2].strip("'`\" ")
    for pair in query.split("&"):
        name, _, value = pair.partition("=")
        if value.startswith("{"):
            yield name, value.strip("{}")
