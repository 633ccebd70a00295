"""`make serve`: pages are there when they are asked for, and an edit is seen in the browser."""

from __future__ import annotations

import http.client
import re
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.sitework import PREFIX, environment, workshop

pytestmark = pytest.mark.xdist_group("preview")

REPORT = "reports/33/330411/330411103/2020.yml"
PAGE = "units/330411103/2020/"
PATIENCE = 60.0  # seconds until something that has to happen is given up


@dataclass
class Serving:
    """A preview that runs: what it answers and what it tells."""

    folder: Path
    port: int
    told: list[str] = field(default_factory=list)

    def ask(self, path: str) -> tuple[int, str]:
        """Status and text of what lies at a path, spelled as it is."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            return answer.status, answer.read().decode("utf-8", "replace")
        finally:
            connection.close()

    def page(self, path: str) -> str:
        status, text = self.ask(f"{PREFIX}/{path}")
        assert status == 200, (path, self.log())
        return text

    def log(self) -> str:
        return "".join(self.told)

    def edited(self, path: str, edit: Callable[[], object]) -> str:
        """The page after an edit, asked for again when the browser is told to, as the script of MkDocs does."""
        epoch, number = re.findall(r"livereload\((\d+), (\d+)\)", self.page(path))[0]
        edit()
        until = time.monotonic() + PATIENCE
        while float(self.ask(f"/livereload/{epoch}/{number}")[1]) <= float(epoch):
            assert time.monotonic() < until, self.log()
        return self.page(path)

    def replaced(self, file: str, old: str, new: str) -> Callable[[], object]:
        """An edit: other words in a file."""
        path = self.folder / file
        text = path.read_text(encoding="utf-8")
        assert old in text
        return lambda: path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.fixture(scope="module")
def serving(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    """The preview of a workshop that has its own copy of the program."""
    folder = workshop(root, tmp_path_factory.mktemp("serving") / "work")
    shutil.copytree(
        root / "build_tools", folder / "build_tools", ignore=shutil.ignore_patterns("__pycache__")
    )
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", f"127.0.0.1:{port}"]
    variables = {**environment(), "PYTHONPATH": str(folder), "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(
        command, cwd=folder, env=variables, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        made = Serving(folder, port)
        listener = threading.Thread(target=lambda: made.told.extend(process.stdout or ()))
        listener.start()
        try:
            until = time.monotonic() + PATIENCE
            while "Serving on" not in made.log():
                assert process.poll() is None, made.log()
                assert time.monotonic() < until, made.log()
                time.sleep(0.05)
            yield made
        finally:
            process.terminate()
            listener.join()
    assert "Traceback" not in made.log()


@pytest.mark.parametrize(
    ("path", "words"),
    [
        (PAGE, 'data-report="330411103/2020"'),
        ("units/330411103/", "油车港镇"),
        ("regions/330411/", "秀洲区"),
        ("years/2020/330411/", "油车港镇"),
        ("", "411328109/2022"),
        ("years/", "2020"),
        ("years/2020/", "油车港镇"),
        ("regions/33/", "嘉兴市"),
        ("search/", 'id="search-q"'),
        ("compare/", 'data-start="search/index/start-'),
        ("submit/", 'data-start="search/index/start-'),
        ("submit/2021.json", '"id":"2021"'),
        ("api/v1/index.json", '"reports":5'),
        ("api/v1/regions/33.json", "嘉兴市"),
        ("api/v1/regions/330411.json", "油车港镇"),
        ("api/v1/units/330411103.json", "油车港镇"),
        ("about/", "<h1"),
        (f"{PAGE}report.json", '"330411103"'),
        (f"{PAGE}source/004_1feac183b5673ebd.txt", "政府信息公开"),
    ],
)
def test_there_on_first_request(serving: Serving, path: str, words: str) -> None:
    """Every kind of page, and what lies beside one."""
    assert words in serving.page(path)


def test_the_search_stays_while_other_pages_are_looked_at(serving: Serving) -> None:
    """Its page asks for parts of the index long after it was opened."""
    start = re.findall(r"search/index/(start-\w+\.bin)", serving.page("search/"))[0]
    serving.page("")
    assert serving.ask(f"{PREFIX}/search/index/{start}")[0] == 200


@pytest.mark.parametrize(
    "path",
    [
        "/units/330411103/2021/",
        "/units/330411199/",
        "/units/33041110a/",
        "/units/999999999/",
        "/regions/999999/",
        "/years/2020/999999/",
        "/units/../../etc/passwd",
        "/units/%2e%2e/%2e%2e/etc/passwd",
        "/units/330411103/..%2f..%2f..%2f..%2fetc/passwd",
        "/units/%ff%fe330411/",
        "/units/%EF%BC%93%EF%BC%930411103/",
        "/%2fetc/passwd",
    ],
)
def test_nothing_there(serving: Serving, path: str) -> None:
    """Addresses of nothing, and such as try to lead elsewhere."""
    status, text = serving.ask(PREFIX + path)
    assert status == 404
    assert "root:" not in text


def test_several_at_once(serving: Serving) -> None:
    """Browsers ask for several pages at the same time."""
    paths = [PAGE, "units/410182110/2020/", "", "regions/41/", "units/371581113/2020/", "search/"] * 2
    with ThreadPoolExecutor(4) as pool:
        assert all("</html>" in text for text in pool.map(serving.page, paths))


def test_a_report_is_edited(serving: Serving) -> None:
    """Its page shows it."""
    edit = serving.replaced(REPORT, "标题: 油车港镇", "标题: 油车港镇（改）")
    assert "油车港镇（改）" in serving.edited(PAGE, edit)


def test_a_unit_is_renamed(serving: Serving) -> None:
    """Its page shows it, and so do the lists."""
    edit = serving.replaced("reports/33/330411/330411103/unit.yml", "名称: 油车港镇", "名称: 油车港新镇")
    assert "油车港新镇" in serving.edited("units/330411103/", edit)
    for path in ("years/2020/", "regions/330411/"):
        assert "油车港新镇" in serving.page(path)


def test_to_look_changes_nothing(serving: Serving) -> None:
    """Pages are made and files are read, and no browser is told to come again."""
    (epoch,) = re.findall(r"livereload\((\d+), ", serving.page(PAGE))
    for path in (PAGE, "", "search/", "units/410182110/2020/"):
        serving.page(path)
    assert f"livereload({epoch}, " in serving.page(PAGE)


def test_a_faulty_report(serving: Serving) -> None:
    """It is shown with its fault, which is told too; mended, it is shown without."""
    whole = (serving.folder / REPORT).read_text(encoding="utf-8")
    edit = serving.replaced(REPORT, "新收: [4, 0, 0, 0, 0, 0, 4]", "新收: [4, 0, 0, 0, 0, 0, 5]")
    text = serving.edited(PAGE, edit)
    assert 'data-rule="T3-ROW-SUM"' in text
    assert f"{REPORT}:" in serving.log()
    assert "T3-ROW-SUM" in serving.log()
    mended = serving.edited(PAGE, lambda: (serving.folder / REPORT).write_text(whole, encoding="utf-8"))
    assert 'data-rule="T3-ROW-SUM"' not in mended


def test_a_report_that_cannot_be_read_and_one_that_is_gone(serving: Serving) -> None:
    """The page of the first says why, and follows when it is mended; the other has none."""
    path = serving.folder / "reports/41/411328/411328109/2022.yml"
    page, whole = "units/411328109/2022/", path.read_text(encoding="utf-8")
    assert "411328109/2022" in serving.page(page)
    faulty = serving.edited(page, lambda: path.write_text("格式: [\n", encoding="utf-8"))
    assert "2022年度的年报还读不出来" in faulty
    assert 'data-rule="YAML-SYNTAX"' in faulty
    assert "怎么办：" in faulty
    assert "YAML-SYNTAX" in serving.log()
    serving.edited("units/411328109/", lambda: path.write_text(whole, encoding="utf-8"))
    assert "411328109/2022" in serving.page(page)
    serving.edited("units/411328109/", path.unlink)
    assert serving.ask(f"{PREFIX}/{page}")[0] == 404


def test_a_county_goes(serving: Serving) -> None:
    """Its pages go with it."""
    assert "411421103" in serving.page("units/411421103/2021/")
    serving.edited("about/", lambda: shutil.rmtree(serving.folder / "reports/41/411421"))
    assert serving.ask(f"{PREFIX}/units/411421103/2021/")[0] == 404
    assert serving.ask(f"{PREFIX}/regions/411421/")[0] == 404


@pytest.mark.parametrize(
    ("file", "old", "new", "page"),
    [
        ("build_tools/forms/2019.yml", "name: 2019年", "name: 二〇一九年", "units/330411103/"),
        ("build_tools/render/templates/unit.html.jinja", "</h1>", "</h1><p>模板改了</p>", "units/330411103/"),
        ("docs/about.md", "\n\n", "\n\n手写页改了\n\n", "about/"),
        ("overrides/base.html", "</body>", "<p>外壳改了</p></body>", PAGE),
    ],
    ids=["form", "template", "page written by hand", "theme"],
)
def test_other_edits(serving: Serving, file: str, old: str, new: str, page: str) -> None:
    """What pages are made of beside reports."""
    words = re.findall(r"[\u3007\u4e00-\u9fff]{4,}", new)[0]
    assert words in serving.edited(page, serving.replaced(file, old, new))


def test_a_slip_in_the_register(serving: Serving) -> None:
    """It is told; pages are shown as they were, and again when it is mended."""
    path = serving.folder / "reports/divisions.csv"
    whole = path.read_bytes()
    assert "油车港镇" in serving.edited(PAGE, lambda: path.write_bytes(whole + b"x,y\n"))
    assert "divisions.csv" in serving.log()
    assert "油车港镇" in serving.edited(PAGE, lambda: path.write_bytes(whole))
