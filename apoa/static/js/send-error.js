// Says so when htmx could not send a form or got no usable answer: silence would look like success.
(function () {
  "use strict";

  function toggle(shown) {
    document.querySelectorAll("[data-send-error]").forEach(function (notice) {
      notice.hidden = !shown;
      if (shown) {
        notice.scrollIntoView({ block: "nearest" });
      }
    });
  }

  ["htmx:sendError", "htmx:responseError", "htmx:timeout"].forEach(function (name) {
    document.addEventListener(name, toggle.bind(null, true));
  });
  document.addEventListener("htmx:beforeRequest", toggle.bind(null, false));
})();
