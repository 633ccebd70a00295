"""The door of this room: a county's reports in, packs out; packs in, the files of a slice of the open data out."""

from build_tools.export.cells import Cells, tables_csv
from build_tools.export.database import VERSION
from build_tools.export.entries import Places
from build_tools.export.making import FILES, lacking, make, shape
from build_tools.export.pack import Packing
from build_tools.export.package import PARQUET, Package
from build_tools.export.slices import DATA, Slice, made_of, slices

__all__ = [
    "DATA",
    "FILES",
    "PARQUET",
    "VERSION",
    "Cells",
    "Package",
    "Packing",
    "Places",
    "Slice",
    "lacking",
    "made_of",
    "make",
    "shape",
    "slices",
    "tables_csv",
]
