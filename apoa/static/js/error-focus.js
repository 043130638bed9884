// Moves the focus to the error summary when a page or an htmx answer brings one.
(function () {
  "use strict";

  function focusSummary(root) {
    var summary = root.querySelector("[data-error-summary]");
    if (summary) {
      summary.focus();
    }
  }

  // A link to a field must put the caret in it, also where the link targets a hidden select.
  document.addEventListener("click", function (event) {
    var link = event.target.closest("[data-error-summary] a[href^='#']");
    var field = link && document.getElementById(link.hash.slice(1));
    if (field) {
      event.preventDefault();
      field.focus();
      (field.closest("fieldset, .field") || field).scrollIntoView();
    }
  });

  document.addEventListener("htmx:load", function (event) { // after htmx gave its own focus back
    focusSummary(event.detail.elt);
  });
  focusSummary(document);
})();
