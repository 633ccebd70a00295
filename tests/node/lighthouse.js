// Lighthouse over some pages in one browser: node lighthouse.js < {chrome, flags, pages: [[name, url]…], settings}.
// Prints a line of JSON for each page: its marks, what kept it from full marks, and its figures of time.
"use strict";
const { pathToFileURL } = require("node:url");

const TIMES = ["first-contentful-paint", "largest-contentful-paint", "speed-index", "total-blocking-time", "cumulative-layout-shift"];

const module_ = (name) => import(pathToFileURL(require.resolve(name)));

/** The audits that count for a category and are not passed in full. */
function faults(lhr) {
  const counted = Object.values(lhr.categories).flatMap((category) => category.auditRefs.filter((ref) => ref.weight > 0));
  const ids = [...new Set(counted.map((ref) => ref.id))];
  return ids
    .map((id) => lhr.audits[id])
    .filter((audit) => audit.score !== null && audit.score < 1 && !TIMES.includes(audit.id))
    .map((audit) => [audit.id, audit.title, nodes(audit)]);
}

function nodes(audit) {
  const items = (audit.details && audit.details.items) || [];
  return items.slice(0, 3).map((item) => (item.node && item.node.snippet) || item.description || item.source || "");
}

async function main(asked) {
  const { default: lighthouse } = await module_("lighthouse");
  const { launch } = await module_("chrome-launcher");
  const chrome = await launch({ chromePath: asked.chrome, chromeFlags: asked.flags, ignoreDefaultFlags: false });
  try {
    for (const [name, url] of asked.pages) {
      const { lhr } = await lighthouse(url, { port: chrome.port, output: "json", logLevel: "error" }, { extends: "lighthouse:default", settings: asked.settings });
      if (lhr.runtimeError) throw new Error(`${url}: ${lhr.runtimeError.message}`);
      const marks = Object.fromEntries(Object.entries(lhr.categories).map(([id, category]) => [id, Math.round(category.score * 100)]));
      const times = Object.fromEntries(TIMES.map((id) => [id, lhr.audits[id] ? lhr.audits[id].numericValue : null]));
      console.log(JSON.stringify({ name, marks, faults: faults(lhr), times }));
    }
  } finally {
    await chrome.kill();
  }
}

let text = "";
process.stdin.on("data", (part) => (text += part));
process.stdin.on("end", () => main(JSON.parse(text)).catch((error) => {
  console.error(error);
  process.exitCode = 1;
}));
