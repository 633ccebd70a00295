// A query as it was typed -> its terms.
(function () {
  "use strict";
  const scope = typeof self !== "undefined" ? self : globalThis;
  const nianbao = scope.nianbao || (scope.nianbao = {});

  const LONGEST = 2000;
  const MOST_TERMS = 32;
  // Control characters are in no report; half a surrogate pair is no character at all.
  const USELESS = /[\0-\u0008\u000e-\u001b\u007f]|[\ud800-\udfff]/gu;
  const BLANK = /[\s\u001c-\u001f\u0085]/;
  const QUOTES = { '"': '"', "“": "”", "「": "」", "『": "』" };

  /** The terms of a query as typed; `empty` when nothing is left to search for, `cut` when it was too long. */
  function parse(query) {
    const typed = String(query).replace(USELESS, "");
    const line = typed.slice(0, LONGEST);
    const terms = [];
    let at = 0;
    while (at < line.length && terms.length < MOST_TERMS) {
      if (BLANK.test(line[at])) {
        at++;
        continue;
      }
      const not = line[at] === "-" || line[at] === "－";
      const { text, end } = cut(line, not ? at + 1 : at);
      const phrase = nianbao.text.normalise(text);
      if (phrase) terms.push({ text, phrase, tokens: nianbao.text.tokens(phrase), not });
      at = end;
    }
    const left = typed.length > LONGEST || line.slice(at).trim() !== "";
    return { terms, empty: terms.length === 0, cut: left };
  }

  // Quotes are quotes only round a whole term: in a sentence that was pasted they are text. A straight one that
  // is not closed is still being typed.
  function cut(line, at) {
    const closing = QUOTES[line[at]];
    const close = closing ? line.indexOf(closing, at + 1) : -1;
    const next = line[close + 1];
    if (close > 0 && (next === undefined || BLANK.test(next) || QUOTES[next])) {
      return { text: line.slice(at + 1, close), end: close + 1 };
    }
    if (closing === '"' && close < 0) return { text: line.slice(at + 1), end: line.length };
    let end = at;
    while (end < line.length && !BLANK.test(line[end])) end++;
    return { text: line.slice(at, end), end };
  }

  nianbao.terms = { parse };
})();
