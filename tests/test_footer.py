"""Who runs the site, at the foot of every page: shown as far as mkdocs.yml says so, and nothing where it does not."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.sitework import Page, build, workshop

pytestmark = pytest.mark.xdist_group("footer")

EXTRA = {
    "sponsor": "嘉兴市秀洲区人民政府 & <b>办公室</b>",
    "undertaker": "秀洲区大数据中心",
    "contact": "nianbao@example.gov.cn",
    "site_code": "3304110001",
    "mark": "https://bszs.conac.cn/sitename?method=show&id=1",
    "icp": "浙ICP备00000000号-1",
    "police": "浙公网安备 33041102000000号",
}
LINKS = {
    "nianbao@example.gov.cn": "mailto:nianbao%40example.gov.cn",
    "网站标识": EXTRA["mark"],
    "我为政府网站找错": "https://zfwzgl.www.gov.cn/exposure/jiucuo.html?site_code=3304110001",
    EXTRA["icp"]: "https://beian.miit.gov.cn/",
    EXTRA["police"]: "https://beian.mps.gov.cn/#/query/webSearch?code=33041102000000",
}


def _footer(root: Path, folder: Path, extra: dict[str, str]) -> str:
    """The foot of a report page of a site with these settings."""
    shop = workshop(root, folder)
    config = (shop / "mkdocs.yml").read_text(encoding="utf-8")
    for key, value in extra.items():
        assert f'\n  {key}: ""' in config
        config = config.replace(f'\n  {key}: ""', f"\n  {key}: {json.dumps(value)}")
    (shop / "mkdocs.yml").write_text(config, encoding="utf-8")
    done = build(shop)
    assert done.returncode == 0, done.stdout + done.stderr
    page = (shop / "site/units/330411103/2020/index.html").read_text(encoding="utf-8")
    return page[page.index("<footer") :]


def test_every_setting_is_tried_and_empty_at_first(root: Path) -> None:
    config = (root / "mkdocs.yml").read_text(encoding="utf-8")
    block = config.split("\nextra:\n")[1].split("\n\n")[0]
    assert re.findall(r'^  (\w+): ""', block, re.MULTILINE) == list(EXTRA)


def test_all_set(root: Path, tmp_path: Path) -> None:
    """Each is shown, in its order, escaped; what has a place of its own elsewhere leads there."""
    footer = _footer(root, tmp_path / "all", EXTRA)
    shown = re.sub("<[^>]+>", "", footer)
    places = [
        shown.index(word)
        for word in ("主办：", "承办：", "联系：", "网站标识码 3304110001", "浙ICP", "浙公网")
    ]
    assert places == sorted(places)
    assert "嘉兴市秀洲区人民政府 &amp; &lt;b&gt;办公室&lt;/b&gt;" in footer
    links = {a["href"] for tag, a in Page(footer).tags if tag == "a"}
    assert [link for link in LINKS.values() if link not in links] == []
    assert [word for word in LINKS if word not in shown] == []


def test_hardly_anything_set(root: Path, tmp_path: Path) -> None:
    """A contact that is no address of mail is no link; what is not set leaves no trace; corrections are one step away."""
    footer = _footer(root, tmp_path / "one", {"contact": "0573-0000 0000，a@b.example"})
    assert "联系：0573-0000 0000，a@b.example" in footer
    assert "mailto:" not in footer
    assert [word for word in ("主办", "承办", "标识", "备案", "beian", "找错") if word in footer] == []
    links = [a["href"] for tag, a in Page(footer).tags if tag == "a"]
    assert "../../../corrections/" in links
    assert "../../../accessibility/" in links
    assert "../../../compare/" in links
    assert "../../../quality/" in links
