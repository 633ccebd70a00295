"""The comparison page in a real browser: chosen, changed, gone back to, and told when something is not there."""

import gzip
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect
from ruamel.yaml import YAML

from build_tools.model import Division
from build_tools.render.pages import compare_page
from tests.searchtruth import read_yaml
from tests.sitework import build, served, workshop

ROOT = Path(__file__).parent.parent
MINIATURE = ROOT / "tests/miniature/reports"
ENDED = '#compare[data-state="done"], #compare[data-state="error"]'
REAL = ("330411103/2020", "371581113/2020", "410182110/2020", "411328109/2022", "411421103/2021")
SMALL = tuple(f"{path.parent.name}/{path.stem}" for path in sorted(MINIATURE.glob("*/*/*/[12]*.yml")))

pytestmark = pytest.mark.xdist_group("compare-page")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The finished site of the archive's own reports."""
    folder = workshop(ROOT, tmp_path_factory.mktemp("compare"))
    done = build(folder)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder / "site"


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    with served(site) as url:
        yield url


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the miniature's site: every sort of report, three years of a unit."""
    folder = workshop(ROOT, tmp_path_factory.mktemp("compare-small"))
    shutil.rmtree(folder / "reports")
    shutil.copytree(MINIATURE, folder / "reports")
    done = build(folder)
    assert done.returncode == 0, done.stdout + done.stderr
    with served(folder / "site") as url:
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


def compared(page: Page, address: str, *reports: str, more: str = "") -> None:
    page.goto(f"{address}compare/?{'&'.join(f'r={id_}' for id_ in reports)}{more}")
    page.wait_for_selector(ENDED)


def shown(page: Page) -> list[str]:
    """The reports on the page, from left to right."""
    return [item.get_attribute("data-report") or "" for item in page.locator("#compare-chosen > li").all()]


def heads(page: Page, table: str = "compare-record") -> list[str]:
    return [text.replace("\n", "") for text in page.locator(f"#{table} thead th").all_inner_texts()]


def row(page: Page, table: str, key: str) -> list[str]:
    return page.locator(f'#compare-{table} tr[data-row="{key}"] td').all_inner_texts()


def test_the_page_without_an_archive() -> None:
    """The renderer says where the index starts, and leads on where no script runs; without an index there is no box."""
    page = compare_page("search/index/start-x.bin", "abc", [Division("33", "浙江省")], [2019, 2020])
    assert page.path == "compare/"
    assert 'data-root="../" data-start="search/index/start-x.bin" data-state="idle"' in page.body
    assert '<a href="../regions/33/">浙江省</a>' in page.body
    assert page.body.index("2020年度") < page.body.index("2019年度")
    assert 'data-start=""' in compare_page("", "abc", [], []).body


# --- what is shown is what the files say ---------------------------------------------------------------


def _form_files() -> dict[str, Any]:
    found = [read_yaml_file(path) for path in sorted((ROOT / "build_tools/forms").glob("*.yml"))]
    return {form["id"]: form for form in found}


def read_yaml_file(path: Path) -> Any:
    return YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))


def _leaves(columns: list[Any]) -> Iterator[Any]:
    for column in columns:
        yield from _leaves(column["columns"]) if "columns" in column else [column]


def _rows(rows: list[Any], above: tuple[str, ...] = ()) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Ids of rows with the keys that lead to them in a report file."""
    for one in rows:
        keys = (*above, one["key"]) if "key" in one else above
        if "id" in one:
            yield one["id"], keys
        yield from _rows(one.get("rows", []), above if "id" in one else keys)


def expected(file: Path) -> dict[tuple[str, str, str], str]:
    """What must stand in each cell, read from the report's file by the form's file, with other readers than ours."""
    data, forms = read_yaml(file.read_text(encoding="utf-8")), _form_files()
    main = data["格式"]
    found = {}
    tables = [t for form in forms.values() for t in form["tables"] if t["key"] in data]
    for key in dict.fromkeys(table["key"] for table in tables):
        id_ = main[key] if isinstance(main, dict) else main
        (table,) = [t for t in forms[id_]["tables"] if t["key"] == key]
        for block in table["blocks"]:
            columns = [column["id"] for column in _leaves(block["columns"])]
            for row_id, keys in _rows(block["rows"]):
                value = data[key]
                for step in keys:
                    value = value[step]
                cells = value if isinstance(value, list) else [value]
                for column, raw in zip(columns, cells, strict=True):
                    found[table["id"], row_id, column] = "空" if raw is None else raw
    return found


CELLS = """
() => Array.from(document.querySelectorAll("#compare-shown tr[data-row]"), row => [
  row.closest("table").id.slice(8), row.dataset.row,
  Array.from(row.querySelectorAll("td:not(.difference)"), cell => {
    const copy = cell.cloneNode(true);
    copy.querySelectorAll(".remark").forEach(mark => mark.remove());
    return [copy.textContent, cell.dataset.state || "none"];
  })
])
"""


def on_page(page: Page) -> dict[tuple[str, str, str], str]:
    """Every cell of the one report on the page; of a grid, column after column."""
    found: dict[tuple[str, str, str], str] = {}

    def read() -> None:
        for table, key, cells in page.evaluate(CELLS):
            row_id, column = key.split(".")
            ((text, state),) = cells
            found[table, row_id, column] = text
            assert (state in {"blank", "missing"}) == (text in {"空", "缺"})

    read()
    for chooser in range(page.locator("#compare-shown select").count()):
        select = page.locator("#compare-shown select").nth(chooser)
        for value in select.evaluate("list => Array.from(list.options, one => one.value)"):
            page.locator("#compare-shown select").nth(chooser).select_option(value)
            page.wait_for_selector(ENDED)
            expect(page.locator("#compare-shown select").nth(chooser)).to_have_value(value)
            read()
    return found


@pytest.mark.parametrize("report", REAL)
def test_values_of_the_archive(page: Page, address: str, report: str) -> None:
    """Each cell of each table, blanks and lost ones too, is what the file says."""
    unit, year = report.split("/")
    compared(page, address, report)
    assert on_page(page) == expected(ROOT / "reports" / unit[:2] / unit[:6] / unit / f"{year}.yml")


@pytest.mark.parametrize("report", SMALL)
def test_values_of_the_miniature(page: Page, small: str, report: str) -> None:
    unit, year = report.split("/")
    compared(page, small, report)
    assert on_page(page) == expected(MINIATURE / unit[:2] / unit[:6] / unit / f"{year}.yml")


def test_side_by_side(page: Page, small: str) -> None:
    """Rows stand beside each other by what they are; what a form lacks is no nought; differences where they mean something."""
    compared(page, small, "330411103/2020", "330411103/2022", "330411103/2019")
    assert heads(page) == ["项目", "甲镇2020年度", "甲镇2022年度", "甲镇2019年度"]
    assert [text.split("：")[0] for text in heads(page, "compare-t3")] == [
        *("项目", "甲镇2020年度", "甲镇2022年度", "相差", "甲镇2019年度", "相差"),
    ]
    other = row(page, "t3", "other_other.total")
    assert other[0] == other[3] == "本格式没有"
    assert other[1] != "本格式没有"
    assert other[2].startswith("—")
    before, after = row(page, "t3", "new.total")[:2]
    difference = row(page, "t3", "new.total")[2].replace("\u2212", "-")
    assert int(difference) == int(after) - int(before)
    assert row(page, "t2", "normative.made")[2].startswith("—")
    label = page.locator('#compare-t2 tr[data-row="normative.made"] th').inner_text()
    assert "本年新制作数量" in label
    assert "2021年格式：本年制发件数" in label


def test_notes_stand_by_the_figures(page: Page, small: str) -> None:
    """A figure that the archive has a note on says so, and the note can be read."""
    compared(page, small, "330411103/2022")
    cell = page.locator('#compare-t4 tr[data-row="review.total"] td')
    expect(cell).to_have_text("2原文如此")
    page.locator("#compare-record details summary").click()
    expect(page.locator("#compare-record details")).to_contain_text("原件总计印作2，前四栏之和是1，照录。")


def test_difference_with_the_first_or_none(page: Page, small: str) -> None:
    compared(page, small, "330411103/2020", "330411103/2022", "330411103/2019")
    page.locator("#compare-difference").select_option("first")
    page.wait_for_url("**d=first")
    assert "甲镇2019年度减甲镇2020年度" in page.locator("#compare-t3 thead").text_content()  # type: ignore[operator]
    page.locator("#compare-difference").select_option("none")
    page.wait_for_url("**d=none")
    expect(page.locator("#compare-shown .difference")).to_have_count(0)
    page.reload()
    page.wait_for_selector(ENDED)
    expect(page.locator("#compare-difference")).to_have_value("none")


def test_scopes_are_not_subtracted(page: Page, small: str) -> None:
    """What one counted for itself and another for all below it have no difference; it is said once why."""
    why = page.locator("#compare-shown .fine", has_text="统计范围不同，不比")
    compared(page, small, "330400/2023", "330411103/2022", "330411103/2020")
    own, differing, _, difference = row(page, "t3", "new.total")[1:]
    assert differing.split() == ["—", "统计范围不同，不比"]
    assert own
    assert difference[0] in "+\u22120"
    expect(why).to_have_count(1)
    page.locator("#compare-difference").select_option("none")
    page.wait_for_url("**d=none")
    expect(page.locator("#compare-shown .difference")).to_have_count(0)
    expect(why).to_have_count(0)
    compared(page, small, "330411103/2022", "330411103/2020")
    expect(why).to_have_count(0)


def test_only_rows_that_hold_something(page: Page, address: str) -> None:
    compared(page, address, "330411103/2020", "411421103/2021")
    rows = page.locator("#compare-t3 tr[data-row]")
    every = rows.count()
    page.get_by_label("只看有数的行").check()
    page.wait_for_url("**z=1")
    page.wait_for_selector(ENDED)
    assert 0 < rows.count() < every
    expect(page.locator("#compare-t4-title + .fine")).to_have_text("各份的这张表都是零。")


def test_prose_beside_prose(page: Page, address: str) -> None:
    """Folded; opened, each report's words stand under its name, and hostile ones stay words."""
    compared(page, address, "330411103/2020", "411421103/2021", "410182110/2020")
    part = page.locator(".part", has=page.locator("h3", has_text="总体情况")).first
    expect(part.locator(".beside")).not_to_be_visible()
    part.locator("summary").click()
    expect(part.locator("section").nth(0)).to_contain_text("2020年以来，在区委、区政府和镇党委")
    expect(part.locator("section").nth(2)).to_contain_text("正文没有统一的格式，在最后。")
    last = page.locator(".part").last
    last.locator("summary").click()
    expect(last.locator("section")).to_have_count(1)
    assert len(last.inner_text()) > 1000


def test_published_text_is_never_markup(page: Page, small: str) -> None:
    compared(page, small, "330411103/2022")
    page.locator(".part").last.locator("summary").click()
    page.locator(".part").nth(-2).locator("summary").click()
    expect(page.locator("#compare-shown")).to_contain_text("<b>不是标签</b>")


# --- choosing ------------------------------------------------------------------------------------------


def test_choose_by_typing(page: Page, small: str) -> None:
    """Nothing of the index is loaded before somebody types; a year is put in and out again by its button."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{small}compare/")
    page.wait_for_selector('#compare[data-state="idle"]')
    expect(page.locator("#compare-lists")).to_be_visible()
    assert not [url for url in asked if "/search/index/" in url or "/api/" in url]
    page.locator("#compare-q").press_sequentially("甲镇", delay=20)
    expect(page.locator("#compare-found")).to_have_text("找到 1 个单位。")
    years = page.locator("#compare-units button")
    assert years.all_inner_texts() == ["2019", "2020", "2022"]
    years.nth(0).click()
    years.nth(2).click()
    page.wait_for_selector(ENDED)
    assert page.url == f"{small}compare/?r=330411103/2019&r=330411103/2022"
    expect(page.locator("#compare-status")).to_have_text("加入了甲镇2022年度，并排 2 份。")
    expect(page.locator("#compare-lists")).not_to_be_visible()
    expect(years.nth(2)).to_be_focused()
    expect(years.nth(2)).to_have_attribute("aria-pressed", "true")
    years.nth(2).click()
    expect(page.locator("#compare-status")).to_have_text("去掉了甲镇2022年度，并排 1 份。")
    expect(years.nth(2)).to_have_attribute("aria-pressed", "false")
    assert shown(page) == ["330411103/2019"]


def test_other_years_of_the_same_unit(page: Page, small: str) -> None:
    compared(page, small, "330411103/2020")
    page.locator("#compare-chosen summary").click()
    page.get_by_role("button", name="甲镇2022年度", exact=True).click()
    expect(page.locator("#compare-chosen > li")).to_have_count(2)
    expect(page.get_by_role("button", name="甲镇2022年度", exact=True)).to_be_focused()
    expect(page.locator("#compare-chosen details")).to_have_count(1)


def test_move_and_drop(page: Page, small: str) -> None:
    """Columns change places, the focus goes with them; what is left has the focus when one goes."""
    compared(page, small, "330411103/2019", "330411103/2020", "330411103/2022")
    page.get_by_role("button", name="右移：甲镇2019年度").click()
    page.wait_for_selector(ENDED)
    assert shown(page) == ["330411103/2020", "330411103/2019", "330411103/2022"]
    assert heads(page) == ["项目", "甲镇2020年度", "甲镇2019年度", "甲镇2022年度"]
    expect(page.locator("#compare-status")).to_have_text("甲镇2019年度移到了第 2 列，并排 3 份。")
    expect(page.get_by_role("button", name="右移：甲镇2019年度")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#compare-status")).to_contain_text("第 3 列")
    expect(page.get_by_role("button", name="左移：甲镇2019年度")).to_be_focused()
    page.get_by_role("button", name="去掉：甲镇2019年度").click()
    page.wait_for_selector(ENDED)
    assert shown(page) == ["330411103/2020", "330411103/2022"]
    assert page.evaluate("document.activeElement.closest('#compare-chosen') !== null")


def test_back_goes_from_step_to_step(page: Page, small: str) -> None:
    compared(page, small, "330411103/2019")
    page.locator("#compare-q").fill("甲镇")
    page.locator("#compare-units button").nth(1).click()
    page.wait_for_url("**2020")
    page.wait_for_selector(ENDED)
    page.locator("#compare-shown select").first.select_option("natural")
    page.wait_for_url("**c=natural")
    page.wait_for_selector(ENDED)
    expect(page.locator("#compare-shown select").first).to_be_focused()
    expect(page.locator("#compare-t3 caption")).to_have_text("“自然人”一栏")
    page.go_back()
    expect(page.locator("#compare-t3 caption")).to_have_text("“总计”一栏")
    assert len(shown(page)) == 2
    page.go_back()
    expect(page.locator("#compare-chosen > li")).to_have_count(1)
    page.go_forward()
    expect(page.locator("#compare-chosen > li")).to_have_count(2)
    page.reload()
    page.wait_for_selector(ENDED)
    assert heads(page) == ["项目", "甲镇2019年度", "甲镇2020年度"]
    assert page.title().startswith("甲镇2019年度 - 甲镇2020年度 - 对比")


def test_links_on_other_pages_add(page: Page, small: str) -> None:
    """From one report's page and then another's; a unit's page compares its years."""
    for report in ("330411103/2020", "330411103/2022", "330411103/2020"):
        page.goto(f"{small}units/{report}/")
        page.get_by_role("link", name="加入对比").click()
        page.wait_for_selector(ENDED)
    assert page.url == f"{small}compare/?r=330411103/2020&r=330411103/2022"
    page.goto(f"{small}units/330411103/")
    page.get_by_role("link", name="各年度并排对比").click()
    page.wait_for_selector(ENDED)
    assert shown(page) == ["330411103/2019", "330411103/2020", "330411103/2022"]


def test_no_more_than_fit(page: Page, small: str) -> None:
    """The seventh is refused in words, and nothing is lost."""
    six = [report for report in SMALL if not report.startswith("330411103/2022")][:6]
    compared(page, small, *six)
    page.locator("#compare-q").fill("330411103/2022")
    page.locator("#compare-units button").last.click()
    expect(page.locator("#compare-status")).to_have_text("已经有 6 份，去掉一份才能再加。")
    assert shown(page) == six
    page.goto(f"{small}compare/?add=330411103/2022")
    page.wait_for_selector(ENDED)
    expect(page.locator("#compare-alert")).to_contain_text("一次最多并排 6 份，多出来的 1 份没有放进来。")


def test_keyboard_alone(page: Page, small: str) -> None:
    """From the box to a column, along the table, and away again, without a pointer."""
    page.goto(f"{small}compare/")
    page.wait_for_selector('#compare[data-state="idle"]')
    page.keyboard.press("Control+k")
    while page.evaluate("document.activeElement.id") != "compare-q":
        page.keyboard.press("Tab")
    page.keyboard.type("甲镇")
    expect(page.locator("#compare-units button")).to_have_count(3)
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    page.wait_for_selector(ENDED)
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.wait_for_url("**2020")
    page.wait_for_selector(ENDED)
    assert shown(page) == ["330411103/2019", "330411103/2020"]
    reached = set()
    for _ in range(60):
        page.keyboard.press("Tab")
        reached.add(
            page.evaluate(
                "(e => e.getAttribute('role') === 'region' ? e.firstChild.id : e.id || e.dataset.do || '')(document.activeElement)"
            )
        )
    assert {"compare-record", "compare-t3", "compare-difference", "compare-some"} <= reached
    assert {"drop 330411103/2019", "right 330411103/2019", "left 330411103/2020"} <= reached
    page.locator("#compare-chosen button", has_text="×").last.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(ENDED)
    expect(page.locator("#compare-chosen > li")).to_have_count(1)
    page.keyboard.press("Enter")
    expect(page.locator("#compare-status")).to_have_text("去掉了甲镇2019年度，一份也没有了。")
    expect(page.locator("#compare-q")).to_be_focused()


def test_enter_never_takes_half_typed_pinyin(page: Page, small: str) -> None:
    page.goto(f"{small}compare/")
    page.fill("#compare-q", "甲镇")
    expect(page.locator("#compare-units button")).to_have_count(3)
    page.focus("#compare-q")
    session = page.context.new_cdp_session(page)
    session.send("Input.imeSetComposition", {"text": "jia", "selectionStart": 3, "selectionEnd": 3})
    page.keyboard.press("Enter")
    expect(page.locator("#compare-q")).to_be_focused()
    event = "new KeyboardEvent('keydown', {key: 'Enter', keyCode: 229, bubbles: true, cancelable: true})"
    assert page.locator("#compare-q").evaluate(f"box => box.dispatchEvent({event})") is True


# --- what is not there ---------------------------------------------------------------------------------


def test_reports_that_are_not_there(page: Page, address: str) -> None:
    """Said in words beside each; the others are shown."""
    compared(page, address, "330411103/2020", "999999999/2020", "411421103/1999")
    assert page.locator("#compare").get_attribute("data-state") == "error"
    said = page.locator("#compare-chosen .fault").all_inner_texts()
    assert said == ["档案里没有这个编号的单位。", "尚未收录这一年度，收录的有：2021。"]
    expect(page.locator("#compare-status")).to_have_text("并排 1 份，另有 2 份看不到。")
    assert heads(page) == ["项目", "油车港镇2020年度"]


@pytest.mark.parametrize(
    ("files", "fault"),
    [
        ("report.json", "network"),
        ("api/v1/units/", "network"),
        ("api/v1/index.json", "network"),
        ("api/v1/forms/", "broken"),
        ("report.json", "broken"),
    ],
)
def test_a_network_that_fails(page: Page, address: str, files: str, fault: str) -> None:
    """Told, never a blank page; trying again heals it."""

    def answer(route: Route) -> None:
        if fault == "network":
            route.abort()
        else:
            route.fulfill(status=200, body="<!doctype html><h1>404</h1>")

    page.route(re.compile(re.escape(files)), answer)
    compared(page, address, "330411103/2020", "411421103/2021")
    said = "可能网络不通" if fault == "network" else "可能网站正在更新"
    assert [said in text for text in page.locator("#compare-chosen .fault").all_inner_texts()] == [True, True]
    expect(page.locator("#compare-alert")).to_contain_text("有的报告没有取到。")
    page.unroute_all(behavior="wait")
    page.get_by_role("button", name="再取一次").click()
    page.wait_for_selector('#compare[data-state="done"]')
    assert len(heads(page)) == 3
    expect(page.locator("#compare-alert")).to_be_empty()


def test_names_that_do_not_load(page: Page, address: str) -> None:
    page.route("**/start-*.bin", lambda route: route.abort())
    page.goto(f"{address}compare/")
    page.fill("#compare-q", "油车港")
    expect(page.locator("#compare-found")).to_contain_text("单位名录没有取到，可能网络不通。")
    page.unroute_all(behavior="wait")
    page.fill("#compare-q", "油车港镇")
    expect(page.locator("#compare-units button")).to_have_count(1)


def test_indicators_that_do_not_load(page: Page, address: str) -> None:
    """Then less can be subtracted, and all else is there."""
    page.route("**/indicators.json", lambda route: route.abort())
    compared(page, address, "330411103/2020", "411421103/2021")
    assert page.locator("#compare").get_attribute("data-state") == "done"
    assert row(page, "t2", "licensing.decisions")[2].startswith("—")
    assert row(page, "t3", "new.total")[2] == "\u22124"


@pytest.mark.parametrize(
    ("query", "columns", "said"),
    [
        ("r=%3Cscript%3Ealert(1)%3C/script%3E", 0, "网址里有 1 处看不懂"),
        ("r=../../../etc/passwd&r=330411103/2020", 1, "网址里有 1 处看不懂"),
        ("&".join(["r=330411103/2020"] * 200), 1, ""),
        ("&".join(f"r=330411{n:03}/2020" for n in range(200)), 6, "多出来的 194 份没有放进来"),
        ("r=%FF%FE%00&add=%3Cb%3E&c=%22%3E%3Cb%3E&d=__proto__&z=%27", 0, "网址里有 2 处看不懂"),
        ("r=330411103/2020&c=nosuch&d=nosuch&z=9", 1, ""),
        ("r=330411103/2020&r=330411103/9999&r=constructor/2020", 2, "网址里有 1 处看不懂"),
        ("r=" + "a" * 50_000, 0, "网址里有 1 处看不懂"),
    ],
)
def test_hostile_addresses(page: Page, address: str, query: str, columns: int, said: str) -> None:
    """Plain words, as many columns as there is sense in it, and no markup."""
    page.goto(f"{address}compare/?{query}")
    page.wait_for_selector(f'{ENDED}, #compare[data-state="idle"]')
    expect(page.locator("#compare-chosen > li")).to_have_count(columns)
    if said:
        expect(page.locator("#compare-alert")).to_contain_text(said)
    else:
        expect(page.locator("#compare-alert")).to_be_empty()
    assert page.locator("#compare script:not([src]), #compare-alert b").count() == 0
    expect(page.locator("h1")).to_have_text("对比")


def test_an_answer_that_comes_too_late_is_dropped(page: Page, small: str) -> None:
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/330411103/2022/report.json", hold)
    page.goto(f"{small}compare/?r=330411103/2022")
    expect(page.locator("#compare-status")).to_have_text("正在取报告……")
    page.get_by_role("button", name=re.compile("去掉：")).click()
    page.wait_for_selector('#compare[data-state="idle"]')
    for route in held:
        route.continue_()
    page.wait_for_timeout(300)
    expect(page.locator("#compare-shown")).to_be_empty()
    expect(page.locator("#compare-lists")).to_be_visible()


def test_without_scripts(browser: Browser, address: str) -> None:
    """A word on why, and the lists by place and year."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}units/330411103/2020/")
    page.get_by_role("link", name="加入对比").click()
    assert "您的浏览器没有运行" in page.content()
    expect(page.locator("#compare-lists a[href*='regions/']").first).to_be_visible()
    expect(page.locator("#compare-lists a[href*='years/']").first).to_be_visible()
    expect(page.locator("#compare-choose")).not_to_be_visible()
    context.close()


def test_other_pages_load_nothing_of_it(page: Page, address: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for path in ("", "search/", "units/330411103/2020/"):
        page.goto(address + path)
    assert not [url for url in asked if "/assets/compare/" in url]


# --- for everyone --------------------------------------------------------------------------------------

STATES = {
    "idle": "",
    "two": "?r=330411103/2020&r=411421103/2021",
    "six": "?r=330411103/2020&r=371581113/2020&r=410182110/2020&r=411328109/2022&r=411421103/2021&r=999999/2020",
    "faults": "?r=999999999/2020&r=330411103/1999&r=%3C",
}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("state", STATES)
def test_everyone_can_use_it(
    browser: Browser, address: str, axe_js: Path, state: str, width: int, scheme: str
) -> None:
    """In every state, all unfolded: no accessibility violation, no sideways scroll, room for fingers on a phone."""
    context = browser.new_context(
        viewport={"width": width, "height": 800},
        color_scheme="dark" if scheme == "dark" else "light",
        has_touch=width == 320,
    )
    page = context.new_page()
    page.goto(f"{address}compare/{STATES[state]}")
    page.wait_for_selector(f'{ENDED}, #compare[data-state="idle"]')
    page.fill("#compare-q", "镇")
    expect(page.locator("#compare-units button").first).to_be_visible()
    page.evaluate("document.querySelectorAll('#compare details').forEach(part => { part.open = true; })")
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    page.evaluate(axe_js.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    boxes = [target.bounding_box() for target in page.locator("#compare button:visible").all()]
    context.close()
    assert wide <= 0
    assert [(v["id"], [n["html"][:200] for n in v["nodes"][:3]]) for v in found["violations"]] == []
    if width == 320:
        assert [box for box in boxes if box and min(box["height"], box["width"]) < 43.5] == []


def test_labels_stay_in_view(browser: Browser, address: str) -> None:
    """On a phone the columns scroll in a region of their own; the name of the row and the head stay."""
    context = browser.new_context(viewport={"width": 320, "height": 700})
    page = context.new_page()
    page.goto(f"{address}compare/{STATES['six']}")
    page.wait_for_selector(ENDED)
    region = page.locator("#compare-t3").locator("xpath=..")
    region.scroll_into_view_if_needed()
    region.evaluate("box => box.scrollTo({left: 200, top: 300, behavior: 'instant'})")
    assert region.evaluate("box => [box.scrollLeft, box.scrollTop]") == [200, 300]
    places = region.evaluate(
        """box => {
          const at = element => element.getBoundingClientRect();
          const label = box.querySelector('tbody tr:nth-of-type(4) th[scope=row]');
          const head = box.querySelector('thead th:last-child');
          return [at(label).left - at(box).left, at(head).top - at(box).top];
        }"""
    )
    context.close()
    assert all(0 <= place < 3 for place in places), places


def test_what_is_drawn_is_valid_html(
    page: Page, address: str, html_checker: list[str], tmp_path: Path
) -> None:
    """The page as the scripts have made it, checked like any other."""
    compared(page, address, *REAL, "999999999/2020", more="&r=%3C")
    page.fill("#compare-q", "镇")
    expect(page.locator("#compare-units button").first).to_be_visible()
    file = tmp_path / "compare.html"
    file.write_text(page.content(), encoding="utf-8")
    done = subprocess.run(
        [*html_checker, "--errors-only", str(file)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[:4000]


def test_on_paper(page: Page, address: str) -> None:
    """What only works on a screen is left out; tables are whole."""
    compared(page, address, "330411103/2020", "411421103/2021")
    page.emulate_media(media="print")
    for hidden in ("#compare-choose", ".moves", "#compare-tools", ".tools"):
        assert not page.locator(hidden).first.is_visible()
    assert page.locator("#compare-t3 caption").is_visible()
    cut = page.locator(".compared").first.evaluate("box => box.scrollHeight - box.clientHeight")
    assert cut <= 0


def test_the_weight_of_the_scripts(site: Path) -> None:
    """What the comparison adds to what the search has anyway, as a host packs it."""
    scripts = [path.read_bytes() for path in sorted((site / "assets/compare").glob("*.js"))]
    assert sum(len(gzip.compress(script)) for script in scripts) < 16_000
    assert len(gzip.compress(b"".join(scripts))) < 13_500
