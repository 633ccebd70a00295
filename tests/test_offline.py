"""The copy to take away: each link leads to a file, the search has its scripts, and it opens from a disk."""

import base64
import errno
import gzip
import re
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, expect
from playwright.sync_api import Page as Tab

from build_tools import offline
from build_tools.cli import main
from build_tools.files import UnreadableError
from tests.sitework import Page, broken_links, build, tree, workshop

pytestmark = pytest.mark.xdist_group("offline")

REPORT = "units/330411103/2020"
LEAVES = (
    "",
    "#content",
    "?q=1",
    "report.json",
    "source/a.txt",
    "../2020/tables.csv#x/",
    "../assets/archive.css",
    "https://example.gov.cn/a/",
    "HTTPS://example.gov.cn/a/",
    " https://example.gov.cn/a/",
    "mailto:a@example.gov.cn",
    "data:image/svg+xml,<a/>",
    "//example.gov.cn/",
    "/years/",
    "\\\\host/",
    "index.html?next=a/",
    "x.html#a/..",
    "../../../../",
    "../../../..",
    "a/../../../../../b/",
    ".hidden",
    "...",
)
LEADS = {
    "../2019/": "../2019/index.html",
    "./": "./index.html",
    ".": "./index.html",
    "..": "../index.html",
    "../../..": "../../../index.html",
    "../../../": "../../../index.html",
    "../../../about/#access": "../../../about/index.html#access",
    "../../../search/?q=a&n=2": "../../../search/index.html?q=a&n=2",
    "../../../search/?q=a#b/c?d": "../../../search/index.html?q=a#b/c?d",
    "..#a": "../index.html#a",
    ".?a=1": "./index.html?a=1",
    "../..?": "../../index.html?",
    " ../2019/ ": "../2019/index.html",
    "a/../b/": "a/../b/index.html",
    "一/": "一/index.html",
    "%E4%B8%80/": "%E4%B8%80/index.html",
    "it's/": "it's/index.html",
    "?/..": "?/..",
}
PAGES = {
    '<a href="a/">a/</a>': '<a href="a/index.html">a/</a>',
    '<a class="x"\n href="a/">': '<a class="x"\n href="a/index.html">',
    '<a hidden href="a/">': '<a hidden href="a/index.html">',
    '<a hidden\thref = "a/">': '<a hidden\thref="a/index.html">',
    '<A HREF="a/">': '<A HREF="a/index.html">',
    '<meta http-equiv="refresh" content="0; url=../a/">': '<meta http-equiv="refresh" content="0; url=../a/index.html">',
    '<meta name="description" content="0; url=../a/">': '<meta name="description" content="0; url=../a/">',
    '<img src="a/"/>': '<img src="a/index.html"/>',
    '<form method="get" action="../search/">': '<form method="get" action="../search/index.html">',
    '<a title="1 > 0" href="a/">': '<a title="1 > 0" href="a/index.html">',
    '<a title=\'a > "b\' href="a/">': '<a title=\'a > "b\' href="a/index.html">',
    '<a href="a/?x=1&amp;y=2">': '<a href="a/index.html?x=1&amp;y=2">',
    '<a href="a&#39;/">': '<a href="a&#x27;/index.html">',
    '<a href="a/"><b>《<a href="b/">》': '<a href="a/index.html"><b>《<a href="b/index.html">》',
}
STAYS = (
    'href="a/"',
    '&lt;a href="a/"&gt;',
    '1 < 2 href="a/" > 0',
    '<!-- <a href="a/"> -->',
    '<p data-href="a/" data-root="../" xlink:href="a/">',
    "<p title='<a href=\"a/\">'>",
    "<p title=\"<a href='a/' src=a/ \">",
    '<p title=" href=">a/</p>',
    '<title>怎样写 <a href="a/"></title>',
    '<textarea rows="2"><a href="a/"></textarea>',
    '<script src="a.js">"<a href=\\"a/\\">"; x = \'<a href="b/">\'</script>',
    '<a href="a/',
    '<a href="report.json" title="&amp;&#39;">',
    "<a " + "x" * 50_000,
    '<a x="' * 5_000,
)


@pytest.mark.parametrize("link", LEAVES)
def test_links_that_stay(link: str) -> None:
    """Files, places on the same page, other hosts, and what is not of the site."""
    assert offline.address(link, 3) == link


@pytest.mark.parametrize(("link", "led"), LEADS.items())
def test_links_to_folders(link: str, led: str) -> None:
    assert offline.address(link, 3) == led


@pytest.mark.parametrize(("written", "copied"), PAGES.items())
def test_links_in_pages(written: str, copied: str) -> None:
    assert offline.page(written, f"{REPORT}/index.html") == copied
    assert offline.page(copied, f"{REPORT}/index.html") == copied


@pytest.mark.parametrize("text", STAYS, ids=range(len(STAYS)))
def test_what_only_looks_like_a_link(text: str) -> None:
    assert offline.page(text, f"{REPORT}/index.html") == text


def test_folders_above_the_site_stay() -> None:
    """What is above the site is not in the copy."""
    for path, link in (("index.html", ".."), ("about/index.html", "../../x/"), ("index.html", "a/../../")):
        assert offline.page(f'<a href="{link}">', path) == f'<a href="{link}">'


def delivered(data: bytes) -> tuple[str, bytes]:
    """What a script delivers."""
    found = re.fullmatch(rb'nianbao\.deliver\("([^"\\]+)","([A-Za-z0-9+/=]*)"\);\n', data)
    assert found
    return found[1].decode(), base64.b64decode(found[2], validate=True)


def test_what_the_search_fetches() -> None:
    """Parts of the index stand as scripts only; a report's data is also a download."""
    everything = bytes(range(256))
    ((name, data),) = offline.members("search/index/start-0a.bin", everything)
    assert name == "search/index/start-0a.bin.js"
    assert delivered(data) == ("search/index/start-0a.bin", everything)

    text = '{"title": "年报"}\n'.encode()
    plain, (name, data) = offline.members(f"{REPORT}/report.json", text)
    assert plain == (f"{REPORT}/report.json", text)
    assert name == f"{REPORT}/report.json.js"
    path, packed = delivered(data)
    assert (path, gzip.decompress(packed)) == (f"{REPORT}/report.json", text)
    assert packed[4:8] == bytes(4)


def test_other_files_are_copied() -> None:
    """A page in another encoding keeps its bytes; the page for hosts only is left out."""
    foreign = '<title>证明</title><a href="a/">'.encode("gb18030")
    for path in ("assets/a.js", f"{REPORT}/source/a.bin", "search/a.bin", "report.json"):
        assert list(offline.members(path, b"\xff\x00")) == [(path, b"\xff\x00")]
    assert list(offline.members("proof.html", foreign)) == [
        ("proof.html", foreign.replace(b'"a/"', b'"a/index.html"'))
    ]
    assert list(offline.members("404.html", b"")) == []


# --- the zip -----------------------------------------------------------------------------------------


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A folder that passes for a site."""
    for name in ("index.html", "about/index.html", f"{REPORT}/report.json", "search/index/aa.bin"):
        file = tmp_path / "site" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text('<a href="about/">\n', encoding="utf-8")
    return tmp_path / "site"


def names(path: Path) -> list[str]:
    with zipfile.ZipFile(path) as packed:
        return packed.namelist()


def test_entries(small: Path, tmp_path: Path) -> None:
    """One folder on top, no clock, permissions to read, names that every program unpacks."""
    assert offline.write(small, tmp_path / "a.zip") == 2
    assert names(tmp_path / "a.zip") == [
        f"nianbao-offline/{name}"
        for name in (
            "使用说明.txt",
            "about/index.html",
            "index.html",
            "search/index/aa.bin.js",
            f"{REPORT}/report.json",
            f"{REPORT}/report.json.js",
        )
    ]
    with zipfile.ZipFile(tmp_path / "a.zip") as packed:
        assert packed.testzip() is None
        assert {(i.date_time, i.external_attr >> 16, i.create_system) for i in packed.infolist()} == {
            ((1980, 1, 1, 0, 0, 0), 0o100644, 3)
        }
        guide = packed.read("nianbao-offline/使用说明.txt")
    assert guide.startswith(b"\xef\xbb\xbf")
    assert guide.count(b"\r\n") == guide.count(b"\n")
    assert "index.html" in guide.decode("utf-8-sig")


def test_the_same_site_gives_the_same_bytes(small: Path, tmp_path: Path) -> None:
    """Wherever it stands, whenever its files were written, and also over an older copy."""
    target = tmp_path / "a.zip"
    offline.write(small, target)
    before = target.read_bytes()
    again = tmp_path / "elsewhere" / "public"
    for file in sorted(small.rglob("*"), reverse=True):
        if file.is_file():
            (again / file.relative_to(small)).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, again / file.relative_to(small))
    offline.write(again, target)
    assert target.read_bytes() == before


def test_a_copy_inside_the_site_does_not_hold_itself(small: Path) -> None:
    """A publisher may want it where readers fetch it."""
    target = small / "nianbao-offline.zip"
    offline.write(small, target)
    before = target.read_bytes()
    offline.write(small, target)
    assert target.read_bytes() == before
    assert [name for name in names(target) if ".zip" in name] == []


@pytest.mark.parametrize("reason", [OSError(errno.ENOSPC, "No space left on device"), KeyboardInterrupt()])
def test_nothing_half_written(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, reason: BaseException
) -> None:
    """A full disk or Ctrl-C leaves the last copy and nothing else."""
    target = tmp_path / "a.zip"
    target.write_bytes(b"old")
    write, written = zipfile.ZipFile.writestr, list[object]()

    def fail(packed: zipfile.ZipFile, member: zipfile.ZipInfo, data: bytes) -> None:
        if len(written) == 3:
            raise reason
        written.append(member)
        write(packed, member, data)

    monkeypatch.setattr(zipfile.ZipFile, "writestr", fail)
    with pytest.raises((UnreadableError, KeyboardInterrupt), match=r"磁盘满了|^$"):
        offline.write(small, target)
    assert target.read_bytes() == b"old"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.zip", "site"]


def test_a_link_in_the_site_is_not_followed(small: Path, tmp_path: Path) -> None:
    (small / "passwd.txt").symlink_to("/etc/hostname")
    with pytest.raises(UnreadableError, match=r"读不到 .*passwd\.txt：这是一个链接"):
        offline.write(small, tmp_path / "a.zip")
    assert not (tmp_path / "a.zip").exists()


# --- the command -------------------------------------------------------------------------------------


@pytest.fixture
def workplace(small: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An archive with a site, and the current folder in it."""
    (small.parent / "reports").mkdir()
    monkeypatch.chdir(small.parent)
    return small.parent


def test_command(workplace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Beside the site unless told otherwise, from any folder below."""
    assert main(["offline"]) == 0
    assert re.search(r"nianbao-offline\.zip：2 个网页，0\.0 MB$", capsys.readouterr().out)
    assert main(["offline", "--site", "site", "-o", "other.zip"]) == 0
    assert (workplace / "other.zip").read_bytes() == (workplace / "nianbao-offline.zip").read_bytes()


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        (["--site", "reports"], "reports 里没有做好的网站。先运行 make build"),
        (["--site", "nowhere"], "nowhere 里没有做好的网站。先运行 make build"),
        (["-o", "nowhere/a.zip"], "写不进 nowhere/a.zip：没有 nowhere 这个目录。"),
        (["-o", "reports"], "写不进 reports：这是一个目录。"),
    ],
)
def test_command_that_cannot(
    workplace: Path, capsys: pytest.CaptureFixture[str], words: list[str], answer: str
) -> None:
    before = tree(workplace)
    assert main(["offline", *words]) == 2
    assert answer in capsys.readouterr().err
    assert tree(workplace) == before


# --- the archive's own site --------------------------------------------------------------------------


@pytest.fixture(scope="session")
def site(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The finished site of the archive's own reports."""
    folder = workshop(root, tmp_path_factory.mktemp("offline"))
    done = build(folder)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder / "site"


@pytest.fixture(scope="session")
def copy(site: Path) -> Path:
    """The site's copy, unpacked in a folder whose name needs care in addresses."""
    target = site.parent / "copy.zip"
    offline.write(site, target)
    unpacked = site.parent / "我的 文件#1"
    with zipfile.ZipFile(target) as packed:
        packed.extractall(unpacked)
    return unpacked / offline.TOP


def test_every_link_leads_to_a_file(copy: Path) -> None:
    """In every page: no link to a folder is left, and no anchor is lost."""
    assert broken_links(copy) == []
    for path in copy.rglob("*.html"):
        for tag, attributes in Page(path.read_text(encoding="utf-8")).tags:
            for link in (attributes[key] for key in ("href", "src", "action") if key in attributes):
                parts = urlsplit(link)
                if not parts.scheme and parts.path:
                    assert (path.parent / unquote(parts.path)).is_file(), (path, tag, link)


def test_nothing_is_missing(site: Path, copy: Path) -> None:
    """Every file of the site is there, or a script in its stead; nothing else is."""
    files, copied = set(tree(site)), set(tree(copy))
    index = {path for path in files if path.startswith("search/index/")}
    reports = {path for path in files if path.endswith("/report.json")}
    api = {path for path in files if path.startswith(("api/v1/i", "api/v1/forms/", "api/v1/units/"))}
    forms = {path for path in files if path.startswith("submit/") and path.endswith(".json")}
    scripts = {f"{path}.js" for path in index | reports | api | forms}
    assert forms
    assert reports
    assert {"api/v1/index.json", "api/v1/forms/2021.json", "api/v1/units/330411103.json"} < api
    heads = ("404.html", "manifest", "sitemap", "robots.txt", "llms.txt", "_redirects", "redirects/")
    for_hosts = {path for path in files if path.startswith(heads)}
    assert copied == (files - index - for_hosts) | scripts | {offline.GUIDE}
    for path in scripts:
        delivers, data = delivered((copy / path).read_bytes())
        assert f"{delivers}.js" == path
        original = (site / delivers).read_bytes()
        assert data == original if delivers in index else gzip.decompress(data) == original


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A reader without a network."""
    context = browser.new_context(offline=True)
    yield context
    context.close()


@pytest.fixture
def tab(context: BrowserContext) -> Iterator[Tab]:
    """A page in which nothing may go wrong unseen."""
    tab = context.new_page()
    faults: list[str] = []
    tab.on("console", lambda m: faults.append(m.text) if m.type in {"error", "warning"} else None)
    tab.on("pageerror", lambda error: faults.append(str(error)))
    called_off = "net::ERR_ABORTED"  # as of an icon, when the test goes on to the next page
    tab.on("requestfailed", lambda r: faults.append(r.url) if r.failure != called_off else None)
    yield tab
    assert faults == []


def test_home_page_from_a_disk(copy: Path, tab: Tab) -> None:
    """Styles are there, and every link of the home page opens a page of the copy with a heading."""
    tab.goto((copy / "index.html").as_uri())
    links = {a.evaluate("a => a.href") for a in tab.locator("a[href]").all()}
    inside = sorted(link for link in links if link.startswith("file:") and "/index.html" in link)
    assert len(inside) > 10
    assert tab.evaluate("document.styleSheets.length") == tab.locator("link[rel=stylesheet]").count() > 0
    assert tab.locator("header.top").evaluate("e => getComputedStyle(e).display !== 'inline'")
    for link in inside:
        tab.goto(link)
        expect(tab.locator("h1")).to_have_count(1)


def test_walk_from_a_disk(copy: Path, tab: Tab) -> None:
    """By clicking, as a reader does: home, places, province, and back."""
    tab.goto((copy / "index.html").as_uri())
    tab.locator("header.top nav a", has_text="地区").click()
    expect(tab).to_have_url(re.compile(r"/regions/index\.html$"))
    tab.locator("main a", has_text="浙江省").first.click()
    expect(tab).to_have_url(re.compile(r"/regions/33/index\.html$"))
    tab.locator("header.top a.name").click()
    expect(tab).to_have_url(re.compile(r"/nianbao-offline/index\.html$"))


def test_search_from_a_disk(copy: Path, tab: Tab) -> None:
    """From the box in the header: a report with its snippet, which opens by a click and on Back is there again."""
    tab.goto((copy / "about/index.html").as_uri())
    tab.locator("#search-q").fill("油车港")
    tab.locator("#search-q").press("Enter")
    tab.wait_for_selector("#search[data-state=done]")
    assert "/search/index.html?" in tab.url
    expect(tab.locator("#search-total")).to_have_attribute("data-exact", "true")
    found = tab.locator('#search-results [data-report="330411103/2020"]')
    expect(found.locator("mark").first).to_have_text("油车港")

    found.locator("a[href]").first.click()
    expect(tab).to_have_url(re.compile(rf"/{REPORT}/index\.html(#.*)?$"))
    assert "油车港" in tab.locator("h1").inner_text()
    tab.go_back()
    tab.wait_for_selector("#search[data-state=done]")
    expect(found).to_have_count(1)


def test_search_in_the_text_from_a_disk(copy: Path, site: Path, tab: Tab) -> None:
    """A phrase that only the report's own text confirms, and one that stands nowhere."""
    text = (site / REPORT / "index.md").read_text(encoding="utf-8")
    phrase = next(iter(re.findall(r"[\u4e00-\u9fff]{12,}", text.split("\n## ", 2)[1])))
    tab.goto((copy / "search/index.html").as_uri())
    for words, count in ((phrase, 1), ("没有哪一份年报写过这句话", 0)):
        tab.locator("#search-q").fill(words)
        tab.locator("#search-q").press("Enter")
        expect(tab.locator("#search-total")).to_have_attribute("data-total", str(count))
        tab.wait_for_selector("#search[data-state=done]")
    expect(tab.locator("#search-results [data-report]")).to_have_count(0)


def test_comparison_from_a_disk(copy: Path, tab: Tab) -> None:
    """From a report's page into the comparison, one more by its name, and Back."""
    tab.goto((copy / REPORT / "index.html").as_uri())
    tab.get_by_role("link", name="加入对比").click()
    tab.wait_for_selector("#compare[data-state=done]")
    tab.locator("#compare-q").fill("beiguan")
    tab.get_by_role("button", name="北关镇2021年度").click()
    expect(tab.locator("#compare-t3 thead th:not(.difference)")).to_have_count(3)
    expect(tab.locator("#compare-status")).to_contain_text("并排 2 份")
    cells = tab.locator('#compare-t3 tr[data-row="new.total"] td')
    assert cells.all_inner_texts() == ["4", "0", "\u22124"]
    tab.go_back()
    expect(tab.locator("#compare-t3 thead th")).to_have_count(2)


def test_a_report_is_filled_in_from_a_disk(copy: Path, tab: Tab) -> None:
    """The form page of the copy finds units, and fetches forms and last year's report as scripts."""
    tab.goto((copy / "submit/index.html").as_uri())
    tab.fill("#submit-q", "330411103")
    tab.locator("#submit-units button").first.click()
    tab.select_option("#submit-year", "2021")
    tab.get_by_role("button", name="开始填写").click()
    tab.wait_for_selector("#submit[data-state=filling]")
    tab.locator("[id='t3.carried_in.total']").fill("77")
    expect(tab.locator(".findings li[data-rule='XY-CARRY']")).to_contain_text("应等于")
