"""A report and the name of a format -> the bytes of the file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module
from typing import cast

from build_tools.files import UnreadableError
from build_tools.model import Report
from build_tools.printed import FORMATS
from build_tools.printed.layout import Printed, printed
from build_tools.source.characters import name, odd

Writer = Callable[[Printed], bytes]


class UnprintableError(UnreadableError):
    """A report cannot be put into a file of this format; the message says in Chinese why, and what can."""


class LibraryError(UnreadableError):
    """What writes the format is not installed."""


def write(report: Report, ending: str) -> bytes:
    """The file of a report in a format: the same report gives the same bytes."""
    laid = printed(report)
    _check(laid)
    return writer(ending)(laid)


def writer(ending: str) -> Writer:
    """What writes a format; raise LibraryError where its library is missing."""
    try:
        module = import_module(f"{__package__}.{FORMATS[ending]}")
    except ModuleNotFoundError as error:
        advice = "用 make export 导出，会先装好；或者运行 .venv/bin/pip install --require-hashes -r requirements-import.lock。"
        raise LibraryError(f"写 {ending} 的程序库没有装（{error.name}）。{advice}") from error
    return cast("Writer", module.write)


def _check(laid: Printed) -> None:
    for where, text in _texts(laid):
        for char, line, column in odd(text):
            place = f"{laid.id} 的{where}第 {line} 行第 {column} 个字"
            raise UnprintableError(f"{place}是{name(char)}，写不进文件。在报告里删去它再导出。")


def _texts(laid: Printed) -> Iterator[tuple[str, str]]:
    yield "标题", laid.title
    yield from ((detail.label, detail.text) for detail in laid.details)
    for part in laid.parts:
        where = f"“{part.heading}”" if part.heading else "正文"
        yield from ((where, text) for text in (part.heading, part.text))
        if part.sheet:
            yield from ((part.sheet.name, box.text) for box in part.sheet.boxes)
