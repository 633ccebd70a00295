// What is written beside the tables: title, source, prose. Each field writes into the draft as it is typed.
(function () {
  "use strict";
  const { submit, view } = self.nianbao;
  const { make, empty } = view;

  const SOURCE = [
    ["title", "标题", "照抄原件的标题"],
    ["published", "公布日期", "原件或网页上写明的；没有写就不填", "date"],
    ["url", "网址", "从浏览器地址栏整个抄来", "url"],
    ["captured", "获取日期", "把原件存下来的那一天", "date"],
    ["file", "原件的文件名", "存在 source 文件夹里的那一个；没有存就不填"],
    ["sha256", "原件的指纹（SHA-256）", "选一下原件就会填好；不会算可以不填"],
    ["printedUnit", "原件印的单位名称", "和登记的不一样时才写"],
    ["note", "转录说明", "抄录时的情况；没有要说的就不填"],
  ];
  const PART = /^(?:https?:\/\/[^\s<>"']+)?$/;

  function text(id, label, hint, value, changed, more) {
    const about = Object.assign({ id, type: "text", autocomplete: "off", "aria-describedby": id + "-hint" }, more);
    const field = make(more && more.rows ? "textarea" : "input", about);
    field.value = value;
    field.addEventListener("input", () => changed(field.value));
    const explained = make("small", { id: id + "-hint" }, hint);
    return { line: make("p", {}, make("label", { for: id }, label), field, explained), field };
  }

  /** A text on one line, as the file holds it. */
  function line(value) {
    return value.replace(/[\s\u2028\u2029]+/g, " ").trim();
  }

  /** A text of several lines, without what no file may hold. */
  function prose(value) {
    const lines = value.replace(/\r\n?|[\x85\u2028\u2029]/g, "\n").replace(/\t/g, "    ");
    return submit.language.change("odd", lines, "").replace(/^[ \n]+|[ \n]+$/g, "");
  }

  function hex(buffer) {
    return Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  // The original is only looked at: its name and what tells it from every other file.
  async function original(file, fill) {
    fill("file", file.name);
    if (!self.crypto || !crypto.subtle) return;
    fill("sha256", hex(await crypto.subtle.digest("SHA-256", await file.arrayBuffer())));
  }

  function source(draft, changed, recheck) {
    const fields = {};
    const set = (name, value) => {
      draft.fields[name] = line(value);
      changed();
    };
    const lines = SOURCE.map(([name, label, hint, type]) => {
      const made = text("submit-" + name, label, hint, draft.fields[name] || "", (value) => set(name, value), { type: type || "text", maxlength: 500 });
      fields[name] = made.field;
      return made.line;
    });
    const picked = make("input", { id: "submit-original", type: "file" });
    picked.addEventListener("change", () => {
      const fill = (name, value) => {
        fields[name].value = value;
        set(name, value);
      };
      if (picked.files[0]) original(picked.files[0], fill);
    });
    lines.splice(5, 0, make("p", {}, make("label", { for: "submit-original" }, "选原件"), picked, make("small", {}, "只算出文件名和指纹，不上传")));
    const ticked = make("input", { id: "submit-aggregated", type: "checkbox" });
    ticked.checked = Boolean(draft.fields.aggregated);
    ticked.addEventListener("change", () => {
      draft.fields.aggregated = ticked.checked;
      recheck();
      changed();
    });
    const tick = make("p", { class: "tick" }, ticked, make("label", { for: "submit-aggregated" }, "本级政府的汇总，含所属单位"));
    const heading = make("h2", { id: "submit-source" }, "标题和来源");
    return make("section", { class: "group source" }, heading, make("div", { class: "pair" }, ...lines), tick);
  }

  function part(id, title, value, changed, hint) {
    const rows = Math.min(Math.max(4, Math.ceil(value.length / 40)), 14);
    return text(id, title, hint, value, changed, { rows, type: null, spellcheck: "false" }).line;
  }

  /** The prose of a form with fixed parts. */
  function parts(form, draft, changed) {
    return form.sections.filter(({ table }) => !table).map(({ id, key, title, heading }) => {
      const write = (value) => {
        draft.sections[id] = value;
        changed();
      };
      return part("submit-part-" + id, heading ? title : key, draft.sections[id] || "", write, "");
    });
  }

  // Parts with headings of the report's own, as many as it has.
  function chapters(draft, changed) {
    const place = make("div", { class: "chapters" });
    const all = draft.chapters;
    if (!all.length) all.push({ heading: "", text: "" });

    function show() {
      empty(place);
      all.forEach((chapter, i) => {
        const write = (name) => (value) => {
          chapter[name] = value;
          changed();
        };
        const id = "submit-chapter-" + i;
        const heading = text(id, "第 " + (i + 1) + " 个标题", "照抄；没有标题就不填", chapter.heading, write("heading")).line;
        place.append(heading, part(id + "-text", "这一部分的正文", chapter.text, write("text"), ""));
      });
      const more = () => {
        all.push({ heading: "", text: "" });
        changed();
        show();
        document.getElementById("submit-chapter-" + (all.length - 1)).focus();
      };
      place.append(make("p", {}, make("button", { type: "button", click: more }, "再加一部分")));
    }
    show();
    return [place];
  }

  /** All the prose, as a section. */
  function written(form, draft, changed) {
    const hint = make("p", { class: "fine" }, "一段一段照抄，段与段之间空一行；原件没有这一部分的不填。**两对星号**之间是粗体，行首 ### 是小标题。");
    const inside = form.free ? chapters(draft, changed) : parts(form, draft, changed);
    return make("section", { class: "group prose-fields" }, make("h2", {}, "正文"), hint, ...inside);
  }

  /** What is wrong with these fields, in words. */
  function faults({ fields }) {
    const said = [];
    const tell = (wrong, words) => wrong && said.push(words);
    tell(!fields.title, "没有写标题，照抄原件的标题。");
    tell(!fields.url && !fields.file, "没有写来源，网址和文件名至少写一样。");
    tell(!PART.test(fields.url || ""), "“" + fields.url + "”不是网址，从浏览器地址栏整个抄来，以 http:// 或 https:// 开头。");
    tell(/[/\\:]/.test(fields.file || "") || /^\./.test(fields.file || ""), "“" + fields.file + "”不是单纯的文件名，只写文件名，不带文件夹。");
    tell(!/^(?:[0-9a-f]{64})?$/.test(fields.sha256 || ""), "指纹应是 64 个小写的十六进制字符，不会算就不填。");
    return said;
  }

  submit.fields = { source, written, faults, line, prose };
})();
