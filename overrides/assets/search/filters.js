// The conditions beside the results: built once when the archive is known, then only their figures change, so
// that the focus stays where it is.
(function () {
  "use strict";
  const nianbao = self.nianbao || (self.nianbao = {});
  const make = nianbao.view.make;
  const SHORT = 8; // a longer list folds
  const TITLES = {
    year: "年度", region: "地区", level: "级别", kind: "类别", form: "格式", flag: "数据提示", requests: "有无申请",
  };
  const WORDS = {
    flag: { errors: "有误", warnings: "存疑", waived: "原文如此", clean: "没有提示" },
    requests: { some: "有申请", none: "没有申请", unknown: "申请数未载" },
  };

  // A value in words; what the archive does not know is shown as it was given.
  function word(archive, facet, value) {
    if (facet === "year") return value + "年度";
    if (facet === "region") return archive.places.get(value) || value;
    if (facet === "figure") return above(archive, value, figureName(archive, value));
    if (facet === "form") return (archive.forms.find((form) => form.id === value) || { name: value }).name;
    return (WORDS[facet] && WORDS[facet][value]) || value;
  }

  function figureName(archive, figure) {
    for (const labels of archive.labels()) {
      const found = labels.find((label) => label.figure === figure);
      if (found) return found.shown;
    }
    return figure;
  }

  // A row counts by its total; where its table has no totals, by any figure.
  function above(archive, figure, name) {
    const summed = archive.totals.indexOf(figure.split(".")[0]) >= 0 && !name.endsWith("总计");
    return name + (summed ? "总计大于 0" : "大于 0");
  }

  function values(archive, facet) {
    if (facet === "year") return Array.from(new Set(archive.year)).sort((a, b) => b - a).map(String);
    if (facet === "region") return below(archive, "");
    if (facet === "level") return archive.levels;
    if (facet === "kind") return archive.kinds;
    if (facet === "form") return archive.forms.map((form) => form.id);
    return Object.keys(WORDS[facet]);
  }

  function parent(archive, code) {
    for (let digits = code.length - 2; digits > 0; digits -= 2) {
      if (archive.places.has(code.slice(0, digits))) return code.slice(0, digits);
    }
    return "";
  }

  function below(archive, code) {
    return Array.from(archive.places.keys()).filter((one) => one !== code && parent(archive, one) === code);
  }

  function figure(counts, value) {
    return counts.get(value) || 0;
  }

  // A list of choices with their figures. `changed(value, on)` is told of each click.
  function options(archive, facet, given, changed) {
    const list = make("ul");
    const more = make("button", { type: "button", class: "more", hidden: true });
    const made = given.map((value) => option(archive, facet, value, changed));
    let all = false;
    let last = null;
    made.forEach((one) => list.append(one.item));

    function update(counts, chosen) {
      last = [counts, chosen];
      let shown = 0;
      let folded = 0;
      made.forEach((one) => {
        const holds = one.update(counts, chosen);
        const fold = holds === "some" && !all && shown >= SHORT;
        one.item.hidden = !holds || fold;
        if (fold) folded++;
        else if (holds) shown++;
      });
      more.hidden = !folded;
      more.textContent = "其余 " + folded + " 项";
      return shown + folded;
    }

    more.addEventListener("click", () => {
      const next = made.find((one) => one.item.hidden && figure(last[0], one.value));
      all = true;
      update(last[0], last[1]);
      next.input.focus();
    });
    return { elements: [list, more], update };
  }

  function option(archive, facet, value, changed) {
    const input = make("input", { type: "checkbox", value, "data-facet": facet });
    const count = make("span", { class: "count" });
    const name = make("span", {}, word(archive, facet, value));
    const item = make("li", {}, make("div", {}, make("label", {}, input, name, count)));
    const inner = facet === "region" ? branch(archive, value, item, changed) : null;
    input.addEventListener("change", () => changed(value, input.checked));

    // "": nothing to choose here; "some": holds reports; "chosen": it, or a place inside it, is chosen.
    function update(counts, chosen) {
      const n = figure(counts, value);
      input.checked = chosen.indexOf(value) >= 0;
      count.textContent = nianbao.view.number(n);
      item.classList.toggle("none", !n);
      const within = inner ? inner.update(counts, chosen) : false;
      return input.checked || within ? "chosen" : n ? "some" : "";
    }

    return { item, input, value, update };
  }

  // The places inside a place, made when they are first looked at, or when one of them is chosen.
  function branch(archive, code, item, changed) {
    if (!below(archive, code).length) return null;
    const name = word(archive, "region", code);
    const door = make("button", { type: "button", class: "door", "aria-expanded": "false" });
    door.append(make("span", { class: "vh" }, name + "以下"));
    item.firstChild.append(door);
    let inner = null;
    let last = null;

    function open(on) {
      if (on && !inner) {
        inner = options(archive, "region", below(archive, code), changed);
        inner.box = make("div", { class: "inner" });
        inner.elements.forEach((element) => inner.box.append(element));
        item.append(inner.box);
      }
      if (inner) inner.box.hidden = !on;
      door.setAttribute("aria-expanded", String(on));
      if (on && last) inner.update(last[0], last[1]);
    }

    door.addEventListener("click", () => open(door.getAttribute("aria-expanded") !== "true"));

    function update(counts, chosen) {
      last = [counts, chosen];
      const within = chosen.some((one) => one !== code && one.slice(0, code.length) === code);
      if (within && !inner) open(true);
      else if (inner) inner.update(counts, chosen);
      return within;
    }

    return { update };
  }

  // Fills `place` and gives `update(counts, filters)`; `changed(facet, value, on)` is told of each click.
  function build(archive, place, changed) {
    const parts = nianbao.state.FACETS.map((facet) => {
      const told = (value, on) => changed(facet, value, on);
      const inner = options(archive, facet, values(archive, facet), told);
      const set = make("fieldset", {}, make("legend", {}, TITLES[facet]));
      inner.elements.forEach((element) => set.append(element));
      place.append(set);
      return { facet, set, inner };
    });
    return function update(counts, filters) {
      parts.forEach((part) => {
        part.set.hidden = !part.inner.update(counts[part.facet], filters[part.facet]);
      });
    };
  }

  nianbao.filters = { TITLES, word, above, build };
})();
