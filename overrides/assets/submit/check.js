// All that is found in a table: the relations, and the rules of single cells.
(function () {
  "use strict";
  const { submit } = (typeof self !== "undefined" ? self : globalThis).nianbao;
  const { language, number, shape, trial } = submit;
  const { say } = language;

  function spots(table) {
    return [].concat(
      ...table.form.lines.map((line) =>
        line.columns.map((column, i) => ({ line, row: line.id, column, cell: table.rows[line.id][i] }))
      )
    );
  }

  function place(table, { row, column }) {
    return shape.where(table.form, row, column.id);
  }

  // A figure with a sign or a fraction where only whole counts stand.
  function whole(table, spot) {
    const { cell, column } = spot;
    let fault = "";
    if (/^[+-]/.test(cell.raw) && !column.signed) fault = "int_sign";
    else if (!column.money && !number.whole(cell.value)) fault = "int_whole";
    return fault && say("int", { place: place(table, spot), raw: cell.raw, fault: say(fault) });
  }

  function cut(text) {
    const characters = Array.from(text);
    const most = language.known("numbers").cut;
    return characters.length <= most ? text : characters.slice(0, most).join("") + "…";
  }

  function words(table, spot) {
    const { raw } = spot.cell;
    const match = language.fits("seen", raw);
    const seen = match ? say("text_seen", { number: match[1].replace(/[,，]/g, "") }) : "";
    return { message: say("text", { place: place(table, spot), raw: cut(raw), seen }), weak: Boolean(match) };
  }

  // The first of several cells by their labels, row by row.
  function named(found, most) {
    const rows = [];
    found.slice(0, most).forEach(({ line, column }) => {
      const last = rows[rows.length - 1];
      if (last && last.line === line) last.columns.push(column.label);
      else rows.push({ line, columns: [column.label] });
    });
    const texts = rows.map(({ line, columns }) => say("cells", { row: line.label, columns: columns.join("、") }));
    return texts.join("；") + (found.length > most ? say("cells_more") : "");
  }

  function counted(table, all) {
    const numbers = language.known("numbers");
    const lost = all.filter(({ cell }) => cell.state === "missing");
    const empty = all.filter(({ cell }) => ["blank", "dash", "na"].indexOf(cell.state) >= 0);
    const found = [];
    const told = (rule, own, most) =>
      found.push({
        rule: rule,
        message: say(rule === "VAL-BLANK" ? "blank" : "missing", {
          table: table.form.name,
          count: own.length,
          all: all.length,
          cells: named(own, most),
        }),
      });
    if (lost.length) told("VAL-MISSING", lost, numbers.shown);
    if (empty.length && all.some(({ cell }) => cell.value)) told("VAL-BLANK", empty, numbers.first);
    return found;
  }

  function single(table, all) {
    const found = [];
    all.forEach((spot) => {
      const at = { row: spot.row, column: spot.column.id };
      const fault = spot.cell.value && whole(table, spot);
      if (fault) found.push(Object.assign({ rule: "VAL-INT", message: fault }, at));
      if (spot.cell.state === "text") found.push(Object.assign({ rule: "VAL-TEXT" }, at, words(table, spot)));
    });
    return found;
  }

  /**
   * Everything found in a table, `last` being last year's or null: [{rule, severity, row, column, path, message, hint,
   * …}], errors first, in the order of the cells; what speaks of the whole table has neither row nor column.
   */
  function table(now, last) {
    const rules = language.known("rules");
    const all = spots(now);
    const order = new Map(all.map(({ row, column }, i) => [row + " " + column.id, i]));
    const found = single(now, all).concat(counted(now, all), trial.relations(now, last || null));
    found.forEach((one) => {
      const rule = rules[one.rule];
      one.severity = one.weak ? rule.weak : rule.severity;
      one.hint = rule.hint;
      one.path = shape.path(now.form, one.row, one.column);
      one.at = one.row ? order.get(one.row + " " + one.column) : all.length;
    });
    const grave = ({ severity, note }) => (note ? 3 : ["error", "warning", "info"].indexOf(severity));
    return found.sort((a, b) => grave(a) - grave(b) || a.at - b.at);
  }

  submit.check = { table };
})();
