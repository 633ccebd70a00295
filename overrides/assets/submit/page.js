// The form page: who and when, and what was begun before. What is filled in is the business of filling.js.
(function () {
  "use strict";
  const { nianbao } = self;
  const root = document.getElementById("submit");
  if (!root) return;
  const { files, submit, view } = nianbao;
  const { make, empty } = view;
  const { drafts, loading, unit } = submit;
  const part = {};
  root.querySelectorAll("[id^=submit-]").forEach((element) => (part[element.id.slice(7)] = element));
  const data = JSON.parse(part.data.textContent);
  let picked = null; // the unit that was chosen of the archive's

  function warn(words) {
    empty(part.alert);
    if (words) part.alert.append(make("p", {}, words));
  }

  function write(search) {
    try {
      history.replaceState(null, "", location.pathname + search);
    } catch (refused) {
      // browsers may refuse it in a file opened from a disk
    }
  }

  // --- who and when -----------------------------------------------------------------------------------------

  // The forms, those first that were in use for reports on a year.
  function offered(year) {
    const during = ({ first, last }) => first && first <= year && year <= (last || year);
    const rank = (form) => (during(form) ? (form.obligatory && form.obligatory <= year ? 0 : 1) : 2);
    return data.forms.slice().sort((a, b) => rank(a) - rank(b) || (b.first || 0) - (a.first || 0));
  }

  function choices() {
    const chosen = part.form.value;
    empty(part.form).append(...offered(Number(part.year.value)).map(({ id, name }) => make("option", { value: id }, name)));
    if (part.form.hasAttribute("data-own")) part.form.value = chosen;
  }

  function choose(own) {
    picked = own;
    const again = make("button", { type: "button", click: () => choose(null) }, "换一个");
    empty(part.unit);
    part.unit.hidden = !own;
    part.finding.hidden = Boolean(own) || !root.getAttribute("data-start");
    part.other.hidden = Boolean(own);
    if (!own) return part.q.focus();
    part.unit.append(make("b", {}, own.name), " ", make("span", { class: "aside" }, own.id), " ", again);
    empty(part.units);
    return part.unit.focus();
  }

  // --- begun, gone on with, left ----------------------------------------------------------------------------

  function leave() {
    empty(part.sheet);
    part.sheet.hidden = true;
    [part.which, part.lists].forEach((one) => (one.hidden = false));
    root.setAttribute("data-state", "idle");
    write("");
    warn("");
    unfinished();
    part.year.focus();
  }

  /** What `filling` may do to the page around it. */
  const around = {
    root, part, data, warn, leave,
    entered(draft) {
      [part.which, part.drafts, part.lists].forEach((one) => (one.hidden = true));
      part.sheet.hidden = false;
      root.setAttribute("data-state", "filling");
      write("?unit=" + draft.unit.id + "&year=" + draft.year);
    },
  };

  async function fill(draft, begun) {
    warn("");
    try {
      await loading.scripts(root, "fill");
      await (begun ? submit.filling.begin(around, begun) : submit.filling.resume(around, draft));
    } catch (error) {
      if (error instanceof Error && !(error instanceof files.Failure)) console.error(error);
      warn("格式没有取到，可能网络不通。过一会儿再点一次。");
    }
  }

  function unfinished() {
    const all = drafts.list();
    part.drafts.hidden = !all.length;
    empty(part.drafts.querySelector("ul")).append(...all.map((draft) => {
      const name = draft.unit.name + draft.year + "年度";
      const form = (data.forms.find(({ id }) => id === draft.form) || {}).name || draft.form;
      const open = make("button", { type: "button", "aria-label": "接着填" + name, click: () => fill(draft) }, "接着填");
      return make("li", {}, make("span", { class: "who" }, name, make("span", { class: "aside" }, form)), open);
    }));
  }

  function begin(event) {
    event.preventDefault();
    const { unit: own, words } = picked ? { unit: picked } : unit.typed(part);
    if (!own) return warn(words);
    const year = Number(part.year.value);
    const kept = drafts.load(own.id + "/" + year);
    if (kept) return fill(Object.assign(kept, { unit: Object.assign({}, kept.unit, own) }));
    return fill(null, { unit: own, year, form: part.form.value });
  }

  // An address may name the unit and year: of what is being filled in, or of what is missing.
  function asked() {
    const query = new URLSearchParams(location.search);
    const [id, year] = [query.get("unit") || "", query.get("year") || ""];
    if (!unit.ID.test(id)) return;
    const kept = drafts.load(id + "/" + year);
    if (Array.from(part.year.options).some(({ value }) => value === year)) part.year.value = year;
    choices();
    if (kept) fill(kept);
    else if (root.getAttribute("data-start")) {
      part.q.value = id;
      part.q.dispatchEvent(new Event("input"));
    } else part.code.value = id;
  }

  files.start(root.getAttribute("data-root"));
  unit.box(root, part, choose);
  part.year.addEventListener("change", choices);
  part.form.addEventListener("change", () => part.form.setAttribute("data-own", ""));
  part.which.addEventListener("submit", begin);
  part.which.hidden = false;
  choices();
  unfinished();
  asked();
})();
