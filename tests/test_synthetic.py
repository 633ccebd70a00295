"""Synthetic reports are the same each time and rich; the truth of the search reads files as YAML is read."""

from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from build_tools.model import Report
from build_tools.store import Store
from tests import synthetic
from tests.searchtruth import matcher, normalise, parse, prose, read_yaml
from tests.sitework import tree


@pytest.fixture(scope="module")
def reports(root: Path) -> list[Report]:
    places = synthetic.places(Store(root).register())
    return [synthetic.report(place, year) for place, year in islice(places, 1000)]


def test_same_each_time(tmp_path: Path) -> None:
    """Made twice, also as the beginning of more, reports are the same byte for byte."""
    synthetic.archive(tmp_path / "few", 60)
    synthetic.archive(tmp_path / "more", 90)
    few, more = (tree(tmp_path / name / "reports") for name in ("few", "more"))

    assert few == {path: more[path] for path in few}
    assert len([path for path in few if path[-8:-4].isdigit()]) == 60


def test_rich(reports: list[Report]) -> None:
    """As many characters, pairs of them and figures as in real years, in all forms."""
    texts = ["".join(report.text().split()) for report in reports]
    pairs = {pair for text in texts for pair in map(str.__add__, text, text[1:])}

    assert 1300 < sum(map(len, texts)) / len(texts) < 1700
    assert len(set("".join(texts))) > 3900
    assert len(pairs) > 60000
    assert {report.form.id for report in reports} == {"2014", "2019", "2021", "无"}
    assert {report.year for report in reports} == set(range(2014, 2026))
    assert sum(bool(report.headings) for report in reports) > 20
    assert any(table.extra for report in reports for table in report.tables.values())
    assert any(table.labels for report in reports for table in report.tables.values())
    assert any(report.waivers for report in reports)
    assert len({report.unit for report in reports}) == 200


def test_reading_agrees_with_a_library(root: Path, tmp_path: Path) -> None:
    """Our own reader and ruamel.yaml find the same in every kind of file."""
    synthetic.archive(tmp_path, 50)
    files = [
        *root.glob("reports/*/*/*/*.yml"),
        *root.glob("tests/miniature/reports/*/*/*/*.yml"),
        *tmp_path.glob("reports/*/*/*/*.yml"),
    ]
    for file in files:
        text = file.read_text(encoding="utf-8")
        assert _level(read_yaml(text)) == _level(YAML(typ="safe", pure=True).load(text)), file


def _level(node: Any) -> Any:
    """Values as texts: a library makes numbers and dates of some."""
    if isinstance(node, dict):
        return {str(key): _level(value) for key, value in node.items()}
    if isinstance(node, list):
        return [_level(value) for value in node]
    return _number(str(node).rstrip("\n")) if node is not None else None


def _number(text: str) -> str:
    plain = text.removeprefix("+")
    return f"{float(plain):.6f}" if plain.replace(".", "", 1).replace("-", "", 1).isdecimal() else text


def test_normalising() -> None:
    """The truth compares as the search promises to."""
    assert normalise("中华人民 共和国\n２０２０　年 PDF 文件") == "中华人民共和国2020年pdf文件"
    assert normalise("5 G  wifi ①2020") == "5 g wifi①2020"
    assert matcher("12条")("共12条")
    assert not matcher("12条")("共112条")
    assert parse("低保 -信访 “政务 公开”") == [("低保", True), ("信访", False), ("政务公开", True)]
    assert parse("3.危及“三安全一稳定”") == [("3.危及“三安全一稳定”", True)]
    assert list(prose("### 甲\n\n**乙**丙\n- 丁\n- 戊")) == ["甲\n", "乙丙\n", "丁\n", "戊\n"]
