// A report that is being filled in: its parts on the page, what was pasted, what was found, kept as it changes.
(function () {
  "use strict";
  const { submit, view } = self.nianbao;
  const { make, empty } = view;
  const { drafts, fields, fitting, handing, language, loading, table, told } = submit;
  const QUIET = 900; // milliseconds of rest before what was found is said aloud
  let saying = 0;

  function today() {
    const now = new Date();
    return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((n) => String(n).padStart(2, "0")).join("-");
  }

  /** Show a report that nothing is filled in of yet: `chosen` names unit, year and form. */
  async function begin(around, chosen) {
    const known = ready(around);
    const form = await known.form(chosen.form);
    return open(around, known, form, known.begun(form, chosen.unit, chosen.year));
  }

  /** Show one that was begun before. */
  async function resume(around, draft) {
    const known = ready(around);
    const form = await known.form(draft.form);
    return open(around, known, form, known.mended(form, draft));
  }

  function ready(around) {
    language.learn(around.data);
    return submit.known(around.data);
  }

  async function open(around, known, form, draft) {
    const last = { tables: {} };
    const state = { around, form, draft, tables: [] };
    const changed = () => {
      drafts.keep(draft, (kept) => around.warn(kept ? "" : "这个浏览器没有地方存，关掉这一页以前先复制或下载。"));
      state.hand.show();
      clearTimeout(saying);
      saying = setTimeout(() => say(state), QUIET);
    };
    const alike = () => Boolean(last.aggregated) === Boolean(draft.fields.aggregated);
    const act = { changed, last: (own) => (alike() && last.tables[own.id]) || null, pasted: (grids) => take(state, grids, changed) };
    state.tables = form.tables.map((own) => table.make(own, draft, act));
    const excused = (name) => found(state).some((one) => told.key(one) === name);
    const made = () => handing.text(form, draft, today(), excused);
    const door = { host: around.root.getAttribute("data-host"), new: around.root.getAttribute("data-new") };
    state.hand = handing.section(draft, door, made, { faults: () => faults(state), clear: () => clear(around, draft) });
    show(state, changed);
    Object.assign(last, await known.last(draft));
    state.tables.forEach((one) => one.look());
    state.hand.show();
  }

  function show(state, changed) {
    const { around, form, draft, tables } = state;
    const name = draft.unit.name + draft.year + "年度";
    const other = make("button", { type: "button", click: around.leave }, "换一份");
    const head = make("p", { class: "picked", tabindex: "-1" }, make("b", {}, name), " " + form.name + "　", make("code", {}, handing.path(draft)), " ", other);
    const there = (draft.unit.years || []).indexOf(draft.year) >= 0;
    const word = make("p", { class: "alert" }, there ? "档案里已经有这个单位这一年度的报告。只改几处的，到那份报告的页面点“编辑这份报告”。" : "");
    const body = [head, word, fields.source(draft, changed, () => tables.forEach((one) => one.look()))];
    if (tables.length) body.push(make("section", { class: "group" }, make("h2", {}, "表格"), picker(state, changed)), ...tables.map(({ section }) => section));
    body.push(fields.written(form, draft, changed), state.hand.element);
    empty(around.part.sheet).append(...body);
    around.entered(draft);
    state.hand.show();
    head.focus({ preventScroll: true });
    scrollTo(0, 0);
  }

  function picker(state, changed) {
    const field = make("input", { id: "submit-tables", type: "file", accept: ".html,.htm,.xlsx,.csv,.txt,.tsv" });
    const hint = make("p", {}, "复制原件的表格，在下面任一格里粘贴，各行各列按名称对号；对不上的不填，并说明为什么。也可以选一个文件：");
    const said = make("div", { id: "submit-taken", class: "alert", role: "status" });
    state.taken = said;
    field.addEventListener("change", async () => {
      try {
        await loading.scripts(state.around.root, "pick");
        if (field.files[0]) take(state, await submit.sheets.read(field.files[0]), changed);
      } catch (error) {
        outcome(state, 0, [error.said || "文件读不出来。打开以后复制表格，在下面粘贴。"]);
      }
      field.value = "";
    });
    const label = make("label", { for: "submit-tables" }, "网页、Excel 或 CSV 文件");
    return make("div", { class: "picker" }, hint, make("p", {}, label, field), said);
  }

  function outcome(state, count, problems) {
    empty(state.taken).append(make("p", {}, count ? "按名称填了 " + count + " 行，再对照原件看一遍。" : "一行也没有填。"));
    if (problems.length) state.taken.append(make("ul", {}, ...problems.map((words) => make("li", {}, words))));
    state.taken.classList.toggle("good", !problems.length);
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
    const words = open.length ? "有误 " + open.length + " 处。" + open[0].message : "没有发现对不上的地方。";
    const { status } = state.around.part;
    if (status.textContent !== words) status.textContent = words;
  }

  function clear(around, draft) {
    if (!confirm("清空" + draft.unit.name + draft.year + "年度已经填的内容？清空以后找不回来。")) return;
    drafts.drop(draft);
    around.leave();
  }

  submit.filling = { begin, resume };
})();
