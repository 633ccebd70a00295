// Reports that are being filled in, kept in this browser by unit and year; and what of them was not kept.
(function () {
  "use strict";
  const { submit } = self.nianbao;
  const PREFIX = "submit/";
  const PAUSE = 300; // milliseconds of rest before what was typed is kept
  let waiting = 0;
  let unkept = null; // the draft that is newer than what is kept

  // Browsers may refuse storage, or have no more room.
  function tried(act, otherwise) {
    try {
      return act();
    } catch (refused) {
      return otherwise;
    }
  }

  function id(draft) {
    return draft.unit.id + "/" + draft.year;
  }

  function understood(text) {
    const draft = tried(() => JSON.parse(text), null);
    const whole = draft && draft.unit && draft.year && draft.form && draft.tables && draft.fields && draft.sections;
    return whole ? draft : null;
  }

  /** The draft of a unit and year, or null. */
  function load(name) {
    return understood(tried(() => localStorage.getItem(PREFIX + name), null));
  }

  /** Every draft there is: those last changed first. */
  function list() {
    const names = tried(() => Object.keys(localStorage), []).filter((name) => name.startsWith(PREFIX));
    const found = names.map((name) => load(name.slice(PREFIX.length))).filter(Boolean);
    return found.sort((a, b) => (b.changed || 0) - (a.changed || 0));
  }

  function put() {
    clearTimeout(waiting);
    if (!unkept) return true;
    const kept = tried(() => {
      localStorage.setItem(PREFIX + id(unkept), JSON.stringify(unkept));
      return true;
    }, false);
    if (kept) unkept = null;
    return kept;
  }

  /** Keep a draft soon; `told` learns whether that could be done. */
  function keep(draft, told) {
    draft.changed = Date.now();
    unkept = draft;
    clearTimeout(waiting);
    waiting = setTimeout(() => told(put()), PAUSE);
  }

  function drop(draft) {
    clearTimeout(waiting);
    unkept = null;
    tried(() => localStorage.removeItem(PREFIX + id(draft)));
  }

  // Going away loses only what could not be kept.
  addEventListener("beforeunload", (event) => {
    if (put()) return;
    event.preventDefault();
    event.returnValue = "";
  });

  submit.drafts = { id, load, list, keep, drop };
})();
