"""The search page in a real browser: what a reader types, chooses, goes back to, and what is said when it fails."""

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from build_tools.model import Division
from build_tools.render.pages import search_page
from tests.sitework import build, served
from tests.synthetic import archive

pytestmark = pytest.mark.xdist_group("search-page")

ENDED = '#search[data-state="done"], #search[data-state="error"]'
WORD = "依法行政"
FALSE_HITS = """
self.nianbao.confirm.examine = function (archive, doc) {
  return Promise.resolve({ holds: %s, pieces: [["前", false], ["%s", true]], anchor: "#overview", where: "总体情况" });
};
"""


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site of two hundred synthetic reports."""
    folder = tmp_path_factory.mktemp("search") / "site"
    archive(folder, 200)
    done = build(folder)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder / "site"


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    with served(site) as url:
        yield url


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A wide page whose console stays silent."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda said: errors.append(said.text) if "Failed to load" not in said.text else None)
    yield page
    context.close()
    assert errors == []


def _ask(page: Page, address: str, query: str) -> None:
    page.goto(f"{address}search/{query}")
    page.wait_for_selector(ENDED)


def _q(words: str) -> str:
    return f"?q={quote(words)}"


def _state(page: Page) -> str | None:
    return page.locator("#search").get_attribute("data-state")


def _total(page: Page) -> int:
    return int(page.locator("#search-total").get_attribute("data-total") or -1)


def _results(page: Page) -> list[str]:
    items = page.locator("#search-results > li").all()
    return [item.get_attribute("data-report") or "" for item in items]


def _replaced(page: Page, script: str, behind: str) -> None:
    """Let `behind` follow the site's own `script`."""

    def answer(route: Route) -> None:
        response = route.fetch()
        route.fulfill(response=response, body=response.text() + behind)

    page.route(f"**/assets/search/{script}.js?*", answer)


def test_the_page_without_an_archive() -> None:
    """The renderer says where the index starts, and leads on by place and year where no script runs."""
    page = search_page("search/index/start-x.bin", "abc", [Division("33", "浙江省")], [2019, 2020])
    assert page.path == "search/"
    assert 'data-root="../" data-start="search/index/start-x.bin" data-state="idle"' in page.body
    assert '<a href="../regions/33/">浙江省</a>' in page.body
    assert page.body.index("2020年度") < page.body.index("2019年度")


def test_without_scripts_the_box_leads_to_lists(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}about/")
    page.fill("#search-q", "甲")
    page.press("#search-q", "Enter")
    assert page.url.startswith(f"{address}search/?q=")
    expect(page.locator("#search-lists a[href*='regions/']").first).to_be_visible()
    assert not page.locator("#search-sift").is_visible()
    context.close()


def test_ordinary_pages_load_nothing_of_the_search(page: Page, site: Path, address: str) -> None:
    """Two small scripts are all; the box leads on to the search page."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.removeprefix(address)))
    page.goto(f"{address}about/")
    page.keyboard.press("/")
    expect(page.locator("#search-q")).to_be_focused()
    scripts = [path for path in asked if path.endswith(".js")]
    assert sorted(scripts) == ["assets/box.js", "assets/colours.js"]
    assert sum((site / path).stat().st_size for path in scripts) < 7000
    assert not any("search/" in path for path in asked)
    page.keyboard.type(WORD)
    page.keyboard.press("Enter")
    page.wait_for_selector(ENDED)
    assert _state(page) == "done"


def test_keys_lead_into_the_box(page: Page, address: str) -> None:
    page.goto(f"{address}about/")
    page.keyboard.press("Control+k")
    expect(page.locator("#search-q")).to_be_focused()
    page.keyboard.type("a/b")
    expect(page.locator("#search-q")).to_have_value("a/b")


def test_results_are_confirmed_and_marked(page: Page, address: str) -> None:
    _ask(page, address, _q(WORD))
    assert _state(page) == "done"
    assert len(_results(page)) == 10
    for item in page.locator("#search-results > li").all():
        assert item.locator("mark").count() > 0
        assert (item.locator("h3 a").get_attribute("href") or "").find("../units/") >= 0
    assert page.title().startswith(f"{WORD} - 搜索")
    expect(page.locator("#search-status")).to_contain_text("份")


def test_nothing_is_loaded_until_something_is_asked(page: Page, address: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{address}search/")
    expect(page.locator("#search-browse")).to_be_visible()
    assert _state(page) == "idle"
    assert not [url for url in asked if "/search/index/" in url]


def test_browsing_loads_only_the_start(page: Page, address: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    _ask(page, address, "?year=2020&sort=requests")
    assert _total(page) > 0
    assert [url.rpartition("/")[2][:6] for url in asked if "/index/" in url] == ["start-"]
    assert not [url for url in asked if url.endswith("report.json")]
    assert all(one.endswith("/2020") for one in _results(page))


def test_typing_searches_by_itself(page: Page, address: str) -> None:
    page.goto(f"{address}search/")
    page.locator("#search-q").press_sequentially(WORD, delay=20)
    page.wait_for_selector(ENDED)
    assert page.url == f"{address}search/{_q(WORD)}"
    assert len(_results(page)) == 10
    page.fill("#search-q", "")
    page.wait_for_selector('#search[data-state="idle"]')
    expect(page.locator("#search-lists")).to_be_visible()


def test_back_goes_from_step_to_step(page: Page, address: str) -> None:
    """What is typed between two steps leaves no trace; filters, order and words come back."""
    _ask(page, address, _q(WORD))
    first = _results(page)
    page.fill("#search-q", "年度")
    page.press("#search-q", "Enter")
    page.wait_for_url(f"**/{_q('年度')}")
    page.locator('#search-facets input[data-facet="year"]').first.check()
    page.wait_for_url("**year=*")
    page.wait_for_selector(ENDED)
    page.go_back()
    expect(page.locator("#search-chips li")).to_have_count(0)
    expect(page.locator("#search-q")).to_have_value("年度")
    page.go_back()
    expect(page.locator("#search-q")).to_have_value(WORD)
    page.wait_for_selector(ENDED)
    assert _results(page) == first
    page.go_forward()
    expect(page.locator("#search-q")).to_have_value("年度")


def test_enter_never_sends_half_typed_pinyin(page: Page, address: str) -> None:
    """Nothing is searched while an input method composes; its Enter stays with it, in Safari's order too."""
    page.goto(f"{address}search/")
    page.focus("#search-q")
    session = page.context.new_cdp_session(page)
    session.send("Input.imeSetComposition", {"text": "you che", "selectionStart": 7, "selectionEnd": 7})
    page.keyboard.press("Enter")
    page.wait_for_timeout(500)
    assert page.url == f"{address}search/"
    assert _state(page) == "idle"
    event = "new KeyboardEvent('keydown', {key: 'Enter', keyCode: 229, bubbles: true, cancelable: true})"
    box = page.locator("#search-q")
    assert box.evaluate(f"box => box.dispatchEvent({event})") is False
    session.send("Input.insertText", {"text": WORD})
    page.wait_for_selector(ENDED)
    assert page.url == f"{address}search/{_q(WORD)}"


def test_conditions(page: Page, address: str) -> None:
    """Several choices of a facet add up, its own figures do not change; the focus stays; chips take them away."""
    _ask(page, address, "?sort=year")
    boxes = page.locator('#search-facets input[data-facet="year"]')
    figures = (
        page.locator("#search-facets fieldset").first.locator("li:not([hidden]) .count").all_inner_texts()
    )
    boxes.nth(0).check()
    boxes.nth(1).check()
    page.wait_for_selector(ENDED)
    expect(boxes.nth(1)).to_be_focused()
    again = page.locator("#search-facets fieldset").first.locator("li:not([hidden]) .count").all_inner_texts()
    assert again == figures
    assert _total(page) == int(figures[0]) + int(figures[1])
    chips = page.locator("#search-chips button")
    assert chips.count() == 3
    expect(page.locator("#search-active")).to_have_text("2")
    chips.first.click()
    expect(chips).to_have_count(2)
    expect(chips.first).to_be_focused()
    page.get_by_role("button", name="全部清除").click()
    expect(chips).to_have_count(0)
    assert page.url == f"{address}search/?sort=year"


def test_places_open_step_by_step(page: Page, address: str) -> None:
    _ask(page, address, "?sort=year")
    region = page.locator("#search-facets fieldset").nth(1)
    assert region.locator(".inner").count() == 0
    region.locator(".door").first.click()
    prefecture = region.locator(".inner input").first
    prefecture.check()
    page.wait_for_url("**region=*")
    page.wait_for_selector(ENDED)
    code = prefecture.get_attribute("value") or "?"
    assert all(one.startswith(code) for one in _results(page))
    page.reload()
    page.wait_for_selector(ENDED)
    expect(region.locator(f'input[value="{code}"]')).to_be_checked()


def test_more_results_are_added(page: Page, address: str) -> None:
    _ask(page, address, _q(WORD))
    first = _results(page)
    page.click("#search-more")
    expect(page.locator("#search-results > li")).to_have_count(20)
    page.wait_for_selector(ENDED)
    expect(page.locator("#search-results > li").nth(10).locator("a")).to_be_focused()
    assert _results(page)[:10] == first
    assert page.url.endswith("n=20")
    page.reload()
    page.wait_for_selector(ENDED)
    assert len(_results(page)) == 20


def test_back_from_a_report_finds_the_place_in_the_list(page: Page, address: str) -> None:
    _ask(page, address, f"{_q(WORD)}&n=20")
    page.locator("#search-results > li").nth(15).locator("a").click()
    page.wait_for_url("**/units/**")
    page.go_back()
    page.wait_for_selector(ENDED)
    assert len(_results(page)) == 20
    page.wait_for_timeout(200)
    assert page.evaluate("scrollY") > 800


def test_a_label_is_answered_with_its_figure(page: Page, address: str) -> None:
    _ask(page, address, _q("行政复议"))
    link = page.locator("#search-answer a", has_text="总计大于 0").first
    said = re.search(r"：([\d,]+) 份", link.inner_text())
    assert said
    link.click()
    page.wait_for_url("**figure=*")
    page.wait_for_selector(ENDED)
    assert _total(page) == int(said[1].replace(",", ""))
    expect(page.locator("#search-chips button").first).to_contain_text("行政复议总计大于 0")
    page.go_back()
    page.locator("#search-answer a", has_text="只看正文和数字").click()
    page.wait_for_url("**zone=text")
    expect(page.locator("#search-chips button").first).to_contain_text("只看正文和数字")


def test_an_empty_result_offers_what_to_drop(page: Page, address: str) -> None:
    _ask(page, address, f"{_q(f'{WORD} 绝无此语')}&year=2020")
    answer = page.locator("#search-answer")
    expect(answer).to_contain_text("没有找到")
    way = answer.locator("a", has_text="绝无此语")
    said = re.search(r"([\d,]+) 份", way.inner_text())
    assert said
    way.click()
    expect(page.locator("#search-q")).to_have_value(WORD)
    page.wait_for_selector(ENDED)
    assert 0 < _total(page) <= int(said[1])


def test_pinyin_is_understood(page: Page, address: str) -> None:
    _ask(page, address, "?q=dongyingqu")
    expect(page.locator("#search-answer .meant a").first).to_have_text("东营区")
    page.locator("#search-answer .meant a").first.click()
    page.wait_for_selector(ENDED)
    assert _total(page) > 0


def test_false_hits_leave_the_list_and_the_total(page: Page, address: str) -> None:
    """Every second report turns out not to hold the words: the page is full all the same."""
    _replaced(page, "confirm", FALSE_HITS % ("doc % 2 === 0", "字"))
    _replaced(page, "query", _inexact())
    _ask(page, address, _q("公开"))
    assert len(_results(page)) == 10
    assert page.locator("#search-total").get_attribute("data-exact") == "false"
    assert 180 < _total(page) < 200
    expect(page.locator("#search-total")).to_contain_text("约")


def test_a_list_that_finds_nothing_at_first_says_so(page: Page, address: str) -> None:
    """Forty reports are looked at in vain; that is not the same as nothing found."""
    _replaced(page, "confirm", FALSE_HITS % ("false", "字"))
    _replaced(page, "query", _inexact())
    _ask(page, address, _q("公开"))
    expect(page.locator("#search-tail")).to_have_text(
        "核对了前 40 份，其中 0 份确有这些字；还有未核对的 160 份。"
    )
    assert "没有找到" not in page.locator("#search").inner_text()
    page.click("#search-more")
    expect(page.locator("#search-tail")).to_contain_text("未核对的 110 份")


def _inexact() -> str:
    return """
self.nianbao.query.run = function (archive) {
  const terms = [{ text: "公开", not: false, spellings: ["公开"] }];
  return Promise.resolve({ ranks: new Uint8Array(archive.count), terms, exact: false, figures: [], labelled: false });
};
"""


def test_hostile_text_stays_text(page: Page, address: str) -> None:
    """Neither a report nor a query becomes markup."""
    hostile = "<img src=x onerror=alert(1)><script>alert(2)</script>"
    _replaced(page, "confirm", FALSE_HITS % ("true", hostile.replace("</", "<\\/")))
    _ask(page, address, _q("公开"))
    expect(page.locator("#search-results mark").first).to_have_text(hostile)
    _ask(page, address, f"{_q(hostile)}&level={quote(hostile)}&kind=%22%3E%3Cb%3E")
    assert page.locator("#search img, #search b, #search mark script").count() == 0
    expect(page.locator("#search-chips button").first).to_contain_text(hostile)


@pytest.mark.parametrize("query", ["*.+?^${}()|[]\\", "😀🎉", "公" * 800, '"', "-", "\ud83d%", "constructor"])
def test_odd_queries_do_no_harm(page: Page, address: str, query: str) -> None:
    page.goto(f"{address}search/")
    page.locator("#search-q").evaluate(
        "(box, value) => { box.value = value; box.form.requestSubmit(); }", query
    )
    if query in {'"', "-"}:
        expect(page.locator("#search-status")).to_contain_text("请写要找的字")
        return
    page.wait_for_selector(ENDED)
    assert _state(page) == "done"


@pytest.mark.parametrize("fault", ["missing", "html", "cut", "network"])
@pytest.mark.parametrize("files", ["start-", "(?!start-|help-)"])
def test_a_broken_index_is_told(page: Page, address: str, files: str, fault: str) -> None:
    """Never "nothing found" when something did not load; loading anew heals it."""

    def answer(route: Route) -> None:
        if fault == "missing":
            route.fulfill(status=404, body="<h1>404</h1>")
        elif fault == "html":
            route.fulfill(status=200, body="<!doctype html><h1>404</h1>")
        elif fault == "cut":
            route.fulfill(status=200, body=route.fetch().body()[:-200])
        else:
            route.abort()

    page.route(re.compile(rf"/search/index/{files}[^/]+\.bin$"), answer)
    _ask(page, address, _q("绝无此语"))
    assert _state(page) == "error"
    expect(page.locator("#search-alert")).to_contain_text(
        "可能网络不通" if fault == "network" else "可能网站正在更新"
    )
    assert "没有找到" not in page.locator("#search").inner_text()
    assert page.locator("#search-total").get_attribute("data-total") is None
    page.unroute_all(
        behavior="wait"
    )  # an answer that is still on its way must not meet a page that has gone on
    page.get_by_role("button", name="重新载入").click()
    page.wait_for_selector('#search[data-state="done"]')


def test_an_answer_that_comes_too_late_is_dropped(page: Page, address: str) -> None:
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route(re.compile(r"/search/index/(?!start-|help-)[^/]+\.bin$"), hold)
    page.goto(f"{address}search/{_q('绝无此语')}")
    page.wait_for_selector('#search[data-state="loading"]')
    expect(page.locator("#search-note")).to_have_text("正在查…")
    page.fill("#search-q", "")
    page.press("#search-q", "Enter")
    page.wait_for_selector('#search[data-state="idle"]')
    for route in held:
        route.continue_()
    page.wait_for_timeout(300)
    assert _state(page) == "idle"
    assert page.locator("#search-total").inner_text() == ""


def test_the_list_can_be_downloaded(page: Page, address: str, tmp_path: Path) -> None:
    _ask(page, address, f"{_q('公开')}&sort=year")
    with page.expect_download() as started:
        page.click("#search-csv")
    started.value.save_as(tmp_path / "list.csv")
    data = (tmp_path / "list.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    head, *rows = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    assert head[0] == "单位编号"
    assert head[-1] == "是否核对"
    assert len(rows) == _total(page)
    assert [f"{row[0]}/{row[2]}" for row in rows[:10]] == _results(page)
    assert all(row[9].startswith(f"{address}units/") for row in rows)
    assert [row[2] for row in rows] == sorted((row[2] for row in rows), reverse=True)


def test_cells_are_no_formulas(page: Page, address: str) -> None:
    page.goto(f"{address}search/")
    session = page.context.new_cdp_session(page)
    asked = {"expression": "nianbao.csv.text([['=1+1', '@a', '-1', 'a\"b,c']])", "returnByValue": True}
    assert session.send("Runtime.evaluate", asked)["result"]["value"].splitlines()[1] == (
        '\'=1+1,\'@a,\'-1,"a""b,c"'
    )


STATES = {
    "idle": "",
    "results": f"{_q('行政复议')}&year=2020",
    "browse": "?sort=year&level=乡级",
    "nothing": f"{_q('绝无此语 公开')}&year=2020",
    "places": "?region=22",
}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("state", [*STATES, "error"])
def test_everyone_can_use_it(
    browser: Browser, address: str, axe_js: Path, state: str, width: int, scheme: str
) -> None:
    """In every state: no accessibility violation, no sideways scroll, room for fingers on a phone."""
    context = browser.new_context(
        viewport={"width": width, "height": 800},
        color_scheme="dark" if scheme == "dark" else "light",
        has_touch=width == 320,
    )
    page = context.new_page()
    if state == "error":
        page.route("**/start-*.bin", lambda route: route.abort())
    page.goto(f"{address}search/{STATES.get(state, '?year=2020')}")
    if state != "idle":
        page.wait_for_selector(ENDED)
    if width == 320 and state not in {"idle", "error"}:
        page.locator("#search-sift > summary").click()
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    page.evaluate(axe_js.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    targets = page.locator(
        ".top input, .top button, .top nav a, #search button:visible, #search label:has(input):visible"
    )
    boxes = [target.bounding_box() for target in targets.all()]
    context.close()
    assert wide <= 0
    assert [(v["id"], [n["html"][:200] for n in v["nodes"][:3]]) for v in found["violations"]] == []
    if width == 320:
        assert [box for box in boxes if box and min(box["height"], box["width"]) < 43.5] == []
