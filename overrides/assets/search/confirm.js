// A report and the terms of a query -> whether it really holds them, a snippet, and the place to jump to.
(function () {
  "use strict";
  const scope = typeof self !== "undefined" ? self : globalThis;
  const nianbao = scope.nianbao || (scope.nianbao = {});

  const [TITLE, HEADING, PROSE, DATA] = [0, 1, 2, 3];
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
      return { report, blocks: nianbao.blocks.of(archive, doc, report) };
    } catch (error) {
      throw new nianbao.files.Failure("broken", path, error.message);
    }
  }

  // What the index says of a report stands in it, or the index and the report are not of the same day.
  function hasLooked(blocks, term) {
    const held = (piece) => blocks.some((block) => nianbao.text.find(block.normal, piece) >= 0);
    return term.looked.some((pieces) => pieces.every(held));
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
      const anchor = label ? nianbao.blocks.placeOf(report, label.figure) : "";
      if (anchor) return { anchor, where: label.label };
    }
    return { anchor: "", where: "" };
  }

  nianbao.confirm = { examine };
})();
