// Nothing found: which condition to loosen, and what that would give.
(function (wall) {
  "use strict";
  function worded(key, condition) {
    return wall.index.words[key].replace("{label}", condition.label).replace("{values}", condition.values);
  }
  wall.show_none = function (near) {
    var page = wall.page, words = wall.index.words;
    wall.emptied();
    if (page.more) page.more.parentNode.hidden = true;
    wall.settle();
    var box = wall.make("div", "wall__none", page.place), list = null, met = wall.conditions(near);
    wall.make("p", "", box, words.none);
    function offer(label, count, deed) {
      if (!list) {
        wall.make("p", "", box, words.loosen);
        list = wall.make("ul", "", box);
      }
      var button = wall.make("button", "quiet-button", wall.make("li", "", list), label + " ");
      wall.make("small", "number", button, count);
      button.addEventListener("click", function () { deed(); page.status.focus({ preventScroll: true }); wall.change(true); });
    }
    var loose = met.filter(function (one) { return one.without; });
    loose.sort(function (a, b) { return b.without - a.without; });
    loose.forEach(function (one) {
      var label = one.name ? worded("without", one) : words.find_without.replace("{text}", one.text);
      offer(label, one.without, function () { if (one.name) wall.state.picked[one.name] = []; else wall.state.find = ""; });
    });
    if (!loose.length) met.filter(function (one) { return one.name && one.alone; }).forEach(function (one) {
      offer(worded("only", one), one.alone, function () {
        wall.state.find = "";
        wall.names.forEach(function (name) { if (name !== one.name) wall.state.picked[name] = []; });
      });
    });
    if (met.length > 1) offer(words.every, wall.index.count, function () { wall.clear_all(); page.find.value = ""; });
  };
})(window.exhibitWallParts);
