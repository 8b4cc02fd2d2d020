// Names that are nearly what was asked: the same sound in other characters, or one character more, fewer or another.
(function (search) {
  "use strict";
  var MOST = 4, MOST_PAIRS = 4, LONGEST = 16, SUGGESTED = 3;
  // How far `word` is from the nearest part of `text` (optimal string alignment), and which part that is.
  function nearest(word, text) {
    var rows = [], n = word.length, m = text.length, at, to;
    for (at = 0; at <= n; at++) rows.push([]);
    for (to = 0; to <= m; to++) rows[0][to] = { cost: 0, start: to };
    for (at = 1; at <= n; at++) for (to = 0; to <= m; to++) {
      var best = { cost: rows[at - 1][to].cost + 1, start: rows[at - 1][to].start };
      function take(from, more) { if (from.cost + more < best.cost || (from.cost + more === best.cost && from.start < best.start)) best = { cost: from.cost + more, start: from.start }; }
      if (to) take(rows[at][to - 1], 1);
      if (to) take(rows[at - 1][to - 1], word[at - 1] === text[to - 1] ? 0 : 1);
      if (to > 1 && at > 1 && word[at - 1] === text[to - 2] && word[at - 2] === text[to - 1]) take(rows[at - 2][to - 2], 1);
      rows[at][to] = best;
    }
    var found = null;
    rows[n].forEach(function (each, end) { // of equals the longest
      if (!found || each.cost < found.cost || (each.cost === found.cost && end - each.start > found.end - found.start)) found = { cost: each.cost, start: each.start, end: end };
    });
    return found;
  }
  function sameAt(word, text, start) {
    return word.filter(function (each, at) { return each === text[start + at]; }).length;
  }
  function alike(word, text, isTitle) { // where as many characters are the same as can be; all of a name that is as long
    var found = null;
    for (var start = 0; start + word.length <= text.length; start++) {
      var same = sameAt(word, text, start);
      if (!found || same > found.same) found = { cost: 0, same: same, start: start, end: start + word.length };
    }
    return found && (found.same || (isTitle && word.length === text.length && word.length > 2)) ? found : null;
  }
  function namesOf(entry) {
    var fields = search.recordOf(entry).fields;
    return [fields[0]].concat(fields[1].split("\t").filter(Boolean));
  }
  function partOf(name, from, to) { // the part of a name whose compared characters are these
    var places = [], text = search.plain(search.fold(name), false, places), units = Array.from(text);
    var start = units.slice(0, from).join("").length, end = units.slice(0, to).join("").length;
    return name.slice(places[start], places[end - 1] + 1);
  }
  function codesOf(letters) { // of each character those of its readings
    var shards = search.bare();
    letters.forEach(function (each) { shards["k" + search.slot(each.codePointAt(0), 32)] = true; });
    return Promise.all(Object.keys(shards).map(search.load)).then(function (all) {
      var codes = search.bare();
      all.forEach(function (each) {
        Array.from(each[0]).forEach(function (one, at) { (codes[one] = codes[one] || []).push(each[1][at]); });
      });
      return codes;
    });
  }
  function candidates(letters) { // entry → how many of its pairs of sounds are those of the word
    var chosen = search.inOrder(letters.length - 1).slice(0, MOST_PAIRS), told = search.bare();
    chosen.forEach(function (at) { told[letters[at]] = told[letters[at + 1]] = true; });
    return codesOf(letters.filter(function (each) { return told[each]; })).then(function (known) {
      var pairs = [], places = search.bare(), codes = letters.map(function (each) { return known[each] || []; });
      for (var way = 0; way < 2; way++) chosen.forEach(function (at) {
        var one = codes[at][Math.min(way, codes[at].length - 1)], other = codes[at + 1][Math.min(way, codes[at + 1].length - 1)];
        if (one && other && !places[one + other] && pairs.length < MOST_PAIRS) { places[one + other] = true; pairs.push([at, one, other]); }
      });
      return Promise.all(pairs.map(function (pair) { return search.ofPair(pair[1], pair[2]); }).concat(search.ofPair(letters[0], letters[1]))).then(function (lists) {
        var begins = lists.pop(); // 1 where a title begins as the word does
        var counts = search.bare(), wanted = search.bare(), seen = search.bare();
        lists.forEach(function (ranks, number) {
          wanted[pairs[number][0]] = true;
          for (var entry = 0; entry < ranks.length; entry++) {
            if (!ranks[entry] || seen[entry + "/" + pairs[number][0]]) continue;
            seen[entry + "/" + pairs[number][0]] = true;
            counts[entry] = (counts[entry] || 0) + 1;
          }
        });
        return { counts: counts, all: chosen.length, begins: begins };
      });
    });
  }
  function first(entries, points) {
    entries.sort(function (one, other) { return points(other) - points(one) || other - one; });
    return entries.slice(0, MOST);
  }
  function inHan(word) {
    var letters = Array.from(word), n = letters.length, head = search.head;
    if (n < 2 || n > LONGEST) return Promise.resolve([]);
    return candidates(letters).then(function (found) {
      search.still(head);
      var least = n > 3 ? Math.max(1, found.all - 2) : n === 3 ? 1 : found.all;
      var some = Object.keys(found.counts).map(Number).filter(function (each) { return found.counts[each] >= least; });
      some = first(some, function (each) { return found.counts[each] * 10 + head.leads[each] / 100 + (found.begins[each] === 1 ? 5 : 0); });
      return (some.length ? search.readTexts(some) : Promise.resolve()).then(function () {
        search.still(head);
        var near = [];
        some.forEach(function (entry) {
          namesOf(entry).forEach(function (name, which) {
            var text = Array.from(search.plain(search.fold(name), false)), place = nearest(letters, text);
            var isAlike = found.counts[entry] >= found.all, long = place.end - place.start;
            var most = n < 4 ? (n === 3 && (long > n || long === text.length) ? 1 : 0) : n < 7 ? 1 : 2;
            if (place.cost > most || (place.cost && isAlike)) place = isAlike ? alike(letters, text, !which) : null;
            if (!place || place.end - place.start < 2) return;
            var slack = text.length - (place.end - place.start);
            near.push({ entry: entry, isAlike: isAlike, text: partOf(name, place.start, place.end), points: -10 * place.cost - (which ? 2 : 0) - Math.min(1, slack) + found.counts[entry] });
          });
        });
        return near;
      });
    });
  }
  function runsThrough(letters, text) { // whether they stand in it in this order, from its beginning on but for its first
    for (var at = 0, to = 0; to < text.length && at < letters.length; to++) if (text[to] === letters[at]) at++;
    return at === letters.length && text.slice(0, 2).indexOf(letters[0]) >= 0;
  }
  // Names that somebody made short in a way that nobody wrote down: 教委 of 市教育委员会.
  search.shortOf = function (word) {
    var letters = Array.from(word), head = search.head;
    if (letters.length < 2 || letters.length > 4 || search.letters(word)) return Promise.resolve([]);
    return Promise.all(letters.map(search.ofCharacter)).then(function (lists) {
      search.still(head);
      var some = [];
      for (var entry = 0; entry < head.entries; entry++) {
        if (lists.every(function (each) { return each[entry] && each[entry] <= 3; })) some.push(entry);
      }
      some = first(some, function (each) { return head.leads[each]; });
      return (some.length ? search.readTexts(some) : Promise.resolve()).then(function () {
        search.still(head);
        var found = [];
        some.forEach(function (entry) {
          namesOf(entry).forEach(function (name, which) {
            var text = Array.from(search.plain(search.fold(name), false));
            var points = head.leads[entry] - text.length - (which ? 1 : 0), place = letters.length > 3 && nearest(letters, text);
            if (place && place.cost <= 1) found.push({ entry: entry, text: partOf(name, place.start, place.end), points: points + 50 }); // two that stand the wrong way round
            else if (text.length > letters.length && runsThrough(letters, text)) found.push({ entry: entry, text: name, points: points });
          });
        });
        return found.sort(function (one, other) { return other.points - one.points || other.entry - one.entry; });
      });
    });
  };
  function inLetters(word) {
    var plain = search.letters(word), head = search.head;
    if (plain.length < 4 || plain.length > 40) return Promise.resolve([]);
    return search.namesHeard(plain[0]).then(function (names) {
      search.still(head);
      var near = [], most = plain.length < 9 ? 1 : 2;
      names.forEach(function (name) {
        var starts = [], text = "";
        name.sounds.forEach(function (each) { starts.push(text.length); text += each[0]; });
        var place = nearest(plain.split(""), text.split(""));
        if (place.cost > most || starts.indexOf(place.start) < 0) return;
        var from = starts.indexOf(place.start), to = from;
        while (to < starts.length && starts[to] < place.end) to++;
        near.push({ entry: name.entry, which: name.which, from: from, to: to, points: -10 * place.cost - (name.which ? 2 : 0) - (starts.length === to - from ? 0 : 1) });
      });
      near.sort(function (one, other) { return other.points - one.points || other.entry - one.entry; });
      near = near.slice(0, MOST);
      return (near.length ? search.readTexts(near.map(function (each) { return each.entry; })) : Promise.resolve()).then(function () {
        search.still(head);
        return near.map(function (each) {
          var letters = Array.from(namesOf(each.entry)[each.which] || "");
          return { entry: each.entry, points: each.points, text: letters.slice(each.from, each.to).join("") };
        });
      });
    });
  }
  // The names nearest to a word, best first: {entry, text}, as much of the name as the word was meant to be.
  search.near = function (word) {
    var asked = search.plain(word, false);
    return (search.letters(word) ? inLetters(word) : inHan(word)).then(function (near) {
      near = near.filter(function (each) { return each.text && search.plain(search.fold(each.text), false) !== asked; });
      near.sort(function (one, other) { return other.points - one.points || other.entry - one.entry; });
      var best = near.length ? near[0].points : 0;
      return near.filter(function (each) { return each.points > best - 9; });
    });
  };
  search.suggested = function (near) {
    var texts = [];
    near.forEach(function (each) { if (texts.indexOf(each.text) < 0) texts.push(each.text); });
    return texts.slice(0, SUGGESTED);
  };
})(window.exhibitSearch);
