// The search: asks the index in search/, which is nothing but scripts, so that it works from any place. A word of one or
// two characters is answered exactly by the lists of its pair; a longer one by the entries that hold several of its pairs,
// each looked at in its text before it counts. docs/decisions/021-search.md says how the files are made.
(function () {
  "use strict";
  if (window.exhibitSearch) return; // a page and the form in its header may both bring it; what was loaded is kept here
  var root = new URL("../search/", document.currentScript.src).href, loads = Object.create(null), renewal = null;
  // The files call it, and the parts of this script give each other through it what they share.
  var search = window.exhibitSearch = function (file, stamp, data) { search.arrived[file] = { stamp: stamp, data: data }; };
  search.bare = function () { return Object.create(null); }; // in which nothing is found that nobody put there
  search.arrived = search.bare();
  search.head = null; // of one publication: the stamps of its files, and all that was made of them

  function bring(file, query) { // what the file is now, or nothing
    return new Promise(function (done) {
      var script = document.createElement("script");
      script.src = root + file + ".js?" + query;
      script.onload = script.onerror = function () {
        var found = search.arrived[file];
        delete search.arrived[file];
        script.remove();
        done(found);
      };
      document.head.appendChild(script);
    });
  }
  function stampOf(file) {
    var stamps = search.head.stamps, place = file[0] === "p" ? file.charCodeAt(1) - 97 : Number(file.slice(1));
    return stamps[file] || stamps[file[0]].slice(5 * place, 5 * place + 5);
  }
  function part(file) {
    var head = search.head, stamp = stampOf(file);
    return bring(file, stamp).then(function (found) {
      // What was kept under this stamp may be something else: it was asked for while the site was being replaced.
      return found && found.stamp !== stamp ? bring(file, stamp + "&" + Date.now()) : found;
    }).then(function (found) {
      search.still(head);
      if (found && found.stamp === stamp) return found.data;
      return renew(head).then(function () {
        search.still(head);
        throw new Error(file);
      });
    });
  }
  function renew(head) { // a file is another than its head says, or gone: perhaps there is a new head
    renewal = renewal || bring("head", Date.now()).then(function (found) {
      renewal = null;
      if (!found || search.head !== head || JSON.stringify(found.data) === JSON.stringify(head.given)) return;
      loads = search.bare();
      search.head = opened(found.data);
    });
    return renewal;
  }
  search.still = function (head) { // what was made with one head is worth nothing beside another
    if (head === search.head) return;
    var error = new Error("head");
    error.isReplaced = true;
    throw error;
  };
  search.load = function (file) {
    var mine = loads, load = mine[file];
    if (load) return load;
    load = mine[file] = file !== "head" ? part(file) : bring("head", Math.floor(Date.now() / 300000)).then(function (found) {
      if (!found) throw new Error(file);
      return found.data;
    });
    load.catch(function () { delete mine[file]; });
    return load;
  };
  search.loadAll = function (files) { return Promise.all(files.map(function (each) { return search.load(each); })); };
  function opened(data) {
    var fold = search.bare(), one = Array.from(data.fold[0]), other = Array.from(data.fold[1]), pieces = search.bare(), end = 0;
    var counts = search.column(data.large[1]);
    one.forEach(function (each, at) { fold[each] = other[at]; });
    Array.from(data.large[0]).forEach(function (each, at) { pieces[each] = counts[at]; });
    return {
      given: data, entries: data.entries, stamps: data.stamps, fold: fold, pieces: pieces, shards: data.stamps.g.length / 5,
      ends: search.column(data.texts).map(function (count) { return end += count; }),
      texts: search.bare(), records: search.bare(), heard: search.bare(), folded: search.bare(), divided: null, samples: null
    };
  }
  search.start = function () { // what every search needs
    if (search.head) return Promise.resolve(search.head);
    return search.load("head").then(function (data) { return search.head = search.head || opened(data); });
  };
  search.link = function (address, form) { // `form` leads to the search as this site writes its links
    var cut = address.split("#"), isFile = /index\.html$/.test(form.getAttribute("action"));
    if (isFile && /(^|\/)$/.test(cut[0])) cut[0] += "index.html";
    return new URL("../", root).href + cut.join("#");
  };
})();
