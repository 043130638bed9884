// Fills the list of regions while a name is typed; without it the button asks the server.
(function () {
  "use strict";

  var PAUSE_MS = 250;
  var timers = new WeakMap();

  function choice(box, item, number) {
    var id = box.querySelector("[type='search']").id + "-found-" + number;
    var row = document.createElement("div");
    var radio = document.createElement("input");
    var label = document.createElement("label");
    row.className = "choice";
    Object.assign(radio, { type: "radio", id: id, name: box.dataset.name, value: item.code });
    Object.assign(label, { htmlFor: id, textContent: item.label });
    row.append(radio, label);
    return row;
  }

  function show(box, items) {
    var list = box.querySelector("[data-results]");
    var chosen = list.querySelector("input:checked");
    var kept = chosen ? [chosen.closest(".choice")] : [];
    var fresh = items.filter(function (item) { return !chosen || item.code !== chosen.value; });
    list.replaceChildren.apply(list, kept.concat(fresh.map(choice.bind(null, box))));
    box.querySelector("[data-status]").textContent =
      items.length ? items.length + " " + box.dataset.found : box.dataset.none;
  }

  function search(box) {
    var query = box.querySelector("[type='search']").value.trim();
    if (query.length < 3 || query === box.dataset.asked) {
      return;
    }
    box.dataset.asked = query;
    fetch(box.dataset.url + "?q=" + encodeURIComponent(query), { headers: { Accept: "application/json" } })
      .then(function (answer) { return answer.ok ? answer.json() : Promise.reject(answer.status); })
      .then(function (found) {
        if (box.dataset.asked === query) { // a later question may have overtaken this answer
          show(box, found.items);
        }
      })
      .catch(function () { delete box.dataset.asked; }); // the button still works
  }

  document.addEventListener("keydown", function (event) {
    var box = event.target.closest("[data-region-search]");
    if (box && event.target.type === "search" && event.key === "Enter") {
      event.preventDefault(); // Enter here means search, not send
      search(box);
    }
  });
  document.addEventListener("input", function (event) {
    var box = event.target.closest("[data-region-search]");
    if (box && event.target.type === "search") {
      window.clearTimeout(timers.get(box));
      timers.set(box, window.setTimeout(search, PAUSE_MS, box));
    }
  });
})();
