// Text -> what is compared of it: the exact twin of build_tools/search/text.py, which is the truth.
(function () {
  "use strict";
  const scope = typeof self !== "undefined" ? self : globalThis;
  const nianbao = scope.nianbao || (scope.nianbao = {});

  // NFKC makes ① a 1 and ² a 2, which would grow together with figures beside them.
  const FOLDED = new RegExp(
    "[^\u00b2\u00b3\u00b9\u00bc-\u00be\u2070-\u2079\u2080-\u2089\u2150-\u215f\u2189\u2460-\u249b\u24ea-\u24ff" +
      "\u2776-\u2793\u3220-\u3229\u3248-\u324f\u3251-\u325f\u3280-\u3289\u32b1-\u32cb\u3358-\u33fe]+",
    "g"
  );
  const UNSEEN = /[\u00ad\u180e\u200b-\u200f\u2060\ufe0e\ufe0f\ufeff]+/g;
  // Written out: what \s means is not quite the same here and in Python.
  const SPACE = /[\t-\r\u001c- \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/g;
  const BETWEEN = /^[a-z0-9]$/;
  const TOKEN = /[0-9]+|[^]/gu;
  const DIGIT = /^[0-9]$/;
  const HAN = /^[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u{20000}-\u{3ffff}]$/u;

  /** The first half of `normalise`: one writing for what only looks different, white space as it is. */
  function fold(text) {
    return text.replace(FOLDED, (run) => run.normalize("NFKC")).replace(UNSEEN, "").toLowerCase();
  }

  /** The white space of folded text, piece by piece: `each(start, end, kept)`; kept is a blank or nothing. */
  function spaces(folded, each) {
    SPACE.lastIndex = 0;
    for (let found = SPACE.exec(folded); found; found = SPACE.exec(folded)) {
      const end = found.index + found[0].length;
      const kept = BETWEEN.test(folded.charAt(found.index - 1)) && BETWEEN.test(folded.charAt(end));
      each(found.index, end, kept ? " " : "");
    }
  }

  /** Text as it is compared: NFKC, lower case, no white space but one blank between ASCII letters or digits. */
  function normalise(text) {
    const folded = fold(text);
    let squeezed = "";
    let from = 0;
    spaces(folded, (start, end, kept) => {
      squeezed += folded.slice(from, start) + kept;
      from = end;
    });
    return squeezed + folded.slice(from);
  }

  /** A run of digits is one token, every other character is one. */
  function tokens(normalised) {
    return normalised.match(TOKEN) || [];
  }

  /** Where a phrase begins in a text, both normalised; -1: not there. A number is found only whole. */
  function find(text, phrase, from) {
    const first = DIGIT.test(phrase.charAt(0));
    const last = DIGIT.test(phrase.charAt(phrase.length - 1));
    for (let at = text.indexOf(phrase, from || 0); at >= 0; at = text.indexOf(phrase, at + 1)) {
      const cut = (first && DIGIT.test(text.charAt(at - 1))) || (last && DIGIT.test(text.charAt(at + phrase.length)));
      if (!cut) return at;
    }
    return -1;
  }

  // A character with the marks that belong to it: what NFKC may join into one.
  const PIECE = /[^]\p{M}*/gu;

  /** Normalised text with, for each of its positions, where in the original its writing begins and ends. */
  function mapped(original) {
    let folded = "";
    let spans = [];
    let at = 0;
    for (const piece of original.match(PIECE) || []) {
      const part = fold(piece);
      for (let i = 0; i < part.length; i++) spans.push([at, at + piece.length]);
      folded += part;
      at += piece.length;
    }
    const whole = fold(original);
    // Rare letters change with their neighbours (a final sigma); then only the whole is known.
    if (folded !== whole) spans = Array.from({ length: whole.length }, () => [0, original.length]);
    const kept = [];
    let from = 0;
    let text = "";
    const keep = (end) => {
      text += whole.slice(from, end);
      for (let i = from; i < end; i++) kept.push(spans[i]);
    };
    spaces(whole, (start, end, blank) => {
      keep(start);
      if (blank) kept.push([spans[start][0], spans[end - 1][1]]);
      text += blank;
      from = end;
    });
    keep(whole.length);
    return { text, spans: kept };
  }

  /** Where normalised phrases stand in a text as published: [[start, end], …] in order, none touching another. */
  function hits(original, phrases) {
    const { text, spans } = mapped(original);
    const found = [];
    for (const phrase of phrases) {
      for (let at = find(text, phrase); at >= 0; at = find(text, phrase, at + 1)) {
        found.push([spans[at][0], spans[at + phrase.length - 1][1]]);
      }
    }
    found.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
    return found.reduce((merged, [start, end]) => {
      const last = merged[merged.length - 1];
      if (last && start <= last[1]) last[1] = Math.max(last[1], end);
      else merged.push([start, end]);
      return merged;
    }, []);
  }

  /** Whether a character is a Chinese one. */
  function isHan(character) {
    return HAN.test(character);
  }

  nianbao.text = { normalise, tokens, find, hits, isHan };
})();
