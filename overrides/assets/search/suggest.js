// 您是不是要找：names of units and places that a query in pinyin, or with a slip in it, may have meant.
(function () {
  "use strict";
  const scope = typeof self !== "undefined" ? self : globalThis;
  const nianbao = scope.nianbao || (scope.nianbao = {});
  const MOST = 5;
  const FEW = 2; // so many units of one name are told apart by their counties
  const LONGEST = 60; // longer queries are pasted sentences, not names
  const NONE = Infinity;
  // Ranks, best first. Below 1 more is added by how alike two characters are.
  const SOUND = 0, OTHER_TYPE = 1, SOUND_BEGINS = 2, CLOSE_SOUND = 3, SLIP = 4, WITHIN = 6;
  const UNSURE = 0.3; // added where the type of the place was not typed, or not right

  const indexes = new WeakMap(); // archive -> what is worked out of its names, once

  // Characters -> syllables, syllables -> characters. lü is typed lv and lu.
  function listen(index, table) {
    const add = (map, key, value) => (map.has(key) ? map.get(key).push(value) : map.set(key, [value]));
    Object.keys(table.pinyin).forEach((syllable) => {
      const sound = syllable.replace(/v/g, "u");
      for (const character of table.pinyin[syllable]) {
        add(index.sounds, character, sound);
        add(index.readers, sound, character);
      }
    });
  }

  function simplifier(table) {
    const simple = new Map();
    const characters = Array.from(table.traditional);
    for (let i = 0; i < characters.length; i += 2) simple.set(characters[i], characters[i + 1]);
    return simple;
  }

  function build(archive, table) {
    const index = {
      archive, simple: simplifier(table), sounds: new Map(), readers: new Map(), heard: new Map(), names: [],
      letters: new Map(), exact: new Set(), bearers: new Map(), totals: new Map(), lines: ""
    };
    listen(index, table);
    const lines = [];
    archive.units.forEach((unit, number) => {
      index.bearers.set(unit.name, (index.bearers.get(unit.name) || 0) + 1);
      index.totals.set(unit.name, (index.totals.get(unit.name) || 0) + unit.size);
      archive.regions(number).forEach((code) => {
        index.totals.set(code, (index.totals.get(code) || 0) + unit.size);
      });
      lines.push(archive.chain(number) + unit.name);
      [unit.name].concat(unit.aliases).forEach((name) => {
        if (name !== unit.name) lines.push(name);
        enter(index, { name, region: unit.id.slice(0, 6), unit: number, count: unit.size });
      });
    });
    archive.places.forEach((name, code) => {
      const count = index.totals.get(code) || 0;
      enter(index, { name, region: code, unit: -1, count });
      const short = nianbao.spelling.core(name) + name.slice(-1); // 恩施州, as everybody calls it, stands in no name
      if (/自治[州县旗]$/.test(name)) enter(index, { name: short, meant: name, region: code, unit: -1, count });
    });
    index.lines = lines.join("\n");
    return index;
  }

  function enter(index, entry) {
    entry.characters = Array.from(entry.name);
    entry.core = Array.from(nianbao.spelling.core(entry.name)).length;
    entry.bare = entry.characters.slice(0, entry.core);
    entry.suffix = entry.characters.slice(entry.core).join("");
    entry.sounds = entry.characters.map((c) => index.sounds.get(c) || []);
    entry.order = index.names.length;
    index.names.push(entry);
    if (!entry.meant) index.exact.add(entry.name).add(entry.bare.join(""));
    new Set(entry.sounds[0].map((s) => s[0])).forEach((letter) => {
      if (!index.letters.has(letter)) index.letters.set(letter, []);
      index.letters.get(letter).push(entry);
    });
  }

  // Every name that `match(entry, from)` ranks; and behind a place that `ends` finds at the head, names inside it.
  function collect(search, from, place, offer) {
    search.names(from).forEach((entry) => {
      if (place && !(entry.region.startsWith(place.region) && entry !== place)) return;
      const rank = search.match(entry, from);
      if (rank < NONE) offer(entry, rank, from > 0);
      if (entry.unit >= 0 || (place && entry.region === place.region)) return;
      search.ends(entry, from).forEach((end) => {
        if (search.length - end >= 2) collect(search, end, entry, offer);
      });
    });
  }

  function byPinyin(index, typed, offer) {
    if (typed.letters.length < 2 || typed.letters.length > LONGEST) return;
    collect({
      length: typed.letters.length,
      names: (from) => index.letters.get(typed.letters[from]) || [],
      match: (entry, from) => nianbao.spelling.rank(typed, entry, from),
      ends: (entry, from) => nianbao.spelling.ends(typed, entry, from)
    }, 0, null, offer);
  }

  // ------------------------------------------------------------------------------------------- slips

  // Sounds that many speakers do not tell apart: zh z, ang an, n l.
  function blurred(sound) {
    return sound.replace(/^([zcs])h/, "$1").replace(/^n/, "l").replace(/ng$/, "n");
  }

  // The characters that sound like this one; asked of every name, so kept.
  function homophones(index, character) {
    let found = index.heard.get(character);
    if (!found) {
      found = new Set([character]);
      (index.sounds.get(character) || []).forEach((sound) => index.readers.get(sound).forEach((c) => found.add(c)));
      index.heard.set(character, found);
    }
    return found;
  }

  function nearness(index, a, b) {
    const yours = index.sounds.get(b) || [];
    const near = (sound) => yours.some((other) => blurred(sound) === blurred(other));
    return (index.sounds.get(a) || []).some(near) ? CLOSE_SOUND : SLIP;
  }

  // Whether the first `length` characters of a name sound like what was typed from `from` on.
  function sameSound(index, typed, from, name, length) {
    for (let i = 0; i < length; i += 1) {
      if (typed[from + i] !== name[i] && !homophones(index, typed[from + i]).has(name[i])) return false;
    }
    return true;
  }

  // One slip between two lists of characters: a wrong one, two swapped, one too many or too few.
  function slip(index, a, b) {
    const most = Math.max(a.length, b.length);
    if (most - Math.min(a.length, b.length) > 1) return NONE;
    let head = 0;
    let tail = 0;
    while (head < most && a[head] === b[head]) head += 1;
    while (tail < most - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail += 1;
    const left = most - head - tail;
    if (a.length !== b.length) return left <= 1 ? SLIP : NONE;
    if (left === 2 && a[head] === b[head + 1] && a[head + 1] === b[head]) return SLIP;
    if (left !== 1) return NONE;
    // Characters of one radical stand together in Unicode, and are easily taken for each other.
    const apart = Math.min(Math.abs(a[head].codePointAt(0) - b[head].codePointAt(0)), 9999) / 20000;
    return nearness(index, a[head], b[head]) + 0.1 + apart;
  }

  function similar(index, typed, entry) {
    const name = entry.characters;
    const bare = entry.bare;
    const list = typed.list;
    const hears = (written, length) => written.length >= length && sameSound(index, written, 0, name, length);
    if ((list.length === name.length || list.length === bare.length) && hears(list, list.length)) return SOUND;
    if (typed.stem.length === bare.length && hears(typed.stem, bare.length)) return OTHER_TYPE;
    if (list.length < bare.length && hears(list, list.length)) return SOUND_BEGINS;
    const type = entry.suffix.length;
    if (type && list.length > type + 1 && typed.text.endsWith(entry.suffix)) {
      return slip(index, list.slice(0, list.length - type), bare);
    }
    if (bare.length === 2) return name.length > 3 ? slip(index, list, name) + UNSURE : NONE;
    return Math.min(slip(index, list, bare), slip(index, typed.stem, bare), slip(index, list, name)) + UNSURE;
  }

  function written(list) {
    const text = list.join("");
    return { list, text, stem: Array.from(nianbao.spelling.core(text)) };
  }

  function byCharacters(index, typed, offer) {
    const whole = written(typed);
    const found = index.lines.indexOf(whole.text) >= 0;
    if (index.exact.has(whole.text) || (found && typed.length > 3)) return;
    const rests = new Map([[0, whole]]);
    collect({
      length: typed.length,
      names: (from) => {
        if (!rests.has(from)) rests.set(from, written(typed.slice(from)));
        return index.names;
      },
      match: (entry, from) => {
        const rank = similar(index, rests.get(from), entry);
        if (rank < NONE) return found && rank >= OTHER_TYPE ? NONE : rank;
        const within = !found && entry.characters.length > 2 && whole.text.indexOf(entry.name) >= 0;
        return within ? WITHIN - entry.region.length / 10 : NONE;
      },
      ends: (entry, from) => {
        return [entry.core, entry.characters.length].filter((length) => {
          return typed.length - from > length && sameSound(index, typed, from, entry.characters, length);
        }).map((length) => from + length);
      }
    }, 0, null, offer);
  }

  // --------------------------------------------------------------------------------------- suggestions

  // What to search for: the name; with the name of its county before it where a few units are called so.
  function wording(index, entry, behindPlace) {
    if (entry.unit < 0) return entry.meant || entry.name;
    const archive = index.archive;
    const name = archive.units[entry.unit].name;
    const bearers = index.bearers.get(name);
    if (bearers === 1 || (bearers > FEW && !behindPlace)) return name;
    const chain = archive.chain(entry.unit);
    const regions = archive.regions(entry.unit).map((code) => archive.places.get(code) || "");
    return (regions.filter((place) => chain.endsWith(place)).pop() || "") + name;
  }

  function suggestions(index, query) {
    const offers = [];
    const offer = (entry, rank, behindPlace) => {
      const many = entry.unit >= 0 && !behindPlace && index.bearers.get(index.archive.units[entry.unit].name) > FEW;
      const count = many ? index.totals.get(index.archive.units[entry.unit].name) : entry.count;
      offers.push({ entry, rank, behindPlace, count });
    };
    const typed = nianbao.spelling.read(query);
    if (typed) byPinyin(index, typed, offer);
    else runs(index, query).forEach((run) => byCharacters(index, run, offer));
    offers.sort((a, b) => a.rank - b.rank || b.count - a.count || a.entry.order - b.entry.order);
    const best = new Map();
    for (let i = 0; i < offers.length && best.size < MOST; i += 1) {
      const { entry, behindPlace, count } = offers[i];
      const text = wording(index, entry, behindPlace);
      if (text !== query && !best.has(text)) best.set(text, { text, kind: entry.unit < 0 ? "place" : "unit", count });
    }
    return Array.from(best.values());
  }

  // The runs of Han characters in a query, simplified; together too: a blank may stand between place and unit.
  function runs(index, query) {
    const parted = query.replace(/[0-9０-９]+年?/g, " ").replace(/\s+/g, "|");
    const words = nianbao.text.normalise(parted).split("|").map((word) => {
      return Array.from(word).filter(nianbao.text.isHan).map((c) => index.simple.get(c) || c);
    });
    const all = words.length > 1 ? words.concat([[].concat.apply([], words)]) : words;
    return all.filter((run) => run.length >= 2 && run.length <= LONGEST);
  }

  // The names a query may have meant: [{text, kind, count}], the likeliest first.
  async function places(archive, query) {
    if (!nianbao.spelling.read(query) && !Array.from(query).some(nianbao.text.isHan)) return [];
    if (!indexes.has(archive)) indexes.set(archive, build(archive, await nianbao.files.json(archive.help)));
    return suggestions(indexes.get(archive), query);
  }

  nianbao.suggest = { places };
})();
