// Lets an officer decide with single keys: an element with data-key="k" is pressed by K. Never
// while something is being typed or chosen, never with a modifier, and it can be switched off.
(function () {
  "use strict";

  var STORED = "apoa-review-keys-off";
  var box = document.getElementById("key-switch");

  function isOff() {
    try {
      return window.localStorage.getItem(STORED) === "1";
    } catch (_refused) {
      return false;
    }
  }

  function show() {
    document.querySelectorAll("[data-key-hint]").forEach(function (hint) { hint.hidden = isOff(); });
    if (box) {
      box.checked = !isOff();
      box.closest("[data-key-switch]").hidden = false;
    }
  }

  function isTyping(target) {
    return target.isContentEditable || /^(input|select|textarea)$/i.test(target.tagName);
  }

  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.altKey || event.metaKey || event.repeat || event.defaultPrevented) {
      return;
    }
    if (isOff() || isTyping(event.target)) {
      return;
    }
    var key = event.key.toLowerCase();
    var found = Array.prototype.find.call(document.querySelectorAll("[data-key]"), function (one) {
      return one.dataset.key.split(" ").indexOf(key) >= 0;
    });
    if (found) {
      event.preventDefault();
      found.click();
    }
  });

  if (box) {
    box.addEventListener("change", function () {
      try {
        window.localStorage.setItem(STORED, box.checked ? "0" : "1");
      } catch (_refused) {
        return; // a browser that keeps nothing: the keys stay as they are
      }
      show();
    });
  }
  show();
})();
