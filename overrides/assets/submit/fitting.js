// Grids of cells -> the cells of a form's table, by the labels of rows and columns. Nothing is guessed: a row that is not
// recognised, or has too few or too many cells, is left alone and told.
(function () {
  "use strict";
  const { submit } = (typeof self !== "undefined" ? self : globalThis).nianbao;
  const SHOWN = 12; // cells of a row that are told

  function labels(part) {
    return part.known.concat(part.variants || []);
  }

  function bears(levels, part) {
    return labels(part).some((label) => levels.has(label));
  }

  // The cells of a row, each once: {cell, x}.
  function distinct(row) {
    return row.map((cell, x) => ({ cell, x })).filter(({ cell, x }) => !cell.none && (x === 0 || row[x - 1] !== cell));
  }

  function seen(row) {
    const texts = distinct(row).map(({ cell }) => cell.raw || "空");
    return texts.slice(0, SHOWN).join(" | ") + (texts.length > SHOWN ? " …" : "");
  }

  function problem(y, row, words) {
    return "第 " + (y + 1) + " 行" + words + "，没有填。看到的是：" + seen(row);
  }

  // --- headings ---------------------------------------------------------------------------------------------

  /** Where each of some columns stands by the headings above, or null: by column its place in the row. */
  function placed(columns, heads) {
    if (!heads) return null;
    const places = columns.map((column) => heads.map((levels, x) => (bears(levels, column) ? x : -1)).filter((x) => x >= 0));
    if (places.some((all) => !all.length)) return null;
    const firsts = places.map((all) => all[0]);
    // One heading over several places is one cell there; a heading printed twice is no help.
    const alone = places.every((all) => all.every((x, i) => x === all[0] + i)) && new Set(firsts).size === firsts.length;
    return alone ? { firsts, lasts: places.map((all) => all[all.length - 1]) } : null;
  }

  function above(rows) {
    if (!rows.length) return null;
    return rows[0].map((_, x) => new Set(rows.map((row) => row[x].level).filter(Boolean)));
  }

  // --- one row ----------------------------------------------------------------------------------------------

  // The values of a line behind its label at place `x`: {raw: […]}, or the words on why there are none.
  function values(row, x, line, heads) {
    const after = distinct(row).filter((one) => one.x > x && row[x] !== one.cell);
    const by = placed(line.columns, heads);
    if (by && by.firsts[0] > x) {
      const own = by.firsts.map((first, i) => new Set(row.slice(first, by.lasts[i] + 1)));
      const taken = new Set([].concat(...own.map((set) => Array.from(set))));
      const left = after.some(({ cell }) => /\d/.test(cell.raw) && !taken.has(cell));
      const there = Array.from(taken).every((cell) => !cell.none);
      if (!left && there && own.every((set) => set.size === 1) && taken.size === own.length) {
        return { raw: by.firsts.map((first) => row[first].raw) };
      }
    }
    const wanted = line.columns.length;
    const surplus = after.slice(wanted).every(({ cell }) => !cell.raw);
    if (after.length < wanted || !surplus) return { words: "有 " + after.length + " 格，应有 " + wanted + " 格" };
    return { raw: after.slice(0, wanted).map(({ cell }) => cell.raw) };
  }

  // Of lines with one label those that stand under the heading seen last.
  function nearest(lines, context) {
    const seen = lines.map((line) => context.lastIndexOf(line.above[line.above.length - 1]));
    const last = Math.max(...seen);
    return last < 0 ? [] : lines.filter((_, i) => seen[i] === last);
  }

  // The line a row is labelled as, with the place of the label; `context`: the labels of groups seen so far.
  function labelled(table, row, context) {
    const spots = distinct(row).reverse();
    for (const { cell, x } of spots) {
      const fits = cell.level ? table.lines.filter((line) => labels(line).indexOf(cell.level) >= 0) : [];
      if (!fits.length) continue;
      return { lines: fits.length === 1 ? fits : nearest(fits, context), x, cell };
    }
    return null;
  }

  // --- tables with labels beside the figures ------------------------------------------------------------------

  function beside(table, grid) {
    const found = { fills: new Map(), labels: {}, problems: [], rows: 0 };
    const context = [];
    let [heads, fresh] = [null, []];
    const strange = [];
    grid.forEach((row, y) => {
      const groups = [].concat(...table.lines.map((line) => line.above));
      row.forEach(({ level }) => groups.indexOf(level) >= 0 && context.push(level));
      const label = labelled(table, row, context);
      if (!label) {
        fresh.push(row);
        if (row.some(({ raw }, x) => x > 0 && /^[+-]?\d/.test(raw))) strange.push(problem(y, row, "的名称不认识"));
        return;
      }
      // A heading over rows only is no heading of columns: those above it go on.
      const own = label.lines.length === 1 && placed(label.lines[0].columns, above(fresh)) ? above(fresh) : null;
      heads = own || heads;
      fresh = [];
      take(found, table, grid, y, label, heads);
    });
    if (found.rows) found.problems.push(...strange);
    return found;
  }

  function take(found, table, grid, y, { lines, x, cell }, heads) {
    const row = grid[y];
    const told = "「" + cell.raw + "」";
    found.rows++;
    if (lines.length !== 1) return found.problems.push(problem(y, row, told + "在这张表里有几处，分不清是哪一处"));
    const [line] = lines;
    const { raw, words } = values(row, x, line, heads);
    if (words) return found.problems.push(problem(y, row, told + words));
    if (found.fills.has(line.id)) {
      found.fills.set(line.id, null); // which of the two is right nobody knows
      return found.problems.push(problem(y, row, told + "出现了两次"));
    }
    found.fills.set(line.id, raw);
    if (line.known.indexOf(cell.level) < 0) found.labels[line.label] = cell.raw;
    return null;
  }

  // --- tables laid across -------------------------------------------------------------------------------------

  // Merged headings copied as text leave empty places behind them.
  function reaching(row) {
    let last = null;
    return row.map((cell) => (cell.level ? (last = cell) : last || cell));
  }

  function across(table, grid) {
    const found = { fills: new Map(), labels: {}, problems: [], rows: 0 };
    const words = new Set([].concat(...table.lines.map((line) => labels(line).concat(...line.columns.map(labels)))));
    const first = grid.findIndex((row, y) => y > 0 && row.some(({ raw }) => /^\d/.test(raw)));
    const heads = first > 0 ? above(grid.slice(0, first).map(reaching)) : null;
    if (!heads || !heads.some((levels) => Array.from(levels).some((level) => words.has(level)))) return found;
    found.rows = 1;
    const at = table.lines.map((line) =>
      line.columns.map((column) => heads.map((levels, x) => (bears(levels, line) && bears(levels, column) ? x : -1)).filter((x) => x >= 0))
    );
    if (at.some((line) => line.some((places) => places.length !== 1))) {
      found.problems.push(problem(first, grid[first], "上面的栏目对不上“" + table.title + "”"));
      return found;
    }
    table.lines.forEach((line, i) => found.fills.set(line.id, at[i].map(([x]) => grid[first][x].raw)));
    grid.slice(first + 1).forEach((row, i) => {
      if (row.some(({ raw }) => /^\d/.test(raw))) found.problems.push(problem(first + 1 + i, row, "是多出来的"));
    });
    return found;
  }

  /** What a grid says of a table: `fills` by row id the texts, `labels` printed otherwise, `problems` in words. */
  function fit(table, grid) {
    const found = (table.layout === "across" ? across : beside)(table, grid);
    const fills = {};
    found.fills.forEach((raw, id) => raw && (fills[id] = raw));
    return { fills, labels: found.labels, problems: found.problems, count: Object.keys(fills).length, rows: found.rows };
  }

  /** Whether a grid is a plain block of figures, to be laid down as a spreadsheet does. */
  function plain(grid) {
    const figure = /^(?:[+-]?[\d.,，]+ ?(?:元|万元|亿元)?|[-—–/－]|缺|无|)$/;
    return grid.every((row) => row.every(({ raw }) => figure.test(raw)));
  }

  /** What grids say of all tables of a form: by table id, with what no table knows in `lost`. */
  function all(form, grids) {
    const found = { tables: {}, problems: [], count: 0 };
    grids.forEach((grid) => {
      const tries = form.tables.map((table) => ({ table, told: fit(table, grid) })).filter(({ told }) => told.rows);
      tries.forEach(({ table, told }) => {
        const best = tries.every((other) => other.told.count <= told.count);
        if (!told.count && !best) return;
        const before = found.tables[table.id] || { fills: {}, labels: {} };
        found.tables[table.id] = {
          fills: Object.assign({}, before.fills, told.fills),
          labels: Object.assign({}, before.labels, told.labels),
        };
        if (best) found.problems.push(...told.problems.map((words) => table.name + "：" + words));
        found.count += told.count;
      });
    });
    return found;
  }

  submit.fitting = { fit, all, plain };
})();
