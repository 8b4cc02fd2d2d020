// The form in the header is there for those who have scripts; what completes the words comes when somebody begins.
(function () {
  "use strict";
  var isLoaded = false;
  document.documentElement.classList.add("has-search");
  document.addEventListener("focusin", function (event) {
    var form = !isLoaded && event.target.closest && event.target.closest("[data-search]");
    if (!form) return;
    isLoaded = true;
    form.getAttribute("data-scripts").split(" ").forEach(function (each) {
      var script = document.createElement("script");
      script.src = each;
      script.async = false; // in this order
      document.head.appendChild(script);
    });
  });
})();
