// Moves the deadline while the arrival is being typed. The minutes between the two come from the
// server, which stays the judge; here they are only added up in the lodging's own zone.
(function () {
  "use strict";

  var box = document.querySelector("[data-arrival-deadline][data-minutes]");
  var clock = box && box.querySelector("time[data-due]");
  var shown = box && box.querySelector("time:not([data-due])");
  var OFFSETS = { WIB: 7, WITA: 8, WIT: 9 }; // no daylight time in Indonesia
  var offset = box && OFFSETS[box.dataset.label];

  function number(id) {
    var text = document.getElementById(id).value.trim();
    return /^\d+$/.test(text) ? Number(text) : NaN;
  }

  function arrival() {
    var time = /^(\d{1,2})[.:]?(\d{2})$/.exec(document.getElementById("arrived_time").value.trim());
    var day = number("arrived_on-day");
    var month = number("arrived_on-month");
    var year = number("arrived_on-year");
    if (!time || !(year > 1999)) {
      return NaN;
    }
    var instant = Date.UTC(year, month - 1, day, Number(time[1]) - offset, Number(time[2]));
    var local = new Date(instant + offset * 3600000);
    return local.getUTCDate() === day && local.getUTCMonth() === month - 1 ? instant : NaN;
  }

  function words(instant) {
    var language = document.documentElement.lang;
    var local = new Date(instant + offset * 3600000);
    var day = new Intl.DateTimeFormat(language, {
      day: "numeric", month: "short", year: "numeric", timeZone: "UTC"
    }).format(local);
    var two = function (value) { return String(value).padStart(2, "0"); };
    var hour = two(local.getUTCHours()) + (language === "id" ? "." : ":") + two(local.getUTCMinutes());
    return day + " " + hour + " " + box.dataset.label;
  }

  function update() {
    var arrived = arrival();
    if (isNaN(arrived)) {
      return;
    }
    var due = arrived + Number(box.dataset.minutes) * 60000;
    shown.textContent = words(due);
    shown.dateTime = clock.dateTime = clock.dataset.due = new Date(due).toISOString();
    document.dispatchEvent(new Event("visibilitychange")); // the clock shows what is left
  }

  if (clock && shown && offset) {
    document.addEventListener("input", function (event) {
      if (/^arrived_/.test(event.target.id)) {
        update();
      }
    });
  }
})();
