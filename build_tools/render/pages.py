"""The door of this room: values in, finished pages and downloads out. Pure; knows no files and no MkDocs."""

from build_tools.render.compare import compare_page
from build_tools.render.data import data_pages
from build_tools.render.documents import report_json, report_markdown
from build_tools.render.home import Totals, home_fill
from build_tools.render.notes import flags
from build_tools.render.page import Page, Place, region_path, report_path, served, unit_path, year_path
from build_tools.render.quality import quality_page
from build_tools.render.regions import Region, county_page, region_page, regions_page
from build_tools.render.report import report_page
from build_tools.render.search import search_page
from build_tools.render.submit import submit_page
from build_tools.render.units import unit_page
from build_tools.render.unreadable import unreadable_page
from build_tools.render.years import LISTED, CountyYear, Share, year_page, years_page

__all__ = [
    "LISTED",
    "CountyYear",
    "Page",
    "Place",
    "Region",
    "Share",
    "Totals",
    "compare_page",
    "county_page",
    "data_pages",
    "flags",
    "home_fill",
    "quality_page",
    "region_page",
    "region_path",
    "regions_page",
    "report_json",
    "report_markdown",
    "report_page",
    "report_path",
    "search_page",
    "served",
    "submit_page",
    "unit_page",
    "unit_path",
    "unreadable_page",
    "year_page",
    "year_path",
    "years_page",
]
