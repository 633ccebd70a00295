"""A report as a file that offices open: Word, Excel, or a web page, laid out like the official form.

`layout` is what is printed and where, `sheet` a table of it, `prose` its paragraphs; `word`, `excel` and `web` write
that down, `making` leads. Word and Excel need the extra `import`. Whatever a report holds, no file has a formula, a
macro or a script.
"""

from __future__ import annotations

from collections.abc import Mapping

FORMATS: Mapping[str, str] = {"docx": "word", "xlsx": "excel", "html": "web"}
"""The formats by the ending of their files, and the module that writes each. It is loaded when it is asked for."""
