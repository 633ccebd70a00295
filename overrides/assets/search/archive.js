// The index's start file -> the archive: columns of all reports, names of units and places, labels of forms.
// Everything is measured before it is used: half a file must never look like a small archive.
(function () {
  "use strict";
  const scope = typeof self !== "undefined" ? self : globalThis;
  const nianbao = scope.nianbao || (scope.nianbao = {});

  const FORMAT = 1;
  const FIRST_LETTER = 97;
  const NAME = 8;
  const OWN = "本级";
  /** Between names that are kept as one text; no query holds it. */
  const SEPARATOR = "\u0001";

  const opened = new Map();

  /** The archive that a start file describes; `path` from the top of the site. Made once; forgotten if it fails. */
  function open(path) {
    if (!opened.has(path)) {
      opened.set(path, nianbao.files.json(path).then((data) => described(data, path)));
      opened.get(path).catch(() => opened.delete(path));
    }
    return opened.get(path);
  }

  function described(data, path) {
    try {
      return new Archive(data, path.slice(0, path.lastIndexOf("/") + 1));
    } catch (error) {
      throw new nianbao.files.Failure("broken", path, error.message);
    }
  }

  function must(held, what) {
    if (!held) throw new Error(what);
  }

  class Archive {
    constructor(data, folder) {
      must(data.format === FORMAT, "format");
      this.folder = folder;
      this.count = data.reports;
      this.shards = data.shards.match(/[^]{8}/g) || [];
      this.firsts = data.shards ? data.firsts.split("\n") : [];
      must(this.shards.length === this.firsts.length && this.shards.length * NAME === data.shards.length, "shards");
      must(this.firsts.every((term, i) => i === 0 || this.firsts[i - 1] < term), "shards");
      this.width = data.width;
      this.help = folder + data.help;
      this.both = data.both;
      this.forms = data.forms.map(([id, name, slug, labels]) => ({ id, name, slug, labels: labels.map(labelOf) }));
      this.kinds = data.kinds.map(([kind]) => kind);
      this.levels = data.levels;
      this.totals = data.totals;
      this.places = new Map(data.places);
      this.counties = new Map();
      this.units = unitsOf(data);
      this.flags = column(Uint8Array, data.flags, this.count, (digit) => parseInt(digit, 16), 16);
      this.form = column(Uint8Array, data.form_column, this.count, letter, this.forms.length);
      must(Array.isArray(data.requests), "requests");
      this.requests = column(Int32Array, data.requests, this.count, Number, Infinity, -1);
      this.fillYears(data);
    }

    fillYears(data) {
      this.year = new Uint16Array(this.count);
      this.unit = new Uint32Array(this.count);
      let doc = 0;
      this.units.forEach((unit, index) => {
        unit.first = doc;
        // Division, not shifts: a mask may have more than 32 bits.
        for (let mask = data.years[index], year = data.year; mask; mask = Math.floor(mask / 2), year++) {
          if (mask % 2 === 0) continue;
          must(doc < this.count, "years");
          this.year[doc] = year;
          this.unit[doc++] = index;
        }
        unit.size = doc - unit.first;
      });
      must(doc === this.count, "years");
      this.firstYear = doc ? this.year.reduce((a, b) => Math.min(a, b)) : 0;
      this.lastYear = doc ? this.year.reduce((a, b) => Math.max(a, b)) : -1;
    }

    /** The report's name in addresses and hooks: "330411103/2020". */
    id(doc) {
      return this.units[this.unit[doc]].id + "/" + this.year[doc];
    }

    /** Where the report's files stand: "units/330411103/2020/". */
    path(doc) {
      return "units/" + this.id(doc) + "/";
    }

    /** The codes of the regions a unit lies in, the largest first. */
    regions(index) {
      return this.county(index).regions;
    }

    /** The names of these regions, joined: "浙江省嘉兴市秀洲区", "浙江省嘉兴市本级". */
    chain(index) {
      return this.county(index).chain;
    }

    county(index) {
      const code = this.units[index].county;
      if (!this.counties.has(code)) {
        const regions = regionsOf(code);
        this.counties.set(code, { regions, chain: chainOf(regions.map((region) => this.places.get(region) || "")) });
      }
      return this.counties.get(code);
    }

    /** Normalised names by unit, made once: `own` (name and aliases) and `full` (regions and name). */
    names() {
      if (!this.spelt) {
        const own = this.units.map((unit) => [unit.name].concat(unit.aliases).join(SEPARATOR));
        const full = this.units.map((unit, index) => fullNames(this.chain(index), unit.name).join(SEPARATOR));
        this.spelt = { own: normalised(own), full: normalised(full) };
      }
      return this.spelt;
    }

    /** How a normalised phrase may be spelt here: as it is and, where it has traditional characters, simplified. */
    async spellings(phrase) {
      if (!Array.from(phrase).some((character) => isTraditional(character, this.both))) return [phrase];
      if (!this.table) this.table = await tableOf(this.help);
      const simple = Array.from(phrase, (character) => this.table.get(character) || character).join("");
      return simple === phrase ? [phrase] : [phrase, simple];
    }

    /** By number in the postings the unit's index, -1 for none; made once. */
    byNumber() {
      if (!this.numbered) {
        this.numbered = new Int32Array(this.units.reduce((most, unit) => Math.max(most, unit.number), -1) + 1).fill(-1);
        this.units.forEach((unit, index) => (this.numbered[unit.number] = index));
      }
      return this.numbered;
    }

    /** Each form's labels as they are searched, made once: [[{text, core, shown, figure}, …] by form]. */
    labels() {
      if (!this.labelled) this.labelled = this.forms.map((form) => form.labels.map(searched));
      return this.labelled;
    }
  }

  // A folder of a whole province (330000) is in no city.
  function regionsOf(code) {
    return [2, 4, 6].filter((n) => n <= code.length && !(n === 4 && code.slice(2, 4) === "00")).map((n) => code.slice(0, n));
  }

  // The folder of a city's own units is named after it: 嘉兴市本级 takes the place of 嘉兴市.
  function chainOf(names) {
    return names.filter((name, i) => !(names[i + 1] && names[i + 1].startsWith(name))).join("");
  }

  // People call the office of a city 嘉兴市教育局, whatever its folder is called.
  function fullNames(chain, name) {
    return chain.endsWith(OWN) ? [chain + name, chain.slice(0, -OWN.length) + name] : [chain + name];
  }

  let everyday = null; // the characters of GB 2312, the simplified ones in common use

  function isTraditional(character, both) {
    if (!nianbao.text.isHan(character)) return false;
    everyday = everyday || commonCharacters();
    return !everyday.has(character) || both.indexOf(character) >= 0;
  }

  function commonCharacters() {
    const bytes = [];
    for (let row = 0xb0; row <= 0xf7; row++) for (let cell = 0xa1; cell <= 0xfe; cell++) bytes.push(row, cell);
    try {
      return new Set(new TextDecoder("gbk").decode(Uint8Array.from(bytes)));
    } catch (error) {
      return new Set(); // not known here: any Chinese character may be a traditional one
    }
  }

  async function tableOf(path) {
    const pairs = Array.from((await nianbao.files.json(path)).traditional || []);
    if (pairs.length % 2) throw new nianbao.files.Failure("broken", path, "pairs");
    const table = new Map();
    for (let i = 0; i < pairs.length; i += 2) table.set(pairs[i], pairs[i + 1]);
    return table;
  }

  function labelOf([table, label, figure]) {
    return { table, label, figure };
  }

  // The core of a label is what people call it: without （一）, 1. or 一、 before and an explanation behind.
  function searched({ label, figure }) {
    const shown = label
      .replace(/^(?:[（(][一二三四五六七八九十]+[)）]|[一二三四五六七八九十]+、|[0-9]+[.．、])\s*/, "")
      .replace(/[（(][^（()）]*[)）]$/, "");
    return { text: nianbao.text.normalise(label), core: nianbao.text.normalise(shown), shown, figure };
  }

  // One call for all of them is much quicker than one for each.
  function normalised(names) {
    const line = "\u0002";
    return names.length ? nianbao.text.normalise(names.join(line)).split(line) : [];
  }

  function unitsOf(data) {
    const names = data.unit_names ? data.unit_names.split("\n") : [];
    const rests = names.length ? data.ids.split(",") : [];
    const counties = [];
    for (const [code, count, base] of data.counties) for (let i = 0; i < count; i++) counties.push([code, base + i]);
    for (const list of [rests, counties, data.unit_kinds, data.years]) must(list.length === names.length, "units");
    let last = -1;
    return names.map((name, index) => {
      const [county, number] = counties[index];
      must(number > last && number < Math.pow(2, data.width), "numbers");
      last = number;
      const kind = data.kinds[letter(data.unit_kinds[index])];
      must(kind, "kinds");
      const aliases = data.aliases[index] || [];
      return { id: county + rests[index], name, aliases, kind: kind[0], level: kind[1], county, number, first: 0, size: 0 };
    });
  }

  function letter(character) {
    return character.charCodeAt(0) - FIRST_LETTER;
  }

  /** A column of `count` whole numbers from `least` up to below `end`. */
  function column(Kind, values, count, read, end, least) {
    must(values.length === count, "columns");
    const filled = new Kind(count);
    for (let doc = 0; doc < count; doc++) {
      const value = read(values[doc]);
      must(value >= (least || 0) && value < end, "columns");
      filled[doc] = value;
    }
    return filled;
  }

  nianbao.archive = { open };
})();
