// Which unit is meant: one of the archive's, found by name or code, or one that is not registered yet.
(function () {
  "use strict";
  const { nianbao } = self;
  const { submit, view } = nianbao;
  const { make, empty } = view;
  const PAUSE = 200; // milliseconds of rest in typing before names are looked up
  const ID = /^\d{6}(?:\d{3}|(?:-[a-z0-9]+)+)?$/;

  /** The box: `chosen` is told of the unit that was picked, {id, name, years}. */
  function box(root, part, chosen) {
    const start = root.getAttribute("data-start");
    let waiting = 0;
    let latest = 0;

    async function look() {
      const turn = ++latest;
      const text = part.q.value.trim();
      let [found, said] = [{ units: [], more: 0 }, ""];
      try {
        if (text) {
          await submit.loading.scripts(root, "find");
          found = await nianbao.compare.choose.find(await nianbao.archive.open(start), text);
          said = found.units.length ? "" : "档案里没有找到。换个写法试试；确实没有登记的，在下面写编号和名称。";
          if (found.more) said = "先列 " + found.units.length + " 个，再写几个字就准了。";
        }
      } catch (error) {
        said = "单位名录没有取到，可能网络不通。可以在下面写编号和名称。";
      }
      if (turn !== latest) return;
      part.found.textContent = said;
      empty(part.units).append(...found.units.map(item));
    }

    function item(unit) {
      const act = () => chosen({ id: unit.id, name: unit.name, years: unit.years });
      const last = unit.years.length ? "，已收录 " + unit.years[0] + "—" + unit.years[unit.years.length - 1] + "年度" : "";
      const aside = make("span", { class: "aside" }, unit.chain + "　" + unit.id + last);
      return make("li", {}, make("span", { class: "who" }, unit.name, aside), make("button", { type: "button", "aria-label": "选" + unit.name, click: act }, "选这个"));
    }

    part.finding.hidden = !start;
    part.other.open = part.other.open || !start;
    part.q.addEventListener("input", (event) => {
      clearTimeout(waiting);
      if (!event.isComposing) waiting = setTimeout(look, PAUSE);
    });
    part.q.addEventListener("compositionend", () => (waiting = setTimeout(look, PAUSE)));
    part.q.addEventListener("keydown", (event) => {
      const first = part.units.querySelector("button");
      const composing = event.isComposing || event.keyCode === 229;
      if (composing || ["Enter", "ArrowDown"].indexOf(event.key) < 0) return;
      event.preventDefault();
      if (first) first.focus();
    });
    return { look };
  }

  /** The unit that is typed by hand, or words on what is missing. */
  function typed(part) {
    const [id, name] = [part.code.value.trim(), part.name.value.trim()];
    if (!id && !name) return { words: "先选一个单位；没有登记的，写它的编号和名称。" };
    if (!ID.test(id)) return { words: "“" + id + "”不是编号。编号是六位或九位数字，部门后面加连字符和短名，如 330411-czj。" };
    if (!name) return { words: "没有写单位的名称。" };
    return { unit: { id, name, years: [] } };
  }

  submit.unit = { box, typed, ID };
})();
