"""The door of this room: what the form page is given as data, so that it knows forms, rules and words by no code of its own."""

from build_tools.submit.forms import form_data, form_entry
from build_tools.submit.language import TRIED, language

__all__ = ["TRIED", "form_data", "form_entry", "language"]
