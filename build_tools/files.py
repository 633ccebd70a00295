"""Ordinary files, opened and written with care: no link followed, no pipe waited for, nothing half written."""

from __future__ import annotations

import errno
import os
import stat
import tempfile
from collections.abc import Sequence
from pathlib import Path


class UnreadableError(Exception):
    """The archive or the site cannot be read or written; the message says in Chinese where and why."""


def open_ordinary(path: Path, most: int = -1) -> tuple[bytes, int]:
    """A file's beginning and its whole size. Only ordinary files: a link or a pipe is not even opened to wait."""
    flags = (
        os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    )
    with os.fdopen(os.open(path, flags), "rb") as stream:
        about = os.fstat(stream.fileno())
        if not stat.S_ISREG(about.st_mode):
            raise OSError(errno.EINVAL, "not an ordinary file")
        return stream.read(most), about.st_size


_REASONS = {
    errno.ENOENT: "没有这个文件",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EISDIR: "这是一个目录",
    errno.ELOOP: "这是一个链接",
    errno.EINVAL: "不是普通文件",
    errno.ENOSPC: "磁盘满了",
    errno.EROFS: "磁盘只能读",
    errno.ENOTDIR: "上一级不是目录",
}


def why(error: OSError) -> str:
    """The reason in Chinese."""
    return _REASONS.get(error.errno or 0, error.strerror or "原因不明")


def write_text(path: Path, text: str) -> None:
    """Write a file so that it is whole or absent at any moment; raise UnreadableError where it cannot be."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".writing-")
    except OSError as error:
        raise UnreadableError(f"写不进 {path}：{why(error)}") from error
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def put(folder: Path, path: str, files: Sequence[tuple[str, str | bytes]]) -> None:
    """Write a page's files into the folder of its address. For the staging folder only: not one by one atomic."""
    target = folder / path
    target.mkdir(parents=True, exist_ok=True)
    for name, content in files:
        data = content.encode("utf-8") if isinstance(content, str) else content
        (target / name).write_bytes(data)


def copy(source: Path, target: Path) -> None:
    """Copy an archived original; raise UnreadableError where it cannot be read."""
    try:
        data, _ = open_ordinary(source)
    except OSError as error:
        raise UnreadableError(f"读不到原件 {source}：{why(error)}") from error
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(data)
