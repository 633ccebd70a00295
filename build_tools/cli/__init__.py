"""The command line.

Exit status: 0 no open error, 1 open errors (or files that --check found stale, or a build or deploy that had to
stop), 2 wrong usage or an archive that cannot be read, 130 after Ctrl-C.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module

from build_tools.cli.out import complain
from build_tools.cli.usage import UsageError, parser
from build_tools.clock import YearError
from build_tools.files import UnreadableError
from build_tools.stopped import StoppedError

COMMANDS: Mapping[str, str] = {
    "build": "building.build",
    "assemble": "building.assemble",
    "check": "checking.check",
    "review": "reviewing.summarise",
    "fmt": "editing.fmt",
    "new": "editing.new",
    "import": "importing.import_files",
    "explain": "generating.explain",
    "schema": "generating.write_schema",
    "docs": "generating.write_docs",
    "offline": "generating.write_offline",
    "deploy": "deploying.deploy",
    "addresses": "addressing.list_addresses",
    "export": "exporting.export",
    "copies": "copying.copies",
    "strip": "stripping.strip",
}
"""Where the function of each command stands. It is loaded when it is asked for: a small build is over sooner."""

_INTERRUPTED, _NOBODY_READS = 130, 141


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status."""
    _settle()
    try:
        status = _run(argv)
        sys.stdout.flush()
    except (UsageError, UnreadableError, YearError) as error:
        complain(str(error))
        return 2
    except StoppedError as error:
        complain(str(error))
        return 1
    except KeyboardInterrupt:
        complain("已中断，没有写到一半的文件。")
        return _INTERRUPTED
    except BrokenPipeError:  # whoever reads has seen enough, as in `nianbao check | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _NOBODY_READS
    return status


def _run(argv: Sequence[str] | None) -> int:
    usage = parser()
    try:
        options = usage.parse_args(argv)
    except SystemExit:  # --help has been printed
        return 0
    if options.command is None:
        complain(usage.format_help().rstrip())
        return 2
    module, _, function = COMMANDS[options.command].partition(".")
    status: int = getattr(import_module(f"{__name__}.{module}"), function)(options)
    return status


def _settle() -> None:
    """UTF-8 into files and pipes whatever the locale; a terminal is told what it can show."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            encoding = stream.encoding if stream.isatty() else "utf-8"
            stream.reconfigure(encoding=encoding, errors="backslashreplace")
