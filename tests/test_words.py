"""The rules that read words: what they know of places, and that hostile text takes them no long time."""

from __future__ import annotations

import pytest

from build_tools.gazetteer import gazetteer
from tests.casework import judge
from tests.ratio import in_proportion


def test_the_gazetteer() -> None:
    """It knows where places are, and that some names stand for several."""
    assert gazetteer().places("油车港镇") == ("330411",)
    assert gazetteer().places("尚店镇") == ("371581", "410481")
    assert gazetteer().places("嘉兴市") == ("3304",)
    assert gazetteer().places("内盾镇") == ()


HOSTILE = (
    "我", "镇", "内盾镇权责", "公开", "2020年", "截止1月", "1", "（一）", "\u200b", "自 然 ", "XX", "_", "《", "（", "http://",
    "新时代中国", "特色社会主义思想", "申请人张", "一是", "2020年1月1日至", "秘密", "街道", "部分地区", "@", "1 ", "\n（一）", "条例》", "。", "\n",
)  # fmt: skip


@pytest.mark.parametrize("piece", HOSTILE, ids=ascii)
def test_time_grows_with_length(piece: str) -> None:
    """No rule takes longer than in proportion to the prose, whatever it is made of."""
    assert in_proportion(lambda text: judge({"set": {"正文/总体情况": f"{text}。"}}), piece, 10_000)
