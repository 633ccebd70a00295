"""The schemas of what stands beside a report: where it came from, what its editors acknowledge."""

from __future__ import annotations

from build_tools.decode.apparatus import ORIGIN, WAIVER
from build_tools.schema.parts import Schema, date, hover, patterned, says, text, url


def origin() -> dict[str, Schema]:
    """What is said of where a report came from."""
    folder = "原件的文件名，原件放在本报告旁边的 source 文件夹里。"
    digest = "原件的 SHA-256：64 个小写十六进制字符，用 sha256sum 求得。"
    parts = (
        text("文件", folder, pattern=r"^[^/\\:]+$", **says("只写文件名，不带路径；没有写 ~。")),
        patterned("sha256", digest, "^[0-9a-f]{64}$", "SHA-256 是 64 个小写的十六进制字符；没有算过写 ~。"),
        url("网址", "原件公布的网址。"),
        date("获取日期", "我们取得原件的日期，写成 2021-01-31。"),
        text("转录", "怎样转录的，如 人工。"),
    )
    return dict(zip(ORIGIN, parts, strict=True))


def waiver() -> dict[str, Schema]:
    """What is said of a fault of the original."""
    parts = (
        {
            **hover("规则", "规则的编号，如 T3-ROW-SUM。"),
            "type": "string",
            "pattern": "^[A-Z0-9-]+$",
            **says("规则的编号照检查结果里的写，如 T3-ROW-SUM。"),
        },
        text("位置", "如 申请/新收/总计；整个文件写 全文。"),
        text("理由", "为什么知道原件就是这样。"),
        date("日期", "确认的日期。"),
    )
    return dict(zip(WAIVER, parts, strict=True))
