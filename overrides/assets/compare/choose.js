// What a reader types -> the units that are meant, by the names and the help with pinyin and slips of the search.
(function () {
  "use strict";
  const nianbao = (typeof self !== "undefined" ? self : globalThis).nianbao;

  const SHOWN = 8;
  const ID = /(\d{6}(?:\d{3}|(?:-[a-z0-9]+)+)?)(?:\/\d{4})?(?=\/|$|[?#\s])/;
  const YEAR = /(?:19|20)\d{2}(?:年度?)?/g;
  const NOT = 4; // ranks: a name, its beginning, a part of it, a place it lies in

  function fit(own, full, word) {
    const names = own.split("\u0001");
    if (names.indexOf(word) >= 0) return 0;
    if (names.some((name) => name.startsWith(word))) return 1;
    return own.indexOf(word) >= 0 ? 2 : full.indexOf(word) >= 0 ? 3 : NOT;
  }

  // The units that fit every word in one of its spellings, the best first: their indexes in the archive.
  async function named(archive, text) {
    const words = text.split(/\s+/).map(nianbao.text.normalise).filter(Boolean);
    const spelt = await Promise.all(words.map((word) => archive.spellings(word)));
    const { own, full } = archive.names();
    const found = [];
    for (let unit = 0; spelt.length && unit < archive.units.length; unit++) {
      const ranks = spelt.map((word) => Math.min(...word.map((spelling) => fit(own[unit], full[unit], spelling))));
      if (Math.max(...ranks) < NOT) found.push([Math.min(...ranks), unit]);
    }
    return found.sort((a, b) => a[0] - b[0] || a[1] - b[1]).map((one) => one[1]);
  }

  async function meant(archive, text) {
    const hints = await nianbao.suggest.places(archive, text);
    const found = await Promise.all(hints.map((hint) => named(archive, hint.text)));
    return Array.from(new Set([].concat(...found)));
  }

  function years(archive, unit) {
    const { first, size } = archive.units[unit];
    return Array.from(archive.year.subarray(first, first + size));
  }

  /**
   * The units that a text means: {units: [{id, name, chain, years}], more: how many beyond those}. An id, or an address
   * that holds one, means just that unit; a year leaves those that have a report on it.
   */
  async function find(archive, text) {
    const id = ID.exec(text);
    const at = id ? archive.units.findIndex((unit) => unit.id === id[1]) : -1;
    if (at >= 0) return listed(archive, [at]);
    const words = text.replace(YEAR, " ").trim();
    const direct = await named(archive, words);
    const units = direct.length ? direct : await meant(archive, words);
    const wanted = (text.match(YEAR) || []).map((year) => Number(year.slice(0, 4)));
    return listed(archive, units.filter((unit) => wanted.every((year) => years(archive, unit).indexOf(year) >= 0)));
  }

  function listed(archive, found) {
    const units = found.slice(0, SHOWN).map((unit) => ({
      id: archive.units[unit].id,
      name: archive.units[unit].name,
      chain: archive.chain(unit),
      years: years(archive, unit),
    }));
    return { units, more: found.length - units.length };
  }

  nianbao.compare.choose = { find };
})();
