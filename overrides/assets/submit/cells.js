// What stands in a cell -> what it is, as the checker reads it: a number, blank, lost, a dash, 无, or words.
(function () {
  "use strict";
  const { submit } = (typeof self !== "undefined" ? self : globalThis).nianbao;
  const { language, number } = submit;

  function bare(raw) {
    const words = language.known("cells");
    if (raw === "") return { state: "blank" };
    if (raw === words.missing) return { state: "missing" };
    if (words.nought.indexOf(raw) >= 0) return { state: "number", value: number.NOUGHT };
    if (words.dash.indexOf(raw) >= 0) return { state: "dash" };
    return words.na.indexOf(raw) >= 0 ? { state: "na" } : null;
  }

  /** The cell of a column in which `raw` stands: {raw, state, value}; `value` is null but for a number. */
  function read(raw, column) {
    let found = bare(raw);
    if (!found) {
      const match = language.fits("number", raw);
      const counts = match && (!match[2] || column.money);
      found = counts ? { state: "number", value: number.read(match[1]) } : { state: "text" };
    }
    return Object.assign({ raw, value: null }, found);
  }

  /** What a person typed or a program copied, as it goes into a cell; "~" is how a file writes a blank. */
  function typed(text) {
    const tidy = text.replace(/[\s\u200b\ufeff]+/g, " ").trim();
    return tidy === "~" ? "" : tidy;
  }

  submit.cells = { read, typed };
})();
