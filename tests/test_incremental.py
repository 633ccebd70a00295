"""Whatever happened before, a build makes what a clean build would make, and touches nothing that stays the same.

More sequences than usual: NIANBAO_SEQUENCES=500 pytest tests/test_incremental.py
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from build_tools import records
from build_tools.files import UnreadableError
from build_tools.publish import BadReportsError, manifest
from build_tools.publish.manifest import listed
from build_tools.publish.tree import Tree
from tests.buildwork import DIVISIONS, NAMES, SPARE, YEARS, State, World, full_from, killed_at, state, trouble
from tests.sitework import tree

Edit = Callable[[World, int], object]


# --- what editors do -----------------------------------------------------------------------------------


def _report(world: World, n: int) -> tuple[str, int]:
    return sorted(world.reports)[n % len(world.reports)] if world.reports else _add_report(world, n)


def _unit(world: World, n: int) -> str:
    return sorted(world.units)[n % len(world.units)]


def _prose(world: World, n: int) -> None:
    world.write_report(*_report(world, n), prose=NAMES[n % 10] * 4)


def _figure(world: World, n: int) -> None:
    world.write_report(*_report(world, n), figure=n % 7)


def _title(world: World, n: int) -> None:
    world.write_report(*_report(world, n), title=f"年政府信息公开工作年度报告（{NAMES[n % 10]}）")


def _add_report(world: World, n: int) -> tuple[str, int]:
    key = (_unit(world, n), YEARS[n % 4])
    world.write_report(*key, prose="新")
    return key


def _remove_report(world: World, n: int) -> None:
    key = _report(world, n)
    world.report_file(key).unlink()
    del world.reports[key]


def _rename_unit(world: World, n: int) -> None:
    unit = _unit(world, n)
    world.write_unit(unit, name=f"{NAMES[n % 10]}{NAMES[n % 7]}镇")
    for key in world.reports if n % 5 else ():  # they print the name, and it is an error to forget them
        if key[0] == unit:
            world.write_report(*key)


def _kin(world: World, n: int) -> None:
    """Kin in another county, that is there or is not."""
    units = [*sorted(world.units), *SPARE]
    own, other = _unit(world, n), units[(n // 3) % len(units)]
    world.write_unit(own, **{("前身", "后继")[n % 2]: other if other != own else ""})


def _add_unit(world: World, n: int) -> None:
    """In a county that is there or a new one."""
    unit = SPARE[n % len(SPARE)]
    world.write_unit(unit, name=f"{NAMES[n % 10]}新镇")
    if n % 3:
        world.write_report(unit, YEARS[n % 4])


def _remove_unit(world: World, n: int) -> None:
    if len(world.units) > 1:
        _forget(world, _unit(world, n))


def _remove_county(world: World, n: int) -> None:
    county = _unit(world, n)[:6]
    if any(unit[:6] != county for unit in world.units):
        for unit in [unit for unit in world.units if unit[:6] == county]:
            _forget(world, unit)
        shutil.rmtree(world.base / "reports" / county[:2] / county)
        world.expected.pop(county, None)


def _forget(world: World, unit: str) -> None:
    shutil.rmtree(world.unit_folder(unit))
    del world.units[unit]
    world.reports = {key: facts for key, facts in world.reports.items() if key[0] != unit}


def _original(world: World, n: int) -> None:
    """One is added, replaced or taken away."""
    world.write_report(*_report(world, n), original="" if n % 3 == 0 else f"原件{NAMES[n % 10]}")


def _move(world: World, n: int) -> None:
    """A unit, or a report, or nothing any more, to a unit of the same county or of another."""
    if n % 4 == 0 and world.moved:
        del world.moved[sorted(world.moved)[n % len(world.moved)]]
    elif n % 4 == 1:
        world.moved[f"{_unit(world, n)}/{YEARS[n % 4] - 4}"] = "{}/{}".format(*_report(world, n // 4))
    else:
        world.moved[(*SPARE, "330499001", "340000001")[n % 6]] = _unit(world, n // 4)
    world.write_former()


def _withdraw(world: World, n: int) -> None:
    """A report, or one more reason, or one is let in again."""
    if n % 3 == 0 and world.withdrawn:
        key = sorted(world.withdrawn)[n % len(world.withdrawn)]
        del world.withdrawn[key]
        if n % 2 and key[0] in world.units:
            world.write_report(*key)
    elif n % 3 == 1 and world.withdrawn:
        world.withdrawn[sorted(world.withdrawn)[n % len(world.withdrawn)]] = NAMES[n % 10]
    else:
        key = _report(world, n)
        _remove_report(world, n)
        world.withdrawn[key] = "有误"
    world.write_former()


def _expected(world: World, n: int) -> None:
    """A county gets a list of who had to publish, with units that are not there; or another, or none, or a wrong one."""
    county = _unit(world, n)[:6]
    years = (2020, 2021, 2022, 2023)[n % 3 :]
    units = [*(unit for unit in sorted(world.units) if unit[:6] == county), f"{county}-czj"][n % 2 :]
    world.expected[county] = {(year, unit): NAMES[n % 10] for year in years for unit in units}
    if n % 5 == 0:
        del world.expected[county]
    elif n % 5 == 1:
        world.expected[county][2020, "110101001"] = "别处"
    world.write_expected()


def _divisions(world: World, n: int) -> None:
    world.divisions = DIVISIONS.replace("秀洲区", ("秀洲区", "郊区", "新秀洲区")[n % 3])
    world.write_divisions()


def _year(world: World, n: int) -> None:
    world.year = 2023 + n % 4


def _edit_base(world: World, n: int) -> None:
    world.edit_base = ("", "https://git.example/edit/")[n % 2]


def _theme(world: World, n: int) -> None:
    world.theme = ("", "<!-- 新 -->")[n % 2]


def _hand_written(world: World, n: int) -> None:
    world.about = NAMES[n % 3]


def _code(world: World, n: int) -> None:
    """The program changes, and its output does not."""
    world.code = str(n % 5)


def _form(world: World, n: int) -> None:
    world.forms = n % 3
    world.code = f"form {world.forms}"


# --- errors --------------------------------------------------------------------------------------------


def _wrong(world: World, n: int) -> None:
    world.write_report(*_report(world, n), wrong=True)


def _broken(world: World, n: int) -> None:
    world.write_report(*_report(world, n), broken=True)


def _stray(world: World, n: int) -> None:
    stray = world.base / "reports" / ("33/note.txt", "33/330411/note.txt")[n % 2]
    stray.parent.mkdir(parents=True, exist_ok=True)
    stray.write_text("?", encoding="utf-8")


def _repair(world: World, _: int) -> None:
    for key in world.reports:
        world.write_report(*key, wrong=False, broken=False)
    for path in (world.base / "reports").rglob("note.txt"):
        path.unlink()
    for told in world.expected.values():
        told.pop((2020, "110101001"), None)
    world.write_expected()
    there = {*world.units, *(f"{unit}/{year}" for unit, year in (*world.reports, *world.withdrawn))}
    world.moved = {old: new for old, new in world.moved.items() if new in there and old not in there}
    world.withdrawn = {
        key: why for key, why in world.withdrawn.items() if key[0] in world.units and key not in world.reports
    }
    world.moved = {old: new for old, new in world.moved.items() if new in there}
    world.write_former()


# --- what no page depends on ---------------------------------------------------------------------------


def _touch(world: World, n: int) -> None:
    for path in sorted((world.base / "reports").rglob("*.yml"))[n % 5 :]:
        os.utime(path)


def _replaced_by_a_copy(world: World, n: int) -> None:
    """A fresh checkout: other files with the same in them."""
    for path in sorted((world.base / "reports").rglob("*.yml"))[n % 5 :]:
        copy = path.with_name(".copy")
        shutil.copy2(path, copy)
        copy.replace(path)


def _hidden(world: World, n: int) -> None:
    (world.unit_folder(_unit(world, n)) / f".swap{n % 3}").write_text("?", encoding="utf-8")


# --- what hides a change -------------------------------------------------------------------------------


def _same_size_same_time(world: World, n: int) -> None:
    """The file keeps its size and its time of change."""
    key = _report(world, n)
    path = world.report_file(key)
    before = path.stat()
    world.write_report(*key, prose=_other(world.reports[key].get("prose", "")))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def _same_size_new_file(world: World, n: int) -> None:
    """Another file with the size and the time of the one before takes its place."""
    key = _report(world, n)
    path = world.report_file(key)
    before = path.stat()
    kept = path.with_name(".kept")
    path.rename(kept)
    world.write_report(*key, prose=_other(world.reports[key].get("prose", "")))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    kept.unlink()


def _other(prose: str) -> str:
    return prose.translate(str.maketrans(NAMES, NAMES[1:] + NAMES[0]))


def _future(world: World, n: int) -> None:
    """A clock that was wrong."""
    os.utime(world.report_file(_report(world, n)), (4e9, 4e9))


# --- what is lost or damaged ---------------------------------------------------------------------------


def _lose(world: World, n: int) -> None:
    kept = [f".cache/nianbao/{name}" for name in ("runs", "packs", "index")]
    lost = (".cache", ".site.twin", "site", *kept)[n % 6]
    world.spoilt = world.spoilt or lost == "site"
    shutil.rmtree(world.base / lost, ignore_errors=True)


def _damage(world: World, n: int) -> None:
    """A record or a list of files is cut off, or is what another version wrote."""
    folders = (".cache/nianbao/records", ".cache/nianbao/index", "site/manifest", ".site.twin/manifest")
    files = [path for folder in folders for path in sorted((world.base / folder).glob("*"))]
    files += [world.base / "site/manifest.tsv", world.base / ".site.twin/manifest.tsv"]
    world.spoilt, path = True, files[n % len(files)]
    finished = (world.base / ".site.twin/manifest.tsv").exists()  # else it cannot be known to be damaged
    if path.is_file() and (finished or ".site.twin" not in path.parts):
        whole = path.read_bytes()
        path.unlink()
        path.write_bytes((b"", b"[]\n", whole[: len(whole) // 2], whole + b"\n")[n % 4])


EDITS: list[Edit] = [
    *(
        _prose,
        _figure,
        _title,
        _add_report,
        _remove_report,
        _rename_unit,
        _kin,
        _kin,
        _add_unit,
        _remove_unit,
    ),
    *(
        _remove_county,
        _original,
        _original,
        _move,
        _move,
        _withdraw,
        _withdraw,
        _expected,
        _expected,
        _divisions,
        _year,
        _edit_base,
        _theme,
        _hand_written,
        _code,
        _form,
    ),
    *(_wrong, _broken, _stray, _repair, _repair, _touch, _replaced_by_a_copy, _hidden),
    *(_same_size_same_time, _same_size_new_file, _future, _lose, _damage, _damage),
]


def _fails(world: World, n: int) -> None:
    """A build that a full disk stops."""
    world.hub()  # MkDocs is done with its part
    before = _seen(world)
    with trouble(full_from(1 + n)):
        told = _complaint(world)
    assert told is None or "磁盘满了" in told or "个错误" in told
    assert told is None or _seen(world) == before


def _is_killed(world: World, n: int) -> None:
    world.hub()
    before = _seen(world)
    if killed_at(1 + n, world.build):
        assert _seen(world) in (before, {}) or _clean(world)[0] == {p: f[0] for p, f in _seen(world).items()}


BUILDS: list[Edit] = [_fails, _is_killed]


# --- and what has to hold ------------------------------------------------------------------------------


def _seen(world: World) -> State:
    return state(world.site) if world.site.exists() else {}


def _clean(world: World) -> tuple[dict[str, bytes], str]:
    """What a build from nothing makes, or says."""
    with tempfile.TemporaryDirectory(dir=world.folder) as folder:
        try:
            return tree(world.build(Path(folder))), ""
        except BadReportsError as error:
            return {}, str(error)


def _complaint(world: World) -> str | None:
    """What keeps a build from succeeding; None for one that did."""
    try:
        world.build()
    except (BadReportsError, UnreadableError) as error:
        return str(error)
    return None


def _build_and_compare(world: World) -> None:
    clean, complaint = _clean(world)
    before = _seen(world)
    assert (_complaint(world) or "") == complaint
    after = _seen(world)
    if complaint:
        assert after == before
        return
    assert {path: facts[0] for path, facts in after.items()} == clean
    same = {path for path, facts in after.items() if path in before and before[path][0] == facts[0]}
    assert world.spoilt or {path for path in same if before[path] != after[path]} == set()


def test_a_list_remakes_its_county(tmp_path: Path) -> None:
    """A new list, and a line changed in it, change pages of the county and above it, and nothing of other counties."""
    world = World(tmp_path)
    before = tree(world.build())
    for day in ("2022-01-31", "2022-01-20"):
        world.expected = {"330411": {(2021, unit): day for unit in ("330411103", "330411-czj")}}
        world.write_expected()
        after = tree(world.build())
        assert after == _clean(world)[0]
        changed = {path for path in after.keys() | before.keys() if after.get(path) != before.get(path)}
        assert {"regions/330411/index.html", "regions/330411/coverage.csv"} <= changed
        assert not [path for path in changed if "410182" in path or "330402" in path]
        before = after


def test_a_page_passes_from_one_part_to_another(tmp_path: Path) -> None:
    """Another version of the program had pages of a province among the lists: the new one must not take them away."""
    world = World(tmp_path)
    world.build()
    world.write_report("330411103", 2020, prose="甲")
    world.build()
    for copy in (Tree(world.site), Tree(world.base / ".site.twin")):
        lists, province = copy.listing("lists"), copy.listing("province-33")
        parts = {"lists": lists | province, "province-33": {}}
        for name, listing in parts.items():
            (copy.folder / manifest.part_path(name)).unlink()
            (copy.folder / manifest.part_path(name)).write_bytes(manifest.write(listing))
        copy.unseal()
        copy.seal({part: listed(manifest.write(copy.listing(part))).sha256 for part in copy._whole_parts()})
    world.code = "another"
    assert tree(world.build()) == _clean(world)[0]


STEPS = st.lists(
    st.tuples(
        st.lists(st.tuples(st.sampled_from(EDITS), st.integers(0, 999)), min_size=1, max_size=3),
        st.one_of(st.none(), st.none(), st.tuples(st.sampled_from(BUILDS), st.integers(0, 400))),
    ),
    min_size=3,
    max_size=8,
)


@settings(max_examples=int(os.environ.get("NIANBAO_SEQUENCES", "15")), phases=[Phase.generate])
@given(steps=STEPS, believing=st.booleans())
def test_any_sequence(
    steps: list[tuple[list[tuple[Edit, int]], tuple[Edit, int] | None]], *, believing: bool
) -> None:
    """After any edits, failures and losses the site is that of a clean build."""
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        if believing:  # of a file that was not changed just now its times are believed, and steps follow fast
            patch.setattr(records, "_TICK", 20_000_000)
        world = World(Path(folder))
        world.build()
        for edits, build in steps:
            for edit, n in edits:
                edit(world, n)
            if build:
                build[0](world, build[1])
            _build_and_compare(world)
