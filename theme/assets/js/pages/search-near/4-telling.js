// On the page of the search: that nothing is exact, what is shown instead, and what to ask less for. `at` is that page.
(function (search) {
  "use strict";
  search.tellNear = function (at) {
    var near = at.near, say = at.say;
    at.status.textContent = at.fill(say.none, [at.state.q.trim()]);
    at.help.hidden = false;
    var told = near.kind === "near" ? say.meant : near.kind === "words" ? at.fill(say.words, [near.asked.join(say.and)]) : say.partial;
    var line = at.make("p", "finder__meant", at.help, told);
    (near.meant || []).forEach(function (text, number) {
      if (number) line.appendChild(document.createTextNode(say.or));
      at.make("a", "finder__step", line, text).href = at.address({ q: text, filters: {} });
    });
    if (near.kind !== "near" && at.first.words.length > 1) loosen(at, at.first);
  };
  search.tellNone = function (at) {
    at.status.textContent = at.fill(at.say.none, [at.state.q.trim()]);
    at.help.hidden = at.ways.hidden = false;
    loosen(at, at.answer);
  };
  function loosen(at, answer) {
    var say = at.say, filters = at.names.filter(function (each) { return at.state.filters[each]; });
    at.make("h2", "finder__title", at.help, say.loosen);
    var steps = at.make("ul", "", at.help), words = answer.words.map(function (each) { return each.text; });
    function step(text, to, count) {
      if (!count) return;
      at.make("a", "finder__step", at.make("li", "", steps), at.fill(text[0], text.slice(1).concat(count))).href = at.address(to);
    }
    if (answer.entries.length) filters.forEach(function (each) {
      var left = at.without(at.state.filters, each), facet = search.facets(answer, at.state.filters).filter(function (one) { return one.name === each; })[0];
      var dropped = facet.values.filter(function (one) { return one.id === at.state.filters[each]; })[0];
      step([say.drop, dropped ? dropped.label : at.state.filters[each]], { q: at.state.q, filters: left }, search.chosen(answer, left).length);
    });
    if (filters.length > 1 && answer.entries.length) step([say.dropAll], { q: at.state.q, filters: {} }, answer.entries.length);
    var tries = words.length > 1 ? words : shorter(words[0] || "");
    tries.reduce(function (before, each) {
      return before.then(function () {
        return search.answered(each, function (found) {
          return search.take(found, found.entries, 0, 1).then(function (taken) {
            if (!at.isLate() && taken.results.length) step([say.only, each], { q: each, filters: {} }, found.entries.length);
          });
        });
      });
    }, Promise.resolve()).catch(function () { /* help that does not come is no fault of the question */ }).then(function () {
      if (!at.isLate() && !steps.children.length) at.make("li", "", steps, say.other);
    });
  }
  function shorter(word) {
    var letters = Array.from(word), half = Math.ceil(letters.length / 2);
    if (letters.length < 3) return letters.length === 2 ? letters : [];
    return [letters.slice(0, half).join(""), letters.slice(half).join("")];
  }
})(window.exhibitSearch);
