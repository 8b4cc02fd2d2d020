// What a visitor sets for all pages: edition, size of type, contrast, pointer, light or dark. Kept on this device and put
// on <html> before anything is painted. Without this script nothing is offered that could not work.
(function () {
  "use strict";
  var root = document.documentElement;
  var SETTINGS = {
    edition: ["large"], size: ["20", "22", "26", "30"], contrast: ["high", "normal"], pointer: ["big"], scheme: ["light", "dark"]
  };
  var NAMES = Object.keys(SETTINGS);
  var ROOMY = 22; // CSS pixels of type from which on a page needs one column
  var now = {};

  function recall() {
    NAMES.forEach(function (name) {
      var value = null;
      try { value = localStorage.getItem("exhibit." + name); } catch (refused) { /* private mode */ }
      now[name] = SETTINGS[name].indexOf(value) < 0 ? "" : value;
    });
  }
  function keep(name, value) {
    now[name] = value;
    try {
      if (value) localStorage.setItem("exhibit." + name, value);
      else localStorage.removeItem("exhibit." + name);
    } catch (refused) { /* private mode: the choice lasts for this page */ }
  }
  // What is in force: the visitor's choice, else that of the edition or of the system.
  function inForce(name) {
    if (now[name]) return now[name];
    if (name === "size") return now.edition ? "22" : "17";
    if (name === "contrast") return window.matchMedia("(prefers-contrast: more)").matches ? "high" : "normal";
    return "";
  }
  function apply() {
    NAMES.forEach(function (name) {
      var value = name === "contrast" && inForce(name) === "high" ? "high" : now[name];
      if (value) root.setAttribute("data-" + name, value);
      else root.removeAttribute("data-" + name);
    });
    root.classList.toggle("is-roomy", !!now.edition || inForce("size") >= ROOMY);
  }
  function showControls() {
    Array.prototype.forEach.call(document.querySelectorAll("input[data-set]"), function (each) {
      each.checked = each.value === inForce(each.getAttribute("data-set"));
    });
  }
  function renew() { apply(); showControls(); }

  recall();
  root.classList.add("has-script");
  if (location.protocol === "file:") root.classList.add("from-folder");
  apply();

  document.addEventListener("DOMContentLoaded", function () {
    showControls();
    document.addEventListener("change", function (event) {
      var name = event.target.getAttribute("data-set");
      if (!name) return;
      keep(name, event.target.checked ? event.target.value : event.target.getAttribute("data-off") || "");
      renew();
    });
    document.addEventListener("click", function (event) {
      var button = event.target.closest && event.target.closest("[data-edition-switch], [data-reset]");
      if (!button) return;
      if (button.hasAttribute("data-reset")) NAMES.forEach(function (name) { keep(name, ""); });
      else {
        keep("edition", now.edition ? "" : "large");
        if (!now.edition || now.size < ROOMY) keep("size", "");
      }
      renew();
    });
  });
  // What another tab has chosen, and what was chosen since this page was left.
  window.addEventListener("storage", function () { recall(); renew(); });
  window.addEventListener("pageshow", function (event) {
    if (event.persisted) { recall(); renew(); }
  });
})();
