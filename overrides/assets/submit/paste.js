// What was copied or picked -> grids of cells: a cell that spans several places stands in each of them, as one object.
(function () {
  "use strict";
  const { submit } = (typeof self !== "undefined" ? self : globalThis).nianbao;
  const { cells, language } = submit;
  const MOST = 20000; // cells of one grid; a report's three tables have some hundred
  const LONGEST = 4e6; // characters
  const REACH = 100; // rows or columns that one cell may span

  function cell(text) {
    const raw = cells.typed(text);
    return { raw, level: language.level(raw) };
  }

  function refuse(words) {
    throw Object.assign(new Error(words), { said: words });
  }

  function bounded(text) {
    if (text.length > LONGEST) refuse("内容太长了，只复制三张表所在的部分再试。");
    return text;
  }

  function span(element, name) {
    return Math.min(Math.max(parseInt(element.getAttribute(name), 10) || 1, 1), REACH);
  }

  /** The grids of some HTML. It is parsed as a document of its own: no script in it runs, nothing is fetched. */
  function fromHtml(html) {
    const page = new DOMParser().parseFromString(bounded(html), "text/html");
    return Array.from(page.querySelectorAll("table"), grid).filter((one) => one.length);
  }

  function grid(table) {
    const found = [];
    let count = 0;
    Array.from(table.rows).forEach((line, y) => {
      let x = 0;
      Array.from(line.cells).forEach((element) => {
        while (found[y] && found[y][x]) x++;
        const one = cell(element.textContent);
        const [wide, high] = [span(element, "colspan"), Math.min(span(element, "rowspan"), table.rows.length - y)];
        if ((count += wide * high) > MOST) refuse("表格太大了，只复制三张表所在的部分再试。");
        for (let dy = 0; dy < high; dy++) {
          const row = found[y + dy] || (found[y + dy] = []);
          for (let dx = 0; dx < wide; dx++) row[x + dx] = one;
        }
        x += wide;
      });
    });
    return squared(found);
  }

  // Every row as long as the longest. Where there is no cell stands one that says so: it is not a blank one.
  function squared(rows, missing) {
    const wide = Math.max(0, ...rows.map((row) => (row ? row.length : 0)));
    if (wide * rows.length > MOST) refuse("表格太大了，只复制三张表所在的部分再试。");
    const none = () => Object.assign(cell(""), missing || { none: true });
    return Array.from(rows, (row) => Array.from({ length: wide }, (_, x) => (row && row[x]) || none()));
  }

  /** A grid of text: one row a line, cells between tabs or commas, quotation marks as spreadsheets write them. */
  function fromText(text, mark) {
    const all = bounded(text).replace(/\r\n?/g, "\n");
    const by = mark || (all.indexOf("\t") >= 0 ? "\t" : /^[^\n]*,[^\n]*,/m.test(all) ? "," : "\t");
    const rows = [[]];
    const one = new RegExp('(?:"((?:[^"]|"")*)"|([^' + by + '\n]*))(' + by + "|\n|$)", "y");
    for (let at = 0; at <= all.length; ) {
      one.lastIndex = at;
      const match = one.exec(all);
      if (!match) refuse("引号没有成对，读不出这张表。");
      rows[rows.length - 1].push(cell(match[1] === undefined ? match[2] : match[1].replace(/""/g, '"')));
      at = one.lastIndex;
      if (match[3] === "") break;
      if (match[3] === "\n") rows.push([]);
    }
    return squared(rows.filter((row) => row.some(({ raw }) => raw)));
  }

  /** A grid of cells {text, y, x, wide, high}, as spreadsheets keep them: those that are blank are not kept. */
  function fromCells(list) {
    const found = [];
    let count = 0;
    list.forEach(({ text, y, x, wide, high }) => {
      const one = cell(text);
      if ((count += wide * high) > MOST || y + high > MOST || x + wide > MOST) refuse("表格太大了，只留三张表所在的部分再试。");
      for (let dy = 0; dy < high; dy++) {
        const row = found[y + dy] || (found[y + dy] = []);
        for (let dx = 0; dx < wide; dx++) row[x + dx] = one;
      }
    });
    return squared(found, {}).filter((row) => row.some(({ raw }) => raw));
  }

  /** The grids of a clipboard: of its HTML, if there is a table in it, or of its text. */
  function fromClipboard(data) {
    const tables = fromHtml(data.getData("text/html"));
    if (tables.length) return tables;
    const text = data.getData("text/plain");
    return /[\t\n]/.test(text.trim()) ? [fromText(text, "\t")] : [];
  }

  submit.paste = { fromHtml, fromText, fromCells, fromClipboard, refuse };
})();
