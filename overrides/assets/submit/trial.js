// The relations that a form declares, tried in each row or column, with the checker's semantics: a blank is no nought.
(function () {
  "use strict";
  const { submit } = (typeof self !== "undefined" ? self : globalThis).nianbao;
  const { language, number, shape } = submit;
  const { say } = language;

  // --- one side ---------------------------------------------------------------------------------------------

  // The cells of a side with their terms, or null where a form has no such cell.
  function side(terms, relation, key, now, last) {
    const parts = [];
    for (const term of terms) {
      const table = term.last ? last : now;
      const [row, column] = relation.along === "columns" ? [term.id, key] : [key, term.id];
      const line = table && table.form.row.get(row);
      const at = line ? shape.at(line, column) : -1;
      if (at < 0) return null;
      parts.push({ term, line, row, column: line.columns[at], cell: table.rows[row][at] });
    }
    return summed(parts);
  }

  function summed(parts) {
    const known = parts.filter(({ cell }) => cell.value);
    return {
      parts,
      known: known.reduce((sum, { cell }) => number.add(sum, cell.value), number.NOUGHT),
      complete: known.length === parts.length,
      blanks: parts.every(({ cell }) => cell.value || ["blank", "dash", "na"].indexOf(cell.state) >= 0),
      least: parts.every(({ cell, column }) => cell.value || !column.signed),
    };
  }

  /** What stands in a cell, as it goes on after its name. */
  function figure(cell) {
    if (cell.state === "missing") return say("lost");
    if (cell.value) return say("figure", { value: number.text(cell.value) });
    return cell.state === "blank" ? say("empty") : say("quoted", { raw: cell.raw });
  }

  function name(part, along) {
    const own = along === "columns" ? part.line.keys[part.line.keys.length - 1] : part.column.label;
    return part.term.last ? say("last", { name: own }) : own;
  }

  function written(one, along) {
    const long = one.parts.length > language.known("numbers").long;
    const unread = long ? one.parts.filter(({ cell }) => !cell.value).length : 0;
    const counts = ({ cell }) => cell.value && number.compare(cell.value, number.NOUGHT) !== 0;
    const parts = long ? one.parts.filter(counts) : one.parts;
    const text = parts.map((part) => name(part, along) + figure(part.cell)).join(" + ") || say("nought");
    const total = parts.length > 1 ? say("sum", { sum: number.text(one.known) }) : "";
    return text + total + (unread ? say("unread", { count: unread }) : "");
  }

  // --- both sides -------------------------------------------------------------------------------------------

  function verdict(left, right, equal) {
    const order = number.compare(left.known, right.known);
    if (left.complete && right.complete) return order === 0 || (order < 0 && !equal) ? "holds" : "fails";
    if (right.complete && order > 0 && left.least) return "fails";
    if (equal && left.complete && order < 0 && right.least) return "fails";
    const holds = equal ? order === 0 : order <= 0 && right.complete;
    return holds && left.blanks && right.blanks ? "blanks" : "unknown";
  }

  /** Every relation of the table where both forms have its cells; `last` is last year's table, or null. */
  function trials(now, last) {
    const found = [];
    const along = { columns: now.form.lines[0].columns.map(({ id }) => id), rows: now.form.lines.map(({ id }) => id) };
    for (const relation of now.form.relations) {
      for (const key of relation.only.length ? relation.only : along[relation.along]) {
        const left = side(relation.left, relation, key, now, last);
        const right = left && side(relation.right, relation, key, now, last);
        if (right && [left, right].some(({ parts }) => parts.some(({ cell }) => cell.value))) {
          found.push({ relation, key, left, right, verdict: verdict(left, right, relation.sign === "=") });
        }
      }
    }
    return found;
  }

  // The cell to look at first: the total of an equation, the part that must not exceed.
  function head({ relation, left, right }) {
    const ordered = relation.sign === "=" ? right.parts.concat(left.parts) : left.parts.concat(right.parts);
    return ordered.find(({ term }) => !term.last);
  }

  // The number in another row or column where a relation is tried, or null.
  function value(now, { relation, key }, id) {
    const found = side([{ id }], relation, key, now, null);
    return found && found.parts[0].cell.value;
  }

  // --- telling ----------------------------------------------------------------------------------------------

  function failure(trial, place, rule) {
    const { relation, left, right } = trial;
    const difference = number.text(number.size(number.minus(left.known, right.known)));
    const values = {
      place,
      left: written(left, relation.along),
      word: say(relation.sign === "=" ? "equal" : "most"),
      right: written(right, relation.along),
      difference,
    };
    const sides = [number.text(left.known), number.text(right.known)];
    return { message: language.fill(rule.fails, values), sides: sides.concat(relation.sign, difference) };
  }

  function judged(now, trial, rule) {
    const spot = head(trial);
    const place = shape.where(now.form, spot.row, spot.column.id);
    const note = (word, blanks) => ({ note: true, message: say(word, { place }), blanks: Boolean(blanks) });
    if (trial.verdict === "unknown") return note("unknown");
    if (trial.verdict === "blanks") return note("blanks", true);
    if (rule.wants && !value(now, trial, rule.wants)) return note("unwanted");
    if (!rule.counts) return failure(trial, place, rule);
    const counted = value(now, trial, rule.counts);
    return counted && number.compare(counted, number.NOUGHT) !== 0 ? failure(trial, place, rule) : null;
  }

  function totalled(now, trial) {
    const total = trial.right.parts[0].cell;
    if (total.value || total.state === "missing" || !trial.left.parts.some(({ cell }) => cell.value)) return null;
    const spot = head(trial);
    const place = shape.where(now.form, spot.row, spot.column.id);
    return { message: say("total", { place, sum: number.text(trial.left.known), figure: figure(total) }) };
  }

  /**
   * What the rules that are nothing but relations find in a table: [{rule, row, column, message}], with `sides` where
   * two numbers differ: both as text, the sign, the difference; with `note` where something could not be tried.
   */
  function relations(now, last) {
    const rules = language.known("rules");
    const all = trials(now, last);
    const found = [];
    for (const id of Object.keys(rules).filter((one) => rules[one].declared)) {
      const rule = rules[id];
      for (const trial of all.filter(({ relation }) => relation.rule === (rule.totals || id))) {
        const skip = rule.totals ? false : trial.verdict === "holds" || (rule.without && value(now, trial, rule.without));
        const told = skip ? null : rule.totals ? totalled(now, trial) : judged(now, trial, rule);
        const { row, column } = head(trial);
        if (told) found.push(Object.assign({ rule: id, row, column: column.id }, told));
      }
    }
    return found;
  }

  submit.trial = { relations };
})();
