"""Lines + one table form -> how the table reads in that form: its cells, what is doubtful, what is printed otherwise."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence

from build_tools.form import Block, TableForm
from build_tools.importing import headers, values
from build_tools.importing.across import read_across
from build_tools.importing.blocks import GridCell
from build_tools.importing.doubt import Doubt
from build_tools.importing.headers import Starts
from build_tools.importing.labels import Label, key, labels_of, row_ids
from build_tools.importing.lines import Line
from build_tools.importing.orphans import orphans
from build_tools.importing.placing import Row, straight, torn_off
from build_tools.importing.reading import Reading
from build_tools.importing.rows import Hit, hits
from build_tools.importing.suggest import adds_up, suggestion
from build_tools.importing.values import Texts, Unread, Values

LONGEST = 40
"""Characters of a heading of a column that stands outside of a grid."""

FEWEST = 2
"""Rows that are printed twice before the whole table is taken to be there twice."""

LOOK = "对照原件补上。"


def read_table(lines: Sequence[Line], table: TableForm) -> Reading:
    """The table as far as it is found in this form; nothing found is a reading without rows."""
    if table.layout == "across":
        return read_across(lines, table)
    return _Reader(lines, table).reading()


def _shown(texts: Texts | None) -> str:
    return " ".join(text or "空" for text in texts or () if text is not None) or "没读出"


class _Reader:
    def __init__(self, lines: Sequence[Line], table: TableForm) -> None:
        self.lines, self.table, self.labels = lines, table, labels_of(table)
        found = hits(lines, table)
        if table.layout == "grid":
            more = orphans(lines, table, found)
            named = {hit.row for hit in more}
            found = [*(hit for hit in found if hit.cells or hit.row not in named), *more]
        self.found = sorted(found, key=lambda hit: hit.first)
        self.ends = sorted(hit.last for hit in self.found)
        self.blocks = {row: block for block in table.blocks for row in row_ids(block.rows)}
        self.firsts = {id(self.blocks[hit.row]): hit for hit in reversed(self.found)}
        self.printed: dict[str, str | None] = {}
        self.foreign: dict[str, None] = {}
        self.lossy = False
        self.torn: frozenset[str] = frozenset()
        self.often: Counter[str] = Counter()
        self.twice: set[str] = set()
        self.used: set[int] = set()

    def reading(self) -> Reading:
        starts = self.starts()
        rows = straight([self.row(hit, starts) for hit in self.found])
        self.foreign = {
            text: None
            for row in {id(row.block): row for row in rows}.values()
            for text in headers.foreign(self.headings(row), row.block, self.table, self.labels)
        }
        self.torn = torn_off([(row.hit.row, row.values, self.count(row)) for row in rows])
        # The last row of a copy may be cut off; that says nothing of the others.
        self.lossy = any(
            self.streamed(row) and values.short(row.values, self.count(row)) for row in rows[:-1]
        )
        trusted = all(values.regular(row.values, self.count(row)) for row in rows if not row.values.exact)
        cells: dict[str, Texts] = {}
        doubts: list[Doubt] = []
        for row in rows:
            self.used.update(range(row.hit.first, row.hit.last + 1))
            read = self.read(row, trusted=trusted)
            self.keep(row, read, cells, doubts)
        self.settle(cells, doubts)
        torn = any(hit.glued or not hit.text for hit in self.found)
        return Reading(
            self.table, cells, tuple(doubts), self.printed, frozenset(self.used), self.shown(), torn
        )

    def count(self, row: Row) -> int:
        return len(self.table.lines[row.hit.row].columns)

    def read(self, row: Row, *, trusted: bool) -> Texts | Unread:
        trusted = row.values.exact or (trusted and row.hit.even)
        if wrong := self.misheaded(row):
            return wrong
        torn = row.hit.row in self.torn
        read = values.read(row.values, self.count(row), trusted=trusted, torn=torn)
        if self.lossy and self.streamed(row) and not isinstance(read, Unread):
            sound = adds_up(self.table, row.hit.row, read)
            return read if sound else Unread("别的行少了格，这一行加不起来或无从核对，说不准是不是混进了页码")
        return read

    def streamed(self, row: Row) -> bool:
        """Whether each of several cells stands on a line of its own."""
        return not row.hit.line.grid and row.hit.last > row.hit.first and self.count(row) > 1

    def keep(self, row: Row, read: Texts | Unread, cells: dict[str, Texts], doubts: list[Doubt]) -> None:
        name, seen = self.name(row.hit), " ".join(cell.text for cell in row.hit.cells).strip()
        if isinstance(read, Unread):
            doubts.append(
                Doubt(name, row.hit.line.place, seen, f"{read.why}，整行记作“缺”", self.advice(row, seen))
            )
            if row.hit.row in cells and seen:
                self.twice.add(row.hit.row)
            if seen or row.hit.row not in cells:
                cells[row.hit.row] = (None,) * self.count(row)
            return
        if more := values.over(row.values, self.count(row)):
            why = f"比表头多 {more} 个数，都一样，录前 {self.count(row)} 个"
            doubts.append(Doubt(name, row.hit.line.place, seen, why, LOOK))
        if lacking := values.short_of_noughts(row.values, self.count(row)) if None in read else 0:
            why = f"应有 {self.count(row)} 格，差 {lacking} 格，缺的是哪一格分不清，在行末记作“缺”"
            doubts.append(Doubt(name, row.hit.line.place, seen, why, LOOK))
        elif None in read:
            why = "有的格里有几行数或乱码，分不清是什么数，记作“缺”"
            doubts.append(Doubt(name, row.hit.line.place, seen, why, LOOK))
        before = cells.get(row.hit.row)
        if row.hit.row in self.twice or (before and before != read):
            why = f"这一行印了几次，另一次是“{_shown(before)}”，各次不同，整行记作“缺”"
            doubts.append(Doubt(name, row.hit.line.place, seen, why, LOOK))
            read = (None,) * self.count(row)
            self.twice.add(row.hit.row)
        self.often[row.hit.row] += 1
        cells[row.hit.row] = read
        if printed := row.hit.label.printed(row.hit.text) if row.hit.text else "":
            self.printed[row.hit.label.official] = printed

    def settle(self, cells: dict[str, Texts], doubts: list[Doubt]) -> None:
        """Where the table is printed twice, differently, a row found once may be of either."""
        if not self.twice or sum(times > 1 for times in self.often.values()) < FEWEST:
            return
        for hit in self.found:
            texts = cells[hit.row]
            if self.often[hit.row] == 1 and texts != (None,) * len(texts):
                why = "这张表印了两次，两次不同，这一行只找到一次，说不准是哪一次的，整行记作“缺”"
                doubts.append(Doubt(self.name(hit), hit.line.place, "", why, LOOK))
                cells[hit.row] = (None,) * len(texts)

    def advice(self, row: Row, seen: str) -> str:
        """What to do: for glued figures, with the one way to part them that adds up."""
        cells = suggestion(self.table, row.hit.row, "".join(seen.split())) if row.values.glued else None
        return f"能加得起来的分法只有一种：{'、'.join(cells)}；{LOOK}" if cells else LOOK

    def name(self, hit: Hit) -> str:
        return f"{self.table.name}「{hit.label.official}」行"

    def row(self, hit: Hit, starts: Mapping[tuple[int, int], Starts]) -> Row:
        block = self.blocks[hit.row]
        place = starts.get((hit.line.grid, id(block))) if hit.line.grid else None
        glued = hit.glued and not (len(hit.cells) == 1 == len(self.table.lines[hit.row].columns))
        return Row(hit, block, Values(self.own(hit), hit.line.exact, glued, place, bool(hit.line.grid)))

    def own(self, hit: Hit) -> tuple[GridCell, ...]:
        """The row's cells without the unit that lists print beside a label."""
        return tuple(cell for cell in hit.cells if not cell.text or key(cell.text) not in self.labels.units)

    # --- headings ---

    def starts(self) -> Mapping[tuple[int, int], Starts]:
        """Where the columns of each block stand in each grid: by its headings, else by its rows that are full."""
        found: dict[tuple[int, int], Starts] = {}
        full: dict[tuple[int, int], set[Starts]] = {}
        for hit in self.found:
            block = self.blocks[hit.row]
            at = (hit.line.grid, id(block))
            line = self.table.lines[hit.row]
            if at not in found and (
                places := headers.places(headers.above(self.lines, hit, self.before(hit)), line, self.labels)
            ):
                found[at] = places
            filled = tuple(cell.start for cell in self.own(hit) if cell.text)
            if len(filled) == len(line.columns):
                full.setdefault(at, set()).add(filled)
        exact = {line.grid for line in self.lines if line.exact}
        once = {at: next(iter(starts)) for at, starts in full.items() if len(starts) == 1 and at[0] in exact}
        return once | found

    def misheaded(self, row: Row) -> Unread | None:
        """Why the columns cannot be told apart, if their headings are not those of the form in its order."""
        line = self.table.lines[row.hit.row]
        headings = self.headings(row)
        seen = headers.seen(headings, line, self.labels)
        for heading in seen:
            if printed := self.label(row.block, heading.column).printed(heading.text):
                self.printed[self.label(row.block, heading.column).official] = printed
        exact = row.values.starts and row.values.exact
        if more := [text for text in self.foreign if not exact or headers.is_year(text)]:
            return Unread(f"表头里的“{more[0]}”不是这张表的，分不清哪一格是哪一栏的")
        if exact:
            return None
        if not headers.in_order(seen, line, row.block.columns):
            return Unread("表头的次序与格式不同")
        return self.unknown(headings, row)

    def headings(self, row: Row) -> list[Line]:
        first = self.firsts[id(row.block)]
        nearest = max(self.before(first) + 1, first.first - 60)
        return [line for line in self.lines[nearest : first.first] if self.heads(line)]

    def before(self, hit: Hit) -> int:
        """The last line of the rows that end before this one begins; -1 if there is none."""
        at = bisect_left(self.ends, hit.first)
        return self.ends[at - 1] if at else -1

    def heads(self, line: Line) -> bool:
        """Whether a line may be one of headings: it stands in a grid, or holds short texts."""
        return bool(line.grid) or all(
            len(word) < LONGEST for cell in line.cells for word in cell.text.split()
        )

    def label(self, block: Block, id_: str) -> Label:
        """The label of a column of this block; other blocks may have one of the same id."""
        columns = [column for row in row_ids(block.rows) for column in self.table.lines[row].columns]
        official = next(column.label for column in columns if column.id == id_)
        return next(label for label in self.labels.all if label.column == id_ and label.official == official)

    def unknown(self, headings: Sequence[Line], row: Row) -> Unread | None:
        columns = self.table.lines[row.hit.row].columns
        strange = headers.strange(headings, row.block.stub, columns, self.labels)
        for column, text in strange:
            label = self.label(row.block, column.id)
            if not headers.shortened(text, label):
                return Unread(f"表头“{text}”不是这张表的")
            self.printed[label.official] = label.printed(text)
        return None

    # --- which words of the form are there ---

    def shown(self) -> frozenset[str]:
        """The official labels that are printed: whole in a cell or over cells, in rows or down a column."""
        if not self.found:
            return frozenset()
        text = self.text()
        return frozenset(
            label.official for label in self.labels.all if any(key(known) in text for known in label.known)
        )

    def text(self) -> str:
        first, last = self.found[0].first, max(hit.last for hit in self.found)
        near = [line for line in self.lines[max(0, first - 40) : last + 1] if self.heads(line)]
        across = "".join(key(cell.text) for line in near for cell in line.cells)
        down: dict[int, str] = {}
        for line in near:
            for cell in line.cells:
                down[cell.start] = down.get(cell.start, "") + key(cell.text)
        return "\n".join([across, *down.values()])
