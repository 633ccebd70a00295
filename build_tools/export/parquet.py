"""The cells as Parquet, made of the lines of CSV by pyarrow: row group by row group, so that memory does not grow."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet as pq

from build_tools.export.dictionary import CELLS
from build_tools.export.lines import GUARDED
from build_tools.export.spool import Spool

_PIECE = 1 << 19  # bytes of CSV read at once: some 9,000 cells
_GROUP = 1 << 16  # cells in a row group, or some more

_WORD = pa.dictionary(pa.int32(), pa.string())
_TYPES = {"string": _WORD, "integer": pa.int16(), "number": pa.float64()}
_SCHEMA = pa.schema([(field.name, _TYPES[field.type]) for field in CELLS.fields])
_RAW = _SCHEMA.get_field_index("raw")

# The library's own way of taking memory is faster by little and keeps 20 MB more of what it was given.
pa.set_memory_pool(pa.system_memory_pool())


def write_parquet(source: Spool, target: Path) -> None:
    """Write cells as Parquet. Texts are as printed, without the apostrophes of CSV."""
    with pq.ParquetWriter(target, _SCHEMA, compression="zstd", compression_level=1) as out:
        held, rows = list[pa.Table](), 0
        for table in _tables(source):
            held.append(table)
            rows += table.num_rows
            if rows >= _GROUP:
                _write(out, held)
                held, rows = [], 0
        if held:
            _write(out, held)


def _write(out: pq.ParquetWriter, tables: list[pa.Table]) -> None:
    """Write one row group. A word is kept once in it, whatever the pieces it was read in."""
    out.write_table(pa.concat_tables(tables).unify_dictionaries().combine_chunks())


def _tables(source: Spool) -> Iterator[pa.Table]:
    for data in source.pieces(_PIECE):
        table = pyarrow.csv.read_csv(
            pa.BufferReader(data),
            read_options=pyarrow.csv.ReadOptions(
                use_threads=False, block_size=len(data) + 1, column_names=CELLS.columns
            ),
            parse_options=pyarrow.csv.ParseOptions(newlines_in_values=True),
            convert_options=pyarrow.csv.ConvertOptions(
                column_types=_SCHEMA, null_values=[""], strings_can_be_null=False
            ),
        )
        yield table.set_column(_RAW, _SCHEMA.field(_RAW), _unguarded(table["raw"]))


def _unguarded(raw: pa.ChunkedArray) -> pa.ChunkedArray:
    """The texts as printed; only words are looked at, and of each no more than one of its kind."""
    return pa.chunked_array(
        [
            pa.DictionaryArray.from_arrays(
                chunk.indices, pc.replace_substring_regex(chunk.dictionary, GUARDED, r"\1")
            )
            for chunk in raw.chunks
        ],
        _WORD,
    )
