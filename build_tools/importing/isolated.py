"""Files are opened in a process of their own, with limits on time and memory: what it does can harm nothing else."""

from __future__ import annotations

import multiprocessing
import resource
from multiprocessing.connection import Connection

from build_tools.importing.blocks import Document
from build_tools.importing.files import read_document
from build_tools.importing.refused import RefusedError

SECONDS, MEMORY = 60, 1 << 30
"""What a file may take: seconds of processor time, bytes of memory."""

_TOO_MUCH = "读它要的时间或内存太多", "检查文件；是年报的，用 Word 或 WPS 打开，另存一份小的，再试一次。"


def read_apart(data: bytes, name: str, *, seconds: int = SECONDS, memory: int = MEMORY) -> Document:
    """As read_document, in a process that is ended when it takes too much."""
    here, there = multiprocessing.get_context("spawn").Pipe(duplex=False)
    process = multiprocessing.get_context("spawn").Process(
        target=_work, args=(there, data, name, seconds, memory)
    )
    process.start()
    there.close()
    try:
        found = here.recv() if here.poll(3 * seconds) else RefusedError(*_TOO_MUCH)
    except EOFError:
        found = RefusedError(*_TOO_MUCH)
    finally:
        process.kill()
        process.join()
    if isinstance(found, Document):
        return found
    if isinstance(found, RefusedError):
        raise found
    raise RefusedError(*found)


def _work(there: Connection, data: bytes, name: str, seconds: int, memory: int) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    try:
        there.send(read_document(data, name))
    except RefusedError as error:
        there.send((error.why, error.advice))
    except (MemoryError, RecursionError):
        there.send(_TOO_MUCH)
