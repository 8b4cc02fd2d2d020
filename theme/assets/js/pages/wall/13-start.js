// Takes over what the server hung, and listens to the visitor. The page is whole before this runs.
(function (wall) {
  "use strict";
  var root = document.querySelector("[data-wall]"), typing = false;
  wall.link_to_both();
  wall.open_panel();
  if (!root || !window.history.pushState || !window.Promise) return;

  function one(selector) { return root.querySelector(selector); }
  var panel = one("[data-facets]"), status = one("[data-count]");
  var page = wall.page = {
    root: root, size: Number(root.getAttribute("data-size")), address: location.href.split(/[?#]/)[0],
    place: one("[data-list]"), frame: one("[data-list] ul"), // the list as the server hung it
    panel: panel, lists: root.querySelectorAll("[data-facet]"), tools: one("[data-tools]"), status: status,
    answer: wall.make("button", "facets__answer", panel.querySelector(".facets__all"), status.textContent), // for a phone
    find: one("[data-find]"), sorter: one("[data-sort]"), views: root.querySelectorAll("[data-view]"),
    clear: one("[data-clear]"), more: one("[data-more]")
  };
  wall.names = Array.prototype.map.call(page.lists, function (list) { return list.getAttribute("data-facet"); });
  wall.state = wall.read(location.search);

  wall.is_plain = function (event) {
    return !(event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || event.defaultPrevented);
  };
  function typed() {
    if (page.find.value === wall.state.find) return;
    var is_new = !typing;
    typing = true;
    wall.state.find = page.find.value;
    wall.change(is_new);
  }
  wall.watch_chips();
  ["pointerover", "focusin"].forEach(function (name) { // somebody comes near: what a click needs first
    root.addEventListener(name, function () { wall.start().catch(function () { /* a click will say so */ }); }, { once: true });
  });
  page.find.addEventListener("input", function (event) { if (!event.isComposing) typed(); });
  page.find.addEventListener("compositionend", typed);
  page.find.addEventListener("blur", function () { typing = false; });
  page.find.addEventListener("focus", function () {
    wall.start().then(function () { return Promise.all([wall.load("names"), wall.listen()]); }).then(wall.spoken, wall.failed);
  });
  page.sorter.addEventListener("change", function () { wall.state.sort = page.sorter.value; wall.change(true); });
  wall.each(page.views, function (button) {
    button.addEventListener("click", function () { wall.state.view = button.getAttribute("data-view"); wall.change(true); });
  });
  page.answer.addEventListener("click", function () {
    panel.open = false;
    page.tools.scrollIntoView();
    status.focus({ preventScroll: true });
  });
  page.clear.addEventListener("click", function () {
    wall.clear_all();
    page.find.value = "";
    wall.change(true);
  });
  if (page.more) wall.watch_scrolling();
  window.addEventListener("popstate", function () {
    wall.state = wall.read(location.search);
    page.find.value = wall.state.find;
    typing = false;
    wall.show(history.state && history.state.hung);
  });
  wall.watch_printing();
  window.addEventListener("pagehide", function () {
    if (wall.hung > page.size) history.replaceState({ hung: wall.hung, y: window.scrollY }, "");
  });
  root.classList.add("is-live");
  var before = history.state || {};
  page.find.value = wall.state.find;
  if (wall.is_changed(wall.state) || before.hung > page.size) {
    wall.show(before.hung, function () { if (before.y) window.scrollTo(0, before.y); });
  }
})(window.exhibitWallParts);
