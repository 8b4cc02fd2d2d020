// Something else to look at each day: which one, the day of this device says. The first of the list is shown without this.
(function () {
  "use strict";
  var list = document.querySelector("[data-today]"), now = new Date();
  if (!list) return;
  var day = Math.floor(Date.UTC(now.getFullYear(), now.getMonth(), now.getDate()) / 864e5);
  Array.prototype.forEach.call(list.children, function (each, number, all) {
    each.hidden = number !== day % all.length;
  });
})();
