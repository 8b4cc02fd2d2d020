// The walk through an exhibition: from stand to stand by arrow keys and by swiping. Everything here has a link too: without this
// script nothing is missing.
(function () {
  "use strict";
  var FAR = 60; // pixels that a finger has to go, and twice as far along as across
  var EDGE = 24; // pixels at the side of the screen, where the browser's own gestures begin
  var page = document.querySelector("[data-stand]");

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
})();
