// What the comparison shows, as elements: the record, each official table, the prose by part. Every word goes in as
// text: what stands in a report is never markup.
(function () {
  "use strict";
  const { nianbao } = self;
  const { make } = nianbao.view;
  const { rows } = nianbao.compare;
  const LEVELS = 4; // deeper rows are not indented further
  const APART = "有的报告只算本单位，有的含所属单位：统计范围不同，不比，“相差”一栏印“—”。";

  /** What people call a report: 油车港镇2020年度. */
  function called({ about, unit, year }) {
    return (about ? about.name : unit + "，") + year + "年度";
  }

  /** The places a unit lies in, joined; the folder of a city's own units bears its name anyway. */
  function where({ about }) {
    const names = about ? about.above.map((place) => place.name) : [];
    return names.filter((place, i) => !(names[i + 1] && names[i + 1].startsWith(place))).join("");
  }

  function link(site, column, anchor, ...inside) {
    return make("a", { href: site + nianbao.files.page(column.path) + anchor }, ...inside);
  }

  function small(text) {
    return make("span", { class: "of" }, text);
  }

  // Two towns of one name are told apart by their counties.
  function head(columns, column, site, anchor) {
    const { name, above } = column.about;
    const twin = columns.some((one) => one.unit !== column.unit && one.about.name === name);
    const inside = [name, small(column.year + "年度")];
    if (twin && above.length) inside.unshift(small(above[above.length - 1].name));
    return make("th", { scope: "col" }, link(site, column, anchor, ...inside));
  }

  // A part with a table in a region that scrolls. `beside`: the number of the column that each is compared with.
  function frame(id, title, columns, beside, site, anchor) {
    const line = make("tr", {}, make("th", { scope: "col" }, "项目"));
    columns.forEach((column, i) => {
      line.append(head(columns, column, site, anchor));
      if (beside[i] < 0) return;
      const said = make("span", { class: "vh" }, "：" + called(column) + "减" + called(columns[beside[i]]));
      line.append(make("th", { scope: "col", class: "difference" }, "相差", said));
    });
    const name = id + "-title";
    const table = make("table", { id, "aria-labelledby": name }, make("thead", {}, line));
    const region = make("div", { class: "sheet compared", role: "region", tabindex: "0", "aria-labelledby": name }, table);
    return { table, region, section: make("section", { class: "group" }, make("h2", { id: name }, title)) };
  }

  function label(labels) {
    return labels.map(([text, form], i) => (i ? make("small", {}, form + "：" + text) : text));
  }

  function level(depth, more) {
    return Object.assign({ class: "level-" + Math.min(depth, LEVELS) }, more);
  }

  // The rows, with their headings above them; a new body where what heads them changes.
  function fill(table, found, line) {
    const colspan = table.querySelectorAll("thead th").length;
    let above = [];
    let body = null;
    for (const row of found) {
      const keys = row.above.map(({ key }) => key);
      let kept = 0;
      while (kept < keys.length && keys[kept] === above[kept]) kept++;
      if (!body || kept < above.length || kept < keys.length) table.append((body = make("tbody")));
      const fresh = row.above.slice(kept).map((heading) => make("span", {}, ...label(heading.labels)));
      if (fresh.length) body.append(make("tr", {}, make("th", level(kept, { scope: "rowgroup", colspan }), ...fresh)));
      above = keys;
      body.append(line(row));
    }
  }

  function figure(one, noted) {
    if (!one) return make("td", { class: "none" }, "本格式没有");
    const { raw, state, value } = one.cell;
    const lost = { blank: "空", missing: "缺" }[state];
    const told = noted.get(one.figure.path) || noted.get(one.figure.path.replace(/\/[^/]*$/, ""));
    const some = state === "number" && Number(value) !== 0 && "some";
    const cell = make("td", { "data-state": state, class: told ? "noted" : some });
    cell.append(lost ? make("span", { class: "lost" }, lost) : raw);
    if (told) cell.append(make("small", { class: "remark" }, told));
    return cell;
  }

  function differing(id, one, other, same) {
    const both = one && other && rows.alike(id, one, other, same);
    const text = both ? rows.difference(one.cell, other.cell, one.figure.unit) : null;
    const why = one && other && one.scope !== other.scope ? "统计范围不同，不比" : "不能相减";
    const inside = text === null ? ["—", make("span", { class: "vh" }, why)] : [text];
    return make("td", { class: "difference" }, ...inside);
  }

  // What the archive tells readers of a report: hints to editors only where the report answers them.
  function findings({ report }) {
    return report.findings
      .filter((one) => one.severity !== "info" || one.waived)
      .map((one) => Object.assign({ word: one.waived ? "原文如此" : one.severity === "error" ? "有误" : "存疑" }, one));
  }

  function fine(text) {
    return make("p", { class: "fine" }, text);
  }

  /** A table of the forms, of the reports that have it; `choose` is told of another column of a grid. */
  function official(id, all, state, same, site, choose) {
    const columns = all.filter((column) => column.forms[id]);
    const { title, name } = columns[0].forms[id];
    const choices = rows.merged(columns.map((column) => rows.choices(column.forms[id])));
    const chosen = choices.find(({ key }) => key === state.column) || choices[choices.length - 1];
    const beside = columns.map((_, i) => (state.difference === "none" ? -1 : state.difference === "left" || !i ? i - 1 : 0));
    const heading = title.endsWith(name) ? title : name + "　" + title;
    const { table, region, section } = frame("compare-" + id, heading, columns, beside, site, "#" + id);
    if (chosen) {
      section.append(chooser("compare-column-" + id, choices, chosen, choose));
      table.prepend(make("caption", {}, "“" + chosen.label + "”一栏"));
    }
    const noted = columns.map((column) => new Map(findings(column).map((one) => [one.path, one.word])));
    const found = rows.aligned(id, columns, chosen && chosen.key).filter((row) => !state.some || rows.holds(row));
    fill(table, found, (row) => {
      const heads = make("th", level(row.level, { scope: "row" }), ...label(row.labels));
      const line = make("tr", { "data-row": row.key }, heads);
      row.cells.forEach((one, i) => {
        line.append(figure(one, noted[i]));
        if (beside[i] >= 0) line.append(differing(id, one, row.cells[beside[i]], same));
      });
      return line;
    });
    section.append(found.length ? region : fine("各份的这张表都是零。"));
    columns.forEach((column) =>
      ((column.report.extra || {})[id] || []).forEach((row) => {
        section.append(fine(called(column) + "还印了格式里没有的一行：" + row.label + " " + row.values.join("、") + "。"));
      })
    );
    const without = all.filter((column) => !column.forms[id]).map(called).join("、");
    if (without) section.append(fine(without + "没有这张表。"));
    return section;
  }

  function chooser(id, choices, chosen, choose) {
    const list = make("select", { id }, ...choices.map(({ key, label: text }) => make("option", { value: key }, text)));
    list.value = chosen.key;
    list.addEventListener("change", () => choose(list.value, id));
    return make("p", { class: "tools" }, make("label", { for: id }, "看哪一栏"), list);
  }

  // --- record and prose ----------------------------------------------------------------------------------

  const RECORD = {
    标题: ({ report }) => report.title,
    格式: ({ form, forms }) => {
      const other = Object.keys(forms).filter((id) => forms[id].form !== form.id);
      return [form.name].concat(other.map((id) => forms[id].name + "用" + forms[id].formName)).join("，");
    },
    公布日期: ({ report }) => report.published || "未注明",
    统计范围: ({ report }) => (report.scope === "aggregated" ? "本级政府汇总，含所属单位" : "本单位"),
    原文: ({ report: { source } }) =>
      source.url ? make("a", { href: source.url, rel: "noopener nofollow" }, source.url) : "未注明",
    抄录说明: ({ report }) => report.source.note || "无",
    校注: (column) => {
      const list = findings(column).map(({ word, message, waived }) =>
        make("li", {}, make("b", {}, word), " " + message + (waived ? "（" + waived + "）" : ""))
      );
      return list.length ? make("details", {}, make("summary", {}, list.length + " 条"), make("ul", {}, ...list)) : "无";
    },
  };

  /** What is known of each report; also why some are not set against each other, which no table says again. */
  function record(columns, state, site) {
    const none = columns.map(() => -1);
    const { table, region, section } = frame("compare-record", "著录与校注", columns, none, site, "#record");
    const lines = Object.keys(RECORD).map((text) => {
      const cells = columns.map((column) => make("td", {}, RECORD[text](column)));
      return make("tr", {}, make("th", { scope: "row" }, text), ...cells);
    });
    table.append(make("tbody", {}, ...lines));
    section.append(region);
    const apart = new Set(columns.map(({ report }) => report.scope)).size > 1;
    if (apart && state.difference !== "none") section.append(fine(APART));
    return section;
  }

  // A part of the prose, folded; `tell` gives a report's paragraphs, or a word on why there are none.
  function folded(text, columns, site, anchor, tell) {
    const beside = columns.map((column, i) => {
      const told = tell(column, i);
      const inside = [].concat(told).map((one) =>
        typeof one === "string" ? fine(one) : make("p", { class: one[0] === "h" && "heading" }, one[1])
      );
      return make("section", {}, make("h4", {}, link(site, column, anchor, called(column))), ...inside);
    });
    const summary = make("summary", {}, make("h3", {}, text));
    return make("details", { class: "part" }, summary, make("div", { class: "beside" }, ...beside));
  }

  function prose(columns, site) {
    const section = make("section", { class: "group" }, make("h2", {}, "正文"));
    for (const { key, label: text, texts } of rows.parts(columns)) {
      const tell = (_, i) => (texts[i] ? (texts[i].length ? texts[i] : "这一部分没有文字。") : "正文没有统一的格式，在最后。");
      section.append(folded(text, columns, site, "#" + key, tell));
    }
    const free = columns.filter(({ form }) => form.free);
    const figures = ({ figures: list }) => (list || []).map((one) => one.name + "：" + one.value + (one.unit || ""));
    const tell = ({ report }) => rows.chapters(report).concat(figures(report));
    if (free.length) section.append(folded("没有统一格式的正文", free, site, "", tell));
    return section;
  }

  nianbao.compare.view = { called, where, link, official, record, prose };
})();
