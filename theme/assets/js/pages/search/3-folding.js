// The one form in which a text and what is asked of it are compared, as generator/outputs/search/folding.py folds.
(function (search) {
  "use strict";
  var LONGEST = 80; // characters of a question
  // What only looks like a usual character, such as a radical copied from a PDF.
  var ALIKE = /[\u2e9f\u2ef3\u2f00-\u2fd5\uf900-\ufaff\ufe10-\ufe19\ufe30-\ufe4f\ufe50-\ufe6f\uff61-\uff9f\u2126\u212a\u212b]/;
  function foldOne(each) {
    if (/\s/.test(each)) return " ";
    var code = each.charCodeAt(0);
    if (code > 0xff00 && code < 0xff5f) each = String.fromCharCode(code - 0xfee0);
    else if (ALIKE.test(each) && each.normalize && each.normalize("NFKC").length === 1) each = each.normalize("NFKC");
    var lower = each.toLowerCase();
    if (lower.length === each.length) each = lower;
    return search.head.fold[each] || each;
  }
  search.fold = function (text) {
    var made = "", folded = search.head.folded;
    for (var each of text) made += folded[each] || (folded[each] = foldOne(each));
    return made;
  };
  search.wordsOf = function (query) {
    var found = [];
    search.fold(query.slice(0, LONGEST)).split(" ").forEach(function (each) {
      if (each && found.indexOf(each) < 0) found.push(each);
    });
    return found;
  };
})(window.exhibitSearch);
