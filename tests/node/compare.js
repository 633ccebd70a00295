// The comparison's scripts outside a browser: one JSON request on each line of stdin, one JSON answer on each of stdout.
// What fails is answered as {failed: …}. The site they read is a folder.
"use strict";

const fs = require("fs");
const path = require("path");
const readline = require("readline");
const vm = require("vm");

const ASSETS = path.join(__dirname, "..", "..", "overrides", "assets");
const SEARCH = ["text", "files", "inflate", "archive", "spelling", "suggest"];
const COMPARE = ["address", "rows", "columns", "choose"];
let site = "";

globalThis.location = { protocol: "https:" };
globalThis.fetch = async (address) => {
  const file = path.join(site, address);
  if (!fs.existsSync(file)) return new Response("", { status: 404 });
  return new Response(fs.readFileSync(file), { status: 200 });
};

/** Load the scripts afresh: nothing that was kept of an earlier site is left. */
function load() {
  delete globalThis.nianbao;
  for (const name of [...SEARCH.map((one) => "search/" + one), ...COMPARE.map((one) => "compare/" + one)]) {
    const file = path.join(ASSETS, name + ".js");
    vm.runInThisContext(fs.readFileSync(file, "utf8"), { filename: file });
  }
  nianbao.files.start("");
}

const ANSWERS = {
  /** Begin anew with another site. */
  site({ folder }) {
    site = folder;
    load();
    return null;
  },
  parse: ({ values }) => values.map((value) => nianbao.compare.address.parse(value)),
  write: ({ values }) => values.map((value) => nianbao.compare.address.write(value)),
  merged: ({ values }) =>
    values.map((lists) => nianbao.compare.rows.merged(lists.map((list) => list.map((key) => ({ key })))).map(({ key }) => key)),
  nested: ({ tables, column }) =>
    nianbao.compare.rows.nested(tables.map((table) => nianbao.compare.rows.figures(table, column))),
  figures: ({ table, column }) => nianbao.compare.rows.figures(table, column),
  choices: ({ table }) => nianbao.compare.rows.choices(table),
  difference: ({ values }) => values.map((value) => nianbao.compare.rows.difference(...value)),
  /** For each row of a table of two reports: what stands in it, and whether its figures mean the same. */
  async aligned({ ids, table, column }) {
    const reports = await Promise.all(ids.map(nianbao.compare.columns.column));
    const same = await nianbao.compare.columns.same();
    return nianbao.compare.rows.aligned(table, reports, column).map((row) => ({
      key: row.key,
      labels: row.labels,
      cells: row.cells.map((one) => one && one.cell),
      alike: row.cells.every(Boolean) && nianbao.compare.rows.alike(table, row.cells[0], row.cells[1], same),
    }));
  },
  column: ({ id }) => nianbao.compare.columns.column(id),
  async parts({ ids }) {
    return nianbao.compare.rows.parts(await Promise.all(ids.map(nianbao.compare.columns.column)));
  },
  async find({ start, values }) {
    const archive = await nianbao.archive.open(start);
    const found = [];
    for (const value of values) found.push(await nianbao.compare.choose.find(archive, value));
    return found;
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
      answer = { failed: error.kind || String(error.stack), path: error.path };
    }
    process.stdout.write(JSON.stringify(answer) + "\n");
  }
}

main();
