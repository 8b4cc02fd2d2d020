// The walk through an exhibition: from stand to stand by arrow keys and by swiping, and on the floor plan what was visited,
// which only this device keeps. Everything here has a link too: without this script nothing is missing.
(function () {
  "use strict";
  var FAR = 60; // pixels that a finger has to go, and twice as far along as across
  var EDGE = 24; // pixels at the side of the screen, where the browser's own gestures begin
  var page = document.querySelector("[data-stand]");
  var plans = document.querySelectorAll("[data-walk]");

  function go(rel) {
    var link = page.querySelector("a[rel=" + rel + "]");
    if (link) link.click();
    return !!link;
  }

  // -- keys and fingers --------------------------------------------------------------------------------------------------

  function isBusy(node) {
    return !!(node.closest && node.closest("input, select, textarea, video, audio, [contenteditable], dialog, [role=dialog]"));
  }
  function onKey(event) {
    var rel = { ArrowRight: "next", ArrowLeft: "prev" }[event.key];
    var isOther = event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey;
    if (!rel || isOther || isBusy(event.target)) return;
    if (go(rel)) event.preventDefault();
  }
  function isEnlarged() {
    return !!window.visualViewport && visualViewport.scale > 1.05;
  }
  function scrollsAlong(node) {
    for (; node && node !== page; node = node.parentElement) {
      if (node.scrollWidth > node.clientWidth + 1 && /auto|scroll/.test(getComputedStyle(node).overflowX)) return true;
    }
    return false;
  }
  var start = null;
  function onTouch(event) {
    var touch = event.touches[0];
    var isPlain = event.touches.length === 1 && touch.clientX > EDGE && touch.clientX < innerWidth - EDGE;
    start = isPlain && !isBusy(event.target) && !isEnlarged() && !scrollsAlong(event.target) ? touch : null;
  }
  function onLift(event) {
    var end = event.changedTouches[0], from = start;
    start = null;
    if (!from || end.identifier !== from.identifier || isEnlarged() || String(getSelection())) return;
    var along = end.clientX - from.clientX, across = Math.abs(end.clientY - from.clientY);
    if (Math.abs(along) >= FAR && Math.abs(along) > 2 * across) go(along < 0 ? "next" : "prev");
  }
  if (page) {
    document.addEventListener("keydown", onKey);
    page.addEventListener("touchstart", onTouch, { passive: true });
    page.addEventListener("touchend", onLift, { passive: true });
    page.addEventListener("touchcancel", function () { start = null; }, { passive: true });
  }

  // -- what was visited --------------------------------------------------------------------------------------------------

  function name(walk) {
    return "exhibit.walk." + location.pathname.split("/exhibitions/")[0] + "." + walk; // other sites of the host have their own
  }
  function visited(walk) {
    try {
      var kept = JSON.parse(localStorage.getItem(name(walk)));
      return Array.isArray(kept) ? kept : [];
    } catch (refused) { return []; }
  }
  function keep(walk, items) {
    try {
      if (items.length) localStorage.setItem(name(walk), JSON.stringify(items));
      else localStorage.removeItem(name(walk));
    } catch (refused) { /* the walk goes on without a memory */ }
  }
  function show(plan) {
    var items = visited(plan.getAttribute("data-walk")), count = 0;
    Array.prototype.forEach.call(plan.querySelectorAll("[data-item]"), function (dot) {
      var isVisited = items.indexOf(dot.getAttribute("data-item")) >= 0;
      dot.classList.toggle("is-visited", isVisited);
      if (isVisited) count += 1;
    });
    var told = document.querySelector("[data-visited]");
    if (!told) return;
    var words = told.querySelector("span");
    words.textContent = (told.form = told.form || words.textContent).replace("{count}", count);
    told.hidden = !count;
  }
  var item = page && page.getAttribute("data-item");
  if (item) {
    var walk = page.getAttribute("data-stand"), items = visited(walk);
    if (items.indexOf(item) < 0) keep(walk, items.concat(item));
  }
  Array.prototype.forEach.call(plans, show);
  var forget = document.querySelector("[data-forget]");
  if (forget) forget.addEventListener("click", function () {
    keep(plans[0].getAttribute("data-walk"), []);
    Array.prototype.forEach.call(plans, show);
    plans[0].parentNode.querySelector("a:not([tabindex])").focus();
  });
  window.addEventListener("pageshow", function (event) {
    if (event.persisted) Array.prototype.forEach.call(plans, show);
  });
})();
