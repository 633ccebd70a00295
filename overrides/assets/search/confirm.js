// A report and the terms of a query -> whether it really holds them, a snippet, and the place to jump to.
// The blocks are those of build_tools/search/document.py, made from report.json.
(function () {
  "use strict";
  const scope = typeof self !== "undefined" ? self : globalThis;
  const nianbao = scope.nianbao || (scope.nianbao = {});

  const [TITLE, HEADING, PROSE, DATA] = [0, 1, 2, 3];
  const RECORD = "#record";
  const SOURCE = "著录与来源";
  const [LENGTH, BEFORE, LONGEST, CRUMB] = [90, 30, 300, 6];
  const CUT = "……";
  const STOP = /[\s，。；：、！？“”‘’（）《》〔〕,.;:!?()]/;

  /**
   * Look the terms (of query.run) up in the report's own text: `holds`; `pieces` of a snippet with what is marked
   * in it; `anchor` of the place, `where` that is. Fails when the file is not to be had or another report's.
   */
  async function examine(archive, doc, terms) {
    const path = archive.path(doc) + "report.json";
    let read = await opened(archive, doc, path, nianbao.files.json);
    const wanted = terms.filter((term) => !term.not);
    const old = () => wanted.some((term) => !stands(archive, doc, read.blocks, term) && !hasLooked(read.blocks, term));
    if (old()) read = await opened(archive, doc, path, nianbao.files.again);
    if (old()) throw new nianbao.files.Failure("broken", path, "not what the index was made of");
    const holds = terms.every((term) => stands(archive, doc, read.blocks, term) !== term.not);
    if (!holds) return { holds, pieces: [], anchor: "", where: "" };
    return Object.assign({ holds }, shown(archive, doc, read.blocks, wanted, read.report));
  }

  async function opened(archive, doc, path, load) {
    const report = await load(path);
    try {
      if (report.unit + "/" + report.year !== archive.id(doc)) throw new Error("another report");
      return { report, blocks: blocksOf(archive, doc, report) };
    } catch (error) {
      throw new nianbao.files.Failure("broken", path, error.message);
    }
  }

  // What the index says of a report stands in it, or the index and the report are not of the same day.
  function hasLooked(blocks, term) {
    const held = (piece) => blocks.some((block) => nianbao.text.find(block.normal, piece) >= 0);
    return term.looked.some((pieces) => pieces.every(held));
  }

  // --- the blocks ----------------------------------------------------------------------------------------

  /** What build_tools/search/document.py makes of the report: [{zone, text, normal, anchor, where}, …]. */
  function blocksOf(archive, doc, report) {
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

  // --- whether a term stands there -----------------------------------------------------------------------

  function within(text, term) {
    return term.spellings.some((phrase) => nianbao.text.find(text, phrase) >= 0);
  }

  function stands(archive, doc, blocks, term) {
    if (term.figure || blocks.some((block) => within(block.normal, term))) return true;
    const { own, full } = archive.names();
    const unit = archive.unit[doc];
    return within(own[unit], term) || within(full[unit], term) || labelOf(archive, doc, term) !== undefined;
  }

  // The first label of the report's form that holds the term, where the report prints it.
  function labelOf(archive, doc, term) {
    if (!(archive.flags[doc] & 8) || term.labels === false) return undefined;
    const form = archive.form[doc];
    const at = archive.labels()[form].findIndex(({ text }) => within(text, term));
    return archive.forms[form].labels[at];
  }

  // --- what is shown of it -------------------------------------------------------------------------------

  function shown(archive, doc, blocks, terms, report) {
    for (const zone of [PROSE, HEADING, DATA]) {
      const block = richest(blocks.filter((one) => one.zone === zone), terms);
      if (!block) continue;
      const { pieces, fragment } = snippet(block.text, terms);
      // Figures and the record have places of their own; in prose the words themselves say where.
      return { pieces, anchor: zone === DATA ? block.anchor : pointed(block.anchor, fragment), where: block.where };
    }
    const named = byName(archive, doc, blocks, terms);
    if (named) return named;
    const first = blocks.find((block) => block.zone === PROSE);
    const pieces = first ? snippet(first.text, terms).pieces : [];
    return Object.assign({ pieces }, labelPlace(archive, doc, terms, report));
  }

  // A hit in the title or in another name of the unit, neither of which is in the list otherwise.
  function byName(archive, doc, blocks, terms) {
    const unit = archive.units[archive.unit[doc]];
    const alias = unit.aliases.find((name) => terms.some((term) => within(nianbao.text.normalise(name), term)));
    const title = richest(blocks.filter((one) => one.zone === TITLE), terms);
    if (alias) return { pieces: snippet(alias, terms).pieces, anchor: "", where: "单位的别名或曾用名" };
    return title && { pieces: snippet(title.text, terms).pieces, anchor: "", where: "标题" };
  }

  // The block with the most of the terms, the first of equals.
  function richest(blocks, terms) {
    let best = null;
    let most = 0;
    for (const block of blocks) {
      const held = terms.filter((term) => within(block.normal, term)).length;
      if (held > most) [best, most] = [block, held];
    }
    return best;
  }

  /** About ninety characters round the first hit, with every hit in them marked, and that hit as a text fragment. */
  function snippet(text, terms) {
    const hits = nianbao.text.hits(text, [].concat(...terms.map((term) => term.spellings)));
    const [start, end] = room(text, hits[0] || [0, 0]);
    const pieces = [];
    const add = (piece, marked) => piece && pieces.push([piece, marked]);
    let at = start;
    for (const hit of hits) {
      const [from, to] = [Math.max(hit[0], start), Math.min(hit[1], end)];
      if (from >= to) continue;
      add(text.slice(at, from), false);
      add(text.slice(from, to), true);
      at = to;
    }
    add(text.slice(at, end), false);
    if (start > 0 && !pieces[0][1]) pieces[0][0] = CUT + pieces[0][0];
    else if (start > 0) pieces.unshift([CUT, false]);
    const last = pieces[pieces.length - 1];
    if (end < text.length && !last[1]) last[0] += CUT;
    else if (end < text.length) pieces.push([CUT, false]);
    return { pieces, fragment: hits.length ? fragment(text, hits[0]) : "" };
  }

  // From where to where a snippet goes; a few characters left over at an end are not worth a cut.
  function room(text, hit) {
    let end = Math.min(text.length, Math.max(hit[0] - BEFORE, 0) + LENGTH);
    end = Math.max(end, Math.min(hit[1], hit[0] + LONGEST));
    if (text.length - end <= CRUMB) end = text.length;
    let start = Math.max(0, Math.min(hit[0] - BEFORE, end - LENGTH));
    if (start <= CRUMB) start = 0;
    return [whole(text, start), whole(text, end)];
  }

  // Never between the halves of a character.
  function whole(text, at) {
    return /[\udc00-\udfff]/.test(text.charAt(at)) && at > 0 ? at - 1 : at;
  }

  // Browsers look for whole words; words before and behind, as far as the clause goes, allow a part of one.
  function fragment(text, [from, to]) {
    let start = from;
    let end = to;
    while (start > 0 && from - start < BEFORE && !STOP.test(text[start - 1])) start--;
    while (end < text.length && end - to < BEFORE && !STOP.test(text[end])) end++;
    const before = encoded(text.slice(start, from));
    const behind = encoded(text.slice(to, end));
    return (before && before + "-,") + encoded(text.slice(from, to)) + (behind && ",-" + behind);
  }

  function encoded(text) {
    const sound = text.replace(/[\ud800-\udfff]/gu, "\ufffd").replace(/\s+/g, " ");
    return encodeURIComponent(sound).replace(/-/g, "%2D");
  }

  function pointed(anchor, fragment) {
    const known = typeof document !== "undefined" && "fragmentDirective" in document;
    return known && fragment ? (anchor || "#") + ":~:text=" + fragment : anchor;
  }

  function labelPlace(archive, doc, terms, report) {
    for (const term of terms) {
      const label = term.figure ? { figure: term.figure, label: term.text } : labelOf(archive, doc, term);
      const anchor = label ? placeOf(report, label.figure) : "";
      if (anchor) return { anchor, where: label.label };
    }
    return { anchor: "", where: "" };
  }

  // A label is printed beside its figures: the place is the row's total, or its first figure.
  function placeOf(report, figure) {
    const [table, row] = figure.split(".");
    const columns = Object.keys((report.tables[table] || {})[row] || {});
    const column = columns.indexOf("total") < 0 ? columns[0] : "total";
    return column ? "#" + figure + "." + column : "";
  }

  nianbao.confirm = { examine, blocksOf };
})();
