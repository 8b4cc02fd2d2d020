// The state of a wall in the address: ?year=2023,2022&category=fazhi&q=…&sort=name&view=timeline; what is not ours in it stays.
(function () {
  "use strict";
  // What the parts of this script give each other. None of them touches the page before 13-start.js. No text is ever
  // read as markup.
  var wall = window.exhibitWallParts = {};

  wall.none = function () { return Object.create(null); }; // a table in which nothing is found that nobody put there
  wall.each = function (list, deed) { Array.prototype.forEach.call(list, deed); };

  wall.names = []; // of the facets, as they stand in the address
  wall.state = null;

  function decoded(text) {
    try { return decodeURIComponent(text.replace(/\+/g, " ")); } catch (broken) { return ""; }
  }
  wall.read = function (search) {
    var state = { picked: wall.none(), find: "", sort: "newest", view: "grid", others: [] };
    wall.names.forEach(function (name) { state.picked[name] = []; });
    search.replace(/^\?/, "").split("&").forEach(function (pair) {
      var at = pair.indexOf("="), name = decoded(at < 0 ? pair : pair.slice(0, at));
      var value = at < 0 ? "" : decoded(pair.slice(at + 1));
      if (name in state.picked) value.split(",").forEach(function (id) {
        if (id && state.picked[name].indexOf(id) < 0) state.picked[name].push(id);
      });
      else if (name === "q") state.find = value.slice(0, 60);
      else if (name === "sort" || name === "view") state[name] = value;
      else if (pair) state.others.push(pair);
    });
    return state;
  };
  wall.written = function (state) {
    var parts = state.others.slice();
    wall.names.forEach(function (name) {
      if (state.picked[name].length) parts.push(name + "=" + state.picked[name].map(encodeURIComponent).join(","));
    });
    if (state.find.trim()) parts.push("q=" + encodeURIComponent(state.find.trim()));
    if (state.sort !== "newest") parts.push("sort=" + state.sort);
    if (state.view !== "grid") parts.push("view=" + state.view);
    return parts.length ? "?" + parts.join("&") : "";
  };
  wall.is_changed = function (state) { // whether the page as the server hung it shows something else
    var plain = wall.read("");
    plain.others = state.others;
    return wall.written(state) !== wall.written(plain);
  };
  wall.toggled = function (name, id) { // the state with this value picked, or no longer; values in the order of the facet
    var next = Object.assign({}, wall.state, { picked: Object.assign(wall.none(), wall.state.picked) });
    var ids = wall.state.picked[name], numbers = wall.facets[wall.names.indexOf(name)].numbers;
    next.picked[name] = ids.indexOf(id) < 0
      ? ids.concat(id).sort(function (a, b) { return numbers[a] - numbers[b]; })
      : ids.filter(function (other) { return other !== id; });
    return next;
  };
  wall.clear_all = function () {
    wall.names.forEach(function (name) { wall.state.picked[name] = []; });
    wall.state.find = "";
  };
})();
