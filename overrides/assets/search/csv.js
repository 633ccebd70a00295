// The list of results as a table for a spreadsheet.
(function () {
  "use strict";
  const scope = typeof self !== "undefined" ? self : globalThis;
  const nianbao = scope.nianbao || (scope.nianbao = {});
  const HEAD = ["单位编号", "单位", "年度", "地区", "级别", "类别", "格式", "收到申请", "数据提示", "地址", "是否核对"];

  // A spreadsheet would run a cell that begins like a formula; the quote before it makes it text.
  function cell(value) {
    const text = String(value);
    const safe = /^[=+\-@\t\r]/.test(text) ? "'" + text : text;
    return /[",\r\n]/.test(safe) ? '"' + safe.replace(/"/g, '""') + '"' : safe;
  }

  // Excel takes a file for UTF-8 only when it begins with the mark.
  function text(rows) {
    return "\ufeff" + [HEAD].concat(rows).map((row) => row.map(cell).join(",") + "\r\n").join("");
  }

  function row(archive, doc, site, checked) {
    const unit = archive.units[archive.unit[doc]];
    const requests = archive.requests[doc];
    return [
      unit.id,
      unit.name,
      archive.year[doc],
      archive.chain(archive.unit[doc]),
      unit.level,
      unit.kind,
      archive.forms[archive.form[doc]].name,
      requests < 0 ? "未载" : requests,
      nianbao.view.flags(archive.flags[doc]).join("、"),
      new URL(nianbao.files.page(archive.path(doc)), site).href,
      checked ? "已核对" : "未核对",
    ];
  }

  function save(name, content) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([content], { type: "text/csv;charset=utf-8" }));
    link.download = name.replace(/[\\/:*?"<>|\u0000-\u001f]+/g, " ").trim().slice(0, 60) + ".csv";
    document.body.appendChild(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000); // some browsers read it later
  }

  nianbao.csv = { text, row, save };
})();
