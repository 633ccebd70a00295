"""The form page in a real browser: filled in by keys and by pasting, checked as it is, kept, handed in; online and as a file."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route, expect

from build_tools.check import check
from build_tools.decode import decode
from build_tools.forms import official
from build_tools.model import Report
from build_tools.render.doors import Door, door
from build_tools.render.pages import submit_page
from build_tools.render.submit import LATER, SCRIPTS, alone
from build_tools.source import parse
from build_tools.write import report_text
from tests.casework import _subject
from tests.sitework import build, served, workshop
from tests.test_submit_paste import as_html, read

ROOT = Path(__file__).parent.parent
ASSETS = ROOT / "overrides/assets"
MINIATURE = ROOT / "tests/miniature/reports"
EDIT_BASE = "https://github.com/us/archive/edit/main/"
PASTE = """(input, {html, text}) => {
  const data = new DataTransfer();
  if (html) data.setData("text/html", html);
  data.setData("text/plain", text || "");
  const event = new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true});
  return input.dispatchEvent(event);
}"""

pytestmark = pytest.mark.xdist_group("submit-page")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The miniature's site: every sort of report, several years of a unit."""
    folder = workshop(ROOT, tmp_path_factory.mktemp("submit"))
    shutil.rmtree(folder / "reports")
    shutil.copytree(MINIATURE, folder / "reports")
    config = (folder / "mkdocs.yml").read_text(encoding="utf-8")
    (folder / "mkdocs.yml").write_text(
        config.replace('!ENV [EDIT_BASE, ""]', f'"{EDIT_BASE}"'), encoding="utf-8"
    )
    done = build(folder)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder / "site"


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    with served(site) as url:
        yield url


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, accept_downloads=True)
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A page whose console stays silent."""
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda said: errors.append(said.text) if "Failed to load" not in said.text else None)
    yield page
    assert errors == []


def begin(page: Page, address: str, year: int = 2021, form: str = "2021", unit: str = "330411103") -> None:
    """Open the page and begin a report of a registered unit."""
    page.goto(f"{address}submit/")
    page.fill("#submit-q", unit)
    page.locator("#submit-units button").first.click()
    page.select_option("#submit-year", str(year))
    page.select_option("#submit-form", form)
    page.get_by_role("button", name="开始填写").click()
    page.wait_for_selector("#submit[data-state=filling]")


def cell(page: Page, row: str, column: str, table: str = "t3") -> Locator:
    return page.locator(f"[id='{table}.{row}.{column}']")


def text(page: Page) -> str:
    return page.locator(".preview pre").text_content() or ""


def report_of(written: str, year: int = 2021) -> Report:
    report, problems = decode(parse(written), "330411103", year, official())
    assert report is not None, problems
    return report


# --- what the page is made of --------------------------------------------------------------------------------


def test_the_page_without_an_archive() -> None:
    """It offers years that are over, lists the forms, and leads on where no script runs."""
    page = submit_page("search/index/start-x.bin", "abc", 2026, "")
    assert page.path == "submit/"
    assert "<option>2025</option>" in page.body
    assert "<option>2026</option>" not in page.body
    assert 'href="../format/"' in page.body
    assert 'data-host="" data-new=""' in page.body


def test_every_script_is_loaded() -> None:
    """Once each, at the start or when it is needed; each no longer than can be read at once."""
    named = [*SCRIPTS, *(name for names in LATER.values() for name in names)]
    ours = sorted((ASSETS / "submit").glob("*.js"))
    assert {f"submit/{path.stem}" for path in ours} == {name for name in named if name.startswith("submit/")}
    assert len(set(named)) == len(named)
    assert [path.name for path in ours if path.read_text(encoding="utf-8").count("\n") > 250] == []


@pytest.mark.parametrize(
    ("edit_base", "expected"),
    [
        ("", Door()),
        ("ftp://x/edit/main/", Door()),
        (
            EDIT_BASE,
            Door(
                "github", "https://github.com/us/archive", "https://github.com/us/archive/new/main/?filename="
            ),
        ),
        (
            "https://git.example/us/archive/_edit/main/",
            Door(
                "gitea",
                "https://git.example/us/archive",
                "https://git.example/us/archive/_new/main/?filename=",
            ),
        ),
        ("https://gitlab.com/us/archive/-/edit/main/", Door("gitlab", "https://gitlab.com/us/archive")),
        ("https://gitee.com/us/archive/edit/master/", Door("gitee", "https://gitee.com/us/archive")),
    ],
)
def test_doors(edit_base: str, expected: Door) -> None:
    """Where a new file is made follows from where files are edited."""
    assert door(edit_base) == expected


# --- filling in ------------------------------------------------------------------------------------------------


def test_a_report_from_nothing_to_the_file(page: Page, address: str) -> None:
    """What is filled in is written as the package writes it, its faults told in the cell and in the list."""
    begin(page, address)
    assert page.input_value("#submit-title") == "甲镇2021年政府信息公开工作年度报告"
    page.fill("#submit-url", "https://www.example.gov.cn/a?b=c#d")
    page.fill("#submit-published", "2022-01-20")
    page.fill("#submit-part-overview", "第一段。\r\n\n  第二段：\t有制表符\u2028。\n")
    for column, figure in {"natural": "4", "commercial": "缺", "total": "5"}.items():
        cell(page, "new", column).fill(figure)
    cell(page, "granted", "natural").fill("~")
    report = report_of(text(page))
    assert report_text(report) == text(page)
    assert [c.raw for c in report.tables["t3"].rows["new"]][:1] == ["4"]
    assert report.text("overview") == "第一段。\n\n  第二段：    有制表符\n。"
    assert report.origin.url == "https://www.example.gov.cn/a?b=c#d"
    assert "来源里" not in page.locator(".handing .state").inner_text()


def test_a_wrong_sum(page: Page, address: str) -> None:
    """The cell says both numbers and the difference, a screen reader is told, and mending it takes the word away."""
    begin(page, address)
    for column, figure in zip(
        ("natural", "commercial", "research", "welfare", "legal", "other", "total"), "4000005", strict=True
    ):
        cell(page, "new", column).fill(figure)
    total = cell(page, "new", "total")
    expect(total).to_have_attribute("aria-invalid", "true")
    said = page.locator(f"[id='{total.get_attribute('aria-describedby')}']")
    expect(said).to_have_text("4 ≠ 5，差\u00a01")
    item = page.locator(".findings li[data-rule='T3-ROW-SUM']")
    expect(item).to_contain_text("应等于 总计 5，差 1")
    expect(page.locator("#submit-status")).to_contain_text("有误 1 处")
    item.get_by_role("button", name="到这一格").click()
    expect(total).to_be_focused()
    total.fill("4")
    expect(item).to_have_count(0)
    expect(total).not_to_have_attribute("aria-invalid", "true")


def test_an_original_that_is_wrong(page: Page, address: str) -> None:
    """With a reason the figure stands, the finding is acknowledged in the file, and the checker agrees."""
    begin(page, address)
    row = ("natural", "commercial", "research", "welfare", "legal", "other", "total")
    for column, figure in zip(row, "4000005", strict=True):
        cell(page, "new", column).fill(figure)
    item = page.locator(".findings li[data-rule='T3-ROW-SUM']")
    item.locator("summary").click()
    item.locator("input").press_sequentially("原件总计印作5: 照录")
    expect(page.locator("[id='t3.new.total.said']")).to_have_text("原文如此")
    report = report_of(text(page))
    assert [(w.rule, w.where, w.reason) for w in report.waivers] == [
        ("T3-ROW-SUM", "申请/新收/总计", "原件总计印作5: 照录")
    ]
    verdict = check(_subject({}, report, "33/330411/330411103/2021.yml"), parse(text(page)))
    assert [f.waived for f in verdict.findings if f.rule == "T3-ROW-SUM"] == ["原件总计印作5: 照录"]
    cell(page, "new", "total").fill("4")
    expect(page.locator(".preview pre")).not_to_contain_text("\n确认:")


def test_keys(page: Page, address: str) -> None:
    """Arrows and Enter lead through the cells, Escape brings back what stood there."""
    begin(page, address)
    first = cell(page, "new", "natural")
    first.focus()
    page.keyboard.type("4")
    page.keyboard.press("Enter")
    expect(cell(page, "carried_in", "natural")).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowRight")
    expect(cell(page, "new", "commercial")).to_be_focused()
    page.keyboard.press("ArrowLeft")
    expect(first).to_be_focused()
    page.keyboard.type("12")
    page.keyboard.press("ArrowLeft")
    expect(first).to_be_focused()  # the caret moves inside what is written
    page.keyboard.press("Escape")
    assert first.input_value() == "4"
    page.keyboard.press("Shift+Enter")
    expect(first).to_be_focused()
    page.keyboard.press("Tab")
    expect(cell(page, "new", "commercial")).to_be_focused()
    page.get_by_role("button", name="缺", exact=True).nth(1).click()
    assert cell(page, "new", "commercial").input_value() == "缺"


def test_pasting_tables(page: Page, address: str) -> None:
    """Three tables pasted into any cell fill three tables; a row that is short is told."""
    report = read(ROOT / "reports/41/411421/411421103/2021.yml")
    html = "".join(map(as_html, report.tables.values())).replace(">四、结转下年度继续办理<", ">四、结转<")
    begin(page, address)
    assert cell(page, "regulations", "made", "t2").evaluate(PASTE, {"html": html}) is False
    for id_, row in (("t2", "licensing"), ("t3", "granted"), ("t4", "review")):
        for column, figure in zip(
            report.tables[id_].form.lines[row].columns, report.tables[id_].rows[row], strict=True
        ):
            assert cell(page, row, column.id, id_).input_value() == figure.raw
    expect(page.locator("#submit-taken")).to_contain_text("名称不认识")
    assert cell(page, "carried_out", "total").input_value() == ""


def test_pasting_figures(page: Page, address: str) -> None:
    """A block of figures goes right and down from the cell; what has no place is told; a word is pasted as always."""
    begin(page, address)
    assert cell(page, "new", "legal").evaluate(PASTE, {"text": "1\t2\t3\t9\n4\t5\t6\t\n"}) is False
    found = [
        cell(page, row, column).input_value()
        for row in ("new", "carried_in")
        for column in ("legal", "other", "total")
    ]
    assert found == ["1", "2", "3", "4", "5", "6"]
    expect(page.get_by_text("多出 1 格")).to_be_visible()
    assert cell(page, "new", "legal").evaluate(PASTE, {"text": "详见附件"}) is True


def test_a_file(page: Page, address: str, tmp_path: Path) -> None:
    """A saved page is picked, read and put in; what is no table is refused with a word."""
    begin(page, address)
    saved = tmp_path / "年报.html"
    saved.write_text(
        as_html(read(ROOT / "reports/41/411421/411421103/2021.yml").tables["t3"]), encoding="utf-8"
    )
    page.set_input_files("#submit-tables", saved)
    expect(page.locator("#submit-taken")).to_contain_text("按名称填了 25 行")
    saved.write_bytes(b"%PDF-1.7")
    page.set_input_files("#submit-tables", saved)
    expect(page.locator("#submit-taken")).to_contain_text("这是 PDF")


def test_the_original(page: Page, address: str, tmp_path: Path) -> None:
    """Its name and fingerprint are worked out, and nothing is sent."""
    begin(page, address, year=2024)  # there is no report on the year before to be fetched
    original = tmp_path / "nianbao.pdf"
    original.write_bytes(b"abc")
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.set_input_files("#submit-original", original)
    expect(page.locator("#submit-sha256")).to_have_value(re.compile("^ba7816bf8f01cfea"))
    assert page.input_value("#submit-file") == "nianbao.pdf"
    assert "nianbao.pdf" in text(page)
    assert requests == []


def test_last_year(page: Page, address: str) -> None:
    """What last year's report of the unit carried over is held against this one."""
    begin(page, address)
    cell(page, "carried_in", "total").fill("77")
    found = page.locator(".findings li[data-rule='XY-CARRY']")
    expect(found).to_contain_text("上年度报告的结转下年度")
    page.get_by_label("本级政府的汇总，含所属单位").check()
    expect(found).to_have_count(0)
    page.get_by_label("本级政府的汇总，含所属单位").uncheck()
    expect(found).to_have_count(1)


def test_a_report_in_no_form(page: Page, address: str) -> None:
    """Chapters of its own, as many as it has."""
    begin(page, address, form="无")
    page.fill("#submit-chapter-0", "一、概述")
    page.fill("#submit-chapter-0-text", "2021年……")
    page.get_by_role("button", name="再加一部分").click()
    page.fill("#submit-chapter-1-text", "无标题。")
    report = report_of(text(page))
    assert [(s.heading, s.text) for s in report.sections] == [("一、概述", "2021年……"), ("", "无标题。")]
    assert report_text(report) == text(page)


# --- units -------------------------------------------------------------------------------------------------------


def test_a_unit_that_is_not_registered(page: Page, address: str) -> None:
    """Its code and name are typed; a code that is none is told."""
    page.goto(f"{address}submit/")
    page.get_by_role("button", name="开始填写").click()
    expect(page.locator("#submit-alert")).to_contain_text("先选一个单位")
    page.get_by_text("单位还没有登记").click()
    page.fill("#submit-name", "某某局")
    page.fill("#submit-code", "330411-czj")
    page.get_by_role("button", name="开始填写").click()
    expect(page.locator("#submit-sheet .picked")).to_contain_text("reports/33/330411/330411-czj/2025.yml")


def test_units_by_pinyin_and_nobody(page: Page, address: str) -> None:
    """As on the comparison page; where nobody is meant that is said."""
    page.goto(f"{address}submit/")
    page.fill("#submit-q", "jiazhen")
    expect(page.locator("#submit-units li").first).to_contain_text("甲镇")
    page.fill("#submit-q", "qqqqqq")
    expect(page.locator("#submit-found")).to_contain_text("没有找到")


# --- kept, lost, handed in ---------------------------------------------------------------------------------------


def test_kept(page: Page, address: str) -> None:
    """What was typed is there after a reload, and in the list of what is unfinished; cleared it is gone."""
    begin(page, address)
    cell(page, "new", "natural").fill("4")
    page.reload()
    page.wait_for_selector("#submit[data-state=filling]")
    assert cell(page, "new", "natural").input_value() == "4"
    page.get_by_role("button", name="换一份").click()
    page.get_by_role("button", name="接着填甲镇2021年度").click()
    page.wait_for_selector("#submit[data-state=filling]")
    page.once("dialog", lambda dialog: dialog.dismiss())
    page.get_by_role("button", name="清空重来").click()
    assert cell(page, "new", "natural").input_value() == "4"
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="清空重来").click()
    expect(page.locator("#submit-drafts")).to_be_hidden()
    assert page.evaluate("Object.keys(localStorage).filter((name) => name.startsWith('submit/'))") == []


def test_warned_only_of_what_would_be_lost(page: Page, address: str) -> None:
    """Going away asks nothing while all is kept; where nothing can be kept it does, and the page says so."""
    asked: list[str] = []

    def answer(dialog: object) -> None:
        asked.append(dialog.type)  # type: ignore[attr-defined]
        dialog.accept()  # type: ignore[attr-defined]

    page.on("dialog", answer)
    begin(page, address)
    cell(page, "new", "natural").fill("4")
    page.goto(f"{address}about/")
    assert asked == []
    page.add_init_script("Storage.prototype.setItem = () => { throw new Error('full'); }")
    begin(page, address, year=2022)
    cell(page, "new", "natural").click()
    page.keyboard.type("5")
    expect(page.locator("#submit-alert")).to_contain_text("没有地方存")
    page.goto(f"{address}about/")
    assert asked == ["beforeunload"]


def test_handing_in(page: Page, address: str) -> None:
    """The text is copied, the file downloaded, and the page for a new file opens at the right path."""
    begin(page, address)
    cell(page, "new", "natural").fill("4")
    page.get_by_role("button", name="复制内容").click()
    expect(page.locator(".handing [role=status]")).to_contain_text("复制好了")
    assert page.evaluate("navigator.clipboard.readText()") == text(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="下载文件").click()
    assert download.value.suggested_filename == "330411103-2021.yml"
    assert Path(download.value.path()).read_text(encoding="utf-8") == text(page)
    link = page.get_by_role("link", name="打开新建文件的页面")
    assert link.get_attribute("href") == (
        "https://github.com/us/archive/new/main/?filename=reports/33/330411/330411103/2021.yml"
    )


def test_a_host_that_fails(page: Page, address: str, context: BrowserContext) -> None:
    """A form that did not come is told, and asked for again at the next try."""
    page.goto(f"{address}submit/?unit=330411103&year=2020")
    page.locator("#submit-units button").first.click()

    def gone(route: Route) -> None:
        route.abort()

    context.route("**/submit/2019.json", gone)
    page.get_by_role("button", name="开始填写").click()
    expect(page.locator("#submit-alert")).to_contain_text("格式没有取到")
    context.unroute("**/submit/2019.json")
    page.get_by_role("button", name="开始填写").click()
    page.wait_for_selector("#submit[data-state=filling]")


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_accessible_while_filling(
    browser: Browser, address: str, axe_js: Path, width: int, scheme: str
) -> None:
    """No violation in the filled page, faults and all; nothing sticks out of a phone."""
    context = browser.new_context(
        viewport={"width": width, "height": 844}, color_scheme="dark" if scheme == "dark" else "light"
    )
    page = context.new_page()
    begin(page, address)
    cell(page, "new", "natural").fill("4")
    cell(page, "new", "total").fill("3件")
    cell(page, "regulations", "made", "t2").fill("+1")
    page.evaluate(axe_js.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    context.close()
    assert [(v["id"], [n["html"][:200] for n in v["nodes"][:3]]) for v in found["violations"]] == []
    assert wide <= 0


def test_a_table_that_is_blank_in_the_original(page: Page, address: str) -> None:
    """A reason for a whole table's blanks is taken by the checker too."""
    begin(page, address)
    cell(page, "regulations", "made", "t2").fill("0")
    item = page.locator(".findings li[data-rule='VAL-BLANK']")
    item.locator("summary").click()
    item.locator("input").fill("原件就是空白。")
    report = report_of(text(page))
    verdict = check(_subject({}, report, "33/330411/330411103/2021.yml"), parse(text(page)))
    assert [f.waived for f in verdict.findings if f.rule == "VAL-BLANK"] == ["原件就是空白。"]
    assert [f for f in verdict.findings if f.rule == "ACK-STALE"] == []


# --- the page as one file ------------------------------------------------------------------------------------------


def test_the_page_as_a_file(page: Page, site: Path, tmp_path: Path, axe_js: Path) -> None:
    """Opened from a disk it asks for nothing, fills, checks and writes as the page does."""
    copy = tmp_path / "nianbao-form.html"
    shutil.copy(site / "submit/nianbao-form.html", copy)
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.goto(copy.as_uri())
    page.fill("#submit-name", "油车港镇")
    page.fill("#submit-code", "330411103")
    page.select_option("#submit-year", "2021")
    page.get_by_role("button", name="开始填写").click()
    page.wait_for_selector("#submit[data-state=filling]")
    row = ("natural", "commercial", "research", "welfare", "legal", "other", "total")
    for column, figure in zip(row, "4000005", strict=True):
        cell(page, "new", column).fill(figure)
    expect(page.locator("[id='t3.new.total.said']")).to_have_text("4 ≠ 5，差\u00a01")
    saved = tmp_path / "年报.html"
    saved.write_text(
        as_html(read(ROOT / "reports/41/411421/411421103/2021.yml").tables["t3"]), encoding="utf-8"
    )
    page.set_input_files("#submit-tables", saved)
    expect(page.locator("#submit-taken")).to_contain_text("按名称填了 25 行")
    assert report_text(report_of(text(page))) == text(page)
    page.evaluate(axe_js.read_text(encoding="utf-8"))
    faults = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
    assert [fault["id"] for fault in faults] == []
    page.reload()
    page.wait_for_selector("#submit[data-state=filling]")
    assert [url for url in requests if not url.startswith(copy.as_uri())] == []


def test_nothing_foreign_runs_in_the_file() -> None:
    """The policy names the very script and style; whoever adds another finds it refused."""
    html = alone(lambda name: (ASSETS / name).read_text(encoding="utf-8"), 2026, "", "")
    (policy,) = re.findall('Content-Security-Policy" content="([^"]*)"', html)
    assert re.fullmatch(
        r"default-src &#39;none&#39;; script-src &#39;sha256-[\w+/=]+&#39;; style-src &#39;sha256-[\w+/=]+&#39;; "
        r"img-src data:; base-uri &#39;none&#39;; form-action &#39;none&#39;",
        policy,
    )
    assert "href" not in re.sub(r"<(script|style).*?</\1>", "", html, flags=re.DOTALL)
    assert html.lower().count("</script") == 2
