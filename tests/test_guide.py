"""The guides: every picture is one that the script takes, is there, is of its size, and says in words what it shows."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser

from build_tools.owners import code_owners
from tests.pictures import FOLDER, PICTURES, SCALE, take

ROOT = Path(__file__).parent.parent
GUIDES = ("guide", "batch")
NAMES = {picture.name: picture for picture in PICTURES}
SHOWN = re.compile(r"!\[([^\]]*)\]\(assets/guide/([\w-]+)\.png\)\{ loading=lazy width=(\d+) height=(\d+) \}")

pytestmark = pytest.mark.xdist_group("site")


def guide(name: str) -> str:
    return (ROOT / f"docs/{name}.md").read_text(encoding="utf-8")


def test_every_picture_is_one_the_script_takes() -> None:
    """With the size it has, so that nothing moves while it comes."""
    text = guide("guide")
    found = SHOWN.findall(text)
    assert len(found) == text.count("](assets/") >= 4
    for words, name, width, height in found:
        assert len(words) >= 10
        assert (int(width), int(height)) == (NAMES[name].width, NAMES[name].height)
        with Image.open(FOLDER / f"{name}.png") as picture:
            assert picture.size == (NAMES[name].width * SCALE, NAMES[name].height * SCALE)


def test_no_picture_is_left_over() -> None:
    """What is committed is shown, and small."""
    there = {path.stem: path.stat().st_size for path in FOLDER.iterdir()}
    assert set(there) == {name for _, name, _, _ in SHOWN.findall(guide("guide"))}
    assert max(there.values()) < 60_000


def test_the_script_still_can(site: Path, browser: Browser, tmp_path: Path) -> None:
    """It finds what it takes on the pages as they are today;

    The site of the tests has no form on mistakes, so the cell cannot be pointed at here.
    """
    plain = [picture for picture in PICTURES if picture.name != "cell"]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("tests.pictures.PICTURES", plain)
        taken = {picture.name: there for picture, there in take(site, browser, tmp_path)}
    assert {path.stem for path in tmp_path.iterdir()} == set(taken) == set(NAMES) - {"cell"}
    assert all(taken.values())


def test_a_page_that_is_not_there_is_passed_over(browser: Browser, tmp_path: Path) -> None:
    """And said so."""
    (tmp_path / "site").mkdir()
    assert not any(there for _, there in take(tmp_path / "site", browser, tmp_path / "pictures"))
    assert list((tmp_path / "pictures").iterdir()) == []


@pytest.mark.parametrize("name", GUIDES)
def test_a_guide_can_be_read_in_ten_minutes(name: str) -> None:
    """By people who never saw git: no word of the trade without need."""
    text = guide(name)
    assert len(re.findall("[\u4e00-\u9fff]", text)) < 2500
    words = ("仓库克隆", "rebase", "commit id", "fork 一下", "stdin")
    assert [word for word in words if word in text] == []


def test_the_list_in_the_guide_is_one_that_can_be_read() -> None:
    text = guide("batch")
    found = re.search("```text\n(province,owners\n.*?)```", text, re.DOTALL)
    assert found
    assert "/reports/33/ @your-org/zhejiang @someone" in code_owners(found[1], ["33"])[".github/CODEOWNERS"]


@pytest.mark.parametrize("name", GUIDES)
@pytest.mark.parametrize("width", [390, 1280])
def test_accessible_and_no_wider_than_the_screen(
    browser: Browser, address: str, axe_js: Path, name: str, width: int
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900}, bypass_csp=True)
    page = context.new_page()
    page.goto(f"{address}{name}/")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.add_script_tag(path=axe_js)
    assert page.evaluate("axe.run().then(r => r.violations.map(v => v.id))") == []
    context.close()
