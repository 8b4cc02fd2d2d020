// What was seen: kept on this device alone, by record, in a list for each exhibition and one without a name for what was
// met outside of any. What stands there may be anything, so nothing of it is ever shown but what the site knows itself.
(function () {
  "use strict";
  var MOST = 1000; // of a list; who sees more loses the first ones
  var home = new URL(document.currentScript.src).pathname.replace(/\/assets\/[^/]*$/, "");
  var prefix = "exhibit.walk." + home + "."; // other sites of the host have their own
  var seen = window.exhibitSeen = { refused: false };

  function visited(walk) {
    try {
      var kept = JSON.parse(localStorage.getItem(prefix + walk));
      if (!Array.isArray(kept)) return [];
      return kept.filter(function (each) { return typeof each === "string" && each.length < 200; }).slice(-MOST);
    } catch (refused) { return []; }
  }
  function keep(walk, items) {
    try {
      if (items.length) localStorage.setItem(prefix + walk, JSON.stringify(items.slice(-MOST)));
      else localStorage.removeItem(prefix + walk);
    } catch (refused) { /* the walk goes on without a memory */ }
  }
  function walks() {
    try {
      return Object.keys(localStorage).filter(function (name) {
        return name.indexOf(prefix) === 0 && name.indexOf(".", prefix.length) < 0; // no id has a dot
      }).map(function (name) { return name.slice(prefix.length); });
    } catch (refused) {
      seen.refused = true;
      return [];
    }
  }
  seen.all = function () {
    var found = new Set();
    walks().forEach(function (walk) { visited(walk).forEach(function (each) { found.add(each); }); });
    return Array.from(found).slice(-MOST);
  };
  seen.forget = function () { walks().forEach(function (walk) { keep(walk, []); }); };

  // -- on a page that shows an exhibit, and on floor plans ---------------------------------------------------------------

  var plans = document.querySelectorAll("[data-walk]"), told = document.querySelector("[data-visited]");
  function items(plan) {
    return Array.prototype.map.call(plan.querySelectorAll("[data-item]"), function (dot) { return dot.getAttribute("data-item"); });
  }
  function show(plan) {
    var known = visited(plan.getAttribute("data-walk")), count = 0;
    Array.prototype.forEach.call(plan.querySelectorAll("[data-item]"), function (dot) {
      var isVisited = known.indexOf(dot.getAttribute("data-item")) >= 0;
      dot.classList.toggle("is-visited", isVisited);
      if (isVisited) count += 1;
    });
    if (!told) return;
    var words = told.querySelector("span");
    words.textContent = (told.form = told.form || words.textContent).replace("{count}", count);
    told.hidden = !count;
  }
  function showAll() { Array.prototype.forEach.call(plans, show); }

  var here = document.querySelector("[data-stand][data-item]");
  if (here) {
    var walk = here.getAttribute("data-stand"), item = here.getAttribute("data-item"), known = visited(walk);
    if (known.indexOf(item) < 0) keep(walk, known.concat(item));
  }
  showAll();
  var forget = document.querySelector("[data-visited] [data-forget]");
  if (forget) forget.addEventListener("click", function () {
    var gone = items(plans[0]);
    keep(plans[0].getAttribute("data-walk"), []);
    keep("", visited("").filter(function (each) { return gone.indexOf(each) < 0; })); // what was read on from the walk
    showAll();
    plans[0].parentNode.querySelector("a:not([tabindex])").focus();
  });
  window.addEventListener("pageshow", function (event) { if (event.persisted) showAll(); });
})();
