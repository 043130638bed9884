// Guards against the same form being sent twice by a double click. No button is disabled: after
// a few seconds without an answer the person may try again, and the server stays the judge.
(function () {
  "use strict";

  var WAIT_MS = 8000;

  function isBusy(form) {
    return Date.now() - Number(form.dataset.sentAt || 0) < WAIT_MS;
  }

  function free(form) {
    delete form.dataset.sentAt;
    form.removeAttribute("aria-busy");
  }

  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (!form.matches("[data-submit-once]") || form.matches("[hx-post], [data-hx-post]")) {
      return; // htmx has its own guard
    }
    if (isBusy(form)) {
      event.preventDefault();
      return;
    }
    if (event.defaultPrevented) {
      return;
    }
    form.dataset.sentAt = String(Date.now());
    form.setAttribute("aria-busy", "true");
    window.setTimeout(free, WAIT_MS, form);
  });

  // A page brought back by the Back button must not stay locked.
  window.addEventListener("pageshow", function () {
    document.querySelectorAll("form[data-sent-at]").forEach(free);
  });
})();
