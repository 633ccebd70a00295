// The list of results: every report on it is looked up in its own text first, and the list is refilled until the
// page is full. What is certain beforehand is shown at once and gets its snippet when it arrives.
(function () {
  "use strict";
  const nianbao = self.nianbao || (self.nianbao = {});
  const view = nianbao.view;
  const SPARE = 30; // reports looked up in vain before the list stops and says so
  const REST = 15; // so few that are not shown are looked up too, so that the total is exact

  // What a query found, kept as long as only filters and order change. Ranks are a copy: rejected reports leave them.
  async function find(archive, state) {
    const found = await nianbao.query.run(archive, state.q, { figure: state.figure, zone: state.zone });
    return {
      archive,
      terms: found.terms,
      exact: found.exact,
      figures: found.figures,
      labelled: found.labelled,
      notes: notes(found),
      ranks: found.ranks && found.ranks.slice(),
      verdicts: new Map(),
      held: new Set(),
      items: new Map(),
      rejected: 0,
    };
  }

  // What the reader must know of a query that was not answered to the letter.
  function notes(found) {
    const said = found.terms.filter((term) => term.left).map((term) =>
      "有 " + view.number(term.left) + " 份可能含有不要的“" + term.text + "”，太多，没有逐份核对，都没有列出。"
    );
    return found.cut ? said.concat("要找的字太多，后面的没有查。") : said;
  }

  function pick(set, state, without) {
    const filters = Object.assign({ sort: state.sort }, state.filters);
    if (without) filters[without] = [];
    return nianbao.facets.select(set.archive, set.ranks, filters);
  }

  function verdict(set, doc) {
    if (!set.verdicts.has(doc)) {
      const promise = nianbao.confirm.examine(set.archive, doc, set.terms);
      promise.catch(() => {}); // told where it is awaited
      set.verdicts.set(doc, promise);
    }
    return set.verdicts.get(doc);
  }

  function item(set, doc, site, state) {
    if (!set.items.has(doc)) {
      // Without words there is no passage to lead to, but the figure that was asked for has a row.
      const anchor = state.figure && !set.terms.length ? "#" + state.figure + ".total" : "";
      set.items.set(doc, view.result(set.archive, doc, site, anchor, set.terms.length > 0));
    }
    return set.items.get(doc);
  }

  function reject(set, doc) {
    set.ranks[doc] = 255;
    set.rejected++;
    set.items.delete(doc);
    set.verdicts.delete(doc);
  }

  // Look at one report of a set: null when it does not hold the words, an Error when its text did not come.
  async function settle(set, doc, shown) {
    let seen = null;
    try {
      seen = await verdict(set, doc);
    } catch (error) {
      set.verdicts.delete(doc);
      if (set.exact) view.lost(shown());
      return error;
    }
    if (!seen.holds) return null;
    if (!set.held.has(doc)) view.snippet(shown(), seen);
    set.held.add(doc);
    return seen;
  }

  // Fill `place` with the first `state.n` of `docs`. `current()` says whether anyone still waits for this.
  // Gives how many are shown, looked at, rejected (`before`: earlier), and why a snippet did not come.
  async function walk(set, docs, state, place, site, current) {
    const own = (doc) => item(set, doc, site, state);
    const show = (doc) => own(doc).parentNode || place.append(own(doc));
    const told = { shown: 0, seen: 0, rejected: 0, before: set.rejected, error: null };
    const end = Math.min(docs.length, state.n + SPARE);
    if (set.exact) docs.slice(0, state.n).forEach(show);
    if (!set.terms.length) return Object.assign(told, { shown: place.children.length, seen: docs.length });
    let ahead = 0;
    while (told.seen < end && told.shown < state.n) {
      // Where one was in vain others may be: some more are fetched with those that are needed.
      const needed = state.n - told.shown + (set.exact ? 0 : 1 + 2 * told.rejected);
      while (ahead < end && ahead - told.seen < needed) verdict(set, docs[ahead++]);
      const doc = docs[told.seen];
      const seen = await settle(set, doc, () => own(doc));
      if (!current()) return null;
      told.seen++;
      if (seen === null) {
        own(doc).remove();
        reject(set, doc);
        told.rejected++;
        continue;
      }
      if (seen instanceof Error) told.error = seen;
      if (seen instanceof Error && !set.exact) continue; // it may hold the words or not: it is not listed
      show(doc);
      told.shown++;
    }
    return told;
  }

  // The reports of an inexact result that are not shown, when they are few; says whether all are certain now.
  async function certain(set, left, current) {
    if (set.exact || left.length > REST) return set.exact;
    const lost = (doc) => () => set.verdicts.delete(doc) && null; // it is asked for again when it is to be shown
    const seen = await Promise.all(Array.from(left, (doc) => verdict(set, doc).catch(lost(doc))));
    if (!current()) return false;
    seen.forEach((one, i) => one && !one.holds && reject(set, left[i]));
    return seen.every(Boolean);
  }

  // --- what to drop when nothing was found --------------------------------------------------------------

  function quoted(term) {
    const bare = /^[^\s"“”「」『』\-－][^\s"“”「」『』]*$/.test(term.text);
    const mark = term.text.indexOf('"') < 0 ? ['"', '"'] : ["「", "」"];
    return (term.not ? "-" : "") + (bare ? term.text : mark[0] + term.text + mark[1]);
  }

  // The query without one of its terms, or with only those that `keep` accepts.
  function requoted(terms, keep) {
    return terms.filter(keep).map(quoted).join(" ");
  }

  async function looser(archive, state, text) {
    const set = await find(archive, state);
    return { text, state, count: pick(set, state).docs.length, exact: set.exact };
  }

  // Every single thing that can be left out, with what would then be found.
  async function drops(set, state) {
    const change = nianbao.state.change;
    const found = nianbao.state.FACETS.filter((facet) => state.filters[facet].length).map((facet) => {
      const words = state.filters[facet].map((value) => nianbao.filters.word(set.archive, facet, value));
      const next = change(state, { filters: { [facet]: [] } });
      return { text: "不限" + nianbao.filters.TITLES[facet] + "（" + words.join("、") + "）", state: next,
        count: pick(set, state, facet).docs.length, exact: set.exact };
    });
    const tries = [];
    if (state.figure) tries.push([change(state, { figure: "" }), "不限" + nianbao.filters.word(set.archive, "figure", state.figure)]);
    if (state.zone) tries.push([change(state, { zone: "" }), "栏目名也算"]);
    const terms = nianbao.terms.parse(state.q).terms.slice(0, 8);
    terms.forEach((term, i) => {
      const rest = requoted(terms, (other, at) => at !== i);
      if (rest) tries.push([change(state, { q: rest }), "去掉" + (term.not ? "“不要" : "“") + term.text + "”"]);
    });
    const others = await Promise.all(tries.map((one) => looser(set.archive, one[0], one[1])));
    return found.concat(others).filter((one) => one.count > 0);
  }

  nianbao.list = { find, pick, walk, certain, drops };
})();
