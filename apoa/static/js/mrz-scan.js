// Takes a passport reader that types like a keyboard, or a pasted zone, wherever the caret is:
// the text goes into the MRZ box and is read by the server, and the box that was hit gets back
// what it held. Without this script the MRZ box and its button do the same.
(function () {
  "use strict";

  var GAP_MS = 120; // nobody types 72 keys with less between them
  var SILENCE_MS = 130;
  var LENGTHS = [72, 88, 90]; // 2 x 36, 2 x 44, 3 x 30
  var SHORTEST_LINE = 30; // after so many quick keys it is no person who presses Enter or Tab
  var box = document.getElementById("mrz");
  var button = document.querySelector("button[name='do'][value='mrz']");
  var keys = "";
  var lastAt = 0;
  var hit = null;
  var timer;

  function cells(text) {
    return text.replace(/\s/g, "");
  }

  function isZone(text) {
    return LENGTHS.includes(cells(text).length) && /^[a-z0-9<]+$/i.test(cells(text));
  }

  function remember(field) {
    var holdsText = field.matches("input, textarea, select");
    hit = holdsText ? { field: field, value: field.value, checked: field.checked } : null;
  }

  function restore() {
    if (hit && hit.field !== box) {
      hit.field.value = hit.value;
      if (hit.checked !== undefined) {
        hit.field.checked = hit.checked;
      }
    }
  }

  function read(text) {
    box.value = text.trim().toUpperCase();
    button.form.requestSubmit(button);
  }

  function decide() {
    var text = keys;
    keys = "";
    if (isZone(text)) {
      restore();
      read(text);
    }
  }

  function swallow(event) {
    event.preventDefault();
    event.stopPropagation();
  }

  function onKey(event) {
    var isEnd = event.key === "Enter" || event.key === "Tab";
    if (event.ctrlKey || event.altKey || event.metaKey || (event.key.length > 1 && !isEnd)) {
      return; // Shift comes with every capital letter
    }
    if (event.timeStamp - lastAt >= GAP_MS || event.repeat) { // or a key that is held down
      keys = "";
      remember(event.target);
    }
    lastAt = event.timeStamp;
    if (isEnd && cells(keys).length < SHORTEST_LINE) {
      return;
    }
    if (isEnd) {
      swallow(event);
    }
    keys += isEnd ? "\n" : event.key;
    window.clearTimeout(timer);
    timer = window.setTimeout(decide, SILENCE_MS);
  }

  if (box && button) {
    document.addEventListener("keydown", onKey, true);
    document.addEventListener("paste", function (event) {
      var text = event.clipboardData ? event.clipboardData.getData("text") : "";
      if (isZone(text)) {
        swallow(event);
        read(text);
      }
    }, true);
  }
})();
