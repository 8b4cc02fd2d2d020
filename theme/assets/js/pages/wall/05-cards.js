// Cards, put together from the shapes that generator/site/shapes.py tells, as the server would.
(function (wall) {
  "use strict";
  var KEPT = 1200; // cards that are kept once they were put together
  var built = wall.none(), kept = 0;

  wall.make = function (tag, name, parent, text) {
    var element = document.createElement(tag);
    if (name) element.className = name;
    if (text !== undefined) element.textContent = text;
    if (tag === "button") element.type = "button";
    return parent ? parent.appendChild(element) : element;
  };
  function filled(value, fill) {
    if (typeof value === "string") return value;
    if (typeof value === "number") return fill[value];
    return value.map(function (part) { return typeof part === "number" ? fill[part] : part; }).join("");
  }
  function element(shape, fill) {
    var made = document.createElement(shape[0]), attributes = shape[1];
    for (var a = 0; a < attributes.length; a += 2) made.setAttribute(attributes[a], filled(attributes[a + 1], fill));
    for (var c = 2; c < shape.length; c++) {
      var child = shape[c];
      made.appendChild(Array.isArray(child) ? element(child, fill) : document.createTextNode(filled(child, fill)));
    }
    return made;
  }
  wall.from_shape = function (data, number) {
    var piece = data.pieces[number], shape = data.shapes[piece[0]];
    return element(shape.element, shape.holes.map(function (hole, at) {
      var value = piece[at + 1];
      return hole.words ? hole.words[value] : hole.around[0] + value + hole.around[1];
    }));
  };

  function file_of(record) { return "cards-" + Math.floor(record / wall.index.cards); }
  wall.adopt_cards = function () { // those that the server hung
    var list = wall.page.frame;
    for (var record = 0; list && record < list.children.length; record++) built[record] = list.children[record];
  };
  wall.forget_cards = function () {
    if (kept > KEPT) { built = wall.none(); kept = 0; }
  };
  wall.built = function (record) { return built[record]; };
  wall.is_here = function (record) { return built[record] || wall.got[file_of(record)]; }; // could hang at once
  wall.files_of = function (records) { // what has to be loaded to hang them
    var wanted = [];
    records.forEach(function (record) {
      if (!built[record] && wanted.indexOf(file_of(record)) < 0) wanted.push(file_of(record));
    });
    return wanted;
  };
  wall.card = function (record) {
    if (!built[record]) {
      built[record] = wall.from_shape(wall.got[file_of(record)], record % wall.index.cards);
      kept += 1;
    }
    return dressed(built[record], record);
  };
  function dressed(item, record) { // on the timeline with its day, and a heading below that of its year
    var heading = item.querySelector("h2, h3"), level = Number(wall.page.root.getAttribute("data-level")) + 1;
    if (heading && wall.state.view === "timeline") heading.setAttribute("aria-level", level);
    else if (heading) heading.removeAttribute("aria-level");
    if (item.firstChild && item.firstChild.className === "moment") item.removeChild(item.firstChild);
    var date = wall.state.view === "timeline" ? String(wall.got.dates[record]) : "";
    if (date.length === 8) {
      var time = wall.make("time", "moment", null, wall.index.words.day.replace("{month}", Number(date.slice(4, 6)))
        .replace("{day}", Number(date.slice(6))));
      time.dateTime = date.slice(0, 4) + "-" + date.slice(4, 6) + "-" + date.slice(6);
      item.insertBefore(time, item.firstChild);
    }
    return item;
  }
})(window.exhibitWallParts);
