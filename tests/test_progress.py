"""Long work says how far it is: to people at a terminal all the time, to a log now and then."""

import io
from collections.abc import Iterator

import pytest

from build_tools.publish.progress import Line, duration, line


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def _clock(step: float) -> Iterator[float]:
    now = 0.0
    while True:
        yield now
        now += step


def _watched(stream: io.StringIO, step: float) -> list[int]:
    return list(Line(stream, _clock(step).__next__)("县", 4, range(4)))


def test_a_terminal() -> None:
    """The line moves, tells the rate and the time left, and is gone in the end."""
    stream = _Terminal()
    assert _watched(stream, 2.0) == [0, 1, 2, 3]
    states = stream.getvalue().split("\r\x1b[K")
    assert states[1] == "县 1/4　每秒 0.5　还要 6 秒"
    assert states[4] == "县 4/4　每秒 0.5　还要 0 秒"
    assert states[-1] == ""


def test_work_that_breaks_off() -> None:
    """The line goes also when something breaks off in the middle."""
    stream = _Terminal()
    with pytest.raises(ZeroDivisionError):
        list(Line(stream, _clock(1.0).__next__)("县", 2, (1 // n for n in (1, 0))))
    assert stream.getvalue().endswith("\r\x1b[K")


def test_a_log() -> None:
    """A log gets whole lines, and none for what is done soon."""
    stream = io.StringIO()
    assert _watched(stream, 1.0) == [0, 1, 2, 3]
    assert stream.getvalue() == ""
    _watched(stream, 20.0)
    assert stream.getvalue() == "县 2/4　每秒 0.1　还要 40 秒\n县 4/4　每秒 0.1　还要 0 秒\n"


def test_nothing_done_yet() -> None:
    """Before the clock has moved there is no rate to tell."""
    assert line("县", 0, 10, 0.0) == "县 0/10　每秒 0.0　还要 ？"


@pytest.mark.parametrize(
    ("seconds", "told"),
    [(0.4, "0 秒"), (59.4, "59 秒"), (60, "1 分 0 秒"), (3599, "59 分 59 秒"), (7325, "2 小时 2 分")],
)
def test_duration(seconds: float, told: str) -> None:
    """Times as people say them."""
    assert duration(seconds) == told
