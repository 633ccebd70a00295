// report.json -> what is searched of it; the twin of build_tools/search/document.py.
(function () {
  "use strict";
  const scope = typeof self !== "undefined" ? self : globalThis;
  const nianbao = scope.nianbao || (scope.nianbao = {});

  const [TITLE, HEADING, PROSE, DATA] = [0, 1, 2, 3];
  const RECORD = "#record";
  const SOURCE = "著录与来源";

  /** What build_tools/search/document.py makes of the report: [{zone, text, normal, anchor, where}, …]. */
  function of(archive, doc, report) {
    const labelled = (archive.flags[doc] & 8) !== 0;
    const blocks = [];
    const add = (zone, text, anchor, where) => {
      if (text) blocks.push({ zone, text, anchor, where: where || "", normal: nianbao.text.normalise(text) });
    };
    add(TITLE, report.title, "");
    if (!labelled) headings(archive, doc, report, add);
    for (const section of report.sections) prose(section, add);
    for (const table of Object.keys(report.tables)) cells(archive, report, table, add);
    for (const figure of report.figures || []) {
      const value = (figure.value || "") + (figure.unit || "");
      for (const text of [figure.name, value, figure.quote]) add(DATA, text, "#figures", figure.name);
    }
    record(report, add);
    for (const text of new Set(report.findings.map((finding) => finding.waived))) add(DATA, text, "", "原文如此");
    if (!labelled) for (const table of Object.keys(report.tables)) printed(archive, report, table, add);
    return blocks;
  }

  // Only reports in no form have the key `figures`; their headings are their own.
  function headings(archive, doc, report, add) {
    const ids = new Map(report.sections.map((section) => [section.heading, section.id]));
    const anchor = (text) => (ids.has(text) ? "#" + ids.get(text) : "");
    const own = report.sections.map((section) => section.heading);
    const titles = archive.forms[archive.form[doc]].labels.filter(({ table }) => !table).map(({ label }) => label);
    const official = titles.map((title) => otherwise(report.headings, title));
    for (const text of "figures" in report ? own : official) add(HEADING, text, anchor(text), text);
  }

  function otherwise(changed, label) {
    return changed && Object.prototype.hasOwnProperty.call(changed, label) ? changed[label] : label;
  }

  function prose(section, add) {
    const plain = section.markdown.replace(/^[\n ]+|[\n ]+$/g, "").split(/\n(?:[ ]*\n)+/);
    for (const [kind, text] of section.blocks || plain.map((block) => ["p", block])) {
      add(kind === "h" ? HEADING : PROSE, text, "#" + section.id, section.heading);
    }
  }

  function cells(archive, report, table, add) {
    const rows = report.tables[table];
    for (const row of Object.keys(rows)) {
      const where = rowLabel(archive, report, table, row);
      for (const column of Object.keys(rows[row])) {
        add(DATA, rows[row][column].raw, "#" + table + "." + row + "." + column, where);
      }
    }
    for (const extra of (report.extra || {})[table] || []) {
      for (const text of [extra.label].concat(extra.values)) add(DATA, text, "#" + table, extra.label);
    }
  }

  function formOf(archive, report, table) {
    const id = (report.table_forms || {})[table] || report.form;
    return archive.forms.find((form) => form.id === id) || { labels: [] };
  }

  function rowLabel(archive, report, table, row) {
    const found = formOf(archive, report, table).labels.find(({ figure }) => figure === table + "." + row);
    return found ? found.label : "";
  }

  function record(report, add) {
    const source = report.source || {};
    add(DATA, report.printed_unit, RECORD, SOURCE);
    add(DATA, report.published, RECORD, "公布日期");
    for (const text of [source.url, source.file, source.note]) add(DATA, text, RECORD, SOURCE);
  }

  function printed(archive, report, table, add) {
    const changed = (report.labels || {})[table];
    for (const { table: own, label, figure } of formOf(archive, report, table).labels) {
      if (own === table) add(DATA, otherwise(changed, label), placeOf(report, figure) || "#" + table, label);
    }
  }

  // A label is printed beside its figures: the place is the row's total, or its first figure.
  function placeOf(report, figure) {
    const [table, row] = figure.split(".");
    const columns = Object.keys((report.tables[table] || {})[row] || {});
    const column = columns.indexOf("total") < 0 ? columns[0] : "total";
    return column ? "#" + figure + "." + column : "";
  }

  nianbao.blocks = { of, placeOf };
})();
