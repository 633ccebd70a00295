"""The command line: check, fmt, new, explain, schema, docs, offline. The only module that prints.

Exit status: 0 no open error, 1 open errors (or files that --check found stale), 2 wrong usage or an archive
that cannot be read, 130 after Ctrl-C.
"""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path, PurePosixPath

from build_tools import manual, offline, schema
from build_tools.check import catalogue, unreadable
from build_tools.cli import asked, building, deploying
from build_tools.cli.usage import UsageError, parser
from build_tools.clock import YearError, this_year
from build_tools.cluster import ClusterError
from build_tools.deploy.rsync import DeployError
from build_tools.diagnostics import FORMATS
from build_tools.diagnostics.glyphs import safe
from build_tools.diagnostics.junit import junit
from build_tools.diagnostics.text import Tally
from build_tools.diagnostics.text import text as for_people
from build_tools.files import UnreadableError, write_text
from build_tools.finding import Finding, Problem
from build_tools.formatting import layout, layout_unit
from build_tools.publish import BadReportsError, HubError, ShardError, cache_of
from build_tools.rules.id_year_range import FIRST as FIRST_YEAR
from build_tools.shell import ShellError
from build_tools.source import parse
from build_tools.store import UNIT_FILE, Store
from build_tools.survey import Surveyed, survey
from build_tools.workers import spread
from build_tools.write import blank_text

_INTERRUPTED, _NOBODY_READS = 130, 141


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status."""
    _settle()
    try:
        status = _run(argv)
        sys.stdout.flush()
    except (UsageError, UnreadableError, YearError) as error:
        _complain(str(error))
        return 2
    except KeyboardInterrupt:
        _complain("已中断，没有写到一半的文件。")
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
        _complain(usage.format_help().rstrip())
        return 2
    return COMMANDS[options.command](options)


def _settle() -> None:
    """UTF-8 into files and pipes whatever the locale; a terminal is told what it can show."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            encoding = stream.encoding if stream.isatty() else "utf-8"
            stream.reconfigure(encoding=encoding, errors="backslashreplace")


def _complain(message: str) -> None:
    print(safe(message, keep="\n"), file=sys.stderr)


# --- commands ----------------------------------------------------------------------------------------


def build(options: argparse.Namespace) -> int:
    """Build the site."""
    return _build(building.build, options)


def assemble(options: argparse.Namespace) -> int:
    """Join shards into one site."""
    return _build(building.assemble, options)


def deploy(options: argparse.Namespace) -> int:
    """Bring a host up to date."""
    return _build(deploying.deploy, options)


def _build(work: Callable[[argparse.Namespace, Store], str], options: argparse.Namespace) -> int:
    try:
        told = work(options, _store(options))
    except (BadReportsError, ClusterError, DeployError, HubError, ShardError, ShellError) as error:
        _complain(str(error))
        return 1
    print(told)
    return 0


def check(options: argparse.Namespace) -> int:
    """Check the archive, or some of its files; text is told county by county, other formats when all is known."""
    store = _store(options)
    paths = asked.chosen(store, options.paths)
    work = partial(spread, workers=options.jobs)
    found = survey(store, this_year(), work, cache_of(store.root), paths)
    if options.format == "text":
        return _tell(options, store, found)
    files, findings = list[str](), list[Finding]()
    for county in found:
        files += (f"reports/{file}" for file in county.files)
        findings += county.findings
    shown, lines = store.shown(findings)
    form = partial(junit, files=files) if options.format == "junit" else FORMATS[options.format]
    _show(form(shown, lines))
    return int(any(finding.blocks for finding in findings))


def _tell(options: argparse.Namespace, store: Store, found: Iterable[Surveyed]) -> int:
    tally, files = Tally(), 0
    for county in found:
        files += len(county.files)
        _show(tally.told(*store.shown(county.findings), verbose=options.verbose, colour=_colourful()))
    _show(tally.summary(files))
    return int(tally.blocks)


def fmt(options: argparse.Namespace) -> int:
    """Lay the archive's files out in the one canonical way."""
    store, stale, findings = _store(options), 0, list[Finding]()
    for item in asked.files(store, asked.chosen(store, options.paths)):
        read = store.read(item.file)
        tidy, problems = (None, read.problems) if read.problems else _layout(item, read.text)
        if tidy is None:
            findings += unreadable(problems, parse(read.text), item.file, item.unit, item.year).findings
        elif tidy != read.text:
            stale += 1
            print(f"{'待整理' if options.check else '已整理'} reports/{item.file}")
            if not options.check:
                write_text(store.reports / item.file, tidy)
    if findings:
        _show(for_people(*store.shown(findings), colour=_colourful()))
    return int(bool(findings) or (options.check and stale > 0))


def _layout(item: asked.Item, text: str) -> tuple[str | None, tuple[Problem, ...]]:
    return layout(text, item.unit, item.year) if item.year else layout_unit(text, item.unit)


def new(options: argparse.Namespace) -> int:
    """Write a blank report for a unit's year."""
    store, year = _store(options), options.year
    if not FIRST_YEAR <= year < this_year():
        raise UsageError(f"年度是 {FIRST_YEAR} 到 {this_year() - 1}：{year}年度的报告不会有。")
    folder = asked.unit_folder(store, options.unit)
    unit, problems = asked.read_unit(store, folder)
    if unit is None:
        file = f"{folder.folder}/{UNIT_FILE}"
        source = parse(store.read(file).text)
        _show(for_people(*store.shown(unreadable(problems, source, file, folder.id).findings)))
        return 1
    path = store.reports / folder.folder / f"{year}.yml"
    if any(filed == year for filed, _ in folder.reports) or path.exists():
        raise UsageError(f"{unit.name}{year}年度已经有报告：reports/{folder.folder}/{year}.yml")
    write_text(path, blank_text(asked.form_for(year), unit, year))
    print(f"新建 reports/{folder.folder}/{year}.yml")
    return 0


def explain(options: argparse.Namespace) -> int:
    """Print what a rule is about."""
    rule = catalogue().get(options.rule.upper())
    if rule is None:
        raise UsageError(f"没有“{options.rule}”这条规则。{asked.meant(options.rule.upper(), catalogue())}")
    print(manual.explain(rule), end="")
    return 0


def write_schema(options: argparse.Namespace) -> int:
    """Write the JSON Schemas, or say which are stale."""
    return _generate(_store(options).root, schema.files(), only_check=options.check)


def write_docs(options: argparse.Namespace) -> int:
    """Write the manual's pages, or say which are stale."""
    return _generate(_store(options).root, manual.pages(), only_check=options.check)


def write_offline(options: argparse.Namespace) -> int:
    """Write the copy of the finished site that opens from a disk."""
    site = options.site or _store(options).root / "site"
    target = options.output or site.resolve().parent / f"{offline.TOP}.zip"
    pages = offline.write(site, target)
    print(f"写好 {target}：{pages:,} 个网页，{target.stat().st_size / 1e6:,.1f} MB")
    return 0


COMMANDS: Mapping[str, Callable[[argparse.Namespace], int]] = {
    "build": build,
    "assemble": assemble,
    "check": check,
    "fmt": fmt,
    "new": new,
    "explain": explain,
    "schema": write_schema,
    "docs": write_docs,
    "offline": write_offline,
    "deploy": deploy,
}


def _store(options: argparse.Namespace) -> Store:
    return asked.archive(getattr(options, "root", None))


# --- showing -----------------------------------------------------------------------------------------


def _show(text: str) -> None:
    print(text, end="")


def _colourful() -> bool:
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def _generate(root: Path, files: Mapping[str, str], *, only_check: bool) -> int:
    """Make the folders of `files` hold just these, or say where they do not."""
    stale = [path for path, text in files.items() if not _holds(root / path, text)]
    kinds = {(PurePosixPath(path).parent, PurePosixPath(path).suffix) for path in files}
    there = {p.relative_to(root).as_posix() for at, suffix in kinds for p in (root / at).glob(f"*{suffix}")}
    extra = sorted(there - set(files))
    for path in stale:
        print(f"{'过时' if path in there else '缺少'} {path}" if only_check else f"写好 {path}")
        if not only_check:
            write_text(root / path, files[path])
    for path in extra:
        print(f"{'多余' if only_check else '删去'} {path}")
        if not only_check:
            (root / path).unlink()
    return int(only_check and bool(stale or extra))


def _holds(path: Path, text: str) -> bool:
    return path.is_file() and path.read_bytes() == text.encode("utf-8")
