// From a card to its page and back the mark and the name move to their place (see 32-transitions.css). Which card it is only
// the two pages together know. The rule that asks for transitions is put in here and not in the style sheet: without
// scripts nobody could take note of one that is cut short, and a late style sheet would cut each of them short.
(function () {
  "use strict";
  if (!("onpagereveal" in window) || location.protocol === "file:") return;
  // Where a page is shown before its transition has begun, the browser gives that up and hands nobody the promise of it.
  addEventListener("unhandledrejection", function (event) {
    if (event.reason instanceof DOMException && /^Transition was /.test(event.reason.message)) event.preventDefault();
  });
  try {
    var wish = new CSSStyleSheet();
    wish.replaceSync("@media (prefers-reduced-motion: no-preference) { @view-transition { navigation: auto } }");
    document.adoptedStyleSheets = document.adoptedStyleSheets.concat(wish);
  } catch (refused) { return; }
  function quiet() { /* cut short by the next page or a late style sheet: nothing is lost */ }
  function place(url) { return url.split(/[?#]/)[0].replace(/index\.html$/, ""); }
  function mark(url) {
    var root = document.documentElement, cards = document.querySelectorAll("a.card"), found = false;
    for (var i = 0; i < cards.length; i += 1) {
      var isIt = !found && !!url && place(cards[i].href) === place(url);
      cards[i].classList.toggle("is-travelling", isIt);
      found = found || isIt;
    }
    root.classList.toggle("has-traveller", found);
  }
  function settle(transition) {
    if (!transition) return;
    transition.ready.catch(quiet);
    transition.finished.catch(quiet);
  }
  addEventListener("pageswap", function (event) {
    if (!event.viewTransition) return;
    settle(event.viewTransition);
    mark(event.activation && event.activation.entry.url);
  });
  addEventListener("pagereveal", function (event) {
    settle(event.viewTransition);
    var activation = window.navigation && navigation.activation;
    var isExhibit = document.querySelector(".title-wall--exhibit");
    mark(!isExhibit && event.viewTransition && activation && activation.from && activation.from.url);
  });
})();
