// The parts of a mark: what is read is shown on the picture, and the other way round; arrow keys step from one to the next.
// Without this script each text leads to its point.
(function () {
  "use strict";
  var explained = document.querySelector("[data-explained]");
  if (!explained) return;
  var links = Array.prototype.slice.call(explained.querySelectorAll(".explained__parts a"));
  var points = Array.prototype.slice.call(explained.querySelectorAll(".point"));

  function show(number) {
    links.forEach(function (each, at) {
      each.toggleAttribute("data-here", at === number);
      points[at].classList.toggle("is-here", at === number);
    });
  }
  function go(number) {
    links[Math.min(Math.max(number, 0), links.length - 1)].focus();
  }
  links.forEach(function (link, number) {
    link.addEventListener("focus", function () { show(number); });
    link.addEventListener("click", function (event) {
      if (event.ctrlKey || event.shiftKey || event.metaKey || event.altKey) return;
      var box = points[number].getBoundingClientRect();
      event.preventDefault();
      show(number);
      if (box.top < 0 || box.bottom > window.innerHeight) points[number].scrollIntoView({ block: "center" });
    });
    link.addEventListener("keydown", function (event) {
      var to = { ArrowDown: number + 1, ArrowRight: number + 1, ArrowUp: number - 1, ArrowLeft: number - 1,
        Home: 0, End: links.length - 1 }[event.key];
      if (to === undefined || event.ctrlKey || event.shiftKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      go(to);
    });
    points[number].addEventListener("click", function () { go(number); });
  });
})();
