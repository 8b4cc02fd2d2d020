// On a narrow screen the navigation scrolls sideways: show where one is.
document.addEventListener("DOMContentLoaded", function () {
  "use strict";
  var here = document.querySelector(".masthead__nav [aria-current]");
  var nav = here && here.closest(".masthead__nav");
  if (nav && nav.scrollWidth > nav.clientWidth) {
    nav.scrollLeft = here.offsetLeft - nav.offsetLeft - (nav.clientWidth - here.offsetWidth) / 2;
  }
});
