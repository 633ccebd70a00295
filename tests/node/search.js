// The search's scripts outside a browser: one JSON request on each line of stdin, one JSON answer on each of stdout.
// The site they read is a folder; `host` says what its host does to files. What fails is answered as {failed: …}.
"use strict";

const fs = require("fs");
const path = require("path");
const readline = require("readline");
const vm = require("vm");

const SCRIPTS = ["text", "files", "inflate", "archive", "postings", "terms", "query", "facets", "blocks", "confirm"];
const FOLDER = path.join(__dirname, "..", "..", "overrides", "assets", "search");
const { DecompressionStream } = globalThis;
let site = "";
let host = {};
let fetched = [];

/** Load the scripts afresh: nothing that was kept of an earlier site is left. */
function load() {
  delete globalThis.nianbao;
  for (const name of SCRIPTS) {
    const file = path.join(FOLDER, name + ".js");
    vm.runInThisContext(fs.readFileSync(file, "utf8"), { filename: file });
  }
  globalThis.nianbao.files.start("top/");
}

globalThis.fetch = async (address) => {
  fetched.push(address.replace(/^top\//, ""));
  if (host.unreachable) throw new TypeError("unreachable");
  const file = path.join(site, address.replace(/^top\//, ""));
  if (!fs.existsSync(file)) return new Response(host.page || "", { status: host.page ? 200 : host.status || 404 });
  return new Response(sent(fs.readFileSync(file)), { status: 200 });
};

function sent(data) {
  if (host.unpacks && data[0] === 0x1f && data[1] === 0x8b) data = require("zlib").gunzipSync(data);
  return "cuts" in host ? data.subarray(0, Math.floor(data.length * host.cuts)) : data;
}

// As much of a document as loading a script takes, for file://.
function page() {
  const head = {
    appendChild(element) {
      const file = path.join(site, element.src.replace(/^top\//, ""));
      fetched.push(element.src.replace(/^top\//, ""));
      if (!fs.existsSync(file)) return queueMicrotask(element.onerror);
      vm.runInThisContext(fs.readFileSync(file, "utf8"));
      return queueMicrotask(element.onload);
    },
  };
  return { head, createElement: () => ({ remove() {} }), fragmentDirective: {} };
}

const ANSWERS = {
  /** Begin anew with another site. */
  site(request) {
    site = request.folder;
    host = request.host || {};
    globalThis.location = host.local ? { protocol: "file:" } : { protocol: "https:" };
    globalThis.document = host.local || host.fragments ? page() : undefined;
    globalThis.DecompressionStream = host.old ? undefined : DecompressionStream;
    load();
    return null;
  },
  text: ({ call, values }) => values.map((value) => nianbao.text[call](...[].concat(value))),
  inflate: ({ values }) =>
    values.map((value) => {
      try {
        return Buffer.from(nianbao.inflate(new Uint8Array(Buffer.from(value, "base64")))).toString("base64");
      } catch (error) {
        if (!error.message.startsWith("gzip: ")) throw error;
        return null;
      }
    }),
  parse: ({ query }) => nianbao.terms.parse(query),
  async archive({ start }) {
    const archive = await nianbao.archive.open(start);
    const ids = Array.from({ length: archive.count }, (_, doc) => archive.id(doc));
    const columns = ["year", "unit", "form", "flags", "requests"].map((name) => [name, Array.from(archive[name])]);
    const chains = archive.units.map((_, index) => [archive.regions(index), archive.chain(index)]);
    return { ids, units: archive.units, chains, columns: Object.fromEntries(columns) };
  },
  async lookup({ start, terms }) {
    const found = await nianbao.postings.lookup(await nianbao.archive.open(start), terms);
    return Array.from(found, ([term, zones]) => [term, zones.map((column) => column && Array.from(column))]);
  },
  async run({ start, query, options }) {
    const archive = await nianbao.archive.open(start);
    fetched = [];
    const found = await nianbao.query.run(archive, query, options);
    return { ...found, ranks: found.ranks && Array.from(found.ranks), fetched };
  },
  async select({ start, query, filters }) {
    const archive = await nianbao.archive.open(start);
    const { ranks } = await nianbao.query.run(archive, query || "");
    const { docs, counts } = nianbao.facets.select(archive, ranks, filters || {});
    const named = Object.entries(counts).map(([facet, map]) => [facet, Object.fromEntries(map)]);
    return { docs: Array.from(docs, (doc) => archive.id(doc)), counts: Object.fromEntries(named) };
  },
  /** Every report the query leads to, looked up in its own text. */
  async examine({ start, query, options }) {
    const archive = await nianbao.archive.open(start);
    const { ranks, terms } = await nianbao.query.run(archive, query, options);
    const docs = Array.from({ length: archive.count }, (_, doc) => doc).filter((doc) => !ranks || ranks[doc] !== 255);
    const seen = await Promise.all(docs.map((doc) => nianbao.confirm.examine(archive, doc, terms)));
    return Object.fromEntries(docs.map((doc, i) => [archive.id(doc), seen[i]]));
  },
  /** What is searched of a report.json: by zone its blocks, normalised. */
  async blocks({ start, report }) {
    const archive = await nianbao.archive.open(start);
    const zones = [[], [], [], []];
    for (const { zone, normal } of nianbao.blocks.of(archive, 0, report)) zones[zone].push(normal);
    return zones;
  },
  async time({ start, queries }) {
    const archive = await nianbao.archive.open(start);
    const once = async (query) => {
      const begun = performance.now();
      const { ranks } = await nianbao.query.run(archive, query);
      nianbao.facets.select(archive, ranks, {});
      return performance.now() - begun;
    };
    for (const query of queries) await once(query);
    const taken = [];
    for (const query of queries) taken.push(await once(query));
    return taken;
  },
  /** Whether a script is ECMAScript of a year: nothing, or what is wrong with it. */
  syntax({ file, version }) {
    try {
      require("acorn").parse(fs.readFileSync(file, "utf8"), { ecmaVersion: version, sourceType: "script" });
      return "";
    } catch (error) {
      return String(error.message);
    }
  },
};

async function main() {
  load();
  for await (const line of readline.createInterface({ input: process.stdin })) {
    const request = JSON.parse(line);
    let answer;
    try {
      answer = { given: await ANSWERS[request.ask](request) };
    } catch (error) {
      answer = { failed: error.kind || String(error.stack), path: error.path, why: error.message };
    }
    process.stdout.write(JSON.stringify(answer) + "\n");
  }
}

main();
