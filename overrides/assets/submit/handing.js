// The finished file: its text, copied or downloaded, and where it is handed in.
(function () {
  "use strict";
  const { submit, view } = self.nianbao;
  const { make, empty } = view;
  const { fields, language, yaml } = submit;
  const METHOD = "人工";

  const WAYS = {
    github: ["打开新建文件的页面", "路径已经填好。把内容粘贴进去，点绿色的“Commit changes”，再点“Propose changes”。"],
    gitea: ["打开新建文件的页面", "路径已经填好。把内容粘贴进去，选“为此提交创建一个新的分支并发起合并请求”，提交。"],
    gitlab: ["", "在 GitLab 的仓库页面点“＋”，选“新建文件”，文件名一栏填上面的路径，粘贴内容，提交时选“发起合并请求”。"],
    gitee: ["", "在 Gitee 的仓库页面先点“Fork”，在自己的仓库里点“文件”，选“新建文件”，填上面的路径，粘贴内容，提交，再点“Pull Request”。"],
  };

  /** Where the file of a draft stands in the repository. */
  function path({ unit, year }) {
    return ["reports", unit.id.slice(0, 2), unit.id.slice(0, 6), unit.id, year + ".yml"].join("/");
  }

  function waivers(draft, day) {
    return Object.keys(draft.waivers).map((name) => {
      const [rule, ...place] = name.split(" ");
      return [rule, place.join(" "), fields.line(draft.waivers[name]), day];
    });
  }

  /** The report that a draft is of, as it is written. `excused`: whether a reason still answers a finding. */
  function report(form, draft, day, excused) {
    const own = (name) => fields.line(draft.fields[name] || "");
    const sections = form.free
      ? draft.chapters.map(({ heading, text }) => ({ heading: fields.line(heading), text: fields.prose(text) }))
      : form.sections.filter(({ table }) => !table).map(({ id }) => ({ id, text: fields.prose(draft.sections[id] || "") }));
    return {
      form, sections,
      title: own("title"),
      published: own("published"),
      aggregated: Boolean(draft.fields.aggregated),
      printedUnit: own("printedUnit"),
      origin: ["file", "sha256", "url", "captured"].map(own).concat(METHOD),
      note: own("note"),
      tables: form.tables.map((table) => ({ form: table, formId: form.id, rows: draft.tables[table.id], labels: draft.labels[table.id] })),
      waivers: waivers(draft, day).filter(([rule, place]) => excused(rule + " " + place)),
    };
  }

  /** The text of that. */
  function text(form, draft, day, excused) {
    return yaml.text(report(form, draft, day, excused));
  }

  // --- on the page ------------------------------------------------------------------------------------------

  async function copy(words, shown) {
    try {
      await navigator.clipboard.writeText(words);
    } catch (refused) {
      // A page opened from a disk may not write to the clipboard by itself: what is selected it may copy.
      const range = document.createRange();
      range.selectNodeContents(shown);
      const selected = getSelection();
      selected.removeAllRanges();
      selected.addRange(range);
      return document.execCommand("copy");
    }
    return true;
  }

  function download(words, name) {
    const address = URL.createObjectURL(new Blob([words], { type: "text/yaml;charset=utf-8" }));
    const link = make("a", { href: address, download: name });
    link.click();
    setTimeout(() => URL.revokeObjectURL(address), 1000);
  }

  function way(door, place) {
    const [label, words] = WAYS[door.host] || ["", ""];
    const line = make("p", {});
    if (label) line.append(make("a", { href: door.new + encodeURIComponent(place).replace(/%2F/g, "/"), rel: "noopener" }, label), "。");
    return words ? [make("p", {}, ...(label ? line.childNodes : []), words)] : [];
  }

  function everyWay() {
    const names = { github: "GitHub", gitea: "Gitea", gitlab: "GitLab", gitee: "Gitee" };
    const told = (host) => (host === "github" || host === "gitea" ? "在仓库页面点“新建文件”，填上面的路径，粘贴内容，提交时选“发起合并请求”。" : WAYS[host][1]);
    const all = Object.keys(names).map((host) => [make("dt", {}, names[host]), make("dd", {}, told(host))]);
    return make("details", {}, make("summary", {}, "在各家代码托管网站上怎样交"), make("dl", {}, ...[].concat(...all)));
  }

  /** The section with the file: `made` gives its text, `act.faults` what is still wrong, `act.clear` begins anew. */
  function section(draft, door, made, act) {
    const shown = make("pre", { tabindex: "0", "aria-label": "文件内容" });
    const state = make("div", { class: "state" });
    const told = make("p", { class: "fine", role: "status" });
    const place = path(draft);
    const name = draft.unit.id + "-" + draft.year + ".yml";
    const copied = async () => (told.textContent = (await copy(made(), shown)) ? "复制好了，去粘贴。" : "没有复制成，请在下面选中全部内容自己复制。");
    const buttons = make("p", { class: "buttons" },
      make("button", { type: "button", class: "main", click: copied }, "复制内容"),
      make("button", { type: "button", click: () => download(made(), name) }, "下载文件"),
      make("button", { type: "button", class: "clear", click: act.clear }, "清空重来"));
    const steps = make("ol", { class: "steps" },
      make("li", {}, "文件放在仓库的 ", make("code", {}, place)),
      make("li", {}, "复制内容，或者下载以后改名为 ", make("code", {}, draft.year + ".yml")),
      make("li", {}, ...(door.host ? way(door, place) : [make("p", {}, "到本项目的代码仓库新建这个文件，粘贴内容，提交。")])),
      make("li", {}, "原件也放进旁边的 ", make("code", {}, "source"), " 文件夹。提交以后程序自动核对，有人看过就收进档案。"));
    const preview = make("details", { class: "preview" }, make("summary", {}, "看看文件内容"), shown);
    const heading = make("h2", { id: "submit-hand" }, "交上来");

    function show() {
      const { wrong, counts } = act.faults();
      empty(state);
      if (wrong.length) state.append(make("ul", { class: "alert" }, ...wrong.map((words) => make("li", {}, words))));
      const found = [counts.error && "有误 " + counts.error + " 处", counts.warning && "存疑 " + counts.warning + " 处"].filter(Boolean);
      const words = found.length ? found.join("，") + "：对照原件看一遍。抄错的改，原件就是这样的写明理由。" : "没有发现对不上的地方。";
      state.append(make("p", {}, words));
      shown.textContent = made();
    }
    return { element: make("section", { class: "group handing" }, heading, state, buttons, told, steps, preview, everyWay()), show };
  }

  submit.handing = { path, report, text, section };
})();
