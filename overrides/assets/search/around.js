// What stands around the list of results: what is chosen, what may be meant instead, what was not looked at.
(function () {
  "use strict";
  const nianbao = self.nianbao || (self.nianbao = {});
  const { state: asked, view, list, filters } = nianbao;
  const PINYIN = /^[a-züÜ' ]+$/i;

  // `part`: the elements of the page by name; `step(state)` goes where a link leads.
  function around(part, step) {
    // A link that can be opened elsewhere, and is followed here without a new page.
    function link(next, text) {
      const follow = (event) => {
        if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
        event.preventDefault();
        step(next);
        part.heading.focus();
      };
      return view.make("a", { href: asked.address(next) || location.pathname, click: follow }, text);
    }

    function chosen(archive, state) {
      const found = [];
      const add = (text, parts) => found.push({ text, drop: () => step(asked.change(state, parts)) });
      if (state.figure) add(filters.word(archive, "figure", state.figure), { figure: "" });
      if (state.zone) add("只看正文和数字", { zone: "" });
      asked.FACETS.forEach((facet) =>
        state.filters[facet].forEach((value) => {
          const rest = state.filters[facet].filter((one) => one !== value);
          add(filters.word(archive, facet, value), { filters: { [facet]: rest } });
        })
      );
      return found;
    }

    // Chips, and what the words are if they are no words of the reports' own. `total`: how many were found.
    function above(set, state, total) {
      const chips = chosen(set.archive, state);
      part.active.textContent = chips.length ? String(chips.length) : "";
      const clear = () => step(asked.change(asked.blank(state.q), { sort: state.sort }));
      view.chips(part.chips, chips, clear, part.heading);
      view.empty(part.answer);
      if (total && set.labelled && !state.zone && !state.figure) part.answer.append(label(set, state));
    }

    // The words stand in labels of the forms: the figures behind them, and the way to those who speak of them.
    function label(set, state) {
      // The figure is counted over the whole archive; with conditions on, the link leads to fewer.
      const held = (n) => (asked.chosen(state) ? "（全部报告里 " + view.number(n) + " 份）" : "：" + view.number(n) + " 份");
      const words = nianbao.terms.parse(state.q).terms.filter((term) => !term.not).map((term) => term.text);
      const ways = set.figures.map((one) => {
        const text = filters.above(set.archive, one.figure, one.label) + held(one.count);
        return one.count ? link(asked.change(state, { figure: one.figure }), text) : text; // nought is an answer too
      });
      const whole = set.figures.some((one) => one.whole);
      return view.label(words, whole, ways, link(asked.change(state, { zone: "text" }), "只看正文和数字里提到的"));
    }

    // `told` of the walk, `left`: reports of the result that are not on the page.
    function below(told, left, state, notes) {
      const stopped = told.shown < state.n && left > 0;
      part.more.hidden = left <= 0 || state.n >= asked.MOST;
      part.more.textContent = stopped ? "继续核对" : "再看 " + Math.min(asked.PAGE, left) + " 份";
      part.tail.textContent = "";
      if (stopped) {
        const found = "核对了前 " + (told.before + told.seen) + " 份，其中 " + told.shown + " 份确有这些字；";
        part.tail.textContent = found + "还有未核对的 " + view.number(left) + " 份。";
      } else if (left > 0 && part.more.hidden) {
        part.tail.textContent = "列到这里为止。全部结果可以下载，也可以加上条件缩小范围。";
      }
      part.tail.append(notes.join(""));
    }

    async function suggested(archive, q) {
      const found = q ? await nianbao.suggest.places(archive, q) : [];
      return found.map((one) => link(asked.blank(one.text), one.text));
    }

    async function nothing(set, state, current) {
      const [drops, hints] = await Promise.all([list.drops(set, state), suggested(set.archive, state.q)]);
      if (!current()) return;
      const ways = drops.map((one) =>
        link(one.state, one.text + "：" + (one.exact ? "" : "约 ") + view.number(one.count) + " 份")
      );
      part.answer.append(view.nothing(ways, hints));
    }

    // Pinyin may stand in a report and still mean a place.
    async function hint(archive, state, current) {
      if (!PINYIN.test(state.q)) return;
      const hints = await suggested(archive, state.q);
      if (current() && hints.length) part.answer.append(view.meant(hints));
    }

    return { above, below, nothing, hint };
  }

  nianbao.around = around;
})();
