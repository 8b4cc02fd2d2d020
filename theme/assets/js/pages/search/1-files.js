// The search: asks the index in search/, nothing but scripts, so that it works from any place (docs/decisions/021, 063).
(function () {
  "use strict";
  if (window.exhibitSearch) return; // a page and the form in its header may both bring it
  var root = new URL("../search/", document.currentScript.src).href, loads = Object.create(null), mores = Object.create(null), renewal = null;
  // The files call it, and the parts of this script give each other through it what they share.
  var search = window.exhibitSearch = function (file, stamp, data) { search.arrived[file] = { stamp: stamp, data: data }; };
  search.bare = function () { return Object.create(null); }; // in which nothing is found that nobody put there
  search.arrived = search.bare();
  search.root = root;
  search.head = null; // the stamps of one publication, and all that was made of its files

  function bring(file, query) { // what the file is now, or {}
    return new Promise(function (done) {
      var script = document.createElement("script");
      script.src = root + file + ".js?" + query;
      script.onload = script.onerror = function () {
        done(search.arrived[file] || {});
        delete search.arrived[file];
        script.remove();
      };
      document.head.appendChild(script);
    });
  }
  function stampOf(file) {
    var stamps = search.head.stamps, place = file[0] === "p" ? file.charCodeAt(1) - 97 : Number(file.slice(1));
    return stamps[file] || stamps[file[0]].substr(5 * place, 5);
  }
  function part(file) {
    var head = search.head, stamp = stampOf(file);
    return bring(file, stamp).then(function (found) {
      // What was kept under this stamp may be another: it was asked for while the site was being replaced.
      return found.data && found.stamp !== stamp ? bring(file, stamp + "&" + Date.now()) : found;
    }).then(function (found) {
      search.still(head);
      if (found.stamp === stamp) return found.data;
      // It is another, or gone: perhaps there is a new head.
      renewal = renewal || bring("head", Date.now()).then(function (fresh) {
        renewal = null;
        if (fresh.data && fresh.stamp !== head.stamp && head === search.head) open(fresh.data, fresh.stamp);
      });
      return renewal.then(function () {
        search.still(head);
        throw new Error(file);
      });
    });
  }
  search.still = function (head) { // what was made with one head is worth nothing beside another
    if (head !== search.head) throw Object.assign(new Error("head"), { isReplaced: true });
  };
  search.load = function (file) {
    var mine = loads;
    if (!mine[file]) (mine[file] = part(file)).catch(function () { delete mine[file]; });
    return mine[file];
  };
  function open(data, stamp) {
    var head = { stamp: stamp, entries: data.entries, stamps: data.stamps, shards: data.stamps.g.length / 5, places: [] };
    ["fold", "pieces", "texts", "records", "heard"].forEach(function (each) { head[each] = search.bare(); });
    Array.from(data.fold[0]).forEach(function (each, at) { head.fold[each] = this[at]; }, Array.from(data.fold[1]));
    Array.from(data.large[0]).forEach(function (each, at) { head.pieces[each] = this[at]; }, search.column(data.large[1]));
    search.column(data.texts).forEach(function (count, shard) { for (var at = 0; at < count; at++) head.places.push(["t" + shard, at]); });
    loads = search.bare();
    search.head = head;
  }
  search.start = function () { // what every search needs
    if (search.head) return Promise.resolve();
    // A head that is minutes old would ask for files that are gone.
    return loads.head = loads.head || bring("head", Math.floor(Date.now() / 300000)).then(function (found) {
      loads.head = null;
      if (!found.data) throw new Error("head");
      open(found.data, found.stamp);
    });
  };
  // A further part of this script, once it is needed: "results" with the first question, "near" where nothing is exact.
  search.more = function (name) {
    if (mores[name] || (name === "near" ? search.forgiven : search.resultOf)) return mores[name] || Promise.resolve();
    var form = document.querySelector("[data-search]");
    mores[name] = new Promise(function (done, failed) {
      var script = document.createElement("script");
      script.src = form.getAttribute("data-" + name);
      script.onload = done;
      script.onerror = function () { script.remove(); failed(new Error(name)); };
      document.head.appendChild(script);
    });
    mores[name].catch(function () { delete mores[name]; });
    return mores[name];
  };
  search.forgive = function (answer) { // what is near to a question of which nothing is exact; null for nothing
    return search.more("near").then(function () { return search.forgiven(answer); });
  };
})();
