"""A small archive with every sort of report, published whole: pages, documents and data as plain files.

`make bless` writes what the code gives now into tests/miniature/expected; read the difference before you commit it.
"""

import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from build_tools.api import API
from build_tools.publish import BadReportsError, Wishes, build_site
from build_tools.publish.preview import Preview
from build_tools.workers import spread
from tests.buildwork import plain_hub
from tests.searchindex import Index
from tests.sitework import tree

HERE = Path(__file__).parent / "miniature"
Previewed = tuple[Preview, Path, list[str]]
LISTS = re.compile(r"manifest(/.+)?\.tsv")
"""What says of the other files what they hold."""
DATA = re.compile(r"data/(?!all/(reports|units|findings)\.csv).*")
"""The open data, but for some that are plain to read."""


def published(archive: Path, target: Path, workers: int | None = None) -> Path:
    """Publish an archive into shells that hold nothing but the page, with hardly a page written by hand.

    No word of its history: that is the history of this very repository.
    """
    beside = target.with_name(f".{target.name}.beside")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NIANBAO_YEAR", "2026")
        build_site(
            beside,
            plain_hub(beside / "hub", archive, bare=True),
            Wishes(to=target, jobs=workers, history=False),
        )
    return target


@pytest.fixture
def preview(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Previewed:
    """A preview of a copy of the archive, the copy, and what is told while its pages are made."""
    monkeypatch.setenv("NIANBAO_YEAR", "2026")
    shutil.copytree(HERE / "reports", tmp_path / "archive/reports")
    told: list[str] = []
    made = Preview(tmp_path / "cache", spread, told.append)
    made.renew(plain_hub(tmp_path / "site", tmp_path / "archive", bare=True))
    return made, tmp_path / "archive/reports", told


def test_pages(golden: Callable[[Path, str], None], tmp_path: Path, *, bless: bool) -> None:
    """Every file of the small site is as expected, and there is no other."""
    site = published(HERE, tmp_path / "site")
    expected = HERE / "expected"
    if bless and expected.exists():
        shutil.rmtree(expected)
    # What is there byte for byte is tested below; the index is read back by tests/test_search_index.py, the open data
    # by tests/test_open_data.py; what hangs on the code alone is held to itself by tests/test_api.py.
    code = rf"{API}(forms/.*|indicators\.json|openapi\.json)"
    left_out = re.compile(rf"{LISTS.pattern}|{DATA.pattern}|{code}|.*(report\.yml|\.bin)")
    found = {path: data for path, data in tree(site).items() if not left_out.fullmatch(path)}
    for path, data in found.items():
        # The start of the index is named by its content, which every report changes.
        golden(expected / path, re.sub(r"start-[a-z2-7]{8}", "start-xxxxxxxx", data.decode("utf-8")))
    assert set(found) == set(tree(expected))


def test_order_on_disk_does_not_matter(tmp_path: Path) -> None:
    """Files created in another order, at another time, read by several processes, give the same bytes."""
    for path in sorted((HERE / "reports").rglob("*"), reverse=True):
        if path.is_file():
            copy = tmp_path / "archive" / path.relative_to(HERE)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, copy)
            os.utime(copy, (1, 1))
    again = published(tmp_path / "archive", tmp_path / "again", workers=2)

    assert tree(again) == tree(published(HERE, tmp_path / "site"))


def test_report_file_is_served_as_it_stands(tmp_path: Path) -> None:
    """The transcription itself can be downloaded, byte for byte."""
    site = published(HERE, tmp_path / "site")
    file = HERE / "reports/33/330411/330411103/2022.yml"
    assert (site / "units/330411103/2022/report.yml").read_bytes() == file.read_bytes()


def test_errors_stop_publishing(tmp_path: Path) -> None:
    """An error nobody has acknowledged is told with its place; a stray file is one too."""
    shutil.copytree(HERE / "reports", tmp_path / "archive/reports")
    (tmp_path / "archive/reports/33/330411/notes.txt").write_text("?", encoding="utf-8")
    with pytest.raises(BadReportsError, match=r"reports/33/330411/notes\.txt:1:1: 错误 ID-PATH"):
        published(tmp_path / "archive", tmp_path / "site")


def test_many_errors_are_counted_truly(tmp_path: Path) -> None:
    """A list that is cut says how many it leaves out."""
    shutil.copytree(HERE / "reports", tmp_path / "archive/reports")
    for n in range(250):
        (tmp_path / f"archive/reports/33/330411/stray{n}.txt").touch()
    with pytest.raises(BadReportsError, match=r"另有 50 个错误没有列出"):
        published(tmp_path / "archive", tmp_path / "site")


def test_preview_shows_errors_in_their_place(preview: Previewed) -> None:
    """While editing, a report with an error is shown with it; in place of what cannot be read stands why."""
    made, reports, told = preview
    report = reports / "33/330411/330411103/2020.yml"
    text = report.read_text(encoding="utf-8")
    report.write_text(text.replace("[0, 0, 0, 0, 0]", "[1, 0, 0, 0, 0]", 1), encoding="utf-8")
    (report.parent / "2021.yml").write_text("格式: [", encoding="utf-8")
    made.ready("units/330411103/2020/")
    made.ready("units/330411103/2021/")
    site = made.hub.folder

    assert 'data-rule="T4-SUM"' in (site / "units/330411103/2020/index.html").read_text(encoding="utf-8")
    faulty = (site / "units/330411103/2021/index.html").read_text(encoding="utf-8")
    assert "2021年度的年报还读不出来" in faulty
    assert 'data-rule="YAML-SYNTAX"' in faulty
    assert ["YAML-SYNTAX" in message for message in told] == [True]


def test_preview_with_a_unit_in_a_foreign_folder(preview: Previewed) -> None:
    """It is told, and the search goes without the unit."""
    made, reports, told = preview
    (reports / "33/330411/330411103").rename(reports / "33/330400/330411103")
    made.ready("regions/330400/")
    made.ready("search/")

    assert any("ID-CODE-PARENT" in message or "ID-PATH" in message for message in told)
    assert not any(id_.startswith("330411103/") for id_ in Index(made.hub.folder / "search/index").all())


def test_preview_of_addresses_that_were(preview: Previewed) -> None:
    """What moved leads on, what was withdrawn says so, and comes back when its row goes and its file comes."""
    made, reports, told = preview
    site, report = made.hub.folder, reports / "33/330411/330411103/2021.yml"

    def shown(path: str) -> str:
        made.ready(path)
        return (site / path / "index.html").read_text(encoding="utf-8")

    assert "url=../../../units/330411103/2020/" in shown("units/330499103/2020/")
    assert "已撤下" in shown("units/330411103/2021/")
    assert "移走或撤下" in shown("years/2021/")
    assert "移走或撤下" in shown("years/2021/330411/")
    text = (report.parent / "2022.yml").read_text(encoding="utf-8")
    report.write_text(text.replace("2022年", "2021年"), encoding="utf-8")
    made.renew(made.hub)
    assert told.pop().count("写着撤下，报告却还在") == 1
    (reports / "withdrawn.csv").unlink()
    made.renew(made.hub)
    for path in ("units/330411103/2021/", "years/2021/330411/", "years/2021/", "years/2021/330411/"):
        assert "撤下" not in shown(path)


def test_empty_archive(tmp_path: Path) -> None:
    """An archive without a report has its indexes, and they say so."""
    (tmp_path / "archive/reports").mkdir(parents=True)
    shutil.copy(HERE / "reports/divisions.csv", tmp_path / "archive/reports")
    site = published(tmp_path / "archive", tmp_path / "site")
    pages = {path for path in tree(site) if path.endswith(".html")}
    folders = ("", "years/", "regions/", "quality/", "search/", "compare/", "data/", "data/all/")
    assert pages == {f"{folder}index.html" for folder in folders}
    assert Index(site / "search/index").all() == set()
