// The search: asks the index in search/, which is nothing but scripts, so that it works from any place. A word of one or
// two characters is answered exactly by the lists of its pair; a longer one by the entries that hold several of its pairs,
// each looked at in its text before it counts. docs/decisions/021-search.md says how the files are made.
(function () {
  "use strict";
  if (window.exhibitSearch) return; // a page and the form in its header may both bring it; what was loaded is kept here
  var root = new URL("../search/", document.currentScript.src).href, loads = Object.create(null), version = "";
  // The files call it, and the parts of this script give each other through it what they share.
  var search = window.exhibitSearch = function (file, stamp, data) {
    if (file === "head") version = stamp;
    search.arrived[file] = { stamp: stamp, data: data };
  };
  search.bare = function () { return Object.create(null); }; // in which nothing is found that nobody put there
  search.arrived = search.bare();
  search.head = search.divided = search.samples = null;

  search.load = function (file, again) {
    if (loads[file] && !again) return loads[file];
    loads[file] = new Promise(function (done, fail) {
      var script = document.createElement("script");
      // A head that is minutes old would ask for files that are gone.
      script.src = root + file + ".js?" + (file === "head" ? Math.floor(Date.now() / 300000) : version + (again ? "&" + Date.now() : ""));
      script.onload = script.onerror = function () {
        var found = search.arrived[file];
        script.remove();
        if (found && found.stamp === version) { done(found.data); return; }
        // What was kept under this version may be of another: it was asked for while the site was being replaced.
        if (found && !again && file !== "head") { search.load(file, true).then(done, fail); return; }
        delete loads[file];
        fail(new Error(file));
      };
      document.head.appendChild(script);
    });
    return loads[file];
  };
  search.loadAll = function (files) { return Promise.all(files.map(function (each) { return search.load(each); })); };
  search.start = function () { // what every search needs
    if (search.head) return Promise.resolve(search.head);
    return search.load("head").then(function (data) {
      if (search.head) return search.head;
      var fold = search.bare(), one = Array.from(data.fold[0]), other = Array.from(data.fold[1]), ends = [], end = 0;
      one.forEach(function (each, at) { fold[each] = other[at]; });
      search.column(data.texts).forEach(function (count) { end += count; ends.push(end); });
      var starts = Array.from(data.starts).reduce(function (made, each, at, all) {
        return at % 2 ? made.concat(all[at - 1] + each) : made;
      }, []);
      search.head = { entries: data.entries, starts: starts, ends: ends, fold: fold };
      return search.head;
    });
  };
  search.link = function (address, form) { // `form` leads to the search as this site writes its links
    var cut = address.split("#"), isFile = /index\.html$/.test(form.getAttribute("action"));
    if (isFile && /(^|\/)$/.test(cut[0])) cut[0] += "index.html";
    return new URL("../", root).href + cut.join("#");
  };
})();
