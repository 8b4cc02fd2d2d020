// What matches, in one pass: how many records have each value if the other facets stay as they are.
(function (wall) {
  "use strict";
  function has(held, picked) {
    if (typeof held === "number") return held >= 0 && picked[held] === 1;
    for (var i = 0; i < held.length; i++) if (picked[held[i]] === 1) return true;
    return false;
  }
  function add(counts, held) {
    if (typeof held !== "number") for (var i = 0; i < held.length; i++) counts[held[i]] += 1;
    else if (held >= 0) counts[held] += 1;
  }
  wall.folded = function (text) {
    if (wall.engine) return wall.engine.plain(wall.engine.fold(text), false);
    return (text.normalize ? text.normalize("NFKC") : text).toLowerCase();
  };
  wall.spoken = function () { // the texts that are searched, made once
    var data = wall.got.names;
    if (!data.texts) data.texts = data.names.map(function (name, at) {
      return [name].concat(data.lines[at]).map(wall.folded).concat(data.initials[at]).join("\n");
    });
    return data.texts;
  };
  function hears(at, word) { // whether a name sounds like it
    var data = wall.got.names, sounds = data.heard = data.heard || [];
    sounds[at] = sounds[at] || data.sounds[at].split(" ").map(function (each) { return [each]; });
    return wall.engine.hears(sounds[at], word);
  }
  function wordsOf(text) { return wall.engine ? wall.engine.wordsOf(text) : wall.folded(text).split(/\s+/).filter(Boolean); }
  function narrowed() { // record → whether each word is in its texts or the label of a value, or sounds like its name
    var words = wordsOf(wall.state.find), texts = words.length ? wall.spoken() : null;
    if (!texts) return null;
    var facets = wall.facets, fits = new Uint8Array(wall.index.count).fill(1);
    words.forEach(function (word) {
      var hits = facets.map(function (facet) {
        return Uint8Array.from(facet.values, function (value) { return wall.folded(value[1]).indexOf(word) >= 0 ? 1 : 0; });
      });
      var isLatin = wall.engine && wall.engine.letters(word);
      for (var i = 0; i < fits.length; i++) {
        var is = fits[i] && (texts[i].indexOf(word) >= 0 || (isLatin && hears(i, word)));
        for (var f = 0; fits[i] && !is && f < hits.length; f++) is = has(facets[f].held[i], hits[f]);
        if (!is) fits[i] = 0;
      }
    });
    return fits;
  }
  function pick() { // what is picked by name, by number; what no facet knows is dropped
    wall.facets.forEach(function (facet) {
      var ids = wall.state.picked[facet.name].filter(function (id) { return id in facet.numbers; });
      ids.sort(function (a, b) { return facet.numbers[a] - facet.numbers[b]; });
      wall.state.picked[facet.name] = ids;
      facet.picked = ids.length ? new Uint8Array(facet.values.length) : null;
      ids.forEach(function (id) { facet.picked[facet.numbers[id]] = 1; });
      facet.counts.fill(0);
    });
  }
  // `near` has, by facet, how many records miss only what is picked of it, and under `find` only the words.
  wall.tally = function () {
    var facets = wall.facets, matched = new Uint8Array(wall.index.count), total = 0, near = { find: 0 };
    pick();
    var fits = narrowed();
    facets.forEach(function (facet) { near[facet.name] = 0; });
    for (var i = 0; i < matched.length; i++) {
      var missed = null, misses = 0;
      for (var f = 0; f < facets.length && misses < 2; f++) {
        if (facets[f].picked && !has(facets[f].held[i], facets[f].picked)) { missed = facets[f]; misses += 1; }
      }
      if (misses > 1) continue;
      if (fits && !fits[i]) { if (!misses) near.find += 1; continue; }
      if (misses) { add(missed.counts, missed.held[i]); near[missed.name] += 1; continue; }
      matched[i] = 1;
      total += 1;
      for (f = 0; f < facets.length; f++) add(facets[f].counts, facets[f].held[i]);
    }
    return { matched: matched, total: total, near: near };
  };
  // Each condition with how many records there are without it, and how many with nothing but it.
  wall.conditions = function (near) {
    var found = wall.facets.filter(function (facet) { return facet.picked; }).map(function (facet) {
      var ids = wall.state.picked[facet.name], alone = 0;
      var values = ids.map(function (id) { return facet.values[facet.numbers[id]][1]; });
      for (var i = 0; i < wall.index.count; i++) if (has(facet.held[i], facet.picked)) alone += 1;
      return { name: facet.name, label: facet.label, values: values.join("、"), without: near[facet.name], alone: alone };
    });
    if (wall.state.find.trim()) {
      var fits = narrowed(), sum = 0;
      for (var i = 0; i < fits.length; i++) sum += fits[i];
      found.push({ name: "", text: wall.state.find.trim(), without: near.find, alone: sum });
    }
    return found;
  };
})(window.exhibitWallParts);
