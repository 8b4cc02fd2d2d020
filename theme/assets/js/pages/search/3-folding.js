// The one form in which a text and what is asked of it are compared, as generator/outputs/search/folding.py has it.
(function (search) {
  "use strict";
  var LONGEST = 80; // characters of a question
  // What only looks like a usual character, such as a radical copied from a PDF.
  var ALIKE = /[\u2e9f\u2ef3\u2f00-\u2fd5\uf900-\ufaff\ufe10-\ufe19\ufe30-\ufe4f\ufe50-\ufe6f\uff61-\uff9f\u2126\u212a\u212b]/;
  var DROPPED = "\"'()[]{}<>`“”‘’‛‟„‚「」『』《》〈〉«»【】〔〕〖〗·…‥—–―‐‑‒~〜﹏*|\\\u200b\u200c\u200d\ufeff";
  var PAUSES = ";!?。、", JOINTS = "/_- ", STOPS = ".,:", STAYS = /[a-z0-9]/;
  function foldOne(each, table) {
    if (/\s/.test(each)) return " ";
    var code = each.charCodeAt(0);
    if (code > 0xff00 && code < 0xff5f) each = String.fromCharCode(code - 0xfee0);
    else if (ALIKE.test(each) && each.normalize && each.normalize("NFKC").length === 1) each = each.normalize("NFKC");
    var lower = each.toLowerCase();
    if (lower.length === each.length) each = lower;
    return table[each] || each;
  }
  search.folder = function (table) { // what folds by a table of characters
    var folded = search.bare();
    return function (text) {
      var made = "";
      for (var each of text) made += folded[each] || (folded[each] = foldOne(each, table));
      return made;
    };
  };
  search.fold = function (text) {
    var head = search.head;
    return (head.folds = head.folds || search.folder(head.fold))(text);
  };
  // Each character of folded text that is compared, "\n" for an end, with its place.
  function eachOf(folded, take) {
    for (var at = 0; at < folded.length; at++) {
      var sign = folded[at];
      if (DROPPED.indexOf(sign) >= 0 || (sign >= "\ue000" && sign <= "\uf8ff")) continue;
      var isStop = STOPS.indexOf(sign) >= 0;
      if (isStop || JOINTS.indexOf(sign) >= 0) {
        if (STAYS.test(folded[at - 1] || "") && STAYS.test(folded[at + 1] || "")) take(sign, at);
        else if (isStop) take("\n", at);
      } else take(PAUSES.indexOf(sign) >= 0 ? "\n" : sign, at);
    }
  }
  search.plain = function (folded, isProse, places) { // `places` gets where each character stood
    var made = "";
    eachOf(folded, function (sign, at) {
      if (sign === "\n" && !isProse) return;
      made += sign === "\n" ? " " : sign;
      if (places) places.push(at);
    });
    return made;
  };
  search.wordsOf = function (query, fold) {
    var found = [];
    (fold || search.fold)(query.slice(0, LONGEST)).split(" ").forEach(function (part) {
      var words = "";
      eachOf(part, function (sign) { words += sign; });
      words.split("\n").forEach(function (each) { if (each && found.indexOf(each) < 0) found.push(each); });
    });
    return found;
  };
  search.compared = function (fields) { // the fields of an entry as they are searched, the last of them as prose
    return fields.map(function (field, number) {
      return field.split("\t").map(function (each) {
        return search.plain(search.fold(each), number === fields.length - 1);
      }).filter(Boolean).join(" ");
    });
  };
})(window.exhibitSearch);
