// What is asked <-> the page's address, so that a search can be kept, sent and gone back to.
(function () {
  "use strict";
  const scope = typeof self !== "undefined" ? self : globalThis;
  const nianbao = scope.nianbao || (scope.nianbao = {});
  const { FACETS } = nianbao.facets;
  const SORTS = ["relevance", "year", "year-asc", "requests"];
  const PAGE = 10;
  const MOST = 500;
  // What an address may say; anything else in it is left out, as if it were not there.
  const ALLOWED = {
    year: /^\d{4}$/,
    region: /^\d{2}(?:\d{2}){0,2}$/,
    flag: /^(?:errors|warnings|waived|clean)$/,
    requests: /^(?:some|none|unknown)$/,
  };

  function blank(q) {
    const filters = {};
    FACETS.forEach((facet) => (filters[facet] = []));
    return { q: q || "", figure: "", zone: "", filters, sort: "relevance", n: PAGE };
  }

  // A copy with some parts changed; `filters` replaces only the facets it names. Always back to the first results.
  function change(state, parts) {
    const next = Object.assign({}, state, { n: PAGE }, parts);
    next.filters = Object.assign({}, state.filters, parts.filters);
    return next;
  }

  function several(query, facet) {
    const found = [];
    query.getAll(facet).forEach((given) =>
      given.split(",").forEach((part) => {
        const value = part.trim();
        const fits = !ALLOWED[facet] || ALLOWED[facet].test(value);
        if (value && fits && found.indexOf(value) < 0) found.push(value);
      })
    );
    return found;
  }

  function count(given) {
    const n = /^\d{1,4}$/.test(given || "") ? Number(given) : PAGE;
    return Math.min(Math.max(n, PAGE), MOST);
  }

  function parse(search) {
    const query = new URLSearchParams(search);
    const state = blank((query.get("q") || "").trim());
    FACETS.forEach((facet) => (state.filters[facet] = several(query, facet)));
    if (/^\w+(?:\.\w+)+$/.test(query.get("figure") || "")) state.figure = query.get("figure");
    if (query.get("zone") === "text") state.zone = "text";
    if (SORTS.indexOf(query.get("sort")) > 0) state.sort = query.get("sort");
    state.n = count(query.get("n"));
    return state;
  }

  // "?q=…" without defaults; "" when nothing is asked.
  function address(state) {
    const query = new URLSearchParams();
    if (state.q.trim()) query.set("q", state.q.trim());
    FACETS.forEach((facet) => state.filters[facet].forEach((value) => query.append(facet, value)));
    if (state.figure) query.set("figure", state.figure);
    if (state.zone) query.set("zone", state.zone);
    if (state.sort !== SORTS[0]) query.set("sort", state.sort);
    if (state.n !== PAGE) query.set("n", String(state.n));
    const text = query.toString();
    return text && "?" + text;
  }

  function chosen(state) {
    return FACETS.reduce((sum, facet) => sum + state.filters[facet].length, 0);
  }

  // Whether anything is asked at all: words, a filter, or merely an order of the whole archive.
  function active(state) {
    return Boolean(!nianbao.terms.parse(state.q).empty || chosen(state) || state.figure || state.sort !== SORTS[0]);
  }

  nianbao.state = { FACETS, PAGE, MOST, blank, change, parse, address, chosen, active };
})();
