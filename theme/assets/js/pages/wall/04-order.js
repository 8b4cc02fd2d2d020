// The order of a wall: its own, one of the others that came with its data, or that of the timeline.
(function (wall) {
  "use strict";
  var kept = wall.none(); // orders of the timeline, by what they were asked by
  wall.year_of = function (date) { return date > 9999 ? Math.floor(date / 10000) : date; }; // a day as 20240131, or a year
  function on_timeline(base) { // by day, or within each year as they were
    var by = wall.state.sort, is_dated = by === "newest" || by === "oldest", up = by === "oldest" ? 1 : -1;
    var keys = base.map(function (record, at) {
      var date = wall.got.dates[record];
      return [up * (is_dated ? (date > 9999 ? date : date * 10000) : wall.year_of(date)), at, record];
    });
    keys.sort(function (a, b) { return a[0] - b[0] || a[1] - b[1]; });
    return keys.map(function (key) { return key[2]; });
  }
  wall.order = function () {
    var base = wall.got["by-" + wall.state.sort] || null;
    if (!base) {
      base = [];
      for (var i = 0; i < wall.index.count; i++) base.push(i);
    }
    if (wall.state.view !== "timeline") return base;
    if (!kept[wall.state.sort]) kept[wall.state.sort] = on_timeline(base);
    return kept[wall.state.sort];
  };
})(window.exhibitWallParts);
