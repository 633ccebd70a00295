// Several reports -> what stands side by side of them: rows of figures and parts of prose, whatever form each is in.
(function () {
  "use strict";
  const nianbao = (typeof self !== "undefined" ? self : globalThis).nianbao;
  const compare = nianbao.compare;

  /** Lists in their order -> one list that keeps the order of each; items of one `key` are one. */
  function merged(lists) {
    const all = [];
    const seen = new Map();
    for (const list of lists) {
      let at = -1;
      for (const item of list) {
        if (!seen.has(item.key)) {
          seen.set(item.key, item);
          all.splice(at + 1, 0, item);
        }
        at = all.indexOf(seen.get(item.key));
      }
    }
    return all;
  }

  /**
   * As `merged`, of items that hang below others: `way` is the keys from the outermost parent down to the item. The same
   * item has one place, that where it is first met; what is put in stays below its own parent.
   */
  function nested(lists) {
    const first = new Map();
    lists.forEach((list) => list.forEach((item) => first.has(item.key) || first.set(item.key, item)));
    return below(lists.map((list) => list.map(({ key }) => first.get(key))), 0);
  }

  function below(lists, depth) {
    const heads = merged(lists.map((list) => list.map(({ way }) => ({ key: way[depth] }))));
    return flat(
      heads.map(({ key }) => {
        const here = lists.map((list) => list.filter(({ way }) => way[depth] === key));
        return key === undefined ? flat(here)[0] : below(here, depth + 1);
      })
    );
  }

  function flat(lists) {
    return [].concat(...lists);
  }

  function leaves(columns) {
    return flat(columns.map((column) => (column.columns ? leaves(column.columns) : [column])));
  }

  // Every row that holds figures, with the headings above it, and its way there by whatever stands above it.
  function dataRows(rows, above, way) {
    return flat(
      rows.map((row) => {
        const heads = row.id ? above : above.concat({ key: row.label, label: row.label });
        const here = way.concat(row.id || row.label);
        return (row.id ? [{ row, above, way: here }] : []).concat(dataRows(row.rows, heads, here));
      })
    );
  }

  /**
   * The figures of a form's table in printed order: [{key, row, column, way, above: [{key, label}], label, level, unit,
   * path}]; `path` is how findings name it. Of a grid only those of `column`.
   */
  function figures(table, column) {
    const grid = table.layout === "grid";
    const lone = grid || table.layout === "list"; // one figure to a row, whose label it bears
    const found = [];
    for (const block of table.blocks) {
      const caption = block.caption ? [{ key: block.caption, label: block.caption }] : [];
      for (const { row, above, way } of dataRows(block.rows, caption, caption.map(({ key }) => key))) {
        for (const one of leaves(block.columns)) {
          if (grid && one.id !== column) continue;
          found.push({
            key: row.id + "." + one.id,
            row: row.id,
            column: one.id,
            way: way.concat(one.id),
            above: lone ? above : above.concat({ key: row.id, label: row.label }),
            label: lone ? row.label : one.label,
            level: lone ? way.length - 1 : way.length,
            unit: one.unit || row.unit,
            path: [table.key].concat(row.keys, one.label).join("/"),
          });
        }
      }
    }
    return found;
  }

  /** The columns of a grid, of which one is shown at a time: [{key, label}]. */
  function choices(table) {
    if (table.layout !== "grid") return [];
    return leaves(table.blocks[0].columns).map(({ id, label }) => ({ key: id, label }));
  }

  /**
   * The rows of a table of some reports, each {forms: {table id: its form's table}, report}: what is merged of their
   * figures, with `labels` [[words, name of the form], …] and `cells` by report: {cell, figure, form, scope}, or null
   * where the form has no such row.
   */
  function aligned(id, reports, column) {
    const lists = reports.map(({ forms }) => figures(forms[id], column));
    const own = lists.map((list) => new Map(list.map((figure) => [figure.key, figure])));
    return nested(lists).map((figure) => {
      const found = own.map((map) => map.get(figure.key));
      const said = (tell) => wordings(reports, id, found.map((one) => one && tell(one)));
      return {
        key: figure.key,
        level: figure.level,
        above: figure.above.map(({ key }, i) => ({ key, labels: said(({ above }) => (above[i] || {}).label) })),
        labels: said(({ label }) => label),
        cells: reports.map((one, i) => cellOf(one, id, found[i])),
      };
    });
  }

  function cellOf({ forms, report }, id, figure) {
    const row = figure && report.tables[id][figure.row];
    if (!row || !row[figure.column]) return null;
    return { figure, cell: row[figure.column], form: forms[id].form, scope: report.scope };
  }

  function wordings(reports, id, labels) {
    return labels
      .map((label, i) => [label, reports[i].forms[id].formName])
      .filter(([label], i) => label && labels.indexOf(label) === i);
  }

  /** Whether some report has anything but a nought in a row. */
  function holds(row) {
    return row.cells.some((one) => one && !(one.cell.state === "number" && Number(one.cell.value) === 0));
  }

  /**
   * Whether two of a row's cells mean the same: counted of a like scope, and of one form, in the same words, or a
   * "table.row.column" that is in `same`.
   */
  function alike(id, one, other, same) {
    if (one.scope !== other.scope) return false;
    if (one.form === other.form || same.has(id + "." + one.figure.key)) return true;
    const words = ({ figure }) => figure.above.map(({ label }) => label).concat(figure.label, figure.unit).join("\n");
    return words(one) === words(other);
  }

  // Digits without a point, and how many stood behind it; null where there is no number, or more than a browser holds.
  function exact(cell) {
    const found = cell.state === "number" && /^(-?\d+)(?:\.(\d+))?$/.exec(String(cell.value));
    if (!found) return null;
    const rest = found[2] || "";
    const value = Number(found[1] + rest);
    return Number.isSafeInteger(value) ? { value, digits: rest.length } : null;
  }

  /** Cell minus cell as it is written, "+3", "−0.5", "0"; null where one is no number, or in another unit. */
  function difference(cell, other, unit) {
    const [one, two] = [exact(cell), exact(other)];
    if (!one || !two || (cell.unit || unit) !== (other.unit || unit)) return null;
    const digits = Math.max(one.digits, two.digits);
    const scaled = (of) => of.value * Math.pow(10, digits - of.digits);
    const result = scaled(one) - scaled(two);
    if (![scaled(one), scaled(two), result].every(Number.isSafeInteger)) return null;
    const text = String(Math.abs(result)).padStart(digits + 1, "0");
    const point = text.length - digits;
    const sign = result > 0 ? "+" : result < 0 ? "\u2212" : "";
    return sign + text.slice(0, point) + (digits ? "." + text.slice(point) : "");
  }

  // --- prose ---------------------------------------------------------------------------------------------

  // The paragraphs of a part: [["p" or "h", text], …].
  function blocks(section) {
    if (section.blocks) return section.blocks;
    const plain = section.markdown.replace(/^[\n ]+|[\n ]+$/g, "").split(/\n(?:[ ]*\n)+/);
    return plain.filter(Boolean).map((text) => ["p", text]);
  }

  /** The official parts that some report fills, [{key, label, texts: by report its paragraphs}]; of a free one null. */
  function parts(reports) {
    const lists = reports.map(({ form }) => form.sections.map(({ id, title, key }) => ({ key: id, label: title || key })));
    const all = merged(lists).map(({ key, label }) => ({
      key,
      label,
      texts: reports.map(({ form, report }) =>
        form.free ? null : flat(report.sections.filter(({ id }) => id === key).map(blocks))
      ),
    }));
    return all.filter(({ texts }) => texts.some((text) => text && text.length));
  }

  /** The paragraphs of a report that has no official parts. */
  function chapters(report) {
    return flat(
      report.sections.map((section) => (section.heading ? [["h", section.heading]] : []).concat(blocks(section)))
    );
  }

  compare.rows = { merged, nested, figures, choices, aligned, holds, alike, difference, parts, chapters };
})();
