// One table of the report on the page: fields, tools, what was pasted, what was found.
(function () {
  "use strict";
  const { submit, view } = self.nianbao;
  const { make, empty } = view;
  const { cells, check, fitting, grid, language, paste, shape, told } = submit;
  const MARKS = [["缺", "缺", "副本里看不清、丢了"], ["-", "横线 -", "原件印的是横线"], ["", "空白", "原件没有印"]];

  function tools(own, current, set) {
    const line = make("p", { class: "tools" }, make("span", {}, "这一格："));
    MARKS.forEach(([value, label, title]) => {
      line.append(make("button", { type: "button", title, click: () => set(current(), value) }, label));
    });
    return line;
  }

  // What could not be put into the table, in words that stay until the next paste.
  function report(place, count, problems) {
    empty(place);
    place.classList.toggle("good", !problems.length);
    if (!count && !problems.length) return;
    place.append(make("p", {}, count ? "填了 " + count + " 行。" : "一行也没有填。"));
    if (problems.length) place.append(make("ul", {}, ...problems.map((words) => make("li", {}, words))));
  }

  /**
   * A table as an element with what can be done to it. `draft` holds its texts and the reasons given; `act.changed` is
   * told of every change, `act.pasted` of grids with labels, `act.last` gives last year's table or null.
   */
  function make_(own, draft, act) {
    const raw = draft.tables[own.id];
    const drawn = grid.draw(own);
    const result = make("div", { class: "alert", role: "status" });
    let found = [];
    let current = drawn.lines[0][0];

    const reasons = draft.waivers;
    const list = told.list({
      go: ({ row, column }) => drawn.fields[row][shape.at(own.row.get(row), column)].input.focus(),
      waivable: ({ rule, severity }) => severity !== "info" && language.known("rules")[rule].waivable,
      reason: (name) => reasons[name] || "",
      excuse(name, words) {
        if (words) reasons[name] = words;
        else delete reasons[name];
        changed();
      },
    });

    function read() {
      own.lines.forEach(({ id }) => (raw[id] = drawn.fields[id].map(({ input }) => cells.typed(input.value))));
    }

    function look() {
      found = check.table(shape.filled(own, raw), act.last(own));
      told.marks(drawn, found, (one) => Boolean(reasons[told.key(one)]));
      list.show(found);
      drawn.lines.forEach((fields) => fields.forEach(({ row, at, place }) => {
        const { state, value } = cells.read(raw[row][at], own.row.get(row).columns[at]);
        place.setAttribute("data-state", state);
        place.classList.toggle("some", state === "number" && value.units !== submit.number.NOUGHT.units);
      }));
    }

    function changed() {
      read();
      look();
      act.changed();
    }

    function show() {
      own.lines.forEach(({ id }) => drawn.fields[id].forEach(({ input }, i) => (input.value = raw[id][i])));
      look();
    }

    function set(one, value) {
      one.input.value = value;
      changed();
      one.input.focus();
    }

    /** Put in what a grid says by its labels. */
    function take({ fills, labels }) {
      Object.keys(fills).forEach((id) => (raw[id] = fills[id].slice()));
      Object.assign(draft.labels[own.id] || (draft.labels[own.id] = {}), labels);
      show();
    }

    function pasted(event) {
      let grids;
      try {
        grids = paste.fromClipboard(event.clipboardData);
      } catch (error) {
        event.preventDefault();
        return report(result, 0, [error.said || "没有读懂复制来的内容。"]);
      }
      if (!grids.length || event.target.tagName !== "INPUT") return undefined;
      event.preventDefault();
      if (!grids.every(fitting.plain)) return act.pasted(grids);
      const left = grid.lay(drawn, event.target, grids[0]);
      changed();
      return report(result, grids[0].length, left ? ["多出 " + left + " 格，表里没有地方，没有填"] : []);
    }

    drawn.region.addEventListener("input", changed);
    drawn.region.addEventListener("paste", pasted);
    drawn.region.addEventListener("focusin", ({ target }) => {
      current = [].concat(...drawn.lines).find(({ input }) => input === target) || current;
    });
    grid.keys(drawn, changed);
    const title = make("h3", { id: own.id + "-title" }, own.name + "　" + own.title);
    const section = make("section", { class: "group" }, title, tools(own, () => current, set), result, drawn.region, list.place);
    show();
    return { own, section, take, show, look, tell: (count, problems) => report(result, count, problems), found: () => found };
  }

  submit.table = { make: make_ };
})();
