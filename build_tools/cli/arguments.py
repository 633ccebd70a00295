"""The arguments of each command, with help in Chinese."""

from __future__ import annotations

import argparse
from pathlib import Path

from build_tools.diagnostics import FORMATS
from build_tools.printed import FORMATS as PRINTED

REVIEWS = ("md", "text")
"""The formats of a review; what makes them is loaded when they are asked for."""
COPIES = ("text", "json", "csv")
"""Those of like reports, the same."""


def _check(command: argparse.ArgumentParser) -> None:
    _paths(command)
    command.add_argument(
        "--format",
        choices=tuple(FORMATS),
        default="text",
        metavar="格式",
        help=f"输出格式：{'、'.join(FORMATS)}；不写是 text，给人看",
    )
    _jobs(command)
    command.add_argument(
        "--since",
        metavar="版本",
        help="只查从这个版本分出来以后改过的文件，如 origin/main；同一个县里别的文件有错误也列出来",
    )
    command.add_argument("--verbose", action="store_true", help="已确认为原文如此的也列出来（text）")


def _review(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "base", metavar="版本", help="这个分支要并进去的分支，如 origin/main；标签、提交号也行"
    )
    command.add_argument(
        "--format",
        choices=REVIEWS,
        default="md",
        metavar="格式",
        help="md 可以贴进合并请求，text 给人在终端里看；不写是 md",
    )
    _jobs(command)


def _build(command: argparse.ArgumentParser) -> None:
    _jobs(command)
    command.add_argument("--fresh", action="store_true", help="不用上次留下的，全部重做")
    command.add_argument("--to", type=Path, metavar="目录", help="网站写到哪里；不写就按 mkdocs.yml，是 site")
    command.add_argument("--shard", metavar="代码", help="只做代码以此开头的县，如一个省 33；要同时写 --to")
    _cluster(command)
    command.add_argument("--no-search", action="store_true", help="不做搜索索引，量速度时用")
    command.add_argument("--no-data", action="store_true", help="不做整批下载的数据文件，量速度时用")


def _assemble(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "shards", metavar="分片", nargs="+", type=Path, help="nianbao build --shard 做好的目录"
    )
    _jobs(command)
    _cluster(command)
    command.add_argument("--to", type=Path, metavar="目录", help="网站写到哪里；不写就按 mkdocs.yml，是 site")


def _fmt(command: argparse.ArgumentParser) -> None:
    _paths(command)
    command.add_argument("--check", action="store_true", help="只列出待整理的文件，不改")


def _new(command: argparse.ArgumentParser) -> None:
    command.add_argument("unit", metavar="单位", help="单位编号，如 330411103；写名称可以查到编号")
    command.add_argument("year", metavar="年度", type=int, help="报告的年度，如 2021（不是发布的那一年）")


def _import(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "files", metavar="文件", nargs="+", help="发布的年报，或装着它们的文件夹；- 是标准输入"
    )
    command.add_argument("-o", "--output", metavar="目录", help="写到哪里，一般是 reports；不写就显示出来")
    command.add_argument("--unit", metavar="编号", help="单位编号；不写就按标题在登记的单位里找")
    command.add_argument("--year", metavar="年度", type=int, help="报告的年度；不写就按标题和正文找")
    command.add_argument("--url", metavar="网址", help="原件的网址，记在“来源”里")
    command.add_argument("--captured", metavar="日期", help="哪一天取得的，如 2026-11-21，记在“来源”里")
    command.add_argument("--replace", action="store_true", help="已有的报告换掉；手写的“确认”等也会换掉")
    command.add_argument("--diff", action="store_true", help="只比较原文和录入的文字，不写文件")
    command.add_argument(
        "--format",
        choices=("yaml", "json"),
        default="yaml",
        metavar="格式",
        help="不写文件时显示成 yaml 或 json",
    )


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


def _deploy(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "to", metavar="主机", nargs="?", help="用户@主机:文件夹，或本机的一个文件夹，要先建好"
    )
    command.add_argument("--site", type=Path, metavar="目录", help="做好的网站；不写就是档案里的 site")
    command.add_argument("--dry-run", action="store_true", help="只列出要传、要删的文件，什么也不动")
    command.add_argument("--recheck", action="store_true", help="不信主机上的清单，逐个文件核对内容（慢）")
    command.add_argument(
        "--list", type=Path, metavar="目录", help="不传，只把要传、要删的文件写成清单，给对象存储的工具用"
    )
    command.add_argument(
        "--since",
        type=Path,
        metavar="目录",
        help="和 --list 一起用：主机上现有的 manifest.tsv 和 manifest 放在哪里",
    )


def _addresses(command: argparse.ArgumentParser) -> None:
    command.add_argument("--site", type=Path, metavar="目录", help="做好的网站；不写就是档案里的 site")
    command.add_argument(
        "--since",
        type=Path,
        metavar="文件",
        help="上一版的网址，一行一个；或者上一版的网站、它的清单所在的目录",
    )
    command.add_argument("-o", "--output", type=Path, metavar="文件", help="写到哪里；有网址丢了就不写")


def _export(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "reports",
        metavar="报告",
        nargs="+",
        help="单位编号/年度，如 330411103/2020；也可以写 reports 里的文件或文件夹",
    )
    command.add_argument(
        "--to",
        choices=tuple(PRINTED),
        required=True,
        metavar="格式",
        help=f"写成哪一种：{'、'.join(PRINTED)}",
    )
    command.add_argument(
        "-o", "--output", type=Path, metavar="目录", default=Path(), help="写到哪里；不写就是当前目录"
    )


def _copies(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--format",
        choices=COPIES,
        default="text",
        metavar="格式",
        help="text 给人看，csv 用表格软件打开，json 给程序；不写是 text",
    )
    _jobs(command)


def _strip(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "files", metavar="文件", nargs="+", type=Path, help="存档的原件：docx、xlsx、doc、xls、pdf、jpg"
    )
    command.add_argument(
        "-o", "--output", type=Path, metavar="目录", help="清理过的写到哪里；不写就放在原件旁边"
    )


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) == 0:
        raise argparse.ArgumentTypeError(f"要写 1 或更大的整数，这里是“{text}”")
    return int(text)


def _jobs(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--jobs", type=_positive, metavar="个数", help="同时用几个进程；不写就是处理器的个数"
    )


def _cluster(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--cluster",
        metavar="地址",
        help="交给 Dask 集群做，写调度器的地址，如 tcp://10.0.0.1:8786；各台机器要在同样的位置看到同样的目录",
    )


def _paths(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "paths", metavar="路径", nargs="*", type=Path, help="reports 里的文件或文件夹；不写就是全部"
    )


ARGUMENTS = {
    "build": _build,
    "assemble": _assemble,
    "check": _check,
    "review": _review,
    "fmt": _fmt,
    "new": _new,
    "import": _import,
    "explain": _explain,
    "schema": _generated,
    "docs": _generated,
    "offline": _offline,
    "deploy": _deploy,
    "addresses": _addresses,
    "export": _export,
    "copies": _copies,
    "strip": _strip,
}
"""What adds the arguments of a command, by its name."""
