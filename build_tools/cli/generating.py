"""`nianbao explain`, `schema`, `docs` and `offline`: what is made of rules, forms and a finished site."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from build_tools import manual, offline, schema
from build_tools.archive import PROVINCE
from build_tools.check import catalogue
from build_tools.cli import asked
from build_tools.cli.out import say, show
from build_tools.cli.usage import UsageError
from build_tools.files import UnreadableError, open_ordinary, write_text
from build_tools.owners import OWNERS, code_owners
from build_tools.store import Store


def explain(options: argparse.Namespace) -> int:
    """Print what a rule is about."""
    rule = catalogue().get(options.rule.upper())
    if rule is None:
        raise UsageError(f"没有“{options.rule}”这条规则。{asked.meant(options.rule.upper(), catalogue())}")
    show(manual.explain(rule))
    return 0


def write_schema(options: argparse.Namespace) -> int:
    """Write the JSON Schemas, or say which are stale."""
    return _generate(asked.store(options).root, schema.files(), only_check=options.check)


def write_docs(options: argparse.Namespace) -> int:
    """Write the manual's pages and who looks at which province, or say which are stale."""
    store = asked.store(options)
    files = {**manual.pages(), **_owners(store)}
    return _generate(store.root, files, only_check=options.check)


def _owners(store: Store) -> Mapping[str, str]:
    path = store.root / OWNERS
    if not path.exists():
        return {}
    try:
        text = open_ordinary(path)[0].decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableError(f"读不了 {OWNERS}：要是一个普通的、UTF-8 的文件。") from error
    return code_owners(text, [code for code in store.register() if len(code) == PROVINCE])


def write_offline(options: argparse.Namespace) -> int:
    """Write the copy of the finished site that opens from a disk."""
    site = options.site or asked.store(options).root / "site"
    target = options.output or site.resolve().parent / f"{offline.TOP}.zip"
    pages = offline.write(site, target)
    say(f"写好 {target}：{pages:,} 个网页，{target.stat().st_size / 1e6:,.1f} MB")
    return 0


def _generate(root: Path, files: Mapping[str, str], *, only_check: bool) -> int:
    """Make the folders of `files` hold just these, or say where they do not.

    What has no ending stands among files of other sorts, which are left alone.
    """
    stale = [path for path, text in files.items() if not _holds(root / path, text)]
    places = [PurePosixPath(path) for path in files]
    kinds = {(place.parent, place.suffix) for place in places if place.suffix}
    there = {p.relative_to(root).as_posix() for at, suffix in kinds for p in (root / at).glob(f"*{suffix}")}
    extra = sorted(there - set(files))
    there |= {path for path in files if (root / path).exists()}
    for path in stale:
        say(f"{'过时' if path in there else '缺少'} {path}" if only_check else f"写好 {path}")
        if not only_check:
            write_text(root / path, files[path])
    for path in extra:
        say(f"{'多余' if only_check else '删去'} {path}")
        if not only_check:
            (root / path).unlink()
    return int(only_check and bool(stale or extra))


def _holds(path: Path, text: str) -> bool:
    return path.is_file() and path.read_bytes() == text.encode("utf-8")
