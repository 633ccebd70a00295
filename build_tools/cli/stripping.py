"""`nianbao strip`: copies of originals that do not tell who made them."""

from __future__ import annotations

import argparse
from hashlib import sha256
from pathlib import Path

from build_tools.cli.out import complain, say
from build_tools.files import read_original, replace_bytes
from build_tools.originals import Trace, traces
from build_tools.originals.cleaning import UncleanError, cleaned


def strip(options: argparse.Namespace) -> int:
    """Clean each file into a copy; those that cannot be cleaned, or not wholly, are told of and make the status 1."""
    done = [_stripped(file, options.output) for file in options.files]
    return int(not all(done))


def _stripped(file: Path, folder: Path | None) -> bool:
    """Whether there is a copy that tells nothing, or nothing was told."""
    data = read_original(file)
    found = traces(data)
    if not found:
        say(f"{file}：没有看到作者姓名、拍摄地点、批注、修订痕迹，不用清理")
        return True
    try:
        clean = cleaned(data)
    except UncleanError as error:
        complain(f"{file}：{error}。")
        return False
    left = traces(clean)
    if clean == data:
        complain(f"{file}：{_left(left)}")
        return False
    target = (folder or file.parent) / f"{file.stem}-clean{file.suffix}"
    replace_bytes(target, clean)
    say(
        f"写好 {target}，去掉了{_kinds(found, left)}\n  文件: {target.name}\n  sha256: {sha256(clean).hexdigest()}"
    )
    if left:
        complain(f"{target}：{_left(left)}")
    return not left


def _kinds(found: tuple[Trace, ...], left: tuple[Trace, ...]) -> str:
    return "、".join(dict.fromkeys(trace.kind.value for trace in found if trace not in left))


def _left(left: tuple[Trace, ...]) -> str:
    return f"里面还有{_kinds(left, ())}，请在 Word、WPS 里接受或拒绝全部修订、删去批注，另存以后再清理。"
