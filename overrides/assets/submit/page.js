// The form page: who and when, then the report's parts, kept as they are filled in.
(function () {
  "use strict";
  const { nianbao } = self;
  const root = document.getElementById("submit");
  if (!root) return;
  const { files, submit, view } = nianbao;
  const { make, empty } = view;
  const { drafts, fields, fitting, handing, language, sheets, table, told, unit } = submit;
  const QUIET = 900; // milliseconds of rest before what was found is said aloud
  const part = {};
  root.querySelectorAll("[id^=submit-]").forEach((element) => (part[element.id.slice(7)] = element));
  const data = JSON.parse(part.data.textContent);
  const door = { host: root.getAttribute("data-host"), new: root.getAttribute("data-new") };
  const known = submit.known(data);
  let picked = null; // the unit that was chosen of the archive's
  let saying = 0;

  function warn(words) {
    empty(part.alert);
    if (words) part.alert.append(make("p", {}, words));
  }

  function today() {
    const now = new Date();
    return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((n) => String(n).padStart(2, "0")).join("-");
  }

  function choices() {
    const chosen = part.form.value;
    empty(part.form).append(...known.offered(Number(part.year.value)).map(({ id, name }) => make("option", { value: id }, name)));
    if (part.form.hasAttribute("data-own")) part.form.value = chosen;
  }

  // --- drafts -----------------------------------------------------------------------------------------------

  function unfinished() {
    const all = drafts.list();
    part.drafts.hidden = !all.length;
    empty(part.drafts.querySelector("ul")).append(...all.map((draft) => {
      const name = draft.unit.name + draft.year + "年度";
      const form = (data.forms.find(({ id }) => id === draft.form) || {}).name || draft.form;
      const open = make("button", { type: "button", "aria-label": "接着填" + name, click: () => fill(draft) }, "接着填");
      return make("li", {}, make("span", { class: "who" }, name, make("span", { class: "aside" }, form)), open);
    }));
  }

  // --- filling in -------------------------------------------------------------------------------------------

  async function fill(given) {
    warn("");
    let form;
    try {
      form = await known.form(given.form);
    } catch (error) {
      return warn("格式没有取到，可能网络不通。过一会儿再点一次。");
    }
    const draft = known.mended(form, given);
    const last = {};
    const state = { form, draft, tables: [] };
    const changed = () => {
      drafts.keep(draft, (kept) => warn(kept ? "" : "这个浏览器没有地方存，关掉这一页以前先复制或下载。"));
      state.hand.show();
      clearTimeout(saying);
      saying = setTimeout(() => say(state), QUIET);
    };
    const act = { changed, last: (own) => last[own.id] || null, pasted: (grids) => take(state, grids, changed) };
    state.tables = form.tables.map((own) => table.make(own, draft, act));
    const excused = (name) => found(state).some((one) => told.key(one) === name);
    const made = () => handing.text(form, draft, today(), excused);
    state.hand = handing.section(draft, door, made, { faults: () => faults(state), clear: () => clear(draft) });
    show(state, changed);
    Object.assign(last, await known.last(draft));
    state.tables.forEach((one) => one.look());
    state.hand.show();
    return undefined;
  }

  function show(state, changed) {
    const { form, draft, tables } = state;
    const name = draft.unit.name + draft.year + "年度";
    const other = make("button", { type: "button", click: leave }, "换一份");
    const head = make("p", { class: "picked", tabindex: "-1" }, make("b", {}, name), " " + form.name + "　", make("code", {}, handing.path(draft)), " ", other);
    const there = (draft.unit.years || []).indexOf(draft.year) >= 0;
    const word = make("p", { class: "alert" }, there ? "档案里已经有这个单位这一年度的报告。只改几处的，到那份报告的页面点“编辑这份报告”。" : "");
    const body = [head, word, fields.source(draft, changed)];
    if (tables.length) body.push(make("section", { class: "group" }, make("h2", {}, "表格"), picker(state, changed)), ...tables.map(({ section }) => section));
    body.push(fields.written(form, draft, changed), state.hand.element);
    empty(part.sheet).append(...body);
    [part.which, part.drafts, part.lists].forEach((one) => (one.hidden = true));
    part.sheet.hidden = false;
    root.setAttribute("data-state", "filling");
    write("?unit=" + draft.unit.id + "&year=" + draft.year);
    state.hand.show();
    head.focus({ preventScroll: true });
    scrollTo(0, 0);
  }

  function picker(state, changed) {
    const field = make("input", { id: "submit-file", type: "file", accept: ".html,.htm,.xlsx,.csv,.txt,.tsv" });
    const hint = "复制原件的表格，在下面任一格里粘贴，各行各列按名称对号。也可以选一个 .html、.xlsx 或 .csv 文件：";
    const said = make("div", { id: "submit-taken", class: "alert", role: "status" });
    state.taken = said;
    field.addEventListener("change", async () => {
      try {
        if (field.files[0]) take(state, await sheets.read(field.files[0]), changed);
      } catch (error) {
        outcome(state, 0, [error.said || "文件读不出来。打开以后复制表格，在下面粘贴。"]);
      }
      field.value = "";
    });
    return make("div", {}, make("p", {}, make("label", { for: "submit-file" }, hint), field), said);
  }

  function outcome(state, count, problems) {
    empty(state.taken).append(make("p", {}, count ? "按名称填了 " + count + " 行，再对照原件看一遍。" : "一行也没有填。"));
    if (problems.length) state.taken.append(make("ul", {}, ...problems.map((words) => make("li", {}, words))));
    state.taken.scrollIntoView({ block: "nearest" });
  }

  function take(state, grids, changed) {
    const said = fitting.all(state.form, grids);
    state.tables.forEach((one) => said.tables[one.own.id] && one.take(said.tables[one.own.id]));
    const problems = said.count || said.problems.length ? said.problems : ["没有认出表格里的行。要连左边的名称一起复制；只有数字的，在要填的第一格里粘贴。"];
    outcome(state, said.count, problems);
    if (said.count) changed();
  }

  // --- what is found ----------------------------------------------------------------------------------------

  function found(state) {
    return [].concat(...state.tables.map((one) => one.found())).filter(({ note }) => !note);
  }

  function faults(state) {
    const open = found(state).filter((one) => !state.draft.waivers[told.key(one)]);
    const count = (severity) => open.filter((one) => one.severity === severity).length;
    return { wrong: fields.faults(state.draft), counts: { error: count("error"), warning: count("warning") } };
  }

  function say(state) {
    const open = found(state).filter((one) => one.severity === "error" && !state.draft.waivers[told.key(one)]);
    const words = open.length ? "有误 " + open.length + " 处。" + open[0].message : "各表加得起来。";
    if (part.status.textContent !== words) part.status.textContent = words;
  }

  // --- coming and going -------------------------------------------------------------------------------------

  function write(search) {
    try {
      history.replaceState(null, "", location.pathname + search);
    } catch (refused) {
      // browsers may refuse it in a file opened from a disk
    }
  }

  function leave() {
    empty(part.sheet);
    part.sheet.hidden = true;
    [part.which, part.lists].forEach((one) => (one.hidden = false));
    root.setAttribute("data-state", "idle");
    write("");
    warn("");
    unfinished();
    part.year.focus();
  }

  function clear(draft) {
    if (!confirm("清空" + draft.unit.name + draft.year + "年度已经填的内容？清空以后找不回来。")) return;
    drafts.drop(draft);
    leave();
  }

  function choose(own) {
    picked = own;
    const again = make("button", { type: "button", click: () => choose(null) }, "换一个");
    empty(part.unit);
    part.unit.hidden = !own;
    part.finding.hidden = Boolean(own) || !root.getAttribute("data-start");
    part.other.hidden = Boolean(own);
    if (!own) return part.q.focus();
    part.unit.append(make("b", {}, own.name), " ", make("span", { class: "aside" }, own.id), " ", again);
    empty(part.units);
    return part.unit.focus();
  }

  async function begin(event) {
    event.preventDefault();
    const { unit: own, words } = picked ? { unit: picked } : unit.typed(part);
    if (!own) return warn(words);
    const year = Number(part.year.value);
    const kept = drafts.load(own.id + "/" + year);
    if (kept) return fill(Object.assign(kept, { unit: Object.assign({}, kept.unit, own) }));
    try {
      return await fill(known.begun(await known.form(part.form.value), own, year));
    } catch (error) {
      return warn("格式没有取到，可能网络不通。过一会儿再点一次。");
    }
  }

  // An address may name the unit and year: of what is being filled in, or of what is missing.
  function asked() {
    const query = new URLSearchParams(location.search);
    const [id, year] = [query.get("unit") || "", query.get("year") || ""];
    if (!unit.ID.test(id)) return;
    const kept = drafts.load(id + "/" + year);
    if (Array.from(part.year.options).some(({ value }) => value === year)) part.year.value = year;
    choices();
    if (kept) fill(kept);
    else if (root.getAttribute("data-start")) {
      part.q.value = id;
      part.q.dispatchEvent(new Event("input"));
    } else part.code.value = id;
  }

  language.learn(data);
  files.start(root.getAttribute("data-root"));
  unit.box(root, part, choose);
  part.year.addEventListener("change", choices);
  part.form.addEventListener("change", () => part.form.setAttribute("data-own", ""));
  part.which.addEventListener("submit", begin);
  part.which.hidden = false;
  choices();
  unfinished();
  asked();
})();
