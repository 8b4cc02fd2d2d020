// Answers that hold a part of the question: the longest pieces first.
(function (search) {
  "use strict";
  var MOST_PAIRS = 5, MOST = 30, BY_RANK = [0, 1, 1, 0.8, 0.7, 0.6, 0.6, 0.45];
  // How one asks, without what one asks for. They divide a question; only one that finds nothing is asked without them.
  var ASKING = new RegExp("请问|请查|有没有|是不是|能不能|可不可以|什么时候|叫什么|是什么|什么|怎么样|怎么办|怎么|怎样|如何|哪些|哪一个|哪个|哪一|哪里|哪儿|在哪|多少|几个|几家|" +
    "为什么|为啥|我想|我要|想要|想找|查一下|查询|查找|查看|有哪|是谁|叫啥|咋|关于|[吗呢吧啊了的是在有都和与及个]");
  var PHRASES = new RegExp(ASKING.source.replace(/\|\[.*/, "|吗$|呢$"));
  search.content = function (words) {
    var found = [], known = new RegExp("(" + labels().join("|") + ")");
    words.forEach(function (word) {
      word.split(new RegExp(ASKING.source, "g")).forEach(function (part) {
        part.split(known).forEach(function (each) { if (each && found.indexOf(each) < 0) found.push(each); });
      });
    });
    var whole = found.filter(function (each) { return Array.from(each).length > 1; }); // what is left between them is no word
    return whole.length ? whole : found;
  };
  function labels() { // of kinds and years, the longest first: 公安局品牌, 2023年十佳
    var all = [];
    search.head.divided.forEach(function (facet) {
      if (facet.name === "kind" || facet.name === "year") all = all.concat(facet.labels.map(function (each) { return search.plain(search.fold(each), false); }));
    });
    all = all.filter(function (each) { return each.length > 1; }).sort(function (one, other) { return other.length - one.length; });
    return all.map(function (each) { return each.replace(/[^\w\u0080-\uffff]/g, "\\$&"); }).concat("[0-9]{4}年度?");
  }
  function pairsOf(words, far) { // neighbours, or those with `far` characters between them
    var all = [];
    words.forEach(function (word) {
      var letters = search.letters(word) ? [] : Array.from(word); // pieces of a Latin word are in any other
      var count = letters.length - far - 1;
      if (count > 0) all.push(search.inOrder(count).map(function (at) { return { word: word, at: at, one: letters[at], other: letters[at + far + 1] }; }));
    });
    var some = []; // of each word in turn, those first that an exact question has loaded
    for (var turn = 0; some.length < MOST_PAIRS && all.some(function (each) { return each[turn]; }); turn++) {
      all.forEach(function (each) { if (each[turn] && some.length < MOST_PAIRS) some.push(each[turn]); });
    }
    return some.sort(function (one, other) { return words.indexOf(one.word) - words.indexOf(other.word) || one.at - other.at; });
  }
  search.isPhrased = function (word) { return PHRASES.test(word); }; // as a question, not as a name may be
  search.pieces = function (words) {
    return ofPairs(words, pairsOf(words, 0)).then(function (answer) {
      var apart = answer.entries.length ? [] : pairsOf(words, 1); // 排污口 is found where 排口 stands
      return apart.length ? ofPairs(apart.map(function (each) { return each.one + each.other; }), apart) : answer;
    });
  };
  function ofPairs(words, pairs) {
    var head = search.head, singles = pairs.length ? [] : words.slice(0, 3);
    return Promise.all(pairs.map(function (each) { return search.ofPair(each.one, each.other); }).concat(singles.map(search.ofCharacter))).then(function (lists) {
      search.still(head);
      var scores = new Float64Array(head.entries), found = [];
      lists.forEach(function (ranks, number) {
        var count = 0, entry, before = pairs[number - 1], mine = pairs[number];
        for (entry = 0; entry < ranks.length; entry++) if (ranks[entry]) count++;
        if (!count) return;
        var tells = Math.log(1 + head.entries / count), isNext = before && mine && before.word === mine.word && before.at + 1 === mine.at;
        for (entry = 0; entry < ranks.length; entry++) if (ranks[entry]) {
          scores[entry] += tells * BY_RANK[ranks[entry]] * (isNext && lists[number - 1][entry] ? 1.5 : 1);
        }
      });
      for (var entry = 0; entry < scores.length; entry++) if (scores[entry]) found.push(entry);
      found.sort(function (one, other) { return scores[other] - scores[one] || head.leads[other] - head.leads[one] || other - one; });
      var least = found.length ? scores[found[0]] / 3 : 0;
      found = found.filter(function (each) { return scores[each] > least; }).slice(0, MOST);
      return { head: head, isPartial: true, isExact: true, asked: words, words: [], joined: search.bare(), checked: search.bare(), entries: found };
    });
  }
  search.piecesOf = function (answer, record) { // the longest pieces of the question that the entry holds
    var text = record.compared.join("\n"), found = [];
    answer.asked.forEach(function (word) {
      var letters = search.letters(word) ? [word] : Array.from(word);
      for (var at = 0; at < letters.length;) {
        var end = letters.length;
        while (end > at && text.indexOf(letters.slice(at, end).join("")) < 0) end--;
        var piece = letters.slice(at, end).join("");
        if (end - at > 1 || (letters.length === 1 && piece)) { if (found.indexOf(piece) < 0) found.push(piece); at = end; }
        else at++;
      }
    });
    return found.sort(function (one, other) { return other.length - one.length; });
  };
})(window.exhibitSearch);
