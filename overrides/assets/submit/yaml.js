// A report -> the one canonical text of its file, to the byte as `nianbao fmt` writes it.
(function () {
  "use strict";
  const { submit } = (typeof self !== "undefined" ? self : globalThis).nianbao;
  const { language } = submit;
  const { fits, holds } = language;
  const NOTHING = "~";

  // --- one text ---------------------------------------------------------------------------------------------

  function isDate(text) {
    const found = /^([0-9]{4})-([0-9][0-9])-([0-9][0-9])$/.exec(text);
    if (!found) return false;
    const [year, month, day] = found.slice(1).map(Number);
    const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
    const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    return year > 0 && month > 0 && month < 13 && day > 0 && day <= days[month - 1];
  }

  function bent(text) {
    return !fits("straight", text) && Boolean(fits("bent", text));
  }

  function bare(text, flow) {
    if (fits("figure", text) || isDate(text)) return true;
    if (!text || language.known("cells").nothing.indexOf(text.toLowerCase()) >= 0) return false;
    if (bent(text) || fits("like_figure", text) || holds("unfit", text)) return false;
    return !(flow && holds("unfit_in_flow", text)) && !holds("odd", text);
  }

  function escaped(character) {
    return "\\u" + character.codePointAt(0).toString(16).toUpperCase().padStart(4, "0");
  }

  function quoted(text) {
    if (/["\\]/.test(text) && !/['\n]/.test(text) && !holds("odd", text)) return "'" + text + "'";
    return language.change("odd", JSON.stringify(text), escaped);
  }

  /** A text as a scalar on one line: bare where every reader takes it for that text, else quoted. */
  function written(text, flow) {
    return bare(text, flow) ? text : quoted(text);
  }

  function orNothing(text) {
    return text ? written(text) : NOTHING;
  }

  // --- lines ------------------------------------------------------------------------------------------------

  function indented(lines, by) {
    return lines.map((line) => (line ? " ".repeat(by || 2) + line : ""));
  }

  function list(texts) {
    return "[" + texts.join(", ") + "]";
  }

  // One line a key; null is nothing, an empty text is written as `blank`.
  function entries(keys, values, blank) {
    return keys.map((key, i) => {
      const nothing = values[i] === null ? NOTHING : blank || NOTHING;
      return written(key) + ": " + (values[i] ? written(values[i]) : nothing);
    });
  }

  function items(key, all) {
    const lines = all.map(([first, ...others]) => ["  - " + first].concat(indented(others, 4)));
    return lines.length ? [key + ":"].concat(...lines) : [];
  }

  function prose(key, text, always) {
    if (!text || (!always && text.indexOf("\n") < 0)) return [written(key) + ": " + orNothing(text)];
    const deep = text.replace(/^\n+/, "").startsWith(" "); // then a reader could not tell how deep the block is
    return [written(key) + ": |" + (deep ? "2" : "")].concat(indented(text.split("\n")));
  }

  // --- a report ---------------------------------------------------------------------------------------------

  function formed(report) {
    const { tables, form } = report;
    if (tables.every((table) => table.formId === form.id)) return ["格式: " + written(form.id)];
    const keys = tables.map((table) => table.form.key);
    return ["格式:"].concat(indented(entries(keys, tables.map((table) => table.formId))));
  }

  function sections({ form, sections: all }) {
    const keys = new Map(form.sections.map(({ id, key }) => [id, key]));
    const lines = all.map(({ id, text }) => indented(prose(keys.get(id), text, true)));
    return lines.length ? ["正文:"].concat(...lines) : [];
  }

  function chapters({ sections: all }) {
    return items("章节", all.map(({ heading, text }) => ["标题: " + orNothing(heading)].concat(prose("正文", text, true))));
  }

  function cell(raw, flow) {
    return raw === "" ? NOTHING : raw === language.known("cells").missing ? raw : written(raw, flow);
  }

  // Rows whose first keys are the same stand below that key.
  function rows(table, lines, depth) {
    const found = [];
    for (let i = 0; i < lines.length; ) {
      const key = lines[i].keys[depth];
      const inside = lines.filter((line) => line.keys[depth] === key);
      if (lines[i].keys.length === depth + 1) {
        const alone = table.form.single && lines[i].columns.length === 1;
        const cells = table.rows[lines[i].id].map((raw) => cell(raw, !alone));
        found.push(written(key) + ": " + (alone ? cells[0] : list(cells)));
      } else {
        found.push(written(key) + ":", ...indented(rows(table, inside, depth + 1)));
      }
      i += inside.length;
    }
    return found;
  }

  function labels(report) {
    const headings = report.form.sections.map(({ heading }) => heading);
    const known = report.tables.map((table) => [table.form.key, table.form.printed, table.labels || {}]);
    known.push([language.known("keys").headings, headings, report.headings || {}]);
    const printed = known.filter(([, , own]) => Object.keys(own).length);
    const lines = printed.map(([key, all, own]) => {
      const ordered = all.filter((label) => label in own);
      return ["  " + written(key) + ":"].concat(indented(entries(ordered, ordered.map((label) => own[label]), '""'), 4));
    });
    return lines.length ? ["原表标签:"].concat(...lines) : [];
  }

  function extra(report) {
    const found = report.tables.map((table) =>
      (table.extra || []).map((row) => {
        const values = row.values.map((value) => (value ? written(value, true) : NOTHING));
        return entries(["表", "标签"], [table.form.key, row.label]).concat("数值: " + list(values));
      })
    );
    return [].concat(...found);
  }

  function told(report) {
    const { aggregated, origin } = language.known("keys");
    const lines = formed(report);
    lines.push("标题: " + orNothing(report.title), "公布日期: " + orNothing(report.published));
    if (report.aggregated) lines.push("范围: " + aggregated);
    if (report.printedUnit) lines.push("单位名称: " + written(report.printedUnit));
    lines.push("来源:", ...indented(entries(origin, report.origin)));
    return lines.concat(report.note ? prose("转录说明", report.note, false) : []);
  }

  /**
   * The file of a report: {form, title, published, aggregated, printedUnit, origin: texts in the order of their keys,
   * note, sections: [{id or heading, text}], tables: [{form, formId, rows, labels, extra}], figures, headings, waivers}.
   */
  function text(report) {
    const { head, figure, waiver } = language.known("keys");
    const lines = [language.fill(head, { slug: report.form.slug })].concat(told(report));
    lines.push(...(report.form.free ? chapters(report) : sections(report)));
    report.tables.forEach((table) => lines.push(table.form.key + ":", ...indented(rows(table, table.form.lines, 0))));
    lines.push(...items("数据", (report.figures || []).map((one) => entries(figure, one))));
    lines.push(...labels(report), ...items("多出的行", extra(report)));
    lines.push(...items("确认", (report.waivers || []).map((one) => entries(waiver, one))));
    return lines.map((line) => line + "\n").join("");
  }

  submit.yaml = { written, text };
})();
