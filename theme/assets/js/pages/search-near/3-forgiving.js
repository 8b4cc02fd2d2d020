// What is shown where nothing holds all that was asked, and marked as such: what was asked without how it was asked
// ("words"), what sounds alike or is one character from it ("near"), or what holds a part of it ("partial").
(function (search) {
  "use strict";
  var LONGEST = 40; // characters of what may be a name
  var LOOKED_AT = 4; // of the answers to the words of a question
  function found(kind, answer, more) { return Object.assign({ kind: kind, answer: answer }, more); }
  function given(texts, near) { // the answer that consists of the names themselves
    var entries = [];
    near.forEach(function (each) { if (entries.indexOf(each.entry) < 0) entries.push(each.entry); });
    return { head: search.head, isExact: true, entries: entries, joined: search.bare(), checked: search.bare(), words: texts.map(function (text) {
      return { text: search.plain(search.fold(text), false), ranks: [], sounds: search.bare() };
    }) };
  }
  function none(ranks) { return !ranks.some(Boolean); }
  function slips(words, answer) {
    var missing = answer.words.filter(function (each) { return none(Array.from(each.ranks)); }).map(function (each) { return each.text; });
    if (!missing.length && words.length === 1) missing = words;
    if (missing.length > 1 && missing.length === words.length) missing = [words.join("")];
    if (missing.length !== 1 || missing[0].length > LONGEST) return Promise.resolve(null);
    return search.near(missing[0]).then(function (near) {
      return near.length ? near : search.shortOf(missing[0]);
    }).then(function (near) {
      if (!near.length) return null;
      var texts = search.suggested(near);
      var meant = texts.map(function (text) {
        return words.indexOf(missing[0]) < 0 ? text : words.map(function (each) { return each === missing[0] ? text : each; }).join(" ");
      });
      return found("near", given(texts, near), { meant: meant });
    });
  }
  function isMarked(shown) { return shown.some(function (each) { return each[1]; }); }
  function isScattered(result) { // a long page, with a word here and another one elsewhere, is about neither
    return result.lines.length > 1 && !isMarked(result.title) && !result.facts.some(isMarked);
  }
  // `answer` is one that has no true results; null where there is nothing to show either.
  search.forgiven = function (answer) {
    var asked = answer.words.map(function (each) { return each.text; }), words = search.content(asked);
    if (!words.length) words = asked;
    if (asked.length === 1 && words[0] !== asked[0] && asked[0].length <= 6 && !search.isPhrased(asked[0])) return search.near(asked[0]).then(function (near) { // it may be a name
      return near.length && near[0].isAlike ? found("near", given(search.suggested(near), near), { meant: search.suggested(near) }) : without(answer, asked, words);
    });
    return without(answer, asked, words);
  };
  function without(answer, asked, words) {
    var again = words.join(" ") === asked.join(" ") ? Promise.resolve(null) : search.ask(words.join(" "));
    return again.then(function (other) {
      return (other ? search.take(other, other.entries, 0, LOOKED_AT) : Promise.resolve({ results: [] })).then(function (taken) {
        var answered = taken.results.length ? found("words", other, { asked: words }) : null;
        if (answered && !taken.results.every(isScattered)) return answered;
        return (answered ? Promise.resolve(null) : slips(words, other || answer)).then(function (near) {
          if (near) return near;
          return search.pieces(words).then(function (partial) {
            return partial.entries.length ? found("partial", partial, {}) : answered;
          });
        });
      });
    });
  }
})(window.exhibitSearch);
