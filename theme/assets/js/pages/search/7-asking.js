// A question: the entries that have all of its words, the best first, each looked at in its text before it counts.
(function (search) {
  "use strict";
  var WEIGHTS = [0, 120, 100, 40, 30, 25, 20, 5]; // by rank, counted from 1
  var MOST_SHARDS = 14; // of texts that are read before anything is answered
  var TITLE = 2, NAMES = 3; // the last rank of what an entry is called, and of what it is found by as well
  var MOST_JOINTS = 3;
  function ofWord(text) {
    return Promise.all([search.ofText(text), search.ofSound(text)]).then(function (both) {
      Object.keys(both[1]).forEach(function (entry) {
        var rank = both[1][entry].which || both[1][entry].start ? NAMES : TITLE;
        if (!both[0][entry] || both[0][entry] > rank) both[0][entry] = rank;
      });
      return { text: text, ranks: both[0], sounds: both[1], isExact: Array.from(text).length < 3 };
    });
  }
  function holds(entry, words) {
    var fields = search.recordOf(entry).compared;
    return words.every(function (word) {
      return word.isExact || word.sounds[entry] || fields.some(function (each) { return each.indexOf(word.text) >= 0; });
    });
  }
  search.ask = function (query) {
    return search.start().then(function () {
      var texts = search.wordsOf(query), head = search.head;
      var joined = texts.length > 1 && texts.every(search.letters) ? texts.join("") : "";
      var joints = texts.slice(1, 1 + MOST_JOINTS).map(function (each, at) { // where two words stand side by side
        return search.ofText(Array.from(texts[at]).pop() + Array.from(each)[0]);
      });
      return Promise.all([Promise.all(texts.map(ofWord)), joined ? search.ofSound(joined) : {}, search.load("facets"), search.load("stamps"), Promise.all(joints), search.more("results")]).then(function (all) {
        search.still(head);
        search.divide(all[2]);
        return search.endsOf(all[0]).then(function (ends) {
          search.still(head);
          return rankAll(all[0], all[1], all[4], ends);
        });
      });
    });
  };
  // What `use` makes of the answer to a question, `known` if there is one; asked again where the site was replaced meanwhile.
  search.answered = function (query, use, known) {
    function once(left, answer) {
      return (answer ? Promise.resolve(answer) : search.ask(query)).then(use).catch(function (error) {
        if (!error.isReplaced || !left) throw error;
        return once(left - 1, null);
      });
    }
    return once(3, known);
  };
  function rankAll(words, joined, joints, ends) {
    var scores = search.bare(), found = [];
    for (var entry = 0; entry < search.head.entries && words.length; entry++) {
      var score = 0, isIn = true;
      for (var at = 0; at < words.length && isIn; at++) {
        score += WEIGHTS[words[at].ranks[entry]];
        isIn = words[at].ranks[entry] > 0;
      }
      if (!isIn && joined[entry]) { isIn = true; score = WEIGHTS[3]; }
      else if (isIn) score += search.better(entry, words, joints, ends);
      if (isIn) { scores[entry] = score; found.push(entry); }
    }
    found.sort(function (one, other) { return scores[other] - scores[one] || other - one; });
    var answer = { head: search.head, words: words, joined: joined, entries: found, checked: search.bare(), isExact: words.every(function (each) { return each.isExact; }) };
    var shards = search.bare();
    found.forEach(function (each) { shards[search.head.places[each][0]] = true; });
    if (!found.length) answer.isExact = true;
    if (answer.isExact || Object.keys(shards).length > MOST_SHARDS) return answer;
    return search.readTexts(found).then(function () {
      answer.entries = found.filter(function (each) { return isTrue(answer, each); });
      answer.isExact = true;
      return answer;
    });
  }
  function isTrue(answer, entry) {
    if (answer.isExact || answer.joined[entry]) return true;
    if (!(entry in answer.checked)) answer.checked[entry] = holds(entry, answer.words);
    return answer.checked[entry];
  }
  // The next `count` true results among `entries` from `from` on: where to go on from, and the results.
  search.take = function (answer, entries, from, count, found) {
    found = found || [];
    var next = entries.slice(from, from + count - found.length);
    return Promise.resolve().then(function () {
      search.still(answer.head);
      return next.length ? search.readTexts(next) : null;
    }).then(function () {
      search.still(answer.head);
      next.forEach(function (entry) { if (isTrue(answer, entry)) found.push(search.resultOf(answer, entry)); });
      from += next.length;
      return found.length < count && from < entries.length ? search.take(answer, entries, from, count, found) : { next: from, results: found };
    });
  };
})(window.exhibitSearch);
