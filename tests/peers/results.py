"""The figures of a benchmark in a file: on what machine, with what versions, on what day, what each run cost."""

from __future__ import annotations

import json
import os
import platform
import subprocess
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from tests.peers import hugo
from tests.peers.measure import Cost

FILE = Path(__file__).parent / "results.json"


@dataclass(frozen=True, slots=True)
class Row:
    """All runs for one N by what was run, and the mean bytes of a report page, as it is and packed."""

    runs: dict[str, list[Cost]]
    raw: float
    packed: float


def keep(rows: dict[int, Row], date: str, file: Path = FILE) -> None:
    """Write the figures; those of other Ns in the file stay if machine and versions are still the same."""
    head = {"machine": machine(), "versions": versions()}
    old = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    kept = old.get("counts", {}) if {name: old.get(name) for name in head} == head else {}
    counts = {**kept, **{str(count): _row(row, date) for count, row in rows.items()}}
    data = {**head, "counts": dict(sorted(counts.items(), key=lambda item: int(item[0])))}
    file.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _row(row: Row, date: str) -> dict[str, Any]:
    runs = {name: [_rounded(cost) for cost in costs] for name, costs in row.runs.items()}
    return {"date": date, "page": {"raw": round(row.raw), "packed": round(row.packed)}, "runs": runs}


def _rounded(cost: Cost) -> dict[str, float]:
    return {name: round(value, 3) for name, value in asdict(cost).items()}


def machine() -> dict[str, Any]:
    """The processor, how many there are, the memory and the system."""
    info = Path("/proc/cpuinfo")
    text = info.read_text(encoding="utf-8") if info.exists() else ""
    names = [line.partition(":")[2].strip() for line in text.splitlines() if line.startswith("model name")]
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return {
        "processor": names[0] if names else platform.machine(),
        "processors": os.cpu_count(),
        "memory_gb": round(memory / 2**30),
        "system": f"{platform.system()} {platform.release()}",
    }


def versions() -> dict[str, str]:
    """What took part."""
    found = {"python": platform.python_version(), **{name: version(name) for name in ("mkdocs", "PyYAML")}}
    binary = hugo.binary()
    if binary:
        said = subprocess.run([str(binary), "version"], capture_output=True, text=True, check=True).stdout
        found["hugo"] = said.split()[1]
    return found
