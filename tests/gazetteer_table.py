"""Writes build_tools/gazetteer/divisions.txt.gz from a list of divisions: python -m tests.gazetteer_table FOLDER.

The folder holds cities.csv, areas.csv and streets.csv of the national list of divisions (code, name and the codes above).
"""

from __future__ import annotations

import csv
import gzip
import sys
from collections import defaultdict
from pathlib import Path

NO_NAMES = {"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"}
TABLE = Path(__file__).resolve().parent.parent / "build_tools/gazetteer/divisions.txt.gz"


def table(folder: Path) -> bytes:
    """A line for each county: its code, its name, the names of its townships; one for each prefecture."""
    below: dict[str, list[str]] = defaultdict(list)
    for row in _rows(folder / "streets.csv"):
        below[row["areaCode"]].append(row["name"])
    cities = [
        f"{row['code']} {row['name']}" for row in _rows(folder / "cities.csv") if row["name"] not in NO_NAMES
    ]
    lines = cities + [
        " ".join([row["code"], row["name"], *below[row["code"]]]) for row in _rows(folder / "areas.csv")
    ]
    return gzip.compress("".join(f"{line}\n" for line in sorted(lines)).encode(), mtime=0)


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


if __name__ == "__main__":
    TABLE.write_bytes(table(Path(sys.argv[1])))
