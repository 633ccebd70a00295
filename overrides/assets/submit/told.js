// What was found in a table, shown: in the cell where it is, with both numbers and the difference, and in a list below.
(function () {
  "use strict";
  const { submit, view } = self.nianbao;
  const { make } = view;
  const WORDS = { error: "有误", warning: "存疑", info: "提示" };
  const RELATION = { "=": " ≠ ", "<=": " > " };

  function key(one) {
    return one.rule + " " + one.path;
  }

  function short(one) {
    if (!one.sides) return WORDS[one.severity];
    const [left, right, sign, difference] = one.sides;
    return left + RELATION[sign] + right + "，差\u00a0" + difference;
  }

  // The gravest finding of each cell.
  function marks(drawn, found, excused) {
    const first = new Map();
    found.filter((one) => one.row && !one.note).forEach((one) => {
      const id = one.row + " " + one.column;
      if (!first.has(id)) first.set(id, one);
    });
    [].concat(...drawn.lines).forEach(({ row, column, input, said, place }) => {
      const one = first.get(row + " " + column);
      const waived = one && excused(one);
      said.textContent = one ? (waived ? "原文如此" : short(one)) : "";
      place.className = one ? "noted " + (waived ? "waived" : one.severity) : "";
      const about = { "aria-invalid": one && !waived ? "true" : null, "aria-describedby": one ? said.id : null };
      Object.keys(about).forEach((name) => (about[name] ? input.setAttribute(name, about[name]) : input.removeAttribute(name)));
    });
  }

  // Why a figure stands though it does not fit: a word that goes into the file.
  function excuse(one, reason, changed) {
    const id = "why-" + key(one).replace(/[^\w\u4e00-\u9fff]+/g, "-");
    const field = make("input", { id, type: "text", maxlength: 200, autocomplete: "off" });
    field.value = reason;
    field.addEventListener("input", () => changed(key(one), field.value.trim()));
    const label = make("label", { for: id }, "理由");
    const folded = make("details", {}, make("summary", {}, "原件就是这样印的"), label, field);
    folded.open = Boolean(reason);
    return folded;
  }

  function item(one, act) {
    const line = make("li", { class: one.severity, "data-rule": one.rule });
    const words = make("span", { class: "words" });
    line.append(make("p", {}, make("b", {}, WORDS[one.severity]), " ", words));
    if (one.row) line.append(make("button", { type: "button", click: () => act.go(one) }, "到这一格"));
    if (act.waivable(one)) line.append(excuse(one, act.reason(key(one)), act.excuse));
    return { line, words };
  }

  /** A list of findings that is brought up to date without losing what somebody is typing in it. */
  function list(act) {
    const place = make("ul", { class: "findings" });
    let shown = new Map();

    function show(found) {
      const next = new Map();
      found.filter((one) => !one.note).forEach((one) => {
        const name = key(one);
        const made = shown.get(name) || item(one, act);
        made.words.textContent = one.message + "。" + one.hint;
        next.set(name, made);
      });
      shown.forEach(({ line }, name) => next.has(name) || line.remove());
      // Only what is not in its place is moved: to move a field takes the focus from it.
      Array.from(next.values()).forEach(({ line }, i) => {
        if (place.children[i] !== line) place.insertBefore(line, place.children[i] || null);
      });
      shown = next;
    }
    return { place, show };
  }

  submit.told = { key, marks, list };
})();
