"""What can be typed after `nianbao`: commands and options, with help in Chinese."""

from __future__ import annotations

import argparse
import re
from pathlib import Path
from typing import NoReturn

from build_tools.diagnostics import FORMATS


class UsageError(Exception):
    """Typed wrongly; the message says in Chinese what would be right."""


_SAYINGS = {
    r"the following arguments are required: (.*)": r"还缺：\1",
    r"unrecognized arguments: (.*)": r"不认识：\1",
    r"argument (\S+): expected one argument": r"\1 后面要写一个值",
    r"argument 命令: invalid choice: '(.*)' \(choose from (.*)\)": r"没有“\1”这个命令，可以写：\2",
    r"argument (\S+): invalid choice: '(.*)' \(choose from (.*)\)": r"\1 没有“\2”，可以写：\3",
    r"argument (\S+): invalid int value: '([^']*)'": r"\1 要写数字，这里是“\2”",
    r"argument (\S+): (.*)": r"\1：\2",
}


class _Parser(argparse.ArgumentParser):
    """argparse with its own words in Chinese; wrong usage raises UsageError instead of ending the process."""

    def __init__(self, *, prog: str, description: str, epilog: str, usage: str | None = None) -> None:
        super().__init__(
            prog=prog,
            usage=usage,
            description=description,
            epilog=epilog,
            formatter_class=_Help,
            add_help=False,
            allow_abbrev=False,
        )
        self._positionals.title = "参数"
        self._optionals.title = "选项"

    def error(self, message: str) -> NoReturn:
        for english, chinese in _SAYINGS.items():
            if found := re.fullmatch(english, message, re.DOTALL):
                message = found.expand(chinese).replace("'", "")
                break
        raise UsageError(f"{message}\n{self.prog} --help 看用法。")


class _Help(argparse.RawDescriptionHelpFormatter):
    """Text as it was written, at the same width everywhere; no columns, which full-width words would shift."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, width=100, max_help_position=6)

    def add_usage(self, usage, actions, groups, prefix=None) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
        super().add_usage(usage, actions, groups, prefix or "用法：")


def parser() -> argparse.ArgumentParser:
    """The whole command line."""
    briefs = "".join(f"  {name:<9}{brief}\n" for name, (brief, _, _) in _COMMANDS.items())
    about = f"{_ABOUT}\n\n命令：\n{briefs}"
    top = _Parser(prog="nianbao", description=about, epilog=_EXIT, usage="nianbao [--root 目录] 命令 …")
    _common(top)
    commands = top.add_subparsers(
        metavar="命令", dest="command", parser_class=_Parser, help=argparse.SUPPRESS
    )
    for name, (brief, about, example) in _COMMANDS.items():
        command = commands.add_parser(
            name, prog=f"nianbao {name}", description=f"{brief}。{about}", epilog=f"例：\n{example}"
        )
        _ARGUMENTS[name](command)
        _common(command)
    return top


def _common(command: argparse.ArgumentParser) -> None:
    command.add_argument("-h", "--help", action="help", help="看这份说明")
    command.add_argument(
        "--root",
        type=Path,
        metavar="目录",
        default=argparse.SUPPRESS,
        help="档案的根目录，即 reports 所在的目录；不写就从当前目录往上找",
    )


def _check(command: argparse.ArgumentParser) -> None:
    _paths(command)
    command.add_argument(
        "--format",
        choices=tuple(FORMATS),
        default="text",
        metavar="格式",
        help=f"输出格式：{'、'.join(FORMATS)}；不写是 text，给人看",
    )
    command.add_argument("--verbose", action="store_true", help="已确认为原文如此的也列出来（text）")


def _fmt(command: argparse.ArgumentParser) -> None:
    _paths(command)
    command.add_argument("--check", action="store_true", help="只列出待整理的文件，不改")


def _new(command: argparse.ArgumentParser) -> None:
    command.add_argument("unit", metavar="单位", help="单位编号，如 330411103；写名称可以查到编号")
    command.add_argument("year", metavar="年度", type=int, help="报告的年度，如 2021（不是发布的那一年）")


def _explain(command: argparse.ArgumentParser) -> None:
    command.add_argument("rule", metavar="规则", help="规则编号，如 T3-ROW-SUM；大小写不论")


def _generated(command: argparse.ArgumentParser) -> None:
    command.add_argument("--check", action="store_true", help="只列出过时、缺少和多余的文件，不改")


def _offline(command: argparse.ArgumentParser) -> None:
    command.add_argument("--site", type=Path, metavar="目录", help="做好的网站；不写就是档案里的 site")
    command.add_argument(
        "-o",
        "--output",
        type=Path,
        metavar="文件",
        help="写到哪里；不写就是网站旁边的 nianbao-offline.zip",
    )


def _paths(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "paths", metavar="路径", nargs="*", type=Path, help="reports 里的文件或文件夹；不写就是全部"
    )


_ARGUMENTS = {
    "check": _check,
    "fmt": _fmt,
    "new": _new,
    "explain": _explain,
    "schema": _generated,
    "docs": _generated,
    "offline": _offline,
}

_ABOUT = "政府信息公开工作年度报告档案的工具。nianbao 命令 --help 看每个命令的说明和例子。"

_EXIT = """\
例：
  nianbao new 330411103 2021     新建一份空白报告
  nianbao fmt                    排成统一的样子
  nianbao check                  检查全部年报

退出码：0 没有错误；1 有错误（或 --check 发现待更新的文件）；2 用法不对，或档案读不了。
环境变量：NIANBAO_YEAR 指定今年是哪一年；NO_COLOR 不要颜色。"""

_COMMANDS = {
    "check": (
        "检查年报",
        "逐份读取，按规则核对格式、数字、勾稽关系和前后年度，\n指出在哪一行哪一列、差多少、怎么办。只看，不改任何文件。",
        """\
  nianbao check
  nianbao check reports/33/330411/330411103/2020.yml
  nianbao check --format json > findings.json""",
    ),
    "fmt": (
        "把年报排成统一的样子",
        "只动空格、缩进和各项的次序，\n一个字一个数都不改。读不通的文件原样留着，并指出问题。",
        "  nianbao fmt\n  nianbao fmt reports/33/330411\n  nianbao fmt --check",
    ),
    "new": (
        "新建一份空白年报",
        "按年度选用当时的官方格式，各格留空，照着原件填。\n已有这一年的报告就不动它。",
        "  nianbao new 330411103 2021",
    ),
    "explain": (
        "讲解一条规则",
        "为什么要这样，遇到了怎么办，什么样的会指出，什么样的不会。",
        "  nianbao explain T3-ROW-SUM",
    ),
    "schema": (
        "重写编辑器用的 JSON Schema",
        "每种格式一份，编辑器据此提示键名、显示说明。",
        "  nianbao schema\n  nianbao schema --check",
    ),
    "docs": (
        "重写规则和格式的说明页",
        "docs/rules 和 docs/forms 全部由规则和格式文件生成，不要手改。",
        "  nianbao docs\n  nianbao docs --check",
    ),
    "offline": (
        "把网站做成离线副本",
        "一个压缩包，解压以后不用联网、不用服务器，就能看全部年报，也能搜索。\n先用 make build 做好网站；网站没有变，做出来的压缩包也一个字节不变。",
        "  nianbao offline\n  nianbao offline --site site -o nianbao-offline.zip",
    ),
}
