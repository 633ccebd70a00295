"""Pages of our built site that lead to reports -> what they hold, as plain data: units, regions, years."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

from tests.peers import cut
from tests.peers.pages import Page, Seen

LISTED = 300
"""A year with more reports lists counties instead, as ours do."""

_RECORD = re.compile(r'<div><dt>(.*?)</dt><dd>(.*?)(?:<span class="aside">(.*?)</span>)?</dd></div>')
_PLACE = re.compile(
    r'<li(?: class="empty")?>(?:<a href="[./]*regions/(\d+)/">)?([^<]*)'
    r'(?:</a><span class="count">(\d+) 份</span>|<span)'
)


def unit_page(unit: str, page: str, seen: Seen) -> Page:
    """A unit: its record, and its years with the gaps between."""
    own = seen.entries[unit]
    params = {
        "unit": unit,
        "chain": [pair for pair in seen.chains[unit] if pair[0] != unit],
        "own": unit in (code for code, _ in seen.chains[unit]),
        "record": [[unescape(text) for text in line] for line in _RECORD.findall(page)],
        "count": len(own),
        "rows": [
            own.get(year, {"year": year}) for year in range(max(own, default=0), min(own, default=1) - 1, -1)
        ],
    }
    return Page(f"units/{unit}/", "unit", seen.names[unit], cut.description(page), params)


def lists(site: Path, seen: Seen) -> Iterator[Page]:
    """Every region and every year, after all reports have been gone through."""
    counties: dict[str, list[str]] = defaultdict(list)
    for unit in sorted(seen.chains):
        counties[seen.chains[unit][-1][0]].append(unit)
    for path in sorted((site / "regions").rglob("index.html")):
        address = path.parent.relative_to(site).as_posix() + "/"
        yield _region(address, path.read_text(encoding="utf-8"), counties, seen)
    yield from _years(site, seen)


def _region(address: str, page: str, counties: dict[str, list[str]], seen: Seen) -> Page:
    code = "".join(re.findall(r"\d+", address))
    lead = cut.found(r'<p class="lead">(.*?)</p>', page)
    params: dict[str, Any] = {"code": code, "chain": cut.crumbs(page), "lead": lead}
    if code in counties:
        years = sorted({year for unit in counties[code] for year in seen.entries[unit]}, reverse=True)
        params["years"] = years
        params["rows"] = [
            {
                "unit": unit,
                "name": seen.names[unit],
                "cells": [year if year in seen.entries[unit] else 0 for year in years],
            }
            for unit in counties[code]
        ]
    else:
        places = _PLACE.findall(page.partition('<ul class="places">')[2])
        params["places"] = [[below, unescape(name), count] for below, name, count in places]
    layout = "county" if code in counties else "region"
    return Page(address, layout, cut.title(page), cut.description(page), params)


def _years(site: Path, seen: Seen) -> Iterator[Page]:
    years: dict[int, dict[str, dict[str, Any]]] = defaultdict(dict)
    for unit in sorted(seen.entries):
        chain = seen.chains[unit]
        code, name = chain[-1]
        above = " ".join(name for _, name in chain[:-1])
        for year, entry in seen.entries[unit].items():
            new = {"code": code, "name": name, "chain": chain, "above": above, "entries": []}
            years[year].setdefault(code, new)["entries"].append(entry)
    newest = sorted(years, reverse=True)
    counts = [[year, sum(len(county["entries"]) for county in years[year].values())] for year in newest]
    yield _page(site, "years/", "years", {"counts": counts})
    for year, total in counts:
        counties = [years[year][code] for code in sorted(years[year])]
        for county in counties:
            params = {**county, "year": year, "reports": len(county["entries"])}
            yield _page(site, f"years/{year}/{county['code']}/", "yearcounty", params)
        shown = {"year": year, "years": newest, "total": total, "listed": total <= LISTED}
        yield _page(
            site, f"years/{year}/", "year", {**shown, "groups": _groups(counties, entries=total <= LISTED)}
        )


def _groups(counties: list[dict[str, Any]], *, entries: bool) -> list[dict[str, Any]]:
    """Counties by prefecture, with their reports or with how many these are."""
    groups: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for county in counties:
        own = {"entries": county["entries"]} if entries else {"reports": len(county["entries"])}
        groups[county["above"]].append({"code": county["code"], "name": county["name"], **own})
    return [{"above": above, "counties": below} for above, below in groups.items()]


def _page(site: Path, path: str, layout: str, params: dict[str, Any]) -> Page:
    page = (site / path / "index.html").read_text(encoding="utf-8")
    return Page(path, layout, cut.title(page), cut.description(page), params)
