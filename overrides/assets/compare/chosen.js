// The reports that are compared, as a list with what can be done to each; and the box that adds more.
(function () {
  "use strict";
  const { nianbao } = self;
  const { make, empty, number } = nianbao.view;
  const { view, choose } = nianbao.compare;
  const PAUSE = 200; // milliseconds of rest in typing before names are looked up
  const opened = new Set(); // units whose years are unfolded

  function fault({ fault: kind, about, year, moved }) {
    if (kind === "unit") return "档案里没有这个编号的单位。";
    if (kind === "moved") return "这个单位的编号登记错过，现在是 " + moved + "。";
    if (kind === "network") return "没有取到，可能网络不通。";
    if (kind === "broken") return "文件不完整，可能网站正在更新。";
    if (about.withdrawn.some(({ year: gone }) => gone === year)) return "这份报告撤下了。";
    return "尚未收录这一年度，收录的有：" + (about.reports.map((one) => one.year).join("、") || "无") + "。";
  }

  // A year of a unit, to be put in or taken out again.
  function toggle(unit, name, year, reports, act) {
    const id = unit + "/" + year;
    const called = name + year + "年度";
    const pressed = String(reports.indexOf(id) >= 0);
    const told = { type: "button", "data-report": id, "aria-label": called, "aria-pressed": pressed };
    return make("button", Object.assign(told, { click: () => act.toggle(id, called) }), String(year));
  }

  function item(id, at, column, reports, site, act, first) {
    const name = view.called(column);
    const { about } = column;
    const button = (what, sign, label, click, off) => {
      const told = { type: "button", "data-do": what + " " + id, "aria-label": label + name, disabled: Boolean(off) };
      return make("button", Object.assign(told, { click }), sign);
    };
    const who = make("span", { class: "who" }, column.fault ? name : view.link(site, column, "", name));
    if (about) who.append(make("span", { class: "aside" }, view.where(column)));
    const moves = make(
      "span",
      { class: "moves" },
      button("left", "←", "左移：", () => act.move(id, -1, name), at === 0),
      button("right", "→", "右移：", () => act.move(id, 1, name), at === reports.length - 1),
      button("drop", "×", "去掉：", () => act.drop(id, name))
    );
    const line = make("li", { "data-report": id }, who, moves);
    if (column.fault) line.append(make("p", { class: "fault" }, fault(column)));
    if (!first || !about || about.reports.length < 2) return line;
    const years = about.reports.map(({ year }) => toggle(column.unit, about.name, year, reports, act));
    const list = make("details", { class: "years" }, make("summary", {}, about.name + "各年度"), ...years);
    list.open = opened.has(column.unit);
    list.addEventListener("toggle", () => opened[list.open ? "add" : "delete"](column.unit));
    line.append(list);
    return line;
  }

  /** Draw the list anew; the focus stays on what it was on, or goes to what is next to it, or to `after`. */
  function list(place, known, reports, site, act, after) {
    const had = place.contains(document.activeElement) && document.activeElement;
    const was = Array.from(place.children).findIndex((line) => line.contains(had || null));
    const key = (button) => button.getAttribute("data-do") || button.getAttribute("data-report") || "";
    empty(place);
    const units = reports.map((id) => id.split("/")[0]);
    reports.forEach((id, at) => {
      const [unit, year] = id.split("/");
      const column = known.get(id) || { unit, year, path: "units/" + id + "/" };
      place.append(item(id, at, column, reports, site, act, units.indexOf(unit) === at));
    });
    if (!had) return;
    const same = Array.from(place.querySelectorAll("button:not(:disabled)")).find((one) => key(one) === key(had));
    // At an end a report cannot go further, but it can go back; where one went, the next can go too.
    const at = reports.indexOf(key(had).split(" ").pop());
    const line = place.children[at < 0 ? Math.min(was, reports.length - 1) : at];
    const moves = line ? line.querySelectorAll(".moves button:not(:disabled)") : [];
    (same || moves[at < 0 ? moves.length - 1 : 0] || after).focus();
  }

  /** The box: what is typed is looked up in the names of the archive, whose start is at `start`. */
  function box(part, start, reports, act) {
    let waiting = 0;
    let latest = 0;

    async function look() {
      const turn = ++latest;
      const text = part.q.value.trim();
      let found = { units: [], more: 0 };
      let said = "";
      try {
        if (text) found = await choose.find(await nianbao.archive.open(start), text);
        const { length } = found.units;
        if (text) said = length ? "找到 " + number(length + found.more) + " 个单位" : "没有找到这样的单位，换个写法试试";
        if (found.more) said += "，先列 " + length + " 个，再写几个字就准了";
      } catch (error) {
        if (!(error instanceof nianbao.files.Failure)) console.error(error);
        said = "单位名录没有取到，可能网络不通。可以在单位和报告的网页上点“加入对比”";
      }
      if (turn !== latest) return;
      part.found.textContent = said && said + "。";
      empty(part.units).append(...found.units.map(unit));
    }

    function unit({ id, name, chain, years }) {
      const who = make("span", { class: "who" }, name, make("span", { class: "aside" }, chain));
      const all = years.map((year) => toggle(id, name, year, reports(), act));
      return make("li", {}, who, make("span", { class: "years" }, ...all));
    }

    function typed(event) {
      clearTimeout(waiting);
      if (!event.isComposing) waiting = setTimeout(look, PAUSE);
    }

    part.q.addEventListener("input", typed);
    part.q.addEventListener("compositionend", typed);
    part.q.addEventListener("keydown", (event) => {
      const first = part.units.querySelector("button");
      const composing = event.isComposing || event.keyCode === 229; // as Safari calls the Enter that ends it
      if (composing || !first || ["Enter", "ArrowDown"].indexOf(event.key) < 0) return;
      event.preventDefault();
      first.focus();
    });
  }

  /** Let the years on offer say which are compared now. */
  function mark(place, reports) {
    place.querySelectorAll("button").forEach((button) => {
      button.setAttribute("aria-pressed", String(reports.indexOf(button.getAttribute("data-report")) >= 0));
    });
  }

  nianbao.compare.chosen = { list, box, mark };
})();
