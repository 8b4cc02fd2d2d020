// The page of the search: results as one types, divided by facets, all of it in the address.
(function () {
  "use strict";
  var STEP = 10, FEW = 5, SHORT = 14, PAUSE = 150, search = window.exhibitSearch;
  var page = document.querySelector("[data-finder]");
  if (!page || !search) return;
  var say = page.dataset, FACETS = ["kind", "year", "category", "unit"];
  var form = page.querySelector("form"), input = form.querySelector("input");
  var status = page.querySelector("[data-status]"), list = page.querySelector("[data-results]");
  var more = page.querySelector("[data-more]"), sides = page.querySelector("[data-facets]"), help = page.querySelector("[data-help]");
  var ways = page.querySelector("[data-ways]");
  var near = null, first = null; // what was forgiven, and the answer to the question as it stands
  var state = null, answer = null, asked = null, shown = [], next = 0, turn = 0, timer = 0, title = document.title;

  function make(tag, name, parent, text) {
    var element = document.createElement(tag);
    if (name) element.className = name;
    if (text) element.textContent = text;
    if (tag === "button") element.type = "button";
    return parent.appendChild(element);
  }
  function fill(text, values) {
    values.forEach(function (each) { text = text.replace("#", each); });
    return text;
  }

  // -- the address
  function read() {
    var given = new URLSearchParams(location.search), found = { q: (given.get("q") || "").slice(0, 80), filters: Object.create(null) };
    FACETS.forEach(function (each) { if (given.get(each)) found.filters[each] = given.get(each); });
    return found;
  }
  function address(of) {
    var given = new URLSearchParams();
    if (of.q) given.set("q", of.q);
    FACETS.forEach(function (each) { if (of.filters[each]) given.set(each, of.filters[each]); });
    var text = given.toString();
    return location.pathname + (text ? "?" + text : "");
  }
  function go(to, isNew) {
    if (address(to) !== location.pathname + location.search) history[isNew ? "pushState" : "replaceState"](null, "", address(to));
    run(to);
  }
  function without(filters, name) {
    var left = Object.create(null);
    FACETS.forEach(function (each) { if (each !== name && filters[each]) left[each] = filters[each]; });
    return left;
  }
  function withFilter(name, id) {
    var filters = without(state.filters, name);
    if (state.filters[name] !== id) filters[name] = id;
    return { q: state.q, filters: filters };
  }

  // -- what is shown
  function exact(found) { // the answers that hold all that was asked, or what comes nearest, which is said
    return search.take(found, search.chosen(found, state.filters), 0, STEP).then(function (taken) {
      if (taken.results.length) return { answer: found, taken: taken };
      if (found.entries.length && hasFilters()) return search.more("near").then(function () { return { answer: found, taken: taken }; });
      return search.forgive(found).then(function (near) {
        if (!near) return { answer: found, taken: taken };
        return search.take(near.answer, search.chosen(near.answer, state.filters), 0, near.kind === "near" ? STEP : FEW).then(function (more) {
          return { answer: near.answer, taken: more.results.length ? more : taken, near: more.results.length ? near : null };
        });
      });
    });
  }
  function hasFilters() { return FACETS.some(function (each) { return state.filters[each]; }); }
  function run(to) {
    var mine = ++turn, isSame = asked !== null && asked === to.q;
    state = to;
    if (document.activeElement !== input) input.value = to.q;
    document.title = to.q ? to.q + " - " + title : title;
    if (!to.q.trim()) { clear(); status.textContent = ""; return; }
    if (!isSame) status.textContent = say.wait;
    page.setAttribute("aria-busy", "true");
    search.answered(to.q, function (found) {
      if (mine !== turn) return null;
      return exact(found).then(function (got) {
        if (mine !== turn) return;
        answer = got.near ? got.answer : found;
        near = got.near || null;
        first = found;
        asked = to.q;
        shown = search.chosen(answer, state.filters);
        clear();
        if (near) search.tellNear(context());
        add(got.taken);
        tell(got.taken);
      });
    }, isSame ? first : null).catch(function (error) {
      if (mine !== turn) return;
      asked = null;
      clear();
      status.textContent = say.failed;
      if (!(error instanceof Error) || !/^[a-z]+\d*$/.test(error.message)) throw error; // ours, not the network's
    }).then(function () { if (mine === turn) page.removeAttribute("aria-busy"); });
  }
  function clear() {
    [list, sides, help].forEach(function (each) { each.textContent = ""; });
    more.hidden = help.hidden = sides.parentNode.hidden = true;
    ways.hidden = !!state.q.trim();
  }
  function add(taken) {
    next = taken.next;
    taken.results.forEach(function (each) {
      var item = make("li", "hit", list), link = make("a", "hit__link", make("h2", "hit__title", item));
      link.href = search.link(each.address, form);
      search.show(each.title, link);
      if (each.figure) { // the answer itself, above where it comes from
        var figure = make("p", "hit__figure", item);
        make("strong", "number", figure, each.figure.value);
        make("span", "", figure, each.figure.note);
      }
      var facts = make("p", "hit__facts", item);
      each.facts.forEach(function (fact) { search.show(fact, make("span", "", facts)); });
      if (each.pieces.length) make("span", "hit__part", facts, fill(say.part, [each.pieces.join(say.and)]));
      if (each.isSample) make("span", "badge", facts, say.sample);
      each.lines.filter(function (line) { // beside a figure only what says more
        return !each.figure || line.map(function (one) { return one[0]; }).join("").length > SHORT;
      }).forEach(function (line) { search.show(line, make("p", "hit__line", item)); });
    });
    more.hidden = next >= shown.length;
    more.textContent = fill(say.more, [Math.min(STEP, shown.length - next)]);
  }
  function tell(taken) {
    if (!taken.results.length) { search.tellNone(context()); return; }
    count();
    if (near && !hasFilters()) return;
    sides.parentNode.hidden = false;
    search.facets(answer, state.filters).forEach(function (facet) {
      if (facet.values.length < 2 && !state.filters[facet.name]) return;
      var group = make("div", "finder__facet", sides), label = make("h2", "", group, say[facet.name]);
      label.id = "facet-" + facet.name;
      var chips = make("ul", "", group);
      chips.setAttribute("aria-labelledby", label.id);
      facet.values.sort(function (one, other) { return facet.name === "year" ? 0 : other.count - one.count; });
      facet.values.forEach(function (each, at) {
        var item = make("li", "", chips), chip = make("button", "chip", item, each.label);
        chip.setAttribute("aria-pressed", String(each.isActive));
        chip.setAttribute("data-facet", facet.name);
        chip.setAttribute("data-id", each.id);
        make("small", "", chip, (answer.isExact ? "" : "≤") + each.count);
        if (at >= 8 && !each.isActive) item.hidden = true;
      });
      if (chips.querySelector("li[hidden]")) {
        make("button", "finder__all", group, fill(say.all, [facet.values.length])).setAttribute("data-open", "");
      }
    });
  }
  function count() { // exact, or from how many it is known
    if (near) return;
    var checked = shown.map(function (entry) { return answer.isExact || answer.checked[entry]; });
    var least = checked.filter(Boolean).length, most = shown.length - checked.filter(function (each) { return each === false; }).length;
    status.textContent = least === most ? fill(say.count, [most]) : fill(say.about, [least, most]);
  }
  function context() { // for what is told where nothing is exact
    var mine = turn;
    return { say: say, status: status, help: help, ways: ways, make: make, fill: fill, address: address, without: without, names: FACETS,
      state: state, first: first, answer: answer, near: near, isLate: function () { return mine !== turn; } };
  }

  // -- what is done
  form.addEventListener("submit", function (event) {
    event.preventDefault();
    clearTimeout(timer);
    go({ q: input.value, filters: state.filters }, true);
  });
  function later(event) {
    clearTimeout(timer);
    if (event && event.isComposing) return;
    timer = setTimeout(function () { go({ q: input.value, filters: state.filters }, false); }, PAUSE);
  }
  input.addEventListener("input", later);
  input.addEventListener("compositionend", function () { later(null); });
  page.addEventListener("click", function (event) {
    var button = event.target.closest("button, a.finder__step");
    if (!button) return;
    if (button.hasAttribute("data-facet")) {
      var facet = button.getAttribute("data-facet"), id = button.getAttribute("data-id"), mine = turn + 1;
      go(withFilter(facet, id), true);
      refocus(facet, id, mine);
    } else if (button.hasAttribute("data-open")) {
      var items = button.parentNode.querySelectorAll("li[hidden]");
      Array.prototype.forEach.call(items, function (each) { each.hidden = false; });
      if (items[0]) items[0].firstChild.focus();
      button.remove();
    } else if (button === more) {
      var length = list.children.length, now = turn;
      search.take(answer, shown, next, STEP).then(function (taken) {
        if (now !== turn) return;
        add(taken);
        count();
        var next = list.children[length];
        if (next) next.querySelector("a").focus();
      }).catch(function () { if (now === turn) run(state); }); // of another publication the list is another
    } else if (button.classList.contains("finder__step")) {
      event.preventDefault();
      history.pushState(null, "", button.href);
      input.value = read().q;
      input.focus();
      run(read());
    }
  });
  function refocus(facet, id, mine) { // the chips are new after each choice
    var end = Date.now() + 3000;
    (function look() {
      var chip = sides.querySelector('[data-facet="' + facet + '"][data-id="' + id + '"]');
      if (turn !== mine || Date.now() > end) return;
      if (page.hasAttribute("aria-busy") || !chip) setTimeout(look, 20);
      else chip.focus({ preventScroll: true });
    })();
  }
  window.addEventListener("popstate", function () {
    input.value = read().q;
    run(read());
  });
  if (!window.matchMedia("(min-width: 62em)").matches) sides.parentNode.open = false; // there it stands above the results
  state = read();
  input.value = state.q;
  if (location.hash === "#" + input.id) input.focus({ preventScroll: true }); // who comes from the header wants to type
  if (state.q) run(state);
  else { clear(); search.start().catch(function () { /* said when somebody asks */ }); }
})();
