// A table of a form as a table of fields: drawn as the form is printed, gone through by keys as a spreadsheet.
(function () {
  "use strict";
  const { submit, view } = self.nianbao;
  const { make } = view;

  function size(cell) {
    return { colspan: cell.wide || null, rowspan: cell.high || null };
  }

  function heading(cell, scoped) {
    const about = { id: scoped ? null : cell.id, scope: cell.scope, class: cell.level ? "level-" + cell.level : null };
    const wide = cell.wide > 1 || cell.high > 1;
    return make("th", Object.assign(about, size(cell)), wide ? make("span", {}, cell.label) : cell.label);
  }

  function field(own, cell, scoped) {
    const line = own.row.get(cell.row);
    const column = line.columns[cell.at];
    const id = [own.id, line.id, column.id].join(".");
    const input = make("input", {
      id, type: "text", autocomplete: "off", autocapitalize: "off", spellcheck: "false", maxlength: 200,
      enterkeyhint: "next", "aria-label": line.label + "，" + column.label,
    });
    const said = make("small", { id: id + ".said", class: "said" });
    const place = make("td", Object.assign({ headers: scoped ? null : cell.headers }, size(cell)), input, said);
    return { id, row: line.id, at: cell.at, column: column.id, input, said, place };
  }

  function words(cell) {
    return make("td", Object.assign({ class: cell.part }, size(cell)), cell.label);
  }

  /** The table with its fields: {region, fields by row id in the order of columns, lines as they are shown}. */
  function draw(own) {
    const { scoped, stubs, parts, width } = own.grid;
    const title = own.id + "-title";
    const columns = make("colgroup");
    for (let i = 1; i <= stubs; i++) columns.append(make("col", { class: "stub-" + i }));
    columns.append(make("col", { span: width - stubs }));
    const table = make("table", { id: own.id, "aria-labelledby": title }, columns);
    const lines = [];
    parts.forEach((part) => {
      const body = make(part.head ? "thead" : "tbody");
      part.rows.forEach((row) => body.append(drawnRow(own, row, scoped, lines)));
      table.append(body);
    });
    const named = { class: "sheet filling sheet-" + own.layout + " stubs-" + stubs, role: "region", "aria-labelledby": title };
    return { region: make("div", Object.assign(named, { tabindex: "0" }), table), lines, fields: byRow(own, lines) };
  }

  function drawnRow(own, row, scoped, lines) {
    const line = make("tr");
    const fields = [];
    row.forEach((cell) => {
      if (cell.row) {
        const made = field(own, cell, scoped);
        fields.push(made);
        line.append(made.place);
      } else line.append(cell.scope ? heading(cell, scoped) : words(cell));
    });
    if (fields.length) lines.push(fields);
    return line;
  }

  function byRow(own, lines) {
    const found = {};
    own.lines.forEach(({ id }) => (found[id] = []));
    lines.forEach((fields) => fields.forEach((one) => (found[one.row][one.at] = one)));
    return found;
  }

  // --- keys -------------------------------------------------------------------------------------------------

  function spot(lines, input) {
    for (let y = 0; y < lines.length; y++) {
      const x = lines[y].findIndex((one) => one.input === input);
      if (x >= 0) return { x, y };
    }
    return null;
  }

  function go(lines, y, x) {
    const line = lines[y];
    const one = line && line[Math.min(Math.max(x, 0), line.length - 1)];
    if (one) one.input.focus();
    return Boolean(one);
  }

  // Left and right leave a field only from its ends: inside it they move along what is written.
  function atEnd(input, left) {
    const { selectionStart: from, selectionEnd: to, value } = input;
    if (from === 0 && to === value.length) return true;
    return from === to && from === (left ? 0 : value.length);
  }

  function moved(lines, event) {
    const { x, y } = spot(lines, event.target);
    const { key } = event;
    if (key === "ArrowDown" || (key === "Enter" && !event.shiftKey)) return go(lines, y + 1, x);
    if (key === "ArrowUp" || key === "Enter") return go(lines, y - 1, x);
    const left = key === "ArrowLeft";
    if (!(left || key === "ArrowRight") || event.shiftKey || !atEnd(event.target, left)) return false;
    if (left && x === 0) return go(lines, y - 1, Infinity);
    return x + (left ? -1 : 1) < lines[y].length ? go(lines, y, x + (left ? -1 : 1)) : go(lines, y + 1, 0);
  }

  /** Let the keys lead through the fields; Esc brings back what stood in one. `changed` is told of a field. */
  function keys(drawn, changed) {
    let before = "";
    drawn.region.addEventListener("focusin", ({ target }) => {
      if (target.tagName !== "INPUT") return;
      before = target.value;
      target.select();
    });
    drawn.region.addEventListener("keydown", (event) => {
      const composing = event.isComposing || event.keyCode === 229; // as Safari calls the Enter that ends it
      if (event.target.tagName !== "INPUT" || composing || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === "Escape" && event.target.value !== before) {
        event.target.value = before;
        event.target.select();
        changed(event.target);
      } else if (event.key === "Enter" ? moved(drawn.lines, event) || true : moved(drawn.lines, event)) event.preventDefault();
    });
  }

  /** Lay a block of figures down at a field, to the right and down; counts the figures that found no place. */
  function lay(drawn, input, grid) {
    const at = spot(drawn.lines, input);
    let left = 0;
    grid.forEach((row, dy) =>
      row.forEach(({ raw }, dx) => {
        const line = drawn.lines[at.y + dy];
        const one = line && line[at.x + dx];
        if (one) one.input.value = raw;
        else if (raw) left++;
      })
    );
    return left;
  }

  submit.grid = { draw, keys, lay };
})();
