"""What MkDocs makes is made again only when it has to be; and with `engine: page` MkDocs makes every page."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from build_tools.publish.build import HUB
from build_tools.publish.hub import OURS
from build_tools.publish.tree import Tree
from tests.gitwork import Repo
from tests.sitework import COMMAND, NIANBAO, environment, tree, workshop

pytestmark = pytest.mark.xdist_group("build")

LISTS = ("years/", "regions/", "quality/", "search/", "compare/", "submit/", "data/")
"""Pages that the footer or head links to: MkDocs writes a link from a page to itself its own way."""
MINIATURE = Path(__file__).parent / "miniature/reports"


def _run(folder: Path, *words: str, **variables: str) -> str:
    done = subprocess.run(
        [*NIANBAO, *words],
        cwd=folder,
        env={**environment(), **variables},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def _hubs(folder: Path) -> set[str]:
    return {path.name for path in (folder / ".cache/nianbao/hub").iterdir() if path.is_dir()}


@pytest.fixture(scope="module")
def made(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workshop of the miniature archive with its history and a finished site."""
    folder = workshop(root, tmp_path_factory.mktemp("hub"))
    shutil.rmtree(folder / "reports")
    shutil.copytree(MINIATURE, folder / "reports")
    Repo(folder).init().commit("收录")
    _run(folder)
    return folder


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    shutil.copytree(made, tmp_path / "work", symlinks=True)
    _run(tmp_path / "work")  # the place is part of what it is made of
    return tmp_path / "work"


def _append(folder: Path, name: str, text: str) -> None:
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    old = path.read_text(encoding="utf-8") if path.exists() else ""
    path.write_text(old + text, encoding="utf-8")


def test_nothing_changed(folder: Path) -> None:
    """MkDocs is not asked, and the answer says that nothing has changed."""
    before = _hubs(folder)
    assert "没有变化" in _run(folder)
    assert _hubs(folder) == before


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("docs/about.md", "\n新的一句\n"),
        ("overrides/partials/footer.html", "<!-- 新的一句 -->"),
        ("overrides/assets/archive.css", "/* 新的一句 */"),
    ],
)
def test_a_source_changed(folder: Path, name: str, text: str) -> None:
    """Pages, theme and styles are noticed, and what was kept before stays for builds that may be using it."""
    before = _hubs(folder)
    _append(folder, name, text)
    _run(folder)
    assert len(_hubs(folder) - before) == 1
    assert any("新的一句" in data.decode("utf-8", "replace") for data in tree(folder / "site").values())


def test_a_variable_changed(folder: Path) -> None:
    """Addresses that come from the environment are noticed."""
    _run(folder, SITE_URL="https://other.example/")
    assert "https://other.example/units/330411103/2020/" in (
        folder / "site/units/330411103/2020/index.html"
    ).read_text(encoding="utf-8")


def test_a_hook_changed(folder: Path) -> None:
    """A hook of MkDocs' own is a source, too."""
    hook = "def on_page_markdown(markdown, **_):\n    return markdown + '\\n\\n钩子{}\\n'\n"
    _append(folder, "hooks/extra.py", hook.format("甲"))
    _append(folder, "mkdocs.yml", "\nhooks:\n  - hooks/extra.py\n")
    for name in ("甲", "乙"):
        (folder / "hooks/extra.py").write_text(hook.format(name), encoding="utf-8")
        _run(folder)
        assert f"钩子{name}" in (folder / "site/about/index.html").read_text(encoding="utf-8")


def test_a_linked_folder_changed(folder: Path, tmp_path: Path) -> None:
    """MkDocs follows links in docs/, and so does the key."""
    (tmp_path / "elsewhere").mkdir()
    (folder / "docs/linked").symlink_to(tmp_path / "elsewhere")
    _append(folder, "mkdocs.yml", "\nvalidation:\n  nav:\n    omitted_files: ignore\n")
    for word in ("其一", "其二"):
        (tmp_path / "elsewhere/page.md").write_text(f"# {word}\n", encoding="utf-8")
        _run(folder)
        assert word in (folder / "site/linked/page/index.html").read_text(encoding="utf-8")


def test_mkdocs_into_another_folder(folder: Path, tmp_path: Path) -> None:
    """What MkDocs is told on its own command line is forgotten when it is done."""
    before = tree(folder / "site")
    command = [*COMMAND, "--site-dir", str(tmp_path / "other")]
    done = subprocess.run(command, cwd=folder, env=environment(), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    _append(folder, "docs/about.md", "\n新的一句\n")
    other = tree(tmp_path / "other")
    _run(folder)
    assert tree(tmp_path / "other") == other
    assert tree(folder / "site") != before


def test_a_file_becomes_a_folder_and_back(folder: Path) -> None:
    """What stood at a path is taken away before something else is put there."""
    for _ in range(2):
        (folder / "docs/notice").write_text("文件", encoding="utf-8")
        _run(folder)
        assert (folder / "site/notice").is_file()
        (folder / "docs/notice").unlink()
        _run(folder)  # now both copies know it
        _append(folder, "docs/notice/image.txt", "夹中")
        _run(folder)
        assert (folder / "site/notice/image.txt").is_file()
        shutil.rmtree(folder / "docs/notice")
    _run(folder)
    assert not (folder / "site/notice").exists()


def test_a_damaged_site_is_made_anew(folder: Path) -> None:
    """--fresh relies on nothing: pages damaged by hand are whole again, also in the build after it."""
    whole = tree(folder / "site")
    page = folder / "site/units/330411103/2020/index.html"
    page.unlink()
    page.write_text("damaged", encoding="utf-8")
    assert "没有变化" in _run(folder)
    _run(folder, "--fresh")
    assert tree(folder / "site") == whole
    _append(folder, "docs/about.md", "\n新的一句\n")
    _run(folder)
    assert (folder / "site/units/330411103/2020/index.html").read_text(encoding="utf-8") != "damaged"


def test_docs_must_keep_out_of_the_archives_addresses(folder: Path) -> None:
    """A hand-written page where the archive puts its own stops the build, and says which."""
    _append(folder, "docs/units/330411103.md", "# 占位\n")
    done = subprocess.run(NIANBAO, cwd=folder, env=environment(), capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "units/330411103/index.html" in done.stderr
    assert "Traceback" not in done.stderr


# --- engine: page -------------------------------------------------------------------------------------


def _paged(folder: Path) -> None:
    path = folder / "mkdocs.yml"
    text = path.read_text(encoding="utf-8")
    assert text.count("      # engine: page") == 1
    path.write_text(text.replace("      # engine: page", "      engine: page"), encoding="utf-8")


def _in_full(html: str, path: str) -> str:
    """A page with its links spelled out from the top of the site, and no mark of where the reader is in the header."""
    depth = path.count("/")

    def full(found: re.Match[str]) -> str:
        steps, rest = found[2], found[3]
        ups = steps.count("../")
        above = path.split("/")[: depth - ups] if ups <= depth else []
        return f'{found[1]}="/{"/".join([*above, rest]) if rest else "/".join(above) + "/"}"'

    html = html.replace(' aria-current="page"', "")
    return re.sub(r'(href|action|src)="((?:\.\./|\./)*)([^":#]*)"', full, html)


@pytest.mark.parametrize("command", [COMMAND, NIANBAO], ids=["mkdocs", "nianbao"])
def test_both_engines_make_the_same(folder: Path, command: list[str]) -> None:
    """Pages of reports and units are the same to the byte, and all files beside them; lists differ in how links are written."""
    shells = tree(folder / "site")
    _paged(folder)
    done = subprocess.run(command, cwd=folder, env=environment(), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    pages = tree(folder / "site")

    manifests = {path for path in (*shells, *pages) if path.startswith("manifest")}
    assert pages.keys() - manifests == shells.keys() - manifests
    differing = {path for path in pages.keys() - manifests if pages[path] != shells[path]}
    assert {path for path in differing if not path.startswith(LISTS)} == set()
    for path in differing:
        one, other = (_in_full(site[path].decode("utf-8"), path) for site in (pages, shells))
        assert one == other, path


def test_an_error_stops_the_engine_of_pages(folder: Path) -> None:
    """The old site stays, and the error is told with its place."""
    before = tree(folder / "site")
    _paged(folder)
    _append(folder, "reports/33/330411/notes.txt", "?")
    done = subprocess.run(COMMAND, cwd=folder, env=environment(), capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "reports/33/330411/notes.txt:1:1: 错误 ID-PATH" in done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    assert tree(folder / "site") == before


def test_the_engine_of_pages_says_what_it_cannot_do(folder: Path, tmp_path: Path) -> None:
    """Options that MkDocs alone would not heed are refused."""
    _paged(folder)
    done = subprocess.run(
        [*NIANBAO, "--to", str(tmp_path / "x")],
        cwd=folder,
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "--to 用不上" in done.stderr
    assert not (tmp_path / "x").exists()


# --- sitemaps -----------------------------------------------------------------------------------------


def test_sitemaps_name_every_page_once(folder: Path) -> None:
    """The list of lists leads to every page but the shares of years that nothing links, and to nothing else."""
    site, base = folder / "site", environment()["SITE_URL"]

    def told(path: str) -> list[str]:
        text = (site / path).read_text(encoding="utf-8")
        return [loc.removeprefix(base) for loc in re.findall("<loc>(.*?)</loc>", text)]

    pages = [page for part in told("sitemap.xml") for page in told(part)]
    there = {path.relative_to(site).parent.as_posix() for path in site.rglob("index.html")}
    shares = {path for path in there if re.fullmatch(r"years/\d{4}/\d{6}", path)}
    assert len(pages) == len(set(pages))
    former = {
        path for path in there if 'former">' in (site / path / "index.html").read_text(encoding="utf-8")
    }
    assert former
    assert {page.rstrip("/") or "." for page in pages} == there - shares - former


def test_no_sitemap_without_an_address(folder: Path) -> None:
    """A sitemap must name whole addresses; where none is known there is none."""
    _run(folder, SITE_URL="")
    assert not list((folder / "site").glob("sitemap*"))


def test_a_page_at_an_address_of_the_archive(folder: Path) -> None:
    """It would stand in for a page that is made, with another page's check sum in the lists."""
    _append(folder, "docs/data.md", "# 数据\n")
    done = subprocess.run(NIANBAO, cwd=folder, env=environment(), capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "docs 里有一页会做成 data/index.html，那是档案自己的网址" in done.stderr


def test_all_that_is_made_is_known_as_such(made: Path) -> None:
    """No part but that of the hand-written pages has a file outside the places where only the archive puts pages."""
    tree_of = Tree(made / "site")
    parts = {part: tree_of.listing(part) for part in tree_of.parts()}
    assert len(parts) > 5
    strange = {
        path for part, files in parts.items() if part != HUB for path in files if not path.startswith(OURS)
    }
    assert strange <= {"index.html", "llms.txt", "robots.txt", "opensearch.xml", "sitemap.xml"}
