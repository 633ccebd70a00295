"""Work spread over processes comes back in order, however processes are started."""

import multiprocessing
from pathlib import Path

import pytest

from build_tools.county import _Survey, _survey_county
from build_tools.store import Store
from build_tools.workers import spread


def _times(shared: int, job: int) -> int:
    return shared * job


@pytest.mark.parametrize("workers", [1, 2, 3])
@pytest.mark.parametrize("count", [0, 3, 50])
def test_order(workers: int, count: int) -> None:
    """Results come in the order of the jobs, few or many."""
    assert list(spread(_times, 3, iter(range(count)), workers=workers)) == [3 * n for n in range(count)]


@pytest.mark.parametrize("method", multiprocessing.get_all_start_methods())
def test_the_archive_can_be_handed_over(root: Path, method: str) -> None:
    """What workers share survives every way to start them, also where nothing is inherited."""
    store = Store(root)
    shared = _Survey(store, store.register(), 2026, ())
    jobs = [*store.counties()] * 2
    counties = list(spread(_survey_county, shared, jobs, workers=2, method=method))

    assert [county.code for county in counties] == [code for code, _ in jobs]


def test_an_error_in_a_worker_is_not_swallowed() -> None:
    """What a job raises is raised where its result was expected."""
    with pytest.raises(TypeError):
        list(spread(_times, None, [1] * 20, workers=2))
