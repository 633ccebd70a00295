// The comparison: which reports stands in the address; this brings address, list, box and tables together.
(function () {
  "use strict";
  const { nianbao } = self;
  const root = document.getElementById("compare");
  if (!root) return;
  const { address, columns, chosen, view } = nianbao.compare;
  const { make, empty } = nianbao.view;
  const SLOW = 400; // milliseconds until it is said that something is going on
  const part = {};
  root.querySelectorAll("[id^=compare-]").forEach((element) => (part[element.id.slice(8)] = element));
  const site = root.getAttribute("data-root");
  const start = root.getAttribute("data-start");
  const title = document.title;

  const known = new Map(); // what has come of each report
  let now = address.parse(location.search);
  let latest = 0; // what answers an older question is dropped
  let said = ""; // what was done last, to be told with what came of it

  // --- address and memory -------------------------------------------------------------------------------

  // Browsers may refuse both: history in a copy opened from a folder, storage where it is switched off.
  function tried(act) {
    try {
      return act();
    } catch (refused) {
      return null;
    }
  }

  function write(how) {
    tried(() => history[how](null, "", location.pathname + address.write(now)));
  }

  function step(parts, words) {
    now = Object.assign({}, now, { over: 0, unread: 0 }, parts);
    said = words || "";
    write("pushState");
    return show();
  }

  // “加入对比” on other pages adds to what this window compared last.
  function joined() {
    const before = now.reports.length ? now : address.parse(tried(() => sessionStorage.getItem("compare")) || "");
    now = Object.assign({}, before, { unread: now.unread }, address.joined(before.reports, now.added));
    write("replaceState");
  }

  // --- doing --------------------------------------------------------------------------------------------

  const act = {
    toggle(id, name) {
      if (now.reports.indexOf(id) >= 0) return act.drop(id, name);
      const { reports, over } = address.joined(now.reports, [id]);
      if (over) return tell("已经有 " + address.MOST + " 份，去掉一份才能再加。");
      return step({ reports }, "加入了" + name + "，");
    },
    drop(id, name) {
      return step({ reports: now.reports.filter((one) => one !== id) }, "去掉了" + name + "，");
    },
    move(id, by, name) {
      const reports = now.reports.filter((one) => one !== id);
      const at = now.reports.indexOf(id) + by;
      reports.splice(at, 0, id);
      return step({ reports }, name + "移到了第 " + (at + 1) + " 列，");
    },
    // The list that was changed is drawn anew with its table: the focus goes to the one in its place.
    choose(column, id) {
      return step({ column }).then(() => (document.getElementById(id) || part.status).focus());
    },
  };

  // --- showing ------------------------------------------------------------------------------------------

  function mode(name) {
    root.setAttribute("data-state", name);
    part.shown.setAttribute("aria-busy", String(name === "loading"));
  }

  function tell(text) {
    part.status.textContent = text;
  }

  function list() {
    chosen.list(part.chosen, known, now.reports, site, act, start ? part.q : part.status);
    chosen.mark(part.units, now.reports);
  }

  async function show() {
    const turn = ++latest;
    tried(() => sessionStorage.setItem("compare", address.write(now)));
    part.lists.hidden = now.reports.length > 0;
    part.tools.hidden = !part.lists.hidden;
    part.difference.value = now.difference;
    part.some.checked = now.some;
    list();
    warn();
    mode(now.reports.length ? "loading" : "idle");
    const slow = setTimeout(() => turn === latest && tell(said + "正在取报告……"), SLOW);
    const found = await Promise.all(now.reports.map(columns.column));
    const good = found.filter((column) => !column.fault);
    const forms = [].concat(...good.map((column) => Object.keys(column.forms).map((id) => column.forms[id].form)));
    const same = new Set(forms).size > 1 ? await columns.same().catch(() => new Set()) : new Set();
    clearTimeout(slow);
    if (turn !== latest) return;
    found.forEach((column) => known.set(column.id, column));
    list();
    draw(good, same);
    ended(found, found.length - good.length);
  }

  function draw(good, same) {
    empty(part.shown);
    if (!good.length) return;
    const tables = new Set([].concat(...good.map((column) => Object.keys(column.forms))));
    const official = Array.from(tables, (id) => view.official(id, good, now, same, site, act.choose));
    part.shown.append(view.record(good, now, site), ...official, view.prose(good, site));
  }

  function ended(found, lost) {
    document.title = found.map(view.called).concat(title).join(" - ");
    if (!found.length) return tell(said ? said + "一份也没有了。" : "还没有选报告。");
    tell(said + "并排 " + (found.length - lost) + " 份" + (lost ? "，另有 " + lost + " 份看不到" : "") + "。");
    if (found.some(({ fault }) => fault === "network" || fault === "broken")) {
      part.alert.append(make("p", {}, "有的报告没有取到。", make("button", { type: "button", click: show }, "再取一次")));
    }
    return mode(lost ? "error" : "done");
  }

  // What of the address was left out.
  function warn() {
    const say = (text) => part.alert.append(make("p", {}, text));
    empty(part.alert);
    if (now.over) say("一次最多并排 " + address.MOST + " 份，多出来的 " + now.over + " 份没有放进来。");
    if (now.unread) say("网址里有 " + now.unread + " 处看不懂，没有理会。报告写成 r=330411103/2020 这样。");
  }

  nianbao.files.start(site);
  part.choose.hidden = !start;
  if (start) chosen.box(part, start, () => now.reports, act);
  if (now.added.length) joined();
  part.difference.addEventListener("change", () => step({ difference: part.difference.value }));
  part.some.addEventListener("change", () => step({ some: part.some.checked }));
  addEventListener("popstate", () => {
    now = address.parse(location.search);
    said = "";
    show();
  });
  show();
})();
