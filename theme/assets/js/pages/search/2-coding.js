// Numbers and lists, as generator/outputs/search/coding.py and grams.py write them.
(function (search) {
  "use strict";
  var DIGITS = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_";
  var MORE = "!#$%&'()*+,./:;<", BITS = "~", RANKS = "=>?@[]^";
  var value = search.bare(), above = search.bare();
  DIGITS.split("").forEach(function (each, at) { value[each] = at; });
  MORE.split("").forEach(function (each, at) { above[each] = at; });

  search.numbers = function (text) {
    var found = [], high = 0;
    for (var at = 0; at < text.length; at++) {
      if (text[at] in above) high = high * 16 + above[text[at]];
      else { found.push(high * 64 + value[text[at]]); high = 0; }
    }
    return found;
  };
  search.column = function (text) {
    if (text[0] !== BITS) return search.numbers(text);
    var found = [], runs = search.numbers(text.slice(1));
    for (var at = 0; at < runs.length; at += 2) for (var n = 0; n < runs[at + 1]; n++) found.push(runs[at]);
    return found;
  };
  search.ascending = function (text, take) {
    var at = 1, before = -1;
    if (text[0] !== BITS) {
      search.numbers(text).forEach(function (step) { before += step + 1; take(before); });
      return;
    }
    while (!(text[at] in value)) at++;
    var place = search.numbers(text.slice(1, at + 1))[0];
    for (at++; at < text.length; at++, place += 6) {
      for (var bits = value[text[at]], bit = 0; bits; bits >>= 1, bit++) if (bits & 1) take(place + bit);
    }
  };
  // Ranks are kept as an array by entry: 0 for none, else 1 for the best.
  search.addLists = function (text, ranks) {
    var start = 0;
    for (var at = 1; at <= text.length; at++) {
      if (at < text.length && RANKS.indexOf(text[at]) < 0) continue;
      var rank = RANKS.indexOf(text[start]) + 1;
      search.ascending(text.slice(start + 1, at), function (entry) {
        if (!ranks[entry] || ranks[entry] > rank) ranks[entry] = rank;
      });
      start = at;
    }
  };
})(window.exhibitSearch);
