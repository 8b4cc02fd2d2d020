// From the state to the page: what is loaded for it, what is said of it, and the address that follows the visitor.
(function (wall) {
  "use strict";
  function known(value, options, otherwise) { return options.indexOf(value) >= 0 ? value : otherwise; }
  wall.show = function (count, done) { // needs nothing but the state
    var mine = ++wall.turn;
    wall.forget_asked();
    wall.expect();
    wall.start().then(function () {
      if (mine !== wall.turn) return;
      var state = wall.state, sorts = Array.prototype.map.call(wall.page.sorter.options, function (each) { return each.value; });
      state.sort = known(state.sort, sorts, "newest");
      state.view = known(state.view, ["grid", "timeline"], "grid");
      var wanted = state.sort === "newest" ? [] : ["by-" + state.sort];
      if (state.view === "timeline") wanted.push("dates");
      if (state.find.trim()) wanted.push("names");
      function ready() { wall.all(wanted).then(function () { if (mine === wall.turn) drawn(count, done); }, wall.failed); }
      if (state.find.trim() && !wall.engine) wall.listen().then(ready); else ready();
    }, function () { wall.failed(); if (done) done(null); });
  };
  function drawn(count, done) {
    var page = wall.page, result = wall.tally();
    wall.is_pending = false;
    wall.find_anew(result.matched);
    wall.show_chips();
    show_tools();
    tell(result.total);
    if (!wall.found.length) wall.show_none(result.near);
    wall.hang(count || page.size, function (records) {
      if (done) done(records);
      wall.come_nearer(false);
    });
  }
  function active() {
    return wall.names.reduce(function (sum, name) { return sum + wall.state.picked[name].length; }, 0);
  }
  function is_narrowed() { return active() > 0 || wall.state.find.trim() !== ""; }
  function show_tools() {
    var page = wall.page, state = wall.state, is_plain = !is_narrowed();
    page.panel.querySelector("[data-active]").textContent = active() ? wall.index.words.active.replace("{count}", active()) : "";
    if (document.activeElement === page.clear && is_plain) page.status.focus({ preventScroll: true });
    page.clear.hidden = is_plain;
    if (document.activeElement !== page.find) page.find.value = state.find;
    page.sorter.value = state.sort;
    wall.each(page.views, function (button) {
      button.setAttribute("aria-pressed", String(button.getAttribute("data-view") === state.view));
    });
  }
  function tell(total) { // in the line of the tools, which is read out, and to whoever chooses on a phone
    var page = wall.page, words = wall.index.words, by = page.sorter.options[page.sorter.selectedIndex].text;
    var told = words[is_narrowed() ? "matched" : "all"].replace("{count}", total).replace("{total}", wall.index.count);
    if (wall.state.view === "timeline") told = words.timeline.replace("{text}", told).replace("{sort}", words.dated);
    else if (wall.state.sort !== "newest") told = words.sorted.replace("{text}", told).replace("{sort}", by);
    if (page.status.textContent !== told) page.status.textContent = told;
    page.answer.textContent = wall.found.length ? words.see.replace("{count}", total) : words.none;
  }
  wall.change = function (is_new) { // by the visitor: the address follows
    var page = wall.page;
    wall.begin_again();
    wall.expect();
    wall.start().then(function () {
      var address = page.address + wall.written(wall.state);
      if (address !== location.href) {
        if (is_new) history.pushState(null, "", address); else history.replaceState(null, "", address);
      }
      wall.show(0, function () { // what was found begins in sight; whoever is still choosing has the answer below the choices
        if (page.panel.contains(document.activeElement) && page.answer.offsetParent) return;
        if (page.tools.getBoundingClientRect().top < 0) page.tools.scrollIntoView();
      });
    }, wall.failed);
  };
})(window.exhibitWallParts);
