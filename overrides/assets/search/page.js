// The search page: what is asked stands in the address; this brings address, box, conditions and results together.
(function () {
  "use strict";
  const nianbao = self.nianbao || (self.nianbao = {});
  const root = document.getElementById("search");
  const box = document.getElementById("search-q");
  if (!root || !box) return;
  const { state: asked, view, list, filters } = nianbao;
  const PAUSE = 300; // milliseconds of rest in typing before the search runs
  const SLOW = 400; // milliseconds until it is said that something is going on
  const part = {};
  root.querySelectorAll("[id^=search-]").forEach((element) => (part[element.id.slice(7)] = element));
  const site = root.getAttribute("data-root");
  const title = document.title;
  const wide = matchMedia("(min-width: 60rem)");
  const around = nianbao.around(part, step);

  let now = asked.parse(location.search);
  let settled = asked.address(now); // the address of the last step that Back leads to
  let latest = 0; // what answers an older question is dropped
  let waiting = 0;
  let kept = null; // what the last query found: {key, set}
  let docs = null; // all results, in order
  let redraw = null; // sets the figures of the conditions
  let unfolded = false;

  // --- the address --------------------------------------------------------------------------------------

  function write(how, address, state) {
    try {
      history[how](state || null, "", location.pathname + address);
    } catch (refused) {
      // a copy opened from a folder: some browsers refuse, and only the address stays
    }
  }

  // A new step for Back. What was typed since the last one had taken that one's place: it gets it back.
  function step(next) {
    const address = asked.address(next);
    if (address !== settled) {
      write("replaceState", settled);
      write("pushState", address);
      settled = address;
    }
    return take(next);
  }

  function take(next) {
    now = next;
    if (box.value.trim() !== now.q) box.value = now.q;
    return show(false);
  }

  // --- showing ------------------------------------------------------------------------------------------

  function mode(name) {
    root.setAttribute("data-state", name);
    part.results.setAttribute("aria-busy", String(name === "loading"));
  }

  // `more`: the list grows; otherwise it is made anew.
  async function show(more) {
    const turn = ++latest;
    const current = () => turn === latest;
    clearTimeout(waiting);
    document.title = (now.q ? now.q + " - " : "") + title;
    if (!asked.active(now)) return idle();
    mode("loading");
    const slow = setTimeout(() => current() && (part.note.textContent = "正在查…"), SLOW);
    try {
      await answer(current, more);
    } catch (error) {
      if (!(error instanceof nianbao.files.Failure)) console.error(error);
      if (current()) fail(error);
    }
    clearTimeout(slow);
  }

  async function answer(current, more) {
    const set = await found(current);
    if (!set) return;
    const picked = list.pick(set, now);
    reveal();
    if (!more) part.results.textContent = "";
    around.above(set, now, picked.docs.length);
    count(picked, set.exact);
    const told = await list.walk(set, picked.docs, now, part.results, site, current);
    if (!told) return;
    const through = told.seen >= picked.docs.length && !told.error; // what did not come is in doubt
    counted(set, told, set.exact || through);
    if (!told.shown && through) await around.nothing(set, now, current);
    else await around.hint(set.archive, now, current);
    if (!current()) return;
    part.note.textContent = "";
    if (told.error) part.alert.append(view.failure(told.error, true));
    mode(told.error ? "error" : "shown");
    if (told.error) return;
    const sure = through || (await list.certain(set, docs.slice(told.shown), current));
    if (!current()) return;
    if (sure && !set.exact) counted(set, told, true);
    mode("done");
  }

  // What is found after some reports were looked up and left out.
  function counted(set, told, sure) {
    const rest = list.pick(set, now);
    docs = rest.docs;
    count(rest, sure);
    around.below(told, docs.length - told.shown, now, set.notes);
  }

  // What the query found; kept while only conditions and order change. Null when it is no longer asked for.
  async function found(current) {
    const archive = await open();
    const key = JSON.stringify([now.q, now.figure, now.zone]);
    const set = kept && kept.key === key ? kept.set : await list.find(archive, now);
    if (!current()) return null;
    kept = { key, set };
    return set;
  }

  // The start of the index, once; with it the conditions can be drawn.
  async function open() {
    const archive = await nianbao.archive.open(root.getAttribute("data-start"));
    if (!redraw) redraw = filters.build(archive, part.facets, choose);
    return archive;
  }

  function reveal() {
    part.lists.hidden = true;
    part.tools.hidden = part.heading.hidden = false;
    part.alert.textContent = "";
    unfold();
  }

  // Beside the results there is room for the conditions. Who closes them finds them closed.
  function unfold() {
    if (!unfolded && wide.matches) part.sift.open = unfolded = true;
  }

  function count(picked, sure) {
    const n = picked.docs.length;
    part.total.textContent = (sure ? "共 " : "约 ") + view.number(n) + " 份";
    part.total.setAttribute("data-total", n);
    part.total.setAttribute("data-exact", String(sure));
    part.csv.disabled = !n;
    part.sort.value = now.sort;
    redraw(picked.counts, now.filters);
  }

  function clear() {
    ["results", "tail", "note", "total", "chips", "answer", "alert", "active"].forEach((name) => view.empty(part[name]));
    part.total.removeAttribute("data-total");
    part.total.removeAttribute("data-exact");
    part.more.hidden = part.tools.hidden = part.heading.hidden = true;
    docs = null;
  }

  function idle() {
    clear();
    part.lists.hidden = false;
    part.note.textContent = now.q ? "请写要找的字、词或数。" : "";
    mode("idle");
    if (redraw) return preview();
  }

  // Never "nothing found" when something did not load.
  function fail(error) {
    clear();
    kept = null;
    part.lists.hidden = true;
    part.alert.append(view.failure(error, false));
    mode("error");
  }

  // --- doing --------------------------------------------------------------------------------------------

  // What stands in the box counts, even if the search has not run for it yet.
  function change(parts) {
    return step(asked.change(now, Object.assign({ q: box.value.trim() }, parts)));
  }

  function choose(facet, value, on) {
    const rest = now.filters[facet].filter((one) => one !== value);
    change({ filters: { [facet]: on ? rest.concat(value) : rest } });
  }

  // The conditions with the figures of the whole archive, before anything is asked.
  async function preview() {
    try {
      const archive = await open();
      if (asked.active(now)) return;
      redraw(list.pick({ archive, ranks: null }, now).counts, now.filters);
      unfold();
    } catch (error) {
      if (part.sift.open && !asked.active(now)) fail(error); // only who looks for them is told
    }
  }

  async function more() {
    const before = part.results.children.length;
    now = Object.assign({}, now, { n: now.n + asked.PAGE });
    settled = asked.address(now);
    write("replaceState", settled);
    await show(true);
    const next = part.results.children[before];
    if (next) next.querySelector("a").focus();
  }

  function save() {
    const set = kept && kept.set;
    if (!set || !docs) return;
    const top = new URL(site, location.href);
    const rows = Array.from(docs, (doc) => nianbao.csv.row(set.archive, doc, top, set.exact || set.held.has(doc)));
    nianbao.csv.save("年报搜索 " + now.q, nianbao.csv.text(rows));
  }

  function typed(event) {
    clearTimeout(waiting);
    if (!event.isComposing) waiting = setTimeout(rested, PAUSE);
  }

  function rested() {
    if (box.value.trim() === now.q) return;
    now = asked.change(now, { q: box.value.trim() });
    write("replaceState", asked.address(now));
    show(false);
  }

  box.addEventListener("input", typed);
  box.addEventListener("compositionstart", () => clearTimeout(waiting));
  box.addEventListener("compositionend", typed);
  box.addEventListener("focus", () => redraw || asked.active(now) || preview());
  box.form.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    event.preventDefault();
    if (matchMedia("(pointer: coarse)").matches) box.blur(); // the keyboard would cover the results
    change({});
  });
  part.sift.addEventListener("toggle", () => part.sift.open && (redraw || asked.active(now) || preview()));
  part.sort.addEventListener("change", () => change({ sort: part.sort.value }));
  part.more.addEventListener("click", more);
  part.csv.addEventListener("click", save);
  addEventListener("popstate", () => {
    const next = asked.parse(location.search);
    const same = asked.address(next) === asked.address(now); // only the place within the page changed
    settled = asked.address(next);
    if (!same) take(next);
  });

  // Back from a report: the list is there only after the browser has looked for the old place in it.
  const top = (history.state || {}).top;
  addEventListener("pagehide", () => write("replaceState", asked.address(now), { top: scrollY }));

  nianbao.files.start(site);
  part.sift.hidden = part.browse.hidden = false;
  take(now).then(() => top && scrollTo({ top, behavior: "instant" }));
})();
