// Copies the text of an element; the button shows itself only where copying works.
(function () {
  "use strict";

  function reveal() {
    document.querySelectorAll("[data-copy]").forEach(function (button) {
      button.hidden = false;
      button.setAttribute("aria-live", "polite");
    });
  }

  if (!navigator.clipboard) {
    return;
  }
  document.addEventListener("click", function (event) {
    var button = event.target.closest("[data-copy]");
    var source = button && document.querySelector(button.dataset.copy);
    if (!source) {
      return;
    }
    navigator.clipboard.writeText((source.value || source.textContent).trim()).then(function () {
      var words = button.dataset.words || button.textContent;
      button.dataset.words = words;
      button.textContent = button.dataset.copied;
      window.setTimeout(function () { button.textContent = words; }, 3000);
    });
  });
  document.addEventListener("htmx:load", reveal);
  reveal();
})();
