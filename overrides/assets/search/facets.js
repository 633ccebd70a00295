// Ranks and chosen filters -> the reports in order, and how many each choice would give. Pure.
(function () {
  "use strict";
  const scope = typeof self !== "undefined" ? self : globalThis;
  const nianbao = scope.nianbao || (scope.nianbao = {});

  const NONE = 255;
  const FACETS = ["year", "region", "level", "kind", "form", "flag", "requests"];
  const BIT = {};
  FACETS.forEach((facet, i) => (BIT[facet] = 1 << i));
  const FLAGS = ["errors", "warnings", "waived"];
  const CLEAN = "clean";
  const REQUESTS = ["some", "none", "unknown"];

  /**
   * The reports that pass all `filters` (by facet a list of choices; none chosen: all pass), in the order of
   * `filters.sort`, and `counts`: by facet a Map of every choice in the archive to the reports that have it and
   * pass all the other facets.
   */
  function select(archive, ranks, filters) {
    const chosen = {};
    for (const facet of FACETS) chosen[facet] = new Set((filters[facet] || []).map(String));
    const failing = failures(archive, chosen);
    const tally = tallies(archive);
    const docs = new Uint32Array(archive.count);
    let size = 0;
    for (let doc = 0; doc < archive.count; doc++) {
      if (ranks && ranks[doc] === NONE) continue;
      const fails = failing[doc];
      if (fails === 0) docs[size++] = doc;
      // Whoever fails one facet only still counts for that one.
      if ((fails & (fails - 1)) === 0) count(archive, tally, doc, fails);
    }
    return { docs: sorted(archive, ranks, docs.slice(0, size), filters.sort), counts: counts(archive, tally) };
  }

  /** By report the facets it fails, as bits. */
  function failures(archive, chosen) {
    const fails = (facet, values) => chosen[facet].size > 0 && !values.some((value) => chosen[facet].has(value));
    const byUnit = archive.units.map((unit, index) => {
      const region = chosen.region.size > 0 && fails("region", archive.regions(index));
      return (region && BIT.region) | (fails("level", [unit.level]) && BIT.level) | (fails("kind", [unit.kind]) && BIT.kind);
    });
    const byForm = archive.forms.map((form) => fails("form", [form.id]) && BIT.form);
    const byFlags = Array.from({ length: 16 }, (_, flags) => fails("flag", flagsOf(flags)) && BIT.flag);
    const byRequests = REQUESTS.map((name) => fails("requests", [name]) && BIT.requests);
    const byYear = yearsOf(archive).map((year) => fails("year", [String(year)]) && BIT.year);
    return Uint8Array.from(archive.year, (year, doc) =>
      byYear[year - archive.firstYear] |
      byUnit[archive.unit[doc]] |
      byForm[archive.form[doc]] |
      byFlags[archive.flags[doc]] |
      byRequests[requestsOf(archive.requests[doc])]
    );
  }

  function flagsOf(flags) {
    const names = FLAGS.filter((_, bit) => flags & (1 << bit));
    return names.length ? names : [CLEAN];
  }

  function requestsOf(requests) {
    return requests > 0 ? 0 : requests === 0 ? 1 : 2;
  }

  /** Every year from the first to the last. */
  function yearsOf(archive) {
    return Array.from({ length: archive.lastYear - archive.firstYear + 1 }, (_, i) => archive.firstYear + i);
  }

  // Counted by report and by unit in the one pass; summed up by choice afterwards.
  function tallies(archive) {
    return {
      year: new Uint32Array(yearsOf(archive).length),
      region: new Uint32Array(archive.units.length),
      level: new Uint32Array(archive.units.length),
      kind: new Uint32Array(archive.units.length),
      form: new Uint32Array(archive.forms.length),
      flag: new Uint32Array(16),
      requests: new Uint32Array(REQUESTS.length),
    };
  }

  function count(archive, tally, doc, fails) {
    const unit = archive.unit[doc];
    const all = fails === 0;
    if (all || fails === BIT.year) tally.year[archive.year[doc] - archive.firstYear]++;
    if (all || fails === BIT.region) tally.region[unit]++;
    if (all || fails === BIT.level) tally.level[unit]++;
    if (all || fails === BIT.kind) tally.kind[unit]++;
    if (all || fails === BIT.form) tally.form[archive.form[doc]]++;
    if (all || fails === BIT.flag) tally.flag[archive.flags[doc]]++;
    if (all || fails === BIT.requests) tally.requests[requestsOf(archive.requests[doc])]++;
  }

  /** The tallies by choice, in the order a reader expects: new years first, the others as the archive lists them. */
  function counts(archive, tally) {
    const used = new Set(archive.form);
    const present = new Set(archive.year);
    const years = yearsOf(archive).filter((year) => present.has(year)).reverse();
    const result = {
      year: new Map(years.map((year) => [String(year), tally.year[year - archive.firstYear]])),
      region: new Map(Array.from(archive.places.keys(), (code) => [code, 0])),
      level: new Map(archive.levels.map((level) => [level, 0])),
      kind: new Map(archive.kinds.map((kind) => [kind, 0])),
      form: new Map(archive.forms.map((form, i) => [form.id, tally.form[i]]).filter((_, i) => used.has(i))),
      flag: new Map(FLAGS.concat(CLEAN).map((flag) => [flag, 0])),
      requests: new Map(REQUESTS.map((name, i) => [name, tally.requests[i]])),
    };
    archive.units.forEach((unit, index) => {
      for (const code of archive.regions(index)) add(result.region, code, tally.region[index]);
      add(result.level, unit.level, tally.level[index]);
      add(result.kind, unit.kind, tally.kind[index]);
    });
    tally.flag.forEach((number, flags) => flagsOf(flags).forEach((name) => add(result.flag, name, number)));
    return result;
  }

  function add(map, key, number) {
    map.set(key, (map.get(key) || 0) + number);
  }

  /** In order: by rank, new years, place; or first by what `sort` says. */
  function sorted(archive, ranks, docs, sort) {
    const span = archive.lastYear - archive.firstYear + 1;
    const rank = (doc) => (ranks ? ranks[doc] : 0);
    const age = (doc) => archive.lastYear - archive.year[doc];
    const keys = {
      year: (doc) => age(doc) * 256 + rank(doc),
      "year-asc": (doc) => (span - age(doc)) * 256 + rank(doc),
    };
    const related = bucketed(docs, keys[sort] || ((doc) => rank(doc) * span + age(doc)));
    return sort === "requests" ? byRequests(archive, related) : related;
  }

  // Keys are few and small: counting is quicker than comparing, and keeps the order of equals.
  function bucketed(docs, key) {
    const keys = Uint32Array.from(docs, (doc) => key(doc));
    const starts = new Uint32Array(keys.reduce((a, b) => Math.max(a, b), 0) + 2);
    for (let i = 0; i < keys.length; i++) starts[keys[i] + 1]++;
    for (let i = 1; i < starts.length; i++) starts[i] += starts[i - 1];
    const result = new Uint32Array(docs.length);
    for (let i = 0; i < keys.length; i++) result[starts[keys[i]]++] = docs[i];
    return result;
  }

  function byRequests(archive, docs) {
    const most = archive.requests.reduce((a, b) => Math.max(a, b), 0);
    // The most first, unknown last; in the low part of the key the place so far.
    const keys = Float64Array.from(docs, (doc, i) => (most - archive.requests[doc]) * docs.length + i).sort();
    return Uint32Array.from(keys, (key) => docs[key % docs.length]);
  }

  nianbao.facets = { FACETS, select };
})();
