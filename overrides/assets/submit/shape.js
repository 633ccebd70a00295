// A table of a form, as it comes in the form's file, with what is looked up in it all the time.
(function () {
  "use strict";
  const { submit } = (typeof self !== "undefined" ? self : globalThis).nianbao;
  const { language, cells } = submit;

  /** The table with `columns` in each line, lines by id in `row`, and whether a row's one cell stands by itself. */
  function table(given) {
    const lines = given.lines.map((line) => Object.assign({}, line, { columns: given.columns[line.columns] }));
    const row = new Map(lines.map((line) => [line.id, line]));
    return Object.assign({}, given, { lines, row, single: given.blocks === 1 });
  }

  /** The form with its tables in this shape. */
  function form(given) {
    return Object.assign({}, given, { tables: given.tables.map(table) });
  }

  /** Where a column stands in a line; -1 where the line has none of this id. */
  function at(line, column) {
    return line.columns.findIndex((one) => one.id === column);
  }

  /** Every cell of a table read: by row id a list. `raw` gives texts by row id. */
  function filled(own, raw) {
    const rows = {};
    own.lines.forEach((line) => {
      rows[line.id] = line.columns.map((column, i) => cells.read(raw[line.id][i], column));
    });
    return { form: own, rows };
  }

  /** A table without figures. */
  function blank(own) {
    const rows = {};
    own.lines.forEach((line) => (rows[line.id] = line.columns.map(() => "")));
    return rows;
  }

  /** A cell in the form's own words: 表三「（一）予以公开」·自然人. */
  function where(own, row, column) {
    const line = own.row.get(row);
    return language.say("place", { table: own.name, row: line.label, column: line.columns[at(line, column)].label });
  }

  /** Where a cell, or a whole table, stands in a report file, as editors write it: 申请/新收/自然人. */
  function path(own, row, column) {
    if (!row) return own.key;
    const line = own.row.get(row);
    const keys = [own.key].concat(line.keys);
    const alone = !column || (own.single && line.columns.length === 1);
    return keys.concat(alone ? [] : line.columns[at(line, column)].label).join("/");
  }

  submit.shape = { form, table, at, filled, blank, where, path };
})();
