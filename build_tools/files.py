"""Ordinary files, opened and written with care: no link followed, no pipe waited for, nothing half written."""

from __future__ import annotations

import errno
import fcntl
import hashlib
import os
import stat
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

_READING = (
    os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
)
_BLOCK = 1 << 20


class UnreadableError(Exception):
    """The archive or the site cannot be read or written; the message says in Chinese where and why."""


def open_ordinary(path: Path, most: int = -1) -> tuple[bytes, int]:
    """A file's beginning and its whole size. Only ordinary files: a link or a pipe is not even opened to wait."""
    with os.fdopen(os.open(path, _READING), "rb") as stream:
        size = _ordinary_size(stream)
        return stream.read(most), size


def _ordinary_size(stream: BinaryIO) -> int:
    about = os.fstat(stream.fileno())
    if not stat.S_ISREG(about.st_mode):
        raise OSError(errno.EINVAL, "not an ordinary file")
    return about.st_size


_REASONS = {
    errno.ENOENT: "没有这个文件",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EISDIR: "这是一个目录",
    errno.EEXIST: "同名的文件已经有了",
    errno.EBUSY: "正被别的程序使用，或是一个挂载点",
    errno.ELOOP: "这是一个链接",
    errno.EINVAL: "不是普通文件",
    errno.ENOSPC: "磁盘满了",
    errno.EROFS: "磁盘只能读",
    errno.ENOTDIR: "上一级不是目录",
}


def why(error: OSError) -> str:
    """The reason in Chinese."""
    return _REASONS.get(error.errno or 0, error.strerror or "原因不明")


def digest(data: bytes) -> str:
    """A short name for bytes, the same for the same: 32 hexadecimal digits."""
    return hashlib.blake2b(data, digest_size=16).hexdigest()


def digest_of(path: Path) -> str:
    """The digest of what is in an ordinary file, however large it is; raises OSError for anything else."""
    found = hashlib.blake2b(digest_size=16)
    with os.fdopen(os.open(path, _READING), "rb") as stream:
        _ordinary_size(stream)
        while block := stream.read(_BLOCK):
            found.update(block)
    return found.hexdigest()


def sha256_of(path: Path) -> tuple[int, str]:
    """Size and SHA-256 of a file, however large it is."""
    found, size = hashlib.sha256(), 0
    with path.open("rb") as stream:
        while block := stream.read(_BLOCK):
            found.update(block)
            size += len(block)
    return size, found.hexdigest()


def write_text(path: Path, text: str) -> None:
    """Write a file so that it is whole or absent at any moment; raise UnreadableError where it cannot be."""
    replace_bytes(path, text.encode("utf-8"))


def replace_bytes(path: Path, data: bytes) -> None:
    """As write_text, for bytes."""
    _replace(path, (data,))


def replace_blocks(path: Path, blocks: Iterable[bytes]) -> tuple[int, str]:
    """As replace_bytes, for what comes block by block; gives the size and the SHA-256 of it all."""
    size, found = 0, hashlib.sha256()

    def counted() -> Iterator[bytes]:
        nonlocal size
        for block in blocks:
            size += len(block)
            found.update(block)
            yield block

    _replace(path, counted())
    return size, found.hexdigest()


def _replace(path: Path, blocks: Iterable[bytes]) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".writing-")
    except OSError as error:
        raise UnreadableError(f"写不进 {path}：{why(error)}") from error
    try:
        with os.fdopen(handle, "wb") as stream:
            for block in blocks:
                stream.write(block)
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except OSError as error:
        Path(name).unlink(missing_ok=True)
        raise UnreadableError(f"写不进 {path}：{why(error)}") from error
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def read_original(path: Path) -> bytes:
    """An archived original; raise UnreadableError where it cannot be read."""
    try:
        return open_ordinary(path)[0]
    except OSError as error:
        raise UnreadableError(f"读不到原件 {path}：{why(error)}") from error


class Lock:
    """A lock on a folder, held until it is released or the process ends.

    `wait` for another process to release it, or raise UnreadableError while one holds it; the same where there can
    be no such folder.
    """

    def __init__(self, folder: Path, *, wait: bool = False) -> None:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._handle = os.open(folder, os.O_RDONLY)
        except OSError as error:
            raise UnreadableError(f"写不进 {folder}：{why(error)}") from error
        try:
            fcntl.flock(self._handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except OSError as error:
            os.close(self._handle)
            raise UnreadableError(f"{folder} 里正在生成或发布网站，等它结束再来。") from error

    def release(self) -> None:
        """Let others in."""
        os.close(self._handle)
