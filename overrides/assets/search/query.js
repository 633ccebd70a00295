// A query -> every report that may hold it, with ranks; long phrases are for confirm.js to make sure of.
(function () {
  "use strict";
  const scope = typeof self !== "undefined" ? self : globalThis;
  const nianbao = scope.nianbao || (scope.nianbao = {});

  const MOST_FIGURES = 4;
  const ROUND = 6;
  const ROUNDS = 3; // more would cost more than looking the reports up
  const FEW = 20;
  const DOUBTS = 30; // so many reports may be looked up to learn whether they hold what must not be there
  const NONE = 255;
  const [OWN_NAME, CHAIN, FIRST_ZONE, LABEL] = [0, 1, 2, 6];

  /**
   * The reports for a query: `ranks` by report (255: no; null: no query, all), `exact` when no report of them
   * needs to be confirmed, `figures` to offer, `labelled` when reports are there for the labels of their form alone.
   */
  async function run(archive, query, options) {
    const { figure, zone } = Object.assign({ figure: "", zone: "" }, options);
    const { terms, cut: shortened } = nianbao.terms.parse(query);
    await Promise.all(terms.map(async (term) => (term.spellings = await archive.spellings(term.phrase))));
    const positive = terms.filter((term) => !term.not);
    const offered = positive.length === 1 ? figuresFor(archive, positive[0]) : [];
    const hits = terms.map((term) => named(archive, term));
    const wanted = offered.slice(0, MOST_FIGURES).map((one) => "#" + one.figure);
    const rows = await fill(archive, terms, hits, figure ? wanted.concat("#" + figure) : wanted);
    const held = figure ? rows.get("#" + figure)[3] || new Uint8Array(archive.count) : null;
    const labelled = terms.map((term, i) => {
      term.labels = zone !== "text";
      return label(archive, term, hits[i]);
    });
    if (offered.some((one) => one.figure === figure)) offer(positive[0], hits[terms.indexOf(positive[0])], held, figure);
    const ranks = terms.length || held ? combined(archive, terms, hits, held) : null;
    return {
      ranks,
      terms,
      exact: terms.every((term, i) => isExact(term, hits[i], ranks)),
      figures: offered.slice(0, MOST_FIGURES).map((one) => counted(one, rows)),
      cut: shortened,
      labelled: terms.some((term, i) => !term.not && labelled[i] && (offered.length > 0 || leans(hits[i], ranks))),
    };
  }

  // What is known of a term: its rank by report, and which reports hold it beyond doubt.
  function named(archive, term) {
    const hit = { rank: new Uint8Array(archive.count).fill(NONE), sure: new Uint8Array(archive.count) };
    const { own, full } = archive.names();
    const holds = (name) => term.spellings.some((phrase) => nianbao.text.find(name, phrase) >= 0);
    archive.units.forEach((unit, i) => {
      const rank = holds(own[i]) ? OWN_NAME : holds(full[i]) ? CHAIN : NONE;
      if (rank === NONE) return;
      hit.rank.fill(rank, unit.first, unit.first + unit.size);
      hit.sure.fill(1, unit.first, unit.first + unit.size);
    });
    return hit;
  }

  /** Look up phrases by six pairs at a time: the first of each (`looked` of its term), more while many are left. */
  async function fill(archive, terms, hits, figures) {
    const phrases = [];
    terms.forEach((term, i) => {
      term.looked = term.spellings.map((spelling) => {
        const rounds = roundsOf(nianbao.text.tokens(spelling));
        phrases.push({ rounds, hit: hits[i], few: term.not ? 0 : FEW, zones: null });
        return rounds[0];
      });
    });
    const found = await nianbao.postings.lookup(archive, figures.concat(...phrases.map((phrase) => phrase.rounds[0])));
    for (const phrase of phrases) phrase.zones = narrowed(null, phrase.rounds[0], found);
    for (let round = 1; round < ROUNDS; round++) {
      const many = phrases.filter((phrase) => phrase.rounds[round] && more(phrase.zones, phrase.few));
      const rest = await nianbao.postings.lookup(archive, [].concat(...many.map((phrase) => phrase.rounds[round])));
      for (const phrase of many) phrase.zones = narrowed(phrase.zones, phrase.rounds[round], rest);
    }
    for (const { zones, hit } of phrases) zones.forEach((column, zone) => column && rank(hit.rank, column, FIRST_ZONE + zone));
    return found;
  }

  // The pairs of a phrase, six at a time, each time evenly spread over it.
  function roundsOf(tokens) {
    if (tokens.length < 2) return [tokens];
    let pairs = Array.from(new Set(tokens.slice(1).map((token, i) => tokens[i] + token)));
    const rounds = [];
    while (pairs.length && rounds.length < ROUNDS) {
      const some = new Set(spread(pairs));
      pairs = pairs.filter((pair) => !some.has(pair));
      rounds.push(Array.from(some));
    }
    return rounds;
  }

  function spread(list) {
    if (list.length <= ROUND) return list;
    return Array.from({ length: ROUND }, (_, i) => list[Math.round((i * (list.length - 1)) / (ROUND - 1))]);
  }

  // By zone the reports that hold all of these terms.
  function narrowed(zones, terms, found) {
    return terms.reduce((left, term) => {
      const columns = found.get(term);
      if (!left) return columns;
      return left.map((column, zone) => (column && columns[zone] ? both(column, columns[zone]) : null));
    }, zones);
  }

  function both(one, other) {
    const result = new Uint8Array(one.length);
    let any = 0;
    for (let doc = 0; doc < one.length; doc++) any |= result[doc] = one[doc] & other[doc];
    return any ? result : null;
  }

  function more(zones, few) {
    const held = zones.filter(Boolean);
    let count = 0;
    for (let doc = 0; held.length && doc < held[0].length; doc++) if (held.some((column) => column[doc])) count++;
    return count > few;
  }

  function rank(ranks, column, value) {
    for (let doc = 0; doc < ranks.length; doc++) if (column[doc] && ranks[doc] > value) ranks[doc] = value;
  }

  // Reports that print the labels of their form hold what stands in one; says whether there are such.
  function label(archive, term, hit) {
    const holding = archive.labels().map((labels) => labels.some(({ text }) => within(text, term)));
    let any = false;
    for (let doc = 0; doc < archive.count; doc++) {
      if (!(archive.flags[doc] & 8) || !holding[archive.form[doc]]) continue;
      any = true;
      if (!term.labels) continue;
      hit.sure[doc] = 1;
      if (hit.rank[doc] > LABEL) hit.rank[doc] = LABEL;
    }
    return any;
  }

  function within(text, term) {
    return term.spellings.some((phrase) => nianbao.text.find(text, phrase) >= 0);
  }

  /** The rows whose label is what was typed, or at most twice as long; the likeliest first, each row once. */
  function figuresFor(archive, term) {
    const used = new Set(archive.form);
    const found = [];
    archive.labels().forEach((labels, form) => {
      if (!used.has(form)) return;
      for (const { figure, text, core, shown } of labels) {
        if (!figure) continue;
        const part = Math.max(...term.spellings.map((phrase) => likeness(phrase, text, core)));
        if (part > 0) found.push({ label: shown, figure, part });
      }
    });
    found.sort((a, b) => b.part - a.part);
    const known = new Set();
    return found.filter(({ figure }) => !known.has(figure) && known.add(figure));
  }

  function likeness(phrase, text, core) {
    if (phrase === core || phrase === text) return 1;
    return phrase.length * 2 >= core.length && nianbao.text.find(core, phrase) >= 0 ? phrase.length / core.length : 0;
  }

  function counted({ label: name, figure, part }, rows) {
    const column = rows.get("#" + figure)[3];
    return { label: name, figure, whole: part === 1, count: column ? column.reduce((sum, one) => sum + one, 0) : 0 };
  }

  // Who asked for the reports with a figure in this row gets all of them, however the row is called there.
  function offer(term, hit, held, figure) {
    term.figure = figure;
    rank(hit.rank, held, LABEL);
    for (let doc = 0; doc < held.length; doc++) hit.sure[doc] |= held[doc];
  }

  function combined(archive, terms, hits, held) {
    const ranks = new Uint8Array(archive.count);
    terms.forEach((term, i) => {
      if (!term.not) for (let doc = 0; doc < ranks.length; doc++) add(ranks, doc, hits[i].rank[doc]);
    });
    if (held) for (let doc = 0; doc < ranks.length; doc++) if (!held[doc]) ranks[doc] = NONE;
    terms.forEach((term, i) => term.not && exclude(ranks, term, hits[i]));
    return ranks;
  }

  function add(ranks, doc, own) {
    ranks[doc] = own === NONE || ranks[doc] === NONE ? NONE : ranks[doc] + own;
  }

  // What must not be there: a few reports that hold its pairs but perhaps not the phrase stay, to be looked up.
  // Of many all are left out; the result is then not exact, and `left` says of how many that is not known.
  function exclude(ranks, term, hit) {
    const doubts = [];
    for (let doc = 0; doc < ranks.length; doc++) {
      if (ranks[doc] === NONE || hit.rank[doc] === NONE) continue;
      if (isShort(term) || hit.sure[doc]) ranks[doc] = NONE;
      else doubts.push(doc);
    }
    term.left = doubts.length > DOUBTS ? doubts.length : 0;
    if (term.left) for (const doc of doubts) ranks[doc] = NONE;
  }

  function leans(hit, ranks) {
    return hit.rank.some((own, doc) => own === LABEL && ranks[doc] !== NONE);
  }

  // Two tokens are looked up as they stand; of longer phrases only their pairs are known to be there.
  function isShort(term) {
    return term.spellings.every((phrase) => nianbao.text.tokens(phrase).length <= 2);
  }

  function isExact(term, hit, ranks) {
    if (isShort(term)) return true;
    return !term.left && !hit.rank.some((own, doc) => own !== NONE && !hit.sure[doc] && ranks[doc] !== NONE);
  }

  nianbao.query = { run };
})();
