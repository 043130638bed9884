// Splits a whole date pasted or typed into the first box over day, month and year. The server
// reads the same forms by itself (split_whole_date).
(function () {
  "use strict";

  var MONTHS = ["jan", "feb", "mar", "apr", "mei may", "jun", "jul", "agu agt ags aug", "sep",
    "okt oct", "nov nop", "des dec"];

  function monthNumber(text) {
    if (/^\d+$/.test(text)) {
      return text;
    }
    var start = text.toLowerCase().slice(0, 3);
    var found = MONTHS.findIndex(function (names) { return names.split(" ").includes(start); });
    return found < 0 ? "" : String(found + 1);
  }

  function split(text) {
    var found = /^(\d{4})[-/. ](\d{1,2})[-/. ](\d{1,2})$/.exec(text);
    if (found) {
      return { day: found[3], month: found[2], year: found[1] };
    }
    found = /^(\d{4})(\d{2})(\d{2})$/.exec(text);
    if (found && /^(19|20)/.test(text) && found[2] >= 1 && found[2] <= 12 && found[3] >= 1 && found[3] <= 31) {
      return { day: found[3], month: found[2], year: found[1] };
    }
    found = /^(\d{1,2})[-/. ](\d{1,2}|[a-z]{3,})\.?[-/. ](\d{4})$/i.exec(text) ||
      /^(\d{2})(\d{2})(\d{4})$/.exec(text);
    var month = found && monthNumber(found[2]);
    return month ? { day: found[1], month: month, year: found[3] } : null;
  }

  document.addEventListener("input", function (event) {
    var group = event.target.closest("[data-date-fields]");
    var parts = group && event.target.dataset.part === "day" && split(event.target.value.trim());
    if (!parts) {
      return;
    }
    Object.keys(parts).forEach(function (part) {
      var box = group.querySelector("[data-part='" + part + "']");
      box.value = parts[part];
      if (part === "year") {
        box.focus();
      }
    });
  });
})();
