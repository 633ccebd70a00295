"""Word -> blocks, by way of HTML: mammoth keeps merged cells, headings, lists and bold words. Only here is mammoth."""

from __future__ import annotations

import io
from typing import Any

import mammoth

from build_tools.importing.blocks import Document, Kind
from build_tools.importing.html import read_html
from build_tools.importing.numbering import written_out
from build_tools.importing.refused import RefusedError

_STYLES = """
p[style-name='Title'] => h1:fresh
p[style-name='标题'] => h1:fresh
"""


def read_word(data: bytes) -> Document:
    """A .docx that the guard let pass. Pictures and comments are left out, tracked deletions are gone."""
    options: dict[str, Any] = {
        "style_map": _STYLES,
        "convert_image": mammoth.images.img_element(lambda _: {}),
        "ignore_empty_paragraphs": True,
    }
    try:
        made = mammoth.convert_to_html(io.BytesIO(written_out(data)), **options)
    except Exception as error:  # both libraries raise whatever their parts raise
        raise RefusedError("Word 文件读不出来", "用 Word 或 WPS 打开，另存为 .docx，再试一次。") from error
    return read_html(made.value, Kind.WORD, whole=True)
