// A word as it is written: entry → rank, from the lists of generator/outputs/search/grams.py: exact for one or two characters,
// for more those that hold several of its pairs.
(function (search) {
  "use strict";
  var FEW = 12, MOST_PAIRS = 6;
  function slot(number, count) { // as grams.py divides
    number = Math.imul(number, 0x2c1b3c6d);
    number = (number ^ number >>> 15) >>> 0;
    for (var size = 1; size < count;) size *= 2;
    return number % size < count ? number % size : number % (size / 2);
  }
  search.slot = slot;
  search.inOrder = inOrder;
  search.homeOf = function (first, second) {
    var piece = second ? slot(second.codePointAt(0), search.head.pieces[first] || 1) : 0;
    return "g" + slot(first.codePointAt(0) ^ Math.imul(piece, 0x9e3779b1), search.head.shards);
  };
  function none() { return new Uint8Array(search.head.entries); }
  function ofCharacter(first) {
    return search.load(search.homeOf(first)).then(function (data) {
      var group = data[first], ranks = none();
      if (group) (group[2] ? [group[2]] : group[1].split(" ")).forEach(function (each) { search.addLists(each, ranks); });
      return ranks;
    });
  }
  function ofPair(first, second) {
    return search.load(search.homeOf(first, second)).then(function (data) {
      var group = data[first], at = group ? Array.from(group[0]).indexOf(second) : -1, ranks = none();
      if (at >= 0) search.addLists(group[1].split(" ")[at], ranks);
      return ranks;
    });
  }
  function both(one, other) { // in both, and as good as the worse of the two
    var count = 0;
    for (var at = 0; at < one.length; at++) {
      one[at] = one[at] && other[at] ? Math.max(one[at], other[at]) : 0;
      if (one[at]) count++;
    }
    return count;
  }
  function inOrder(count) { // places of pairs so that the first few tell most: 0 and the last, then those between
    var found = [0, count - 1], step;
    for (step = count; step > 1 && found.length < MOST_PAIRS; step /= 2) {
      for (var at = step / 2; at < count - 1; at += step) if (found.indexOf(Math.floor(at)) < 0) found.push(Math.floor(at));
    }
    return found.slice(0, Math.min(count, MOST_PAIRS));
  }
  search.ofPair = ofPair;
  search.ofCharacter = ofCharacter;
  search.ofText = function (word) {
    var letters = Array.from(word);
    if (letters.length === 1) return ofCharacter(letters[0]);
    if (letters.length === 2) return ofPair(letters[0], letters[1]);
    var places = inOrder(letters.length - 1);
    function next(from, ranks) {
      var now = places.slice(from, from + 3);
      if (!now.length) return ranks;
      return Promise.all(now.map(function (at) { return ofPair(letters[at], letters[at + 1]); })).then(function (lists) {
        var count = 0;
        lists.forEach(function (each) {
          if (ranks) count = both(ranks, each);
          else { ranks = each; count = Infinity; }
        });
        return count > FEW ? next(from + 3, ranks) : ranks;
      });
    }
    return next(0, null);
  };
})(window.exhibitSearch);
