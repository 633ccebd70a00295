// A reader who found a mistake points at the cell; the link to the form on mistakes then names it, with what stands in it.
// How a cell is called is looked up in the form's own file, once. Without this script the link names the report alone.
(function () {
  "use strict";
  var link = document.getElementById("tell");
  var article = document.querySelector("article.report");
  if (!link || !article || !window.fetch) return;
  var near = document.createElement("span");
  var button = link.cloneNode();
  var asked = null;
  var wanted = 0;
  button.removeAttribute("id");
  button.textContent = "报错";
  near.className = "tell";
  near.appendChild(button);

  function find(list, below, id) {
    for (var i = 0; i < (list || []).length; i++) {
      var found = list[i].id === id ? list[i] : find(list[i][below], below, id);
      if (found) return found;
    }
    return null;
  }

  function form() {
    var page = document.querySelector('#record a[href*="/forms/"]');
    var slug = page && /\/forms\/([\w-]+)\/$/.exec(page.pathname);
    if (!asked) {
      var from = slug && new URL("../../api/v1/forms/" + slug[1] + ".json", page.href);
      asked = from ? fetch(from).then(function (answer) { return answer.json(); }) : Promise.resolve({ tables: [] });
    }
    return asked;
  }

  // 表三「（一）予以公开」·自然人; where the form does not know the cell, its anchor.
  function name(id, known) {
    var part = id.split(".");
    var table = find(known.tables, "", part[0]);
    for (var i = 0; table && i < table.blocks.length; i++) {
      var row = find(table.blocks[i].rows, "rows", part[1]);
      var column = find(table.blocks[i].columns, "columns", part[2]);
      if (row && column) return table.name + "「" + row.label + "」·" + column.label;
    }
    return id;
  }

  function printed(cell) {
    var copy = cell.cloneNode(true);
    copy.querySelectorAll(".marks, .tell").forEach(function (mark) { mark.remove(); });
    return copy.textContent.trim();
  }

  function choose(cell, beside) {
    var turn = ++wanted;
    var value = printed(cell);
    function fill(known) {
      if (turn !== wanted) return;
      var where = name(cell.id, known);
      var address = link.dataset.form.replace("{cell}", encodeURIComponent(where));
      link.href = button.href = address.replace("{value}", encodeURIComponent(value));
      link.textContent = "报告错误：" + where;
      link.nextElementSibling.hidden = true;
      button.setAttribute("aria-label", button.textContent + "：" + where);
      if (beside) cell.appendChild(near);
    }
    form().then(fill, function () { fill({ tables: [] }); });
  }

  function aimed() {
    var place = document.getElementById(location.hash.slice(1));
    if (place && place.matches("td[data-state]")) choose(place, false);
  }

  article.addEventListener("click", function (event) {
    var cell = event.target.closest("td[id][data-state]");
    if (cell && !event.target.closest("a")) choose(cell, true);
  });
  window.addEventListener("hashchange", aimed);
  link.nextElementSibling.hidden = false;
  aimed();
})();
