// What the page knows besides the forms, given to it as data: words, rules, patterns. Nothing of it is written here.
(function () {
  "use strict";
  const scope = typeof self !== "undefined" ? self : globalThis;
  const nianbao = scope.nianbao || (scope.nianbao = {});

  let data = null;
  let whole = {}; // patterns that must fit a whole text
  let part = {}; // those that are looked for in it

  /** Take in the data; everything else here needs it. */
  function learn(given) {
    data = given;
    whole = {};
    part = {};
    Object.keys(given.patterns).forEach((name) => {
      const all = [].concat(given.patterns[name]);
      whole[name] = all.map((pattern) => new RegExp("^(?:" + pattern + ")$", "su"));
      part[name] = all.map((pattern) => new RegExp(pattern, "su"));
    });
  }

  function fill(template, values) {
    return template.replace(/\{(\w+)\}/g, (_, key) => String(values[key]));
  }

  /** What is said under a name, with its values. */
  function say(name, values) {
    return fill(data.words[name], values || {});
  }

  /** What the pattern of this name finds in all of a text, or null. */
  function fits(name, text) {
    for (const pattern of whole[name]) {
      const found = pattern.exec(text);
      if (found) return found;
    }
    return null;
  }

  function holds(name, text) {
    return part[name].some((pattern) => pattern.test(text));
  }

  /** The text with every place changed that the pattern of this name finds. */
  function change(name, text, by) {
    return text.replace(new RegExp(part[name][0].source, "gsu"), by);
  }

  /** A label with width, quotation marks, white space and the mark behind its number made alike. */
  function level(text) {
    return change("trifles", text.normalize("NFKC"), "").replace(/^(\p{Nd})、/u, "$1.");
  }

  const submit = nianbao.submit || (nianbao.submit = {});
  submit.language = { learn, fill, say, fits, holds, change, level, known: (name) => data[name] };
})();
