// Counts deadlines down. The server's clock is the one that counts, so the page first learns how
// far this machine's clock is off it.
(function () {
  "use strict";

  var SOON_MS = 4 * 3600 * 1000;

  function serverNow(clock) {
    if (!clock.dataset.offset) {
      clock.dataset.offset = String(Date.parse(clock.dataset.now) - Date.now());
    }
    return Date.now() + Number(clock.dataset.offset);
  }

  function show(clock) {
    var left = Date.parse(clock.dataset.due) - serverNow(clock);
    var minutes = Math.floor(Math.abs(left) / 60000);
    var words = left >= 0 ? clock.dataset.left : clock.dataset.past;
    var text = words.replace("{h}", Math.floor(minutes / 60)).replace("{m}", minutes % 60);
    if (clock.textContent !== text) {
      clock.textContent = text;
    }
    var whole = clock.closest(".deadline");
    if (whole) {
      whole.classList.toggle("deadline-past", left < 0);
      whole.classList.toggle("deadline-soon", left >= 0 && left < SOON_MS);
    }
  }

  function showAll() {
    document.querySelectorAll("time[data-due]").forEach(show);
  }

  showAll();
  document.addEventListener("htmx:load", showAll);
  document.addEventListener("visibilitychange", showAll);
  window.setInterval(showAll, 15000);
})();
