// Opens the folded part of a page that a link leads into. Newer browsers do so by themselves; those of before 2025 may not.
(function () {
  "use strict";
  function reveal() {
    var place = document.getElementById(location.hash.slice(1));
    var folded = place && place.closest("details:not([open])");
    if (!folded) return;
    folded.open = true;
    place.scrollIntoView();
  }
  window.addEventListener("hashchange", reveal);
  reveal();
})();
