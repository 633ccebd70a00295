// What is compared <-> the page's address, so that a comparison can be kept, sent and gone back to.
(function () {
  "use strict";
  const scope = typeof self !== "undefined" ? self : globalThis;
  const nianbao = scope.nianbao || (scope.nianbao = {});

  const MOST = 6; // more columns than this nobody reads side by side
  const REPORT = /^(?=.{1,80}$)\d{6}(?:\d{3}|(?:-[a-z0-9]+)+)?\/\d{4}$/;
  const DIFFERENCES = ["left", "first", "none"];

  /** Two lists of ids as one without doubles, as far as there is room; `over`: those left out. */
  function joined(reports, added) {
    const all = Array.from(new Set(reports.concat(added)));
    return { reports: all.slice(0, MOST), over: Math.max(all.length - MOST, 0) };
  }

  /**
   * What an address asks for: `reports` by id ("330411103/2020") from left to right; those `added` to what was compared
   * before; the `column` of grids; the `difference` to which column; `some`: only rows that hold something. `over` and
   * `unread` count what was left out.
   */
  function parse(search) {
    const query = new URLSearchParams(search);
    const [given, added] = ["r", "add"].map((name) => query.getAll(name));
    const fits = (id) => REPORT.test(id);
    const found = joined([], given.filter(fits));
    found.added = added.filter(fits);
    found.unread = given.concat(added).filter((id) => !fits(id)).length;
    found.column = /^[a-z][a-z_]{0,20}$/.test(query.get("c") || "") ? query.get("c") : "total";
    found.difference = DIFFERENCES[Math.max(DIFFERENCES.indexOf(query.get("d")), 0)];
    found.some = query.get("z") === "1";
    return found;
  }

  /** "?r=…" without what is usual; "" when nothing is asked. Ids need no escaping, so that people can read them. */
  function write(state) {
    const parts = state.reports.map((id) => "r=" + id);
    if (state.column !== "total") parts.push("c=" + state.column);
    if (state.difference !== DIFFERENCES[0]) parts.push("d=" + state.difference);
    if (state.some) parts.push("z=1");
    return parts.length ? "?" + parts.join("&") : "";
  }

  nianbao.compare = { address: { MOST, joined, parse, write } };
})();
