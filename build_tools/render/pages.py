"""The door of this room: values in, finished pages and downloads out. Pure; knows no files and no MkDocs."""

from build_tools.render.data import data_pages
from build_tools.render.documents import report_json, report_markdown
from build_tools.render.indexes import (
    LISTED,
    CountyYear,
    Region,
    Totals,
    county_page,
    home_fill,
    region_page,
    regions_page,
    unit_page,
    year_county_page,
    year_page,
    years_page,
)
from build_tools.render.notes import flags
from build_tools.render.page import Page, Place, region_path, report_path, served, unit_path, year_path
from build_tools.render.report import report_page
from build_tools.render.search import search_page
from build_tools.render.unreadable import unreadable_page

__all__ = [
    "LISTED",
    "CountyYear",
    "Page",
    "Place",
    "Region",
    "Totals",
    "county_page",
    "data_pages",
    "flags",
    "home_fill",
    "region_page",
    "region_path",
    "regions_page",
    "report_json",
    "report_markdown",
    "report_page",
    "report_path",
    "search_page",
    "served",
    "unit_page",
    "unit_path",
    "unreadable_page",
    "year_county_page",
    "year_page",
    "year_path",
    "years_page",
]
