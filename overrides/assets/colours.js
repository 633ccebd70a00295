// The reader's choice of colours: automatic, light or dark. Without it the colours follow the system and the
// buttons stay hidden.
(function () {
  "use strict";
  var root = document.documentElement;
  var KEY = "colours";

  function remembered() {
    try {
      return localStorage.getItem(KEY) || "auto";
    } catch (refused) {
      return "auto"; // storage may be switched off; the choice then lasts as long as the page
    }
  }

  function apply(choice) {
    if (choice === "light" || choice === "dark") root.setAttribute("data-colours", choice);
    else root.removeAttribute("data-colours");
  }

  apply(remembered());

  document.addEventListener("DOMContentLoaded", function () {
    var group = document.querySelector(".colours");
    if (!group) return;
    var buttons = Array.prototype.slice.call(group.querySelectorAll("button"));

    function show(choice) {
      buttons.forEach(function (button) {
        button.setAttribute("aria-pressed", String(button.getAttribute("data-colours") === choice));
      });
    }

    buttons.forEach(function (button) {
      button.addEventListener("click", function () {
        var choice = button.getAttribute("data-colours");
        try {
          localStorage.setItem(KEY, choice);
        } catch (refused) {
          // see above
        }
        apply(choice);
        show(choice);
      });
    });
    show(remembered());
    group.hidden = false;
  });
})();
