// The search box in the head of every page: `/` and Ctrl+K lead into it, and Enter never sends half-typed pinyin.
// It loads nothing; searching itself is the business of /search/.
(function () {
  "use strict";
  var box = document.getElementById("search-q");
  if (!box) return;
  var composing = false;

  function typing(place) {
    var ticked = /^(checkbox|radio|button|submit)$/.test(place.type || "");
    return (/^(INPUT|TEXTAREA|SELECT)$/.test(place.tagName || "") && !ticked) || place.isContentEditable;
  }

  document.addEventListener("keydown", function (event) {
    var key = event.key || "";
    var jump = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && key.toLowerCase() === "k";
    var slash = key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !typing(event.target);
    if (event.isComposing || !(jump || slash)) return;
    event.preventDefault();
    box.focus();
    box.select();
  });

  box.addEventListener("compositionstart", function () {
    composing = true;
  });
  box.addEventListener("compositionend", function () {
    composing = false;
  });
  box.addEventListener("blur", function () {
    composing = false; // some input methods never say that they ended when the focus goes
  });
  box.addEventListener("keydown", function (event) {
    // Safari says compositionend before the Enter that ended it; 229 is what it still calls that key.
    if (event.key === "Enter" && (event.isComposing || composing || event.keyCode === 229)) event.preventDefault();
  });
  box.form.addEventListener("submit", function (event) {
    if (!composing) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  });
})();
