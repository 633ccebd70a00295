"""What can be typed after `nianbao`: commands and options, with help in Chinese."""

from __future__ import annotations

import argparse
import re
from pathlib import Path
from typing import NoReturn

from build_tools.cli.arguments import ARGUMENTS
from build_tools.cli.words import ABOUT, COMMANDS, EXIT


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
    briefs = "".join(f"  {name:<10}{brief}\n" for name, (brief, _, _) in COMMANDS.items())
    about = f"{ABOUT}\n\n命令：\n{briefs}"
    top = _Parser(prog="nianbao", description=about, epilog=EXIT, usage="nianbao [--root 目录] 命令 …")
    _common(top)
    commands = top.add_subparsers(
        metavar="命令", dest="command", parser_class=_Parser, help=argparse.SUPPRESS
    )
    for name, (brief, about, example) in COMMANDS.items():
        command = commands.add_parser(
            name, prog=f"nianbao {name}", description=f"{brief}。{about}", epilog=f"例：\n{example}"
        )
        ARGUMENTS[name](command)
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
