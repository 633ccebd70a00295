"""What stands in every report file whatever its form: provenance, figures from the prose, acknowledgements."""

from __future__ import annotations

import re
from collections.abc import Iterator

from build_tools.decode.fields import Fields
from build_tools.model import Figure, Origin, Waiver
from build_tools.source.nodes import Node

ORIGIN = ("文件", "sha256", "网址", "获取日期", "转录")
FIGURE = ("指标", "数值", "单位", "原文")
WAIVER = ("规则", "位置", "理由", "日期")


class Apparatus(Fields):
    """Reads those parts."""

    def origin(self, node: Node | None) -> Origin:
        """Where the published report came from."""
        if node is None:
            self.wrong(
                ("来源",), "没有写“来源”", "补上“来源:”，下面写文件或网址，以及获取日期。", "ID-REQUIRED"
            )
        entry = self.mapping(node, ("来源",), ORIGIN)
        file, sha256, url, _, method = (self.text(entry.get(key), ("来源", key)) for key in ORIGIN)
        if file and (re.search(r"[/\\:]", file) or file.startswith(".")):
            hint = "只写文件名，不带文件夹；文件放在本报告旁边的 source 文件夹里。"
            self.wrong(("来源", "文件"), f"“{file}”不是单纯的文件名", hint, "YAML-PATH")
        if sha256 and not re.fullmatch(r"[0-9a-f]{64}", sha256):
            hint = "运行 sha256sum 文件名，把输出的前 64 个字符抄来；不知道就写 ~。"
            self.wrong(
                ("来源", "sha256"), f"sha256 应是 64 个小写十六进制字符，这里有 {len(sha256)} 个字符", hint
            )
        if url and not re.fullmatch(r"https?://[^\s<>\"']+", url):
            self.wrong(
                ("来源", "网址"), f"“{url}”不是网址", "从浏览器地址栏整个抄来，以 http:// 或 https:// 开头。"
            )
        return Origin(file, sha256, url, self.date(entry.get("获取日期"), ("来源", "获取日期")), method)

    def figures(self, node: Node | None) -> Iterator[Figure]:
        """The figures quoted from the prose."""
        for path, entry in self.mappings(node, ("数据",), FIGURE):
            yield Figure(*(self.text(entry.get(key), (*path, key)) for key in FIGURE))

    def waivers(self, node: Node | None) -> Iterator[Waiver]:
        """The faults of the original that are acknowledged."""
        for path, entry in self.mappings(node, ("确认",), WAIVER):
            rule = self.required(entry.get("规则"), (*path, "规则"))
            where, reason = (self.text(entry.get(key), (*path, key)) for key in ("位置", "理由"))
            yield Waiver(rule, where, reason, self.date(entry.get("日期"), (*path, "日期")), path)
