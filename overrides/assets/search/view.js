// What the search page shows, as elements. Every word goes in as text: what stands in a report or in a query is
// never markup.
(function () {
  "use strict";
  const nianbao = self.nianbao || (self.nianbao = {});
  const FLAGS = [[1, "有误"], [2, "存疑"], [4, "原文如此"]];

  // make("p", {class: "fine"}, "text", element, …); an attribute that is false or null is left out, true is empty.
  function make(tag, attributes) {
    const element = document.createElement(tag);
    Object.keys(attributes || {}).forEach((name) => {
      const value = attributes[name];
      if (typeof value === "function") element.addEventListener(name, value);
      else if (value !== false && value !== null) element.setAttribute(name, value === true ? "" : value);
    });
    for (let i = 2; i < arguments.length; i++) element.append(arguments[i]);
    return element;
  }

  function empty(element) {
    element.textContent = "";
    return element;
  }

  function number(n) {
    return String(n).replace(/\B(?=(?:\d{3})+$)/g, ",");
  }

  function flags(bits) {
    return FLAGS.filter((flag) => bits & flag[0]).map((flag) => flag[1]);
  }

  // --- a result -----------------------------------------------------------------------------------------

  function facts(archive, doc) {
    const requests = archive.requests[doc];
    const line = make("p", { class: "facts" });
    line.append(
      make("span", {}, archive.chain(archive.unit[doc])),
      make("span", {}, archive.forms[archive.form[doc]].name),
      make("span", {}, requests < 0 ? "申请数未载" : "收到申请 " + number(requests) + " 件")
    );
    flags(archive.flags[doc]).forEach((word) => line.append(make("span", { class: "remark" }, word)));
    return line;
  }

  // `waiting`: room is kept for the snippet, which is still being fetched.
  function result(archive, doc, site, anchor, waiting) {
    const unit = archive.units[archive.unit[doc]];
    const link = make("a", { href: site + nianbao.files.page(archive.path(doc)) + anchor }, unit.name + " ");
    link.append(make("span", { class: "of" }, archive.year[doc] + "年度"));
    const item = make("li", { "data-report": archive.id(doc) }, make("h3", {}, link), facts(archive, doc));
    if (waiting) item.append(make("p", { class: "snippet waiting" }));
    return item;
  }

  function snippet(item, verdict) {
    const line = item.querySelector(".snippet") || item.appendChild(make("p", { class: "snippet" }));
    empty(line).classList.remove("waiting");
    verdict.pieces.forEach((piece) => line.append(piece[1] ? make("mark", {}, piece[0]) : piece[0]));
    if (verdict.where && verdict.where !== line.textContent) line.append(make("small", {}, "见：" + verdict.where));
    if (!verdict.pieces.length && !verdict.where) line.remove();
    const link = item.querySelector("a");
    if (verdict.anchor) link.setAttribute("href", link.getAttribute("href").split("#")[0] + verdict.anchor);
  }

  function lost(item) {
    const line = item.querySelector(".snippet");
    line.textContent = "摘录没有取到。";
    line.classList.remove("waiting");
  }

  // --- what is chosen -----------------------------------------------------------------------------------

  // `chosen`: [{text, drop}]; the focus goes on to the next chip, or to `after` behind the last.
  function chips(place, chosen, clear, after) {
    const had = place.contains(document.activeElement);
    empty(place);
    if (!chosen.length) {
      if (had) after.focus();
      return;
    }
    const list = make("ul", { class: "chips", "aria-label": "已选的条件" });
    chosen.forEach((one) => {
      const cross = make("span", { "aria-hidden": "true" }, "×");
      const label = { type: "button", "aria-label": "去掉：" + one.text, click: one.drop };
      list.append(make("li", {}, make("button", label, one.text, cross)));
    });
    list.append(make("li", {}, make("button", { type: "button", class: "clear", click: clear }, "全部清除")));
    place.append(list);
    if (had) list.querySelector("button").focus();
  }

  // --- answers ------------------------------------------------------------------------------------------

  function links(found) {
    const list = make("ul");
    found.forEach((one) => list.append(make("li", {}, one)));
    return list;
  }

  // The words of a query stand in the labels of the official forms, which says nothing about a report.
  function label(words, whole, figures, textOnly) {
    const panel = make("section", { class: "answer", "aria-label": "栏目名" });
    const one = "「" + words[0] + "」";
    const partly = (words.length > 1 ? "有的词" : one) + "出现在官方表格的栏目名里，用这种表格的报告份份都算有。";
    const wholly = one + "是官方表格里的栏目名，用这种表格的报告份份都印着。看这一栏有数的：";
    panel.append(make("p", {}, whole ? wholly : partly));
    panel.append(links(figures.concat(textOnly)));
    return panel;
  }

  function nothing(drops, hints) {
    const panel = make("section", { class: "answer", "aria-label": "没有找到" });
    panel.append(make("p", {}, "没有找到。"));
    if (hints.length) panel.append(meant(hints));
    if (drops.length) panel.append(make("p", {}, "可以放宽："), links(drops));
    if (!hints.length && !drops.length) panel.append(make("p", {}, "换个说法，或少写几个字再试。"));
    return panel;
  }

  function meant(hints) {
    const line = make("p", { class: "meant" }, "您是不是要找：");
    hints.forEach((hint, i) => line.append(i ? "、" : "", hint));
    return line;
  }

  // A host that cannot be reached, or one that does not have what belongs together: half a new site, an old page.
  function failure(error, partly) {
    const reason = error.kind === "network" ? "可能网络不通" : "可能网站正在更新";
    const said = partly
      ? "有的报告没有取到（" + reason + "），没有核对，摘录不全。"
      : "搜索要用的文件没有取到或不完整（" + reason + "），结果不完整，所以没有显示。";
    const again = make("button", { type: "button", click: () => location.reload() }, "重新载入");
    return make("div", { class: "failure" }, make("p", {}, said), again);
  }

  nianbao.view = { make, empty, number, flags, result, snippet, lost, chips, label, nothing, meant, failure };
})();
