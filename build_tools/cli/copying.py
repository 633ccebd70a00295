"""`nianbao copies`."""

from __future__ import annotations

import argparse
from functools import partial
from importlib import import_module

from build_tools.cli import asked
from build_tools.cli.out import show
from build_tools.files import UnreadableError
from build_tools.workers import spread


def copies(options: argparse.Namespace) -> int:
    """List the pairs of like reports in the whole archive. They are for people to judge: finding some is no failure."""
    store = asked.store(options)
    try:
        nation, told = (import_module(f"build_tools.copies.{name}") for name in ("nation", "told"))
    except ModuleNotFoundError as error:
        advice = "用 make copies 查，会先装好；或者运行 .venv/bin/pip install --require-hashes -r requirements-copies.lock。"
        raise UnreadableError(f"找雷同的程序库没有装（{error.name}）。{advice}") from error
    found = nation.copies(store, partial(spread, workers=options.jobs))
    show(told.FORMATS[options.format](found))
    return 0
