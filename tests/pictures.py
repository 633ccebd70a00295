"""Takes the pictures of docs/guide.md from the real pages: `make pictures`.

Always the same size and colours; a page that is not there yet is passed over, and said so.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from tests.sitework import COMMAND, environment, served, workshop

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "docs/assets/guide"
WIDTH, SCALE, COLOURS = 640, 2, 128
HOST = {
    "EDIT_BASE": "https://git.example/us/archive/edit/main/",
    "ISSUE_FORM": "https://git.example/us/archive/issues/new?report={report}&cell={cell}&value={value}&source={source}",
}


@dataclass(frozen=True)
class Picture:
    """A part of a page: its upper `height` pixels, or those from `start` on, after something was done there."""

    name: str
    path: str
    height: int
    start: str = ""
    do: Callable[[Page], object] = lambda page: page
    width: int = WIDTH


def _point(page: Page) -> None:
    page.locator('[id="t3.partial.natural"]').click()
    page.wait_for_selector(".tell a")


def _choose(page: Page) -> None:
    page.fill("#submit-q", "油车港")
    page.locator("#submit-units button, #submit-units a").first.click()
    page.select_option("#submit-year", "2022")


def _fill(page: Page) -> None:
    _choose(page)
    page.click("#submit-which button[type=submit]")
    page.wait_for_selector('[id="t3.new.total"]')
    for cell, figure in zip(page.locator('tr:has([id="t3.new.total"]) input').all(), "4000005", strict=True):
        cell.fill(figure)
    page.keyboard.press("Tab")
    page.wait_for_selector('[id="t3.new.total.said"]:not(:empty)')


PICTURES = (
    Picture("region", "regions/330411/", 330, ".crumbs"),
    Picture("unit", "units/330411103/", 440, ".crumbs"),
    Picture("cell", "units/330411103/2020/", 400, "#t3", _point),
    Picture("end", "units/330411103/2020/", 330, "#more"),
    Picture("submit", "submit/", 520, "#submit h1", _choose),
    Picture("sheet", "submit/", 400, '#submit-sheet .sheet:has([id="t3.new.natural"])', _fill, 740),
)


def take(site: Path, browser: Browser, folder: Path) -> Iterator[tuple[Picture, bool]]:
    """Take every picture into a folder; says of each whether its page was there."""
    folder.mkdir(parents=True, exist_ok=True)
    with served(site) as address:
        for picture in PICTURES:
            there = (site / picture.path / "index.html").is_file()
            if there:
                _take(browser, address, picture, folder / f"{picture.name}.png")
            yield picture, there


def _take(browser: Browser, address: str, picture: Picture, target: Path) -> None:
    context = browser.new_context(
        viewport={"width": picture.width, "height": 900},
        device_scale_factor=SCALE,
        color_scheme="light",
        reduced_motion="reduce",
        locale="zh-CN",
    )
    page = context.new_page()
    page.goto(address + picture.path)
    page.evaluate("document.fonts.ready")
    picture.do(page)
    top = _top(page, picture.start)
    clip = {"x": 0.0, "y": top, "width": float(picture.width), "height": float(picture.height)}
    shot = page.screenshot(full_page=True, clip=clip)  # type: ignore[arg-type]  # playwright's own kind of dict
    context.close()
    few = Image.open(BytesIO(shot)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    few.save(target, optimize=True)


def _top(page: Page, start: str) -> float:
    """Where on the page the picture begins."""
    if not start:
        return 0.0
    box = page.locator(start).first.bounding_box()
    assert box
    return max(float(box["y"]) + float(page.evaluate("scrollY")) - 16, 0)


@contextmanager
def _browser() -> Iterator[Browser]:
    path = (Path(sys.prefix) / "browser").read_text(encoding="utf-8").strip()
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox", "--disable-dev-shm-usage"]
        )


def main() -> int:
    """Build the site as a host would that has a form, and take the pictures."""
    with tempfile.TemporaryDirectory() as folder, _browser() as browser:
        shop = workshop(ROOT, Path(folder) / "shop")
        done = subprocess.run(COMMAND, cwd=shop, env=environment() | HOST, check=False)
        if done.returncode:
            return done.returncode
        for picture, there in take(shop / "site", browser, FOLDER):
            said = "拍好" if there else f"略过，还没有 /{picture.path} 这一页："
            print(f"{said} docs/assets/guide/{picture.name}.png")
    return 0


if __name__ == "__main__":
    sys.exit(main())
