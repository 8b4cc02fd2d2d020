// The data of a wall, as generator/site/wall_data.py writes them: classic scripts, loaded when they are needed.
(function (wall) {
  "use strict";
  var asked = wall.none();
  wall.got = wall.none(); // what is here, by name
  wall.index = null;
  wall.facets = [];

  wall.take = function (index) {
    wall.index = index;
    wall.facets = index.facets.map(function (facet) {
      var numbers = wall.none();
      facet.values.forEach(function (value, at) { numbers[value[0]] = at; });
      return { name: facet.name, label: facet.label, values: facet.values, held: facet.held, numbers: numbers,
        picked: null, counts: new Uint32Array(facet.values.length), list: null, chips: wall.none() };
    });
  };
  wall.load = function (name) {
    if (!asked[name]) asked[name] = new Promise(function (done, failed) {
      var root = wall.page.root, folder = root.getAttribute("data-wall").replace(/index\.js$/, "");
      var script = document.createElement("script");
      script.src = folder + name + ".js?v=" + (name === "index" ? root.getAttribute("data-stamp") : wall.index.files[name]);
      script.onload = function () {
        wall.got[name] = (window.exhibitWall || {})[name];
        if (wall.got[name]) done(wall.got[name]); else failed(new Error(name));
      };
      script.onerror = function () { asked[name] = null; script.remove(); failed(new Error(name)); };
      document.head.appendChild(script);
    });
    return asked[name];
  };
  // What is typed is read as the search of the site reads it, by its script; without that as it stands.
  wall.engine = null;
  wall.listen = function () {
    var form = document.querySelector("[data-search]"), engine = window.exhibitSearch;
    if (wall.engine || !(form || engine)) return Promise.resolve();
    return asked.engine = asked.engine || new Promise(function (done) {
      if (engine) { done(); return; }
      var script = document.createElement("script");
      script.src = form.getAttribute("data-scripts").split(" ")[0];
      script.onload = script.onerror = done;
      document.head.appendChild(script);
    }).then(function () { return window.exhibitSearch.start(); }).then(function () {
      wall.engine = window.exhibitSearch;
      if (wall.got.names) wall.got.names.texts = null;
    }).catch(function () { /* letters and figures are found without it */ });
  };
  wall.all = function (wanted) {
    var missing = wanted.filter(function (name) { return !wall.got[name]; });
    return { then: function (deed, otherwise) { // at once where everything is here, so that nothing flickers
      if (!missing.length) deed();
      else Promise.all(missing.map(wall.load)).then(deed, otherwise);
    } };
  };
  wall.start = function () {
    return wall.load("index").then(function (index) {
      if (wall.index) return;
      wall.take(index);
      wall.adopt_chips();
      wall.adopt_cards();
    });
  };
})(window.exhibitWallParts);
