// A word as it sounds: entry → where in which of its names, from what generator/outputs/search/sounds.py tells.
(function (search) {
  "use strict";
  function namesOf(letter, data) {
    var heard = search.head.heard;
    if (heard[letter]) return heard[letter];
    var sounds = data[0].split(" ").map(function (each) { return each.split("|"); });
    var flat = search.numbers(data[1]), found = [], entry = 0;
    for (var at = 0; at < flat.length; at += 3 + flat[at + 2]) {
      entry += flat[at];
      found.push({ entry: entry, which: flat[at + 1], sounds: flat.slice(at + 3, at + 3 + flat[at + 2]) });
    }
    found.forEach(function (each) { each.sounds = each.sounds.map(function (one) { return sounds[one]; }); });
    heard[letter] = found;
    return found;
  }
  function reach(sounds, at, rest, isShort) { // the end of what sounds like `rest` from `at`, or -1
    if (!rest) return at;
    if (at >= sounds.length) return -1;
    if (sounds[at][0] === "") return reach(sounds, at + 1, rest, isShort);
    for (var each of sounds[at]) {
      var part = isShort ? each[0] : each, end = -1;
      if (rest.indexOf(part) === 0) end = reach(sounds, at + 1, rest.slice(part.length), isShort);
      else if (part.indexOf(rest) === 0) end = at + 1;
      if (end >= 0) return end;
    }
    return -1;
  }
  // What somebody wrote in pinyin, in letters alone: yángguāng, yang2guang1, lǜ and lü are yangguang and lv.
  search.letters = function (word) {
    var bare = word.normalize ? word.normalize("NFD").replace(/u\u0308/g, "v").replace(/[\u0300-\u0304\u030c]/g, "") : word;
    bare = bare.replace(/[.:-]/g, "");
    if (/^(?:[a-z]{1,6}[0-5])+$/.test(bare + (/\d$/.test(bare) ? "" : "5")) && /[a-z]{2}/.test(bare)) bare = bare.replace(/\d/g, "");
    return /^[a-z][a-z0-9]+$/.test(bare) ? bare : "";
  };
  search.namesHeard = function (letter) { // the names with a character that sounds so
    return search.load("p" + letter).then(function (data) { return namesOf(letter, data); });
  };
  search.hears = function (sounds, word) { // whether what sounds so is said somewhere like the word
    var plain = search.letters(word);
    return !!plain && sounds.some(function (each, at) {
      return each[0] !== "" && Math.max(reach(sounds, at, plain, false), reach(sounds, at, plain, true)) >= 0;
    });
  };
  search.ofSound = function (word) {
    var plain = search.letters(word), found = search.bare();
    if (!plain) return Promise.resolve(found);
    return search.load("p" + plain[0]).then(function (data) {
      namesOf(plain[0], data).forEach(function (name) {
        if (found[name.entry] && found[name.entry].which === 0) return;
        for (var at = 0; at < name.sounds.length; at++) {
          if (name.sounds[at][0] === "") continue;
          var end = Math.max(reach(name.sounds, at, plain, false), reach(name.sounds, at, plain, true));
          if (end < 0) continue;
          found[name.entry] = { which: name.which, start: at, end: end, isEnd: !at && end === name.sounds.length };
          break;
        }
      });
      return found;
    });
  };
})(window.exhibitSearch);
