// What unfolds in the header (all sections, settings), and on a narrow screen where in the navigation one is. Nothing
// lies over the page: what unfolds moves the page down. The sections have a button in each edition.
(function () {
  "use strict";
  var OPENERS = "[data-unfolds]";

  function partOf(opener) {
    return document.getElementById(opener.getAttribute("aria-controls"));
  }
  function unfold(opener, isOpen) {
    Array.prototype.forEach.call(document.querySelectorAll("[aria-controls='" + partOf(opener).id + "']"), function (each) {
      each.setAttribute("aria-expanded", String(isOpen));
    });
    partOf(opener).classList.toggle("is-open", isOpen);
  }
  document.addEventListener("click", function (event) {
    var opener = event.target.closest && event.target.closest(OPENERS);
    var closer = event.target.closest && event.target.closest("[data-folds]");
    if (opener) unfold(opener, opener.getAttribute("aria-expanded") !== "true");
    if (closer) {
      opener = document.querySelector("[aria-controls='" + closer.getAttribute("data-folds") + "']");
      unfold(opener, false);
      opener.focus();
    }
  });
  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    Array.prototype.forEach.call(document.querySelectorAll(OPENERS + "[aria-expanded=true]"), function (opener) {
      var isInside = opener === document.activeElement || partOf(opener).contains(document.activeElement);
      unfold(opener, false);
      if (isInside) opener.focus();
    });
  });
  document.addEventListener("DOMContentLoaded", function () {
    var here = document.querySelector(".masthead__nav [aria-current]");
    var list = here && here.closest("ul");
    if (list && list.scrollWidth > list.clientWidth) {
      list.scrollLeft = here.offsetLeft - list.offsetLeft - (list.clientWidth - here.offsetWidth) / 2;
    }
  });
})();
