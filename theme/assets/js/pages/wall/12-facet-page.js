// A plain page of one value: its chips of other facets lead to the wall with both. Where there is room the facets of any
// wall are open.
(function (wall) {
  "use strict";
  wall.link_to_both = function () {
    var plain = document.querySelector("[data-wall-at]");
    var current = plain && plain.querySelector("[aria-current][data-value]"), own = current && current.closest("[data-facet]");
    function pair(list, chip) { return list.getAttribute("data-facet") + "=" + chip.getAttribute("data-value"); }
    if (current) wall.each(plain.querySelectorAll("[data-facet]"), function (list) {
      if (list !== own) wall.each(list.querySelectorAll("[data-value]"), function (chip) {
        chip.href = plain.getAttribute("data-wall-at") + "?" + pair(own, current) + "&" + pair(list, chip);
      });
    });
  };
  wall.open_panel = function () {
    var panel = document.querySelector("[data-facets]");
    var opens = window.CSS && CSS.supports && CSS.supports("selector(::details-content)"); // then the style sheet does it
    if (panel && !opens && window.matchMedia("(min-width: 64em)").matches) panel.open = true;
  };
})(window.exhibitWallParts);
