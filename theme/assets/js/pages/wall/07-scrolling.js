// Cards come by themselves as somebody gets near the last of them. Room is kept for those that are here already and only
// have to be hung: the foot of the page does not run away from somebody quick, and no part of that room is ever seen
// empty. Until they are here the page ends after its cards.
(function (wall) {
  "use strict";
  var AHEAD = 4; // batches of cards that hang by themselves while somebody scrolls; then the foot of the page is in reach
  var NEAR = 2.5; // windows, counted from the top of this one, within which cards have to hang
  var ahead = 0, coming = false, asked_for = false;

  wall.begin_again = function () { ahead = 0; }; // the visitor asked for another list
  wall.stop_coming = function () { coming = false; };
  wall.forget_asked = function () { coming = asked_for = false; };
  wall.tell_more = function () {
    var more = wall.page.more, left = wall.found.length - wall.hung;
    if (!more) return;
    more.parentNode.hidden = left <= 0;
    more.textContent = wall.index.words.more.replace("{count}", Math.min(wall.page.size, left));
    if (wall.page.place.style.minHeight || !is_at_foot()) reserve();
  };
  function ready() { // how many of the next could hang at once
    var most = Math.min(wall.found.length - wall.hung, (AHEAD - ahead) * wall.page.size), here = 0;
    while (here < most && wall.is_here(wall.found[wall.hung + here])) here += 1;
    return here;
  }
  function reserve() {
    var place = wall.page.place, list = place.lastElementChild, hung = wall.hung, left = ready();
    if (wall.state.view === "timeline" || !hung || left <= 0) { place.style.minHeight = ""; return; }
    var items = list.children, across = 1;
    while (across < hung && items[across].offsetTop === items[0].offsetTop) across += 1;
    var rows = Math.ceil(hung / across), height = list.offsetHeight;
    place.style.minHeight = height + (Math.ceil((hung + left) / across) - rows) * height / rows + "px";
  }
  function is_at_foot() { return wall.page.more.getBoundingClientRect().top < window.innerHeight; }
  function is_near_end() {
    var last = wall.page.place.lastElementChild;
    return !last || last.getBoundingClientRect().bottom < window.innerHeight * NEAR;
  }
  function with_next(deed) { // once the next batch can be hung; at once where it can be already
    function fetched() {
      if (wall.is_pending) return;
      wall.adopt_list();
      var mine = wall.turn, next = wall.found.slice(wall.hung, wall.hung + wall.page.size);
      wall.all(wall.files_of(next)).then(function () {
        if (mine === wall.turn) deed();
      }, function () { /* a press on the way to more says so */ });
    }
    if (wall.index) fetched();
    else wall.start().then(fetched, function () { /* the same */ });
  }
  function keep_room() {
    if (!wall.page.more.parentNode.hidden && ahead < AHEAD) with_next(function () { if (!is_at_foot()) reserve(); });
  }
  function fit_room() { // other widths and sizes of type make other heights
    if (wall.page.place.style.minHeight) reserve();
    wall.come_nearer(false);
  }
  wall.come_nearer = function (is_pushed) { // somebody who waits at the foot is not moved, unless they push on
    var more = wall.page.more, place = wall.page.place, size = wall.page.size;
    if (!more || coming || more.parentNode.hidden || ahead >= AHEAD || !is_near_end()) return;
    with_next(function () {
      if (!place.style.minHeight && wall.state.view !== "timeline" && !is_pushed && is_at_foot()) return;
      var left = wall.found.length - wall.hung;
      while (!coming && ahead < AHEAD && left > 0 && ready() >= Math.min(size, left) && is_near_end()) {
        ahead += 1;
        wall.hang(size);
        left = wall.found.length - wall.hung;
      }
      if (ahead < AHEAD && left > 0 && is_near_end()) wall.come_nearer(is_pushed);
    });
  };
  function hang_more() {
    asked_for = true;
    if (coming) return;
    coming = true;
    wall.start().then(function () {
      wall.adopt_list();
      wall.hang(wall.page.size, function (records) {
        coming = false;
        if (asked_for) focus_on(records[0]);
        asked_for = false;
      });
    }, function () {
      wall.failed();
      if (asked_for) location.href = wall.page.more.href;
    });
  }
  function focus_on(record) {
    var card = wall.built(record), link = card && card.querySelector("a");
    if (link) link.focus({ preventScroll: true });
  }

  wall.watch_scrolling = function () {
    wall.page.more.addEventListener("click", function (event) {
      if (!wall.is_plain(event)) return;
      event.preventDefault();
      ahead = 0;
      hang_more();
    });
    ["wheel", "touchstart", "keydown", "pointermove", "scroll"].forEach(function (name) { // a sign that they may go on
      window.addEventListener(name, keep_room, { once: true, passive: true });
    });
    window.addEventListener("scroll", function () { wall.come_nearer(false); }, { passive: true });
    window.addEventListener("resize", fit_room);
    document.addEventListener("click", function () { window.requestAnimationFrame(fit_room); }); // another size of type
    ["wheel", "touchmove", "keydown"].forEach(function (name) {
      window.addEventListener(name, function (event) {
        var is_down = name === "wheel" ? event.deltaY > 0 : name === "touchmove" || /^(?:End|PageDown|ArrowDown)$/.test(event.key);
        var page = document.documentElement;
        if (is_down && window.innerHeight + window.scrollY >= page.scrollHeight - 2) wall.come_nearer(true);
      }, { passive: true });
    });
  };
})(window.exhibitWallParts);
