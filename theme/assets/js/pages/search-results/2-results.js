// How a result is shown: texts as parts, each [text, whether it was asked for].
(function (search) {
  "use strict";
  function plainOf(text, places) { return search.plain(search.fold(text), false, places); }
  function marks(text, words) {
    var places = [], plain = plainOf(text, places), is = [];
    words.forEach(function (word) {
      for (var at = plain.indexOf(word); at >= 0; at = plain.indexOf(word, at + 1)) {
        for (var n = places[at]; n <= places[at + word.length - 1]; n++) is[n] = true;
      }
    });
    return is;
  }
  function parts(text, is) {
    var made = [];
    for (var at = 0; at < text.length; at++) {
      var last = made[made.length - 1];
      if (last && last[1] === !!is[at]) last[0] += text[at];
      else made.push([text[at], !!is[at]]);
    }
    return made;
  }
  function cutOut(text, words) {
    var is = marks(text, words), first = is.indexOf(true), from = 0, to = text.length, WIDE = 84, BEFORE = 26;
    if (text.length > WIDE) {
      from = first > BEFORE ? first - BEFORE : 0;
      from = Math.min(from, text.length - WIDE);
      to = from + WIDE;
      if (/[\udc00-\udfff]/.test(text[from])) from--;
      if (/[\udc00-\udfff]/.test(text[to] || "")) to++;
    }
    var made = parts(text.slice(from, to), is.slice(from, to));
    if (from > 0) made.unshift(["…", false]);
    if (to < text.length) made.push(["…", false]);
    return made;
  }
  search.resultOf = function (answer, entry) {
    var found = search.recordOf(entry), words = answer.isPartial ? search.piecesOf(answer, found) : answer.words.map(function (each) { return each.text; });
    var title = found.fields[0], is = marks(title, words), facts = [];
    answer.words.map(function (each) { return each.sounds[entry]; }).concat(answer.joined[entry]).forEach(function (sound) {
      var letters = sound && sound.which === 0 ? Array.from(title) : [];
      for (var at = 0, unit = 0; sound && at < letters.length; unit += letters[at++].length) {
        if (at >= sound.start && at < sound.end) for (var n = 0; n < letters[at].length; n++) is[unit + n] = true;
      }
    });
    answer.head.divided.forEach(function (facet) {
      if (facet.of[entry]) facts.push(facet.labels[facet.of[entry] - 1]);
    });
    var shown = [title].concat(facts).map(function (each) { return plainOf(each); }).join("\n");
    var missing = words.filter(function (each) { return shown.indexOf(each) < 0; });
    var pieces = found.fields.slice(1).join("\t").split("\t").filter(function (each) { return each && facts.indexOf(each) < 0; });
    var picked = [];
    while (missing.length && picked.length < 2) {
      var best = null, most = 0;
      pieces.forEach(function (piece) {
        var plain = plainOf(piece), gain = missing.filter(function (each) { return plain.indexOf(each) >= 0; }).length;
        if (gain > most) { most = gain; best = piece; }
      });
      if (!best) break;
      picked.push(best);
      missing = missing.filter(function (each) { return plainOf(best).indexOf(each) < 0; });
    }
    if (!picked.length) {
      var about = found.fields[5].split("\t");
      picked = [found.fields[2].split("\t")[0] || about.filter(function (each) { return each.length > 13; })[0] || about[0]];
    }
    var line = found.fields[2].split("\t");
    return {
      // What a question for a figure is answered with, and what has to be known of it.
      figure: search.kindOf(entry) === "indicator" && line[0] ? { value: line[0], note: line.slice(1).filter(Boolean).join("　") } : null,
      address: found.address, kind: search.kindOf(entry), title: parts(title, is), pieces: answer.isPartial ? words : [], isSample: !!answer.head.samples[entry],
      facts: facts.map(function (each) { return parts(each, marks(each, words)); }),
      lines: picked.filter(Boolean).map(function (each) { return cutOut(each, words); })
    };
  };
  search.link = function (address, form) { // `form` leads to the search as this site writes its links
    var cut = address.split("#"), isFile = /index\.html$/.test(form.getAttribute("action"));
    if (isFile && /(^|\/)$/.test(cut[0])) cut[0] += "index.html";
    return new URL("../", search.root).href + cut.join("#");
  };
  search.show = function (shown, element) { // parts as text and <mark>, never as markup
    shown.forEach(function (each) {
      var place = element;
      if (each[1]) place = element.appendChild(document.createElement("mark"));
      place.appendChild(document.createTextNode(each[0]));
    });
    return element;
  };
})(window.exhibitSearch);
