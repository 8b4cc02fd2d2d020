// What divides the answers to a question, and how many there are of each.
(function (search) {
  "use strict";
  var TITLE = 2, NAMES = 3, OF_KIND = 70, SAME = 1000, TOGETHER = 12; // the first two are ranks
  search.divide = function (data) {
    var head = search.head;
    if (head.divided) return;
    head.samples = search.column(data[1]);
    head.divided = data[0].map(function (each) {
      return { name: each[0], ids: each[1], labels: each[2], of: search.column(each[3]) };
    });
    head.leads = head.divided[0].of.map(function (kind) { return kind ? data[2][kind - 1] : 0; });
  };
  // What is called as it was asked comes first; of what is asked for by name, the kinds that others are about.
  search.better = function (entry, words, joints, ends) {
    var worst = 0, lead = search.head.leads[entry], score = 0, heard = null;
    words.forEach(function (each) {
      var rank = each.ranks[entry];
      heard = each.sounds[entry];
      worst = Math.max(worst, rank);
    });
    joints.forEach(function (each) { if (each[entry]) score += TOGETHER; });
    if (words.length > 1 && words.some(function (each) { return search.isKind(entry, each.text); })) score += OF_KIND;
    if (worst > NAMES) return score;
    var isWhole = heard ? heard.isEnd : ends && ends[0][entry] === 1 && ends[1][entry] > 0 && ends[1][entry] <= TITLE;
    isWhole = isWhole && worst <= TITLE && joints.every(function (each) { return each[entry] > 0 && each[entry] <= TITLE; });
    return score + lead + (isWhole ? SAME : 0);
  };
  // The ends of titles that may be all that was asked: of those that begin so, the pair with the end of a text.
  search.endsOf = function (words) {
    var letters = Array.from(words.map(function (each) { return each.text; }).join(""));
    if (letters.length < 2) return Promise.resolve(null);
    return search.ofPair(letters[0], letters[1]).then(function (begins) {
      var isIn = begins.some(function (rank, entry) {
        return rank === 1 && words.every(function (each) { return each.ranks[entry] && each.ranks[entry] <= TITLE; });
      });
      return isIn ? search.ofPair(letters[letters.length - 1], " ").then(function (ends) { return [begins, ends]; }) : null;
    });
  };
  search.kindOf = function (entry) {
    var kinds = search.head.divided[0];
    return kinds.ids[kinds.of[entry] - 1] || "";
  };
  search.isKind = function (entry, word) { // whether it is one of those that the word means: a brand, a report
    var kinds = search.head.divided[0], label = kinds.labels[kinds.of[entry] - 1] || "";
    return search.plain(search.fold(label), false) === word;
  };
  search.chosen = function (answer, filters, except) {
    search.still(answer.head);
    return answer.entries.filter(function (entry) {
      return answer.head.divided.every(function (facet) {
        var wanted = filters[facet.name];
        return !wanted || facet.name === except || facet.ids[facet.of[entry] - 1] === wanted;
      });
    });
  };
  search.facets = function (answer, filters) {
    search.still(answer.head);
    return answer.head.divided.map(function (facet) {
      var counts = facet.ids.map(function () { return 0; });
      search.chosen(answer, filters, facet.name).forEach(function (entry) { if (facet.of[entry]) counts[facet.of[entry] - 1]++; });
      return {
        name: facet.name,
        values: facet.ids.map(function (id, at) {
          return { id: id, label: facet.labels[at], count: counts[at], isActive: filters[facet.name] === id };
        }).filter(function (each) { return each.count || each.isActive; })
      };
    });
  };
})(window.exhibitSearch);
