// Turns a long select into a box to type in (accessible-autocomplete). The label, the code and
// the other names of an option (data-alt) all find it.
(function () {
  "use strict";

  function fold(text) {
    return text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
  }

  function rank(option, query) {
    var label = fold(option.text);
    var words = fold([option.text, option.dataset.alt || ""].join(" "));
    if (fold(option.value) === query) { return 0; }
    if (label.startsWith(query)) { return 1; }
    return (" " + words).includes(" " + query) ? 2 : words.includes(query) ? 3 : 9;
  }

  function find(options, query) {
    return options
      .map(function (option) { return { text: option.text, rank: rank(option, fold(query)) }; })
      .filter(function (found) { return found.rank < 9; })
      .sort(function (a, b) { return a.rank - b.rank; })
      .slice(0, 12)
      .map(function (found) { return found.text; });
  }

  function enhance(select) {
    var options = Array.from(select.options).filter(function (option) { return option.value; });
    var id = select.id;
    var described = select.getAttribute("aria-describedby");
    var invalid = select.getAttribute("aria-invalid");
    window.accessibleAutocomplete.enhanceSelectElement({
      selectElement: select,
      defaultValue: select.value ? select.options[select.selectedIndex].text : "",
      autoselect: true,
      minLength: 1,
      source: function (query, show) { show(find(options, query.trim())); },
      tNoResults: function () { return select.dataset.empty; },
      tAssistiveHint: function () { return ""; },
      tStatusResults: function (count) { return count + " " + select.dataset.found; },
      tStatusNoResults: function () { return select.dataset.empty; },
      tStatusSelectedOption: function (text) { return text; }
    });
    var box = document.getElementById(id);
    box.addEventListener("focus", function () {
      if (described) { box.setAttribute("aria-describedby", described); }
    });
    if (invalid) { box.setAttribute("aria-invalid", invalid); }
    box.addEventListener("blur", function () {
      window.setTimeout(function () { // words that match nothing must not send the last choice
        var chosen = select.options[select.selectedIndex];
        if (!chosen || chosen.text !== box.value) { select.value = ""; }
      });
    });
  }

  function enhanceAll() {
    document.querySelectorAll("select[data-combobox]:not([data-enhanced])").forEach(function (select) {
      select.dataset.enhanced = "";
      enhance(select);
    });
  }

  document.addEventListener("htmx:load", enhanceAll);
  enhanceAll();
})();
