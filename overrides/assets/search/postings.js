// Terms -> the reports that hold them, zone by zone, from the index's shards (see build_tools/search/shards.py).
(function () {
  "use strict";
  const scope = typeof self !== "undefined" ? self : globalThis;
  const nianbao = scope.nianbao || (scope.nianbao = {});

  const MAGIC = [0x4e, 0x42, 0x53, 0x31]; // NBS1
  const ZONES = 4;
  const PROSE = 2;
  const MOST_BITS = 24; // of a number in the lists; more are never written
  const parsed = new WeakMap(); // bytes of a shard -> its terms; bytes are kept by files.js

  /** For each term, by zone, a column of 0 and 1 over all reports, or null where no report holds it there. */
  async function lookup(archive, terms) {
    const wanted = new Map(Array.from(new Set(terms), (term) => [term, shardsOf(archive, term)]));
    const numbers = new Set([].concat(...wanted.values()));
    const shards = new Map();
    await Promise.all(Array.from(numbers, async (number) => shards.set(number, await load(archive, number))));
    return new Map(Array.from(wanted, ([term, own]) => [term, columns(archive, term, own.map((number) => shards.get(number)))]));
  }

  // One token alone stands wherever a term begins with it; any other term only where it is itself.
  function isAlone(term) {
    return nianbao.text.tokens(term).length === 1;
  }

  /** The shards a term may be in: shards follow each other as strings are compared. */
  function shardsOf(archive, term) {
    const { firsts } = archive;
    let low = 0;
    for (let high = firsts.length; low < high; ) {
      const middle = (low + high) >> 1;
      if (firsts[middle] <= term) low = middle + 1;
      else high = middle;
    }
    const found = low > 0 ? [low - 1] : [];
    if (isAlone(term)) for (; low < firsts.length && firsts[low].startsWith(term); low++) found.push(low);
    return found;
  }

  async function load(archive, number) {
    const path = archive.folder + archive.shards[number] + ".bin";
    const bytes = await nianbao.files.bytes(path);
    return guarded(path, () => {
      if (!parsed.has(bytes)) parsed.set(bytes, parse(bytes));
      const shard = parsed.get(bytes);
      must(shard.terms[0] === archive.firsts[number], "another shard");
      return { path, shard };
    });
  }

  function guarded(path, work) {
    try {
      return work();
    } catch (error) {
      throw new nianbao.files.Failure("broken", path, error.message);
    }
  }

  function must(held, what) {
    if (!held) throw new Error(what);
  }

  // --- a shard: its terms, and where their lists are ----------------------------------------------------

  // The whole shard is measured, so that one cut short is known for it whatever term is wanted.
  function parse(bytes) {
    let at = 0;
    const byte = () => {
      must(at < bytes.length, "truncated");
      return bytes[at++];
    };
    const number = () => {
      let value = 0;
      for (let scale = 1; ; scale *= 128) {
        const part = byte();
        value += (part & 127) * scale;
        if (part < 128) return value;
      }
    };
    must(MAGIC.every((one) => byte() === one), "magic");
    const terms = new Array(within(number(), bytes));
    const decoder = new TextDecoder("utf-8", { fatal: true });
    for (let i = 0, last = ""; i < terms.length; i++) {
      const shared = begin(last, number());
      const size = number();
      const end = at + size;
      must(end <= bytes.length, "truncated");
      last = terms[i] = shared + decoder.decode(bytes.subarray(at, end));
      at = end;
    }
    const ends = new Uint32Array(terms.length + 1);
    for (let i = 0; i < terms.length; i++) ends[i + 1] = ends[i] + number();
    must(at + ends[terms.length] === bytes.length, "length");
    return { terms, ends, lists: bytes.subarray(at), places: new Map(terms.map((term, i) => [term, i])) };
  }

  // No more terms than bytes: a wrong number takes no memory.
  function within(count, bytes) {
    must(count > 0 && count <= bytes.length, "count");
    return count;
  }

  // Counted in characters, of which some are two places long.
  function begin(text, count) {
    return /[\ud800-\udbff]/.test(text) ? Array.from(text).slice(0, count).join("") : text.slice(0, count);
  }

  // --- lists of reports ----------------------------------------------------------------------------------

  function columns(archive, term, shards) {
    const found = [null, null, null, null];
    for (const { path, shard } of shards) {
      for (const place of isAlone(term) ? beginning(shard, term) : [shard.places.get(term)]) {
        if (place !== undefined) guarded(path, () => add(archive, shard, place, found));
      }
    }
    return found;
  }

  /** The places of the terms whose first token this is: 12年, not 1月 for 1; and no figure's row for #. */
  function beginning(shard, token) {
    const places = [];
    const whole = !/^[0-9#]/.test(token);
    shard.terms.forEach((term, place) => {
      if (!term.startsWith(token)) return;
      const [first, , third] = whole ? [token] : nianbao.text.tokens(term);
      if (first === token && third === undefined) places.push(place);
    });
    return places;
  }

  function add(archive, shard, place, found) {
    const bits = new Bits(shard.lists, shard.ends[place], shard.ends[place + 1]);
    // Most terms stand in prose alone, which has a short sign.
    const zones = bits.take(1) ? 1 << (ZONES - 1 - PROSE) : bits.take(ZONES);
    for (let zone = 0; zone < ZONES; zone++) {
      if (!(zones & (1 << (ZONES - 1 - zone)))) continue;
      found[zone] = listed(archive, bits, found[zone]);
    }
    bits.finish();
  }

  /** The column with the reports of one more list. */
  function listed(archive, bits, column) {
    if (bits.take(1) === 0) return marked(archive, bits, bits.gamma(), column || new Uint8Array(archive.count), 1);
    const others = marked(archive, bits, bits.gamma() - 1, new Uint8Array(archive.count).fill(1), 0);
    for (let doc = 0; column && doc < others.length; doc++) others[doc] |= column[doc];
    return others;
  }

  // The reports of `count` units; one alone is named in full, several by the gaps between them.
  function marked(archive, bits, count, column, value) {
    const units = archive.byNumber();
    const low = count > 1 ? bits.take(5) : 0;
    must(low <= MOST_BITS, "gaps");
    for (let left = count, number = -1; left > 0; left--) {
      number += 1 + (count > 1 ? ((bits.gamma() - 1) << low) + bits.take(low) : bits.take(archive.width));
      mark(column, archive.units[units[number]], bits, value);
    }
    return column;
  }

  /** Which of a unit's reports: all, one, or a bit for each, the oldest last. */
  function mark(column, unit, bits, value) {
    must(unit !== undefined, "unknown unit");
    const { first, size } = unit;
    if (size === 1) column[first] = value;
    else if (bits.take(1) === 0) column[first + bits.choice(size)] = value;
    else if (bits.take(1) === 0) column.fill(value, first, first + size);
    else for (let nth = size - 1; nth >= 0; nth--) if (bits.take(1)) column[first + nth] = value;
  }

  /** Reads bits, the highest of a byte first; running beyond the end is an error. */
  class Bits {
    constructor(bytes, start, end) {
      this.bytes = bytes;
      this.at = start * 8;
      this.end = end * 8;
    }

    take(count) {
      must(this.at + count <= this.end, "truncated");
      let value = 0;
      for (let left = count; left > 0; ) {
        const offset = this.at & 7;
        const part = Math.min(8 - offset, left);
        value = (value << part) | ((this.bytes[this.at >> 3] >> (8 - offset - part)) & ((1 << part) - 1));
        this.at += part;
        left -= part;
      }
      return value;
    }

    // A number from 1: as many noughts as bits follow the leading one.
    gamma() {
      const { bytes, at } = this;
      const byte = at >> 3;
      const next = (bytes[byte] << 24) | (bytes[byte + 1] << 16) | (bytes[byte + 2] << 8) | bytes[byte + 3];
      const noughts = Math.clz32(next << (at & 7));
      must(noughts <= MOST_BITS, "number");
      this.at += noughts;
      return this.take(noughts + 1);
    }

    // One of so many, the first ones in a bit less where they are no power of two.
    choice(count) {
      const width = 32 - Math.clz32(count - 1);
      const short = (1 << width) - count;
      const value = this.take(width - 1);
      return value < short ? value : value * 2 + this.take(1) - short;
    }

    finish() {
      must(this.end - this.at < 8 && this.take(this.end - this.at) === 0, "length");
    }
  }

  nianbao.postings = { lookup };
})();
