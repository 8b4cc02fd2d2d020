// The list: what was found hangs in batches, in one grid or in a section for each year.
(function (wall) {
  "use strict";
  var years = wall.none(); // on the timeline: year → how many of what was found
  wall.found = []; // the records to show, in order
  wall.hung = 0; // how many of them hang
  wall.turn = 0; // grows with each list, so that what comes late for another one is dropped
  wall.is_pending = false; // another list is on its way

  wall.expect = function () { // from here on, and not only while its cards are loaded, what hangs is no answer
    wall.is_pending = true;
    wall.page.place.setAttribute("aria-busy", "true");
  };
  wall.find_anew = function (matched) {
    wall.found = wall.order().filter(function (record) { return matched[record]; });
    wall.hung = 0;
    years = wall.none();
    if (wall.state.view === "timeline") wall.found.forEach(function (record) {
      var year = wall.year_of(wall.got.dates[record]);
      years[year] = (years[year] || 0) + 1;
    });
  };
  wall.adopt_list = function () { // it may still hang as it came, in the wall's own order
    var frame = wall.page.frame;
    if (wall.found.length || !frame || !frame.parentNode) return;
    for (var record = 0; record < wall.index.count; record++) wall.found.push(record);
    wall.hung = frame.children.length;
  };
  function new_list(is_alone) {
    var list = wall.page.frame.cloneNode(false);
    list.classList.toggle("cards--alone", is_alone && list.matches(".cards:not(.cards--text)"));
    return list;
  }
  function list_for(record) {
    var place = wall.page.place, words = wall.index.words, last = place.lastElementChild;
    if (wall.state.view !== "timeline") return last || place.appendChild(new_list(wall.found.length === 1));
    var year = wall.year_of(wall.got.dates[record]);
    if (!last || last.year !== year) {
      last = wall.make("section", "wall-year", place);
      last.year = year;
      var title = wall.make("h" + wall.page.root.getAttribute("data-level"), "wall-year__title", last, words.year.replace("{year}", year));
      wall.make("small", "number", title, words.year_count.replace("{count}", years[year]));
      last.appendChild(new_list(false)).classList.add("is-dated");
    }
    return last.lastChild;
  }
  wall.hang_one = function () {
    var record = wall.found[wall.hung];
    list_for(record).appendChild(wall.card(record));
    wall.hung += 1;
  };
  wall.hang = function (count, done) { // the next `count` of what was found
    if (!wall.found.length) { if (done) done([]); return; }
    var page = wall.page, mine = wall.turn, from = wall.hung, records = wall.found.slice(from, from + count);
    page.place.setAttribute("aria-busy", "true");
    wall.all(wall.files_of(records)).then(function () {
      if (mine !== wall.turn || wall.hung !== from) return;
      if (!from) wall.emptied();
      records.forEach(wall.hang_one);
      page.place.removeAttribute("aria-busy");
      wall.tell_more();
      if (from || count > page.size) history.replaceState({ hung: wall.hung }, "");
      if (done) done(records);
    }, wall.failed);
  };
  wall.emptied = function () {
    var had_focus = wall.page.place.contains(document.activeElement);
    wall.forget_cards();
    wall.page.place.textContent = "";
    if (had_focus) wall.page.status.focus({ preventScroll: true });
  };
  wall.settle = function () { // nothing more is on its way
    wall.page.place.style.minHeight = "";
    wall.page.place.removeAttribute("aria-busy");
  };
  wall.failed = function () {
    wall.stop_coming();
    wall.is_pending = false;
    wall.settle();
    if (wall.index) wall.page.status.textContent = wall.index.words.failed;
  };
})(window.exhibitWallParts);
