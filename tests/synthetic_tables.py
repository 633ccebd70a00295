"""Tables for synthetic reports: figures that satisfy the relations of their forms, most of them zero."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from build_tools.decode.cells import read_cell
from build_tools.form import Form, TableForm
from build_tools.model import Cell, State, Table
from tests.synthetic_words import Dice

Figures = dict[str, dict[str, str]]
"""What is not zero: row -> column -> as it is printed."""


def tables(form: Form, unit: str, first: int, year: int) -> Mapping[str, Table]:
    """The tables of a form for a unit that reports since `first`."""
    made = {
        "t2": lambda: _t2_2019(unit, year) if form.id == "2019" else _t2_2021(unit, year),
        "t3": lambda: _t3(unit, first, year),
        "t4": lambda: _t4(unit, year),
        "stat": lambda: _stat(unit, year),
    }
    return {
        id_: Table(table, form.id, MappingProxyType(_cells(table, made[id_]())))
        for id_, table in form.tables.items()
    }


def faulty(table: Table) -> Table:
    """Table 4 with a total of reviews that is one too many."""
    *cells, total = table.rows["review"]
    more = Cell(str(int(total.value or 0) + 1), State.NUMBER, int(total.value or 0) + 1)
    return Table(table.form, table.form_id, MappingProxyType({**table.rows, "review": (*cells, more)}))


def blanks(table: Table) -> tuple[Cell, ...]:
    """The row of requests granted with blanks for noughts."""
    return tuple(cell if cell.value else Cell("", State.BLANK) for cell in table.rows["granted"])


def _cells(form: TableForm, figures: Figures) -> dict[str, tuple[Cell, ...]]:
    return {
        id_: tuple(read_cell(figures.get(id_, {}).get(c.id, "0"), c) for c in line.columns)
        for id_, line in form.lines.items()
    }


def _steady(unit: str, year: int, what: str, top: int) -> int:
    """A figure below `top` that does not change much from year to year."""
    usual = Dice("usual", unit, what).skewed(top)
    return usual + Dice("more", unit, what, year).below(usual // 4 + 2)


def _items(unit: str, row: str, year: int) -> int:
    """How many kinds of licences and the like there are at the end of a year of the form of 2019."""
    return 40 + Dice("items", unit, row).below(90) + Dice("more", unit, row, year).below(9)


def _t2_2019(unit: str, year: int) -> Figures:
    dice = Dice("t2", unit, year)
    made = str(dice.skewed(9))
    rows: Figures = {
        "normative": {"made": made, "published": made, "total_public": str(int(made) + dice.below(9))}
    }
    for row in ("licensing", "other_services"):
        last, now = _items(unit, row, year - 1), _items(unit, row, year)
        delta = f"{now - last:+}" if now != last else "0"
        rows[row] = {
            "items_prev": str(last),
            "items_delta": delta,
            "decisions": str(_steady(unit, year, row, 3000)),
        }
    if dice.rare(3):
        rows["procurement"] = {
            "projects": str(dice.below(40) + 1),
            "amount": f"{dice.skewed(9000) + 1}.{dice.below(9) + 1}万元",
        }
    return rows


def _t2_2021(unit: str, year: int) -> Figures:
    dice = Dice("t2", unit, year)
    made = {y: Dice("made", unit, y).skewed(6) for y in range(2014, year + 1)}
    rows = {"normative": {"made": str(made[year]), "valid": str(sum(made.values()))}}
    rows["licensing"] = {"decisions": str(_steady(unit, year, "licensing", 3000))}
    rows["penalty"] = {"decisions": str(_steady(unit, year, "penalty", 200))}
    if dice.rare(4):
        rows["fees"] = {"amount": f"{dice.skewed(300)}.{dice.below(10000):04}"}
    return rows


def _carry(unit: str, year: int) -> int:
    return int(Dice("carry", unit, year).rare(9))


def _t3(unit: str, first: int, year: int) -> Figures:
    """Requests of persons and firms: what came in is settled in some way, or carried over."""
    dice = Dice("t3", unit, year)
    ways = ("granted", "partial", "denied_third_party", "unable_not_held", "rejected_petition")
    carried_in, carried_out = (_carry(unit, year - 1) if year > first else 0), _carry(unit, year)
    new = {"natural": _steady(unit, year, "requests", 60) + carried_out, "commercial": dice.skewed(6)}
    rows: dict[str, dict[str, int]] = {"new": new, "carried_in": {"natural": carried_in}}
    rows["carried_out"] = {"natural": carried_out}
    rows["total"] = {"natural": new["natural"] + carried_in - carried_out, "commercial": new["commercial"]}
    for column, left in rows["total"].items():
        for way in ways[1:]:
            share = min(left, dice.skewed(left + 1)) if dice.rare(3) else 0
            rows.setdefault(way, {})[column] = share
            left -= share  # noqa: PLW2901  # what is still to be shared out
        rows.setdefault("granted", {})[column] = left
    return {
        row: {**{c: str(n) for c, n in cells.items()}, "total": str(sum(cells.values()))}
        for row, cells in rows.items()
    }


def _t4(unit: str, year: int) -> Figures:
    dice = Dice("t4", unit, year)
    rows: Figures = {}
    for row, chance in (("review", 6), ("suit_direct", 12), ("suit_after_review", 20)):
        if dice.rare(chance):
            upheld, corrected = dice.below(5) + 1, dice.below(2)
            rows[row] = {"upheld": str(upheld), "corrected": str(corrected), "total": str(upheld + corrected)}
    return rows


def _stat(unit: str, year: int) -> Figures:
    dice = Dice("stat", unit, year)
    web, letter = _steady(unit, year, "web", 40), dice.skewed(9)
    published, normative = _steady(unit, year, "published", 9000) + 40, dice.below(20)
    requests = web + letter
    full, part = dice.below(4) + 1, dice.below(6)
    numbers = {
        "published": published,
        "published_normative": normative,
        "normative_made": normative,
        "via_website": published,
        "via_wechat": _steady(unit, year, "wechat", 900),
        "responses": dice.below(9),
        "explanations": dice.below(30),
        "received": requests,
        "received_web": web,
        "received_letter": letter,
        "closed": requests,
        "closed_on_time": requests,
        "answered": requests,
        "answered_public": letter,
        "answered_granted": web,
        "offices": 1,
        "reading_rooms": dice.below(9),
        "staff": full + part,
        "staff_full": full,
        "staff_part": part,
        "meetings": dice.below(9),
        "trainings": dice.below(5),
        "trained": _steady(unit, year, "trained", 300),
    }
    return {row: {"value": str(number)} for row, number in numbers.items()}
