// A picked file -> grids of cells: HTML, text with tabs or commas, or an Excel workbook. Bounded in size and in time, and
// nothing in it is run: formulas are taken by the value they had.
(function () {
  "use strict";
  const { submit } = (typeof self !== "undefined" ? self : globalThis).nianbao;
  const { paste } = submit;
  const LARGEST = 20e6; // bytes of a file
  const UNPACKED = 30e6; // bytes of a part of a workbook
  const PARTS = 2000;
  const CELLS = 20000; // of one sheet

  // --- text -------------------------------------------------------------------------------------------------

  function text(bytes) {
    const head = new TextDecoder("latin1").decode(bytes.slice(0, 2048));
    const named = /charset=["']?([\w-]+)/i.exec(head);
    const wide = bytes[0] === 0xff && bytes[1] === 0xfe ? "utf-16le" : bytes[0] === 0xfe && bytes[1] === 0xff ? "utf-16be" : "";
    for (const name of [wide, "utf-8", named && named[1], "gb18030"].filter(Boolean)) {
      try {
        return new TextDecoder(name, { fatal: true }).decode(bytes);
      } catch (error) {
        // not in this encoding: the next is tried
      }
    }
    return paste.refuse("认不出文件的编码，另存为 UTF-8 再试。");
  }

  // --- zip --------------------------------------------------------------------------------------------------

  function directory(bytes) {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    let end = bytes.length - 22;
    while (end >= 0 && view.getUint32(end, true) !== 0x06054b50) end--;
    if (end < 0) paste.refuse("这不是完整的 Excel 文件（.xlsx）。");
    const count = Math.min(view.getUint16(end + 10, true), PARTS);
    const parts = new Map();
    let at = view.getUint32(end + 16, true);
    for (let i = 0; i < count && at + 46 <= bytes.length && view.getUint32(at, true) === 0x02014b50; i++) {
      const long = view.getUint16(at + 28, true);
      const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + long));
      const field = (offset) => view.getUint32(at + offset, true);
      const place = { crc: field(16), packed: field(20), size: field(24), start: field(42) };
      parts.set(name, Object.assign(place, { method: view.getUint16(at + 10, true), flags: view.getUint16(at + 8, true) }));
      at += 46 + long + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
    }
    return parts;
  }

  // A part as the gzip file it could be: browsers unpack that, and see whether it is whole.
  function gzip(bytes, part) {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    const start = part.start + 30 + view.getUint16(part.start + 26, true) + view.getUint16(part.start + 28, true);
    const made = new Uint8Array(18 + part.packed);
    made.set([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255]);
    made.set(bytes.subarray(start, start + part.packed), 10);
    const tail = new DataView(made.buffer, 10 + part.packed);
    tail.setUint32(0, part.crc, true);
    tail.setUint32(4, part.size, true);
    return made;
  }

  async function unpacked(bytes, part) {
    if (part.flags & 1) paste.refuse("文件有密码，先去掉密码另存。");
    if (part.size > UNPACKED || part.packed > bytes.length) paste.refuse("文件解开以后太大了。");
    if (typeof DecompressionStream === "undefined") paste.refuse("这个浏览器太旧，打不开 Excel 文件；把表格复制过来也行。");
    const stream = new Blob([gzip(bytes, part)]).stream().pipeThrough(new DecompressionStream("gzip")).getReader();
    const pieces = [];
    let size = 0;
    for (let got = await stream.read(); !got.done; got = await stream.read()) {
      pieces.push(got.value);
      if ((size += got.value.length) > UNPACKED) {
        stream.cancel();
        paste.refuse("文件解开以后太大了。");
      }
    }
    return new Blob(pieces).arrayBuffer();
  }

  async function xml(bytes, parts, name) {
    const part = parts.get(name);
    if (!part) return null;
    const stored = part.method === 0 ? null : await unpacked(bytes, part);
    const raw = stored ? new Uint8Array(stored) : gzip(bytes, part).subarray(10, 10 + part.packed);
    const read = new TextDecoder().decode(raw);
    if (/<!(?:DOCTYPE|ENTITY)/i.test(read)) paste.refuse("文件里有不该有的声明，没有打开它。");
    const page = new DOMParser().parseFromString(read, "application/xml");
    if (page.querySelector("parsererror")) paste.refuse("文件坏了，读不出来。");
    return page;
  }

  // --- workbook ---------------------------------------------------------------------------------------------

  function all(page, name) {
    return page ? Array.from(page.getElementsByTagNameNS("*", name)) : [];
  }

  // B12 -> {x: 1, y: 11}
  function place(reference) {
    const found = /^\$?([A-Z]{1,3})\$?(\d{1,7})$/.exec(reference || "");
    if (!found) return paste.refuse("文件坏了，读不出来。");
    const x = Array.from(found[1]).reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
    return { x, y: Number(found[2]) - 1 };
  }

  function content(cell, shared) {
    const kind = cell.getAttribute("t");
    const texts = (element) => all(element, "t").filter((one) => one.parentNode.localName !== "rPh");
    if (kind === "inlineStr") return texts(cell).map((one) => one.textContent).join("");
    const value = all(cell, "v")[0];
    if (!value) return "";
    return kind === "s" ? shared[Number(value.textContent)] || "" : value.textContent;
  }

  function sheet(page, shared) {
    const merged = new Map();
    all(page, "mergeCell").forEach((one) => {
      const [from, to] = (one.getAttribute("ref") || "").split(":").map(place);
      if (to && to.x >= from.x && to.y >= from.y) merged.set(from.x + " " + from.y, { wide: to.x - from.x + 1, high: to.y - from.y + 1 });
    });
    const filled = all(page, "c").map((cell) => Object.assign({ text: content(cell, shared) }, place(cell.getAttribute("r"))));
    const used = filled.filter(({ text: own }) => own);
    if (!used.length) return [];
    if (used.length > CELLS) paste.refuse("表格太大了，只留三张表所在的部分再试。");
    const [left, top] = [Math.min(...used.map(({ x }) => x)), Math.min(...used.map(({ y }) => y))];
    const spanned = used.map((one) =>
      Object.assign({ wide: 1, high: 1 }, merged.get(one.x + " " + one.y), { text: one.text, x: one.x - left, y: one.y - top })
    );
    return paste.fromCells(spanned);
  }

  async function workbook(bytes) {
    const parts = directory(bytes);
    const names = Array.from(parts.keys()).filter((name) => /^xl\/worksheets\/[^/]+\.xml$/.test(name)).sort();
    if (!names.length) paste.refuse("这不是 Excel 工作簿（.xlsx）。Word 文件请打开以后复制表格。");
    const strings = await xml(bytes, parts, "xl/sharedStrings.xml");
    const texts = (one) => all(one, "t").filter((t) => t.parentNode.localName !== "rPh").map((t) => t.textContent).join("");
    const shared = all(strings, "si").map(texts);
    const found = [];
    for (const name of names.slice(0, 20)) found.push(sheet(await xml(bytes, parts, name), shared));
    return found.filter((grid) => grid.length);
  }

  /** The grids in a file; what cannot be read is refused with an error whose `said` is for people. */
  async function read(file) {
    if (file.size > LARGEST) paste.refuse("文件太大了（超过 20 MB）。");
    const bytes = new Uint8Array(await file.arrayBuffer());
    if (bytes[0] === 0x50 && bytes[1] === 0x4b) return workbook(bytes);
    if (bytes[0] === 0xd0 && bytes[1] === 0xcf) paste.refuse("这是旧式的 Word 或 Excel 文件，另存为 .xlsx，或者打开以后复制表格。");
    if (bytes[0] === 0x25 && bytes[1] === 0x50) paste.refuse("这是 PDF，打开以后复制表格，或者照着填。");
    const own = text(bytes);
    return /<table[\s>]/i.test(own) ? paste.fromHtml(own) : [paste.fromText(own)];
  }

  submit.sheets = { read };
})();
