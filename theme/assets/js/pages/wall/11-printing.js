// Paper gets every card that is here, and the number of those that are not.
(function (wall) {
  "use strict";
  var hung_before = 0;
  wall.watch_printing = function () {
    var place = wall.page.place, told = wall.page.root.querySelector("[data-printed]");
    window.addEventListener("beforeprint", function () {
      if (!wall.index || !told || wall.is_pending) return;
      wall.adopt_list();
      hung_before = wall.hung;
      while (wall.hung < wall.found.length && wall.is_here(wall.found[wall.hung])) wall.hang_one();
      told.hidden = wall.hung >= wall.found.length;
      told.textContent = wall.index.words.printed.replace("{count}", wall.hung).replace("{total}", wall.found.length);
    });
    window.addEventListener("afterprint", function () {
      if (!hung_before) return;
      for (; wall.hung > hung_before; wall.hung -= 1) {
        var item = wall.built(wall.found[wall.hung - 1]), list = item.parentNode;
        list.removeChild(item);
        if (!list.children.length && list.parentNode !== place) place.removeChild(list.parentNode);
      }
      hung_before = 0;
    });
  };
})(window.exhibitWallParts);
