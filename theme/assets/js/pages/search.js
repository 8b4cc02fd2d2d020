// The search: asks the index in search/, which is nothing but scripts, so that it works from any place. A word of one or
// two characters is answered exactly by the lists of its pair; a longer one by the entries that hold several of its pairs,
// each looked at in its text before it counts. docs/decisions/021-search.md says how the files are made.
(function () {
  "use strict";
  if (window.exhibitSearch) return;
  var DIGITS = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_";
  var MORE = "!#$%&'()*+,./:;<", BITS = "~", RANKS = "=>?@[]^", ESCAPE = "~";
  var WEIGHTS = [0, 120, 100, 40, 30, 25, 20, 5]; // by rank, counted from 1
  var LEADS = 36, FEW = 12, MOST_PAIRS = 6, MOST_SHARDS = 14, LONGEST = 80;
  var root = new URL("../search/", document.currentScript.src).href;
  function bare() { return Object.create(null); } // in which nothing is found that nobody put there
  var value = bare(), above = bare(), arrived = bare(), loads = bare(), version = "";
  DIGITS.split("").forEach(function (each, at) { value[each] = at; });
  MORE.split("").forEach(function (each, at) { above[each] = at; });

  // -- files
  window.exhibitSearch = function (name, stamp, data) {
    if (name === "head") version = stamp;
    arrived[name] = { stamp: stamp, data: data };
  };
  function load(name, again) {
    if (loads[name] && !again) return loads[name];
    loads[name] = new Promise(function (done, fail) {
      var script = document.createElement("script");
      // A head that is minutes old would ask for files that are gone.
      script.src = root + name + ".js?" + (name === "head" ? Math.floor(Date.now() / 300000) : version + (again ? "&" + Date.now() : ""));
      script.onload = script.onerror = function () {
        var found = arrived[name];
        script.remove();
        if (found && found.stamp === version) { done(found.data); return; }
        // What was kept under this version may be of another: it was asked for while the site was being replaced.
        if (found && !again && name !== "head") { load(name, true).then(done, fail); return; }
        delete loads[name];
        fail(new Error(name));
      };
      document.head.appendChild(script);
    });
    return loads[name];
  }
  function loadAll(names) { return Promise.all(names.map(load)); }

  // -- numbers and lists, as generator/search/coding.py writes them
  function numbers(text) {
    var found = [], high = 0;
    for (var at = 0; at < text.length; at++) {
      if (text[at] in above) high = high * 16 + above[text[at]];
      else { found.push(high * 64 + value[text[at]]); high = 0; }
    }
    return found;
  }
  function column(text) {
    if (text[0] !== BITS) return numbers(text);
    var found = [], runs = numbers(text.slice(1));
    for (var at = 0; at < runs.length; at += 2) for (var n = 0; n < runs[at + 1]; n++) found.push(runs[at]);
    return found;
  }
  function ascending(text, take) {
    var at = 1, before = -1;
    if (text[0] !== BITS) {
      numbers(text).forEach(function (step) { before += step + 1; take(before); });
      return;
    }
    while (!(text[at] in value)) at++;
    var place = numbers(text.slice(1, at + 1))[0];
    for (at++; at < text.length; at++, place += 6) {
      for (var bits = value[text[at]], bit = 0; bits; bits >>= 1, bit++) if (bits & 1) take(place + bit);
    }
  }
  // Ranks are kept as an array by entry: 0 for none, else 1 for the best.
  function addLists(text, ranks) {
    var start = 0;
    for (var at = 1; at <= text.length; at++) {
      if (at < text.length && RANKS.indexOf(text[at]) < 0) continue;
      var rank = RANKS.indexOf(text[start]) + 1;
      ascending(text.slice(start + 1, at), function (entry) {
        if (!ranks[entry] || ranks[entry] > rank) ranks[entry] = rank;
      });
      start = at;
    }
  }

  // -- what every search needs
  var head = null;
  function start() {
    if (head) return Promise.resolve(head);
    return load("head").then(function (data) {
      if (head) return head;
      var fold = bare(), one = Array.from(data.fold[0]), other = Array.from(data.fold[1]), ends = [], end = 0;
      one.forEach(function (each, at) { fold[each] = other[at]; });
      column(data.texts).forEach(function (count) { end += count; ends.push(end); });
      var starts = Array.from(data.starts).reduce(function (made, each, at, all) {
        return at % 2 ? made.concat(all[at - 1] + each) : made;
      }, []);
      head = { entries: data.entries, starts: starts, ends: ends, fold: fold };
      return head;
    });
  }
  var divided = null, samples = null;
  function divide(data) {
    samples = samples || column(data[1]);
    divided = divided || data[0].map(function (each) {
      return { name: each[0], ids: each[1], labels: each[2], of: column(each[3]) };
    });
  }
  // What only looks like a usual character, such as a radical copied from a PDF (generator/search/folding.py).
  var ALIKE = /[\u2e9f\u2ef3\u2f00-\u2fd5\uf900-\ufaff\ufe10-\ufe19\ufe30-\ufe4f\ufe50-\ufe6f\uff61-\uff9f\u2126\u212a\u212b]/;
  function foldOne(each) {
    if (/\s/.test(each)) return " ";
    var code = each.charCodeAt(0);
    if (code > 0xff00 && code < 0xff5f) each = String.fromCharCode(code - 0xfee0);
    else if (ALIKE.test(each) && each.normalize && each.normalize("NFKC").length === 1) each = each.normalize("NFKC");
    var lower = each.toLowerCase();
    if (lower.length === each.length) each = lower;
    return head.fold[each] || each;
  }
  var folded = bare();
  function fold(text) {
    var made = "";
    for (var each of text) made += folded[each] || (folded[each] = foldOne(each));
    return made;
  }

  // -- texts, as generator/search/packing.py packs them
  var codes = null;
  function unpacker(table) {
    if (codes) return;
    var all = [], names = [], at;
    for (at = 0x20; at < 0x7e; at++) if (at !== 0x22 && at !== 0x5c) all.push(String.fromCharCode(at));
    var ones = all.slice(0, -LEADS);
    names = ones.slice();
    all.slice(-LEADS).forEach(function (lead) { all.forEach(function (each) { names.push(lead + each); }); });
    codes = { isLead: bare(), text: bare() };
    all.slice(-LEADS).concat(ESCAPE).forEach(function (each) { codes.isLead[each] = true; });
    var count = 0, waiting = null;
    Array.from(table[0]).forEach(function (each) { codes.text[names[count++]] = each; });
    eachCode(table[1], function (text) {
      if (waiting === null) { waiting = text; return; }
      codes.text[names[count++]] = waiting + text;
      waiting = null;
    });
  }
  function eachCode(packed, take) {
    for (var at = 0; at < packed.length; at++) {
      var code = packed[at];
      if (codes.isLead[code]) code += packed[++at];
      take(code in codes.text ? codes.text[code] : code[code.length - 1]);
    }
  }
  function shardOf(entry) {
    var low = 0, high = head.ends.length - 1;
    while (low < high) {
      var middle = (low + high) >> 1;
      if (head.ends[middle] > entry) high = middle; else low = middle + 1;
    }
    return low;
  }
  var records = bare();
  function record(entry) { // only once its shard is there
    if (records[entry]) return records[entry];
    var shard = shardOf(entry), text = "", first = shard ? head.ends[shard - 1] : 0;
    eachCode(arrived["t" + shard].data[entry - first], function (each) { text += each; });
    var fields = text.split("\n");
    records[entry] = { address: fields[0], fields: fields.slice(1), folded: fields.slice(1).map(fold) };
    return records[entry];
  }
  function readTexts(entries) {
    var names = { table: true };
    entries.forEach(function (entry) { names["t" + shardOf(entry)] = true; });
    return loadAll(Object.keys(names)).then(function (all) { unpacker(all[0]); });
  }

  // -- one word
  function shardFor(pair) {
    var low = 0, high = head.starts.length - 1;
    while (low < high) {
      var middle = (low + high + 1) >> 1;
      if (head.starts[middle] <= pair) low = middle; else high = middle - 1;
    }
    return low;
  }
  function none() { return new Uint8Array(head.entries); }
  function ofCharacter(first) {
    var at = shardFor(first);
    return load("g" + at).then(function (data) {
      var next = head.starts[at + 1];
      return data[first] || !next || next.indexOf(first) !== 0 ? data : load("g" + (at + 1));
    }).then(function (data) {
      var group = data[first], ranks = none();
      if (group) (group[2] ? [group[2]] : group[1].split(" ")).forEach(function (each) { addLists(each, ranks); });
      return ranks;
    });
  }
  function ofPair(first, second) {
    return load("g" + shardFor(first + second)).then(function (data) {
      var group = data[first], at = group ? Array.from(group[0]).indexOf(second) : -1, ranks = none();
      if (at >= 0) addLists(group[1].split(" ")[at], ranks);
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
  function ofText(word) {
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
  }

  // -- names by sound
  var heard = bare();
  function names(letter, data) {
    if (heard[letter]) return heard[letter];
    var sounds = data[0].split(" ").map(function (each) { return each.split("|"); });
    var flat = numbers(data[1]), found = [], entry = 0;
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
  function ofSound(word) {
    var plain = word.replace(/['’·.-]/g, "").replace(/ü/g, "v"), found = bare();
    if (!/^[a-z][a-z0-9]+$/.test(plain)) return Promise.resolve(found);
    return load("p" + plain[0]).then(function (data) {
      names(plain[0], data).forEach(function (name) {
        if (found[name.entry] && found[name.entry].which === 0) return;
        for (var at = 0; at < name.sounds.length; at++) {
          if (name.sounds[at][0] === "") continue;
          var end = Math.max(reach(name.sounds, at, plain, false), reach(name.sounds, at, plain, true));
          if (end < 0) continue;
          found[name.entry] = { which: name.which, start: at, end: end };
          break;
        }
      });
      return found;
    });
  }
  function ofWord(text) {
    return Promise.all([ofText(text), ofSound(text)]).then(function (both) {
      Object.keys(both[1]).forEach(function (entry) {
        var rank = both[1][entry].which || both[1][entry].start ? 3 : 2;
        if (!both[0][entry] || both[0][entry] > rank) both[0][entry] = rank;
      });
      return { text: text, ranks: both[0], sounds: both[1], isExact: Array.from(text).length < 3 };
    });
  }

  // -- a question
  function wordsOf(query) {
    var found = [];
    fold(query.slice(0, LONGEST)).split(" ").forEach(function (each) {
      if (each && found.indexOf(each) < 0) found.push(each);
    });
    return found;
  }
  function holds(entry, words) {
    var fields = record(entry).folded;
    return words.every(function (word) {
      return word.isExact || word.sounds[entry] || fields.some(function (each) { return each.indexOf(word.text) >= 0; });
    });
  }
  function ask(query) {
    return start().then(function () {
      var texts = wordsOf(query);
      var joined = texts.length > 1 && texts.every(function (each) { return /^[a-z'’-]+$/.test(each); }) ? texts.join("") : "";
      return Promise.all([Promise.all(texts.map(ofWord)), joined ? ofSound(joined) : {}, load("facets")]);
    }).then(function (all) {
      divide(all[2]);
      return rankAll(all[0], all[1]);
    });
  }
  function rankAll(words, joined) {
    var scores = bare(), found = [];
    for (var entry = 0; entry < head.entries && words.length; entry++) {
      var score = 0, isIn = true;
      for (var at = 0; at < words.length && isIn; at++) {
        score += WEIGHTS[words[at].ranks[entry]];
        isIn = words[at].ranks[entry] > 0;
      }
      if (!isIn && joined[entry]) { isIn = true; score = WEIGHTS[3]; }
      if (isIn) { scores[entry] = score; found.push(entry); }
    }
    found.sort(function (one, other) { return scores[other] - scores[one] || one - other; });
    var answer = { words: words, joined: joined, entries: found, checked: bare(), isExact: words.every(function (each) { return each.isExact; }) };
    var shards = bare();
    found.forEach(function (each) { shards[shardOf(each)] = true; });
    if (answer.isExact || Object.keys(shards).length > MOST_SHARDS) return answer;
    return readTexts(found).then(function () {
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
  function take(answer, entries, from, count, found) {
    found = found || [];
    var next = entries.slice(from, from + count - found.length);
    return (next.length ? readTexts(next) : Promise.resolve()).then(function () {
      next.forEach(function (entry) { if (isTrue(answer, entry)) found.push(result(answer, entry)); });
      from += next.length;
      return found.length < count && from < entries.length ? take(answer, entries, from, count, found) : { next: from, results: found };
    });
  }
  function chosen(answer, filters, except) {
    return answer.entries.filter(function (entry) {
      return divided.every(function (facet) {
        var wanted = filters[facet.name];
        return !wanted || facet.name === except || facet.ids[facet.of[entry] - 1] === wanted;
      });
    });
  }
  function facets(answer, filters) {
    return divided.map(function (facet) {
      var counts = facet.ids.map(function () { return 0; });
      chosen(answer, filters, facet.name).forEach(function (entry) { if (facet.of[entry]) counts[facet.of[entry] - 1]++; });
      return {
        name: facet.name,
        values: facet.ids.map(function (id, at) {
          return { id: id, label: facet.labels[at], count: counts[at], isActive: filters[facet.name] === id };
        }).filter(function (each) { return each.count || each.isActive; })
      };
    });
  }

  // -- how a result is shown: texts as parts, each [text, whether it was asked for]
  function marks(text, words) {
    var plain = fold(text), is = [];
    words.forEach(function (word) {
      for (var at = plain.indexOf(word); at >= 0; at = plain.indexOf(word, at + 1)) {
        for (var n = 0; n < word.length; n++) is[at + n] = true;
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
  function result(answer, entry) {
    var found = record(entry), words = answer.words.map(function (each) { return each.text; });
    var title = found.fields[0], is = marks(title, words), facts = [];
    answer.words.map(function (each) { return each.sounds[entry]; }).concat(answer.joined[entry]).forEach(function (sound) {
      var letters = sound && sound.which === 0 ? Array.from(title) : [];
      for (var at = 0, unit = 0; sound && at < letters.length; unit += letters[at++].length) {
        if (at >= sound.start && at < sound.end) for (var n = 0; n < letters[at].length; n++) is[unit + n] = true;
      }
    });
    divided.forEach(function (facet) {
      if (facet.of[entry]) facts.push(facet.labels[facet.of[entry] - 1]);
    });
    var shown = fold([title].concat(facts).join("\n"));
    var missing = words.filter(function (each) { return shown.indexOf(each) < 0; });
    var pieces = found.fields.slice(1).join("\t").split("\t").filter(function (each) { return each && facts.indexOf(each) < 0; });
    var picked = [];
    while (missing.length && picked.length < 2) {
      var best = null, most = 0;
      pieces.forEach(function (piece) {
        var plain = fold(piece), gain = missing.filter(function (each) { return plain.indexOf(each) >= 0; }).length;
        if (gain > most) { most = gain; best = piece; }
      });
      if (!best) break;
      picked.push(best);
      missing = missing.filter(function (each) { return fold(best).indexOf(each) < 0; });
    }
    if (!picked.length) {
      var about = found.fields[5].split("\t");
      picked = [found.fields[2].split("\t")[0] || about.filter(function (each) { return each.length > 13; })[0] || about[0]];
    }
    return {
      address: found.address, title: parts(title, is), isSample: !!samples[entry],
      facts: facts.map(function (each) { return parts(each, marks(each, words)); }),
      lines: picked.filter(Boolean).map(function (each) { return cutOut(each, words); })
    };
  }

  exhibitSearch.start = start;
  exhibitSearch.ask = ask;
  exhibitSearch.take = take;
  exhibitSearch.chosen = chosen;
  exhibitSearch.facets = facets;
  exhibitSearch.words = function (query) { return start().then(function () { return wordsOf(query); }); };
  exhibitSearch.record = function (entry) { return readTexts([entry]).then(function () { return record(entry); }); };
  exhibitSearch.link = function (address, form) { // `form` leads to the search as this site writes its links
    var cut = address.split("#"), isFile = /index\.html$/.test(form.getAttribute("action"));
    if (isFile && /(^|\/)$/.test(cut[0])) cut[0] += "index.html";
    return new URL("../", root).href + cut.join("#");
  };
  exhibitSearch.show = function (shown, element) { // parts as text and <mark>, never as markup
    shown.forEach(function (each) {
      var place = element;
      if (each[1]) place = element.appendChild(document.createElement("mark"));
      place.appendChild(document.createTextNode(each[0]));
    });
    return element;
  };
  document.dispatchEvent(new CustomEvent("exhibit:search"));
})();
