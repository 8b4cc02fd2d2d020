// Light or dark: the visitor's choice, kept on this device. Loaded in the head, so no page flashes.
(function () {
  "use strict";
  var root = document.documentElement;
  var key = "exhibit.scheme";
  function stored() {
    try { return localStorage.getItem(key); } catch (refused) { return null; }
  }
  function keep(value) {
    try { localStorage.setItem(key, value); } catch (refused) { /* private mode: the choice lasts for this page */ }
  }
  var chosen = stored();
  if (chosen === "light" || chosen === "dark") root.setAttribute("data-scheme", chosen);
  document.addEventListener("DOMContentLoaded", function () {
    var button = document.querySelector("[data-scheme-switch]");
    if (!button) return;
    button.hidden = false;
    button.addEventListener("click", function () {
      var now = root.getAttribute("data-scheme") ||
        (window.matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
      var next = now === "dark" ? "light" : "dark";
      root.setAttribute("data-scheme", next);
      keep(next);
    });
  });
})();
