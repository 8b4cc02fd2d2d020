// The ceremony: one slide at a time, by keyboard, clicker, pointer or finger. Without this script the slides stand
// below each other and nothing is missing.
(function () {
  "use strict";
  var stage = document.querySelector("[data-ceremony]");
  if (!stage) return;
  var slides = Array.prototype.slice.call(stage.querySelectorAll(".slide"));
  var controls = stage.querySelector("[data-controls]");
  var pause = stage.querySelector("[data-pause]");
  var status = stage.querySelector("[data-status]");
  var memory = "exhibit.ceremony." + location.pathname;
  var number = 0; // of the slide that is shown, from 1
  var paused = false;

  function remembered() {
    try { return sessionStorage.getItem(memory); } catch (refused) { return null; }
  }
  function remember() {
    try { sessionStorage.setItem(memory, number); } catch (refused) { /* the address keeps it anyway */ }
  }
  function within(value) {
    return Math.min(Math.max(parseInt(value, 10) || 1, 1), slides.length);
  }
  function fromAddress() {
    var match = /^#slide-(\d+)$/.exec(location.hash);
    return match ? match[1] : null;
  }

  function show(wanted) {
    var to = within(wanted);
    if (to !== number) {
      number = to;
      slides.forEach(function (slide, index) { slide.hidden = index + 1 !== number; });
      status.textContent = slides[number - 1].getAttribute("aria-label");
      stage.scrollTop = 0;
    }
    remember();
    if (location.hash !== "#slide-" + number) location.replace("#slide-" + number);
  }
  function setPaused(value) {
    paused = value;
    pause.hidden = !paused;
    stage.classList.toggle("is-paused", paused);
    controls.querySelector("[data-do=pause]").setAttribute("aria-pressed", String(paused));
  }
  function step(by) {
    if (paused) setPaused(false); // the first press only lights the screen again
    else show(number + by);
  }
  function toggleFull() {
    var refused = function () { /* the browser may say no; the show goes on in the window */ };
    if (document.fullscreenElement) document.exitFullscreen().catch(refused);
    else if (stage.requestFullscreen) stage.requestFullscreen().catch(refused);
  }
  function leave() {
    if (document.fullscreenElement) { toggleFull(); return; }
    location.href = stage.getAttribute("data-leave");
  }

  var deeds = {
    next: function () { step(1); },
    back: function () { step(-1); },
    first: function () { setPaused(false); show(1); },
    last: function () { setPaused(false); show(slides.length); },
    pause: function () { setPaused(!paused); },
    full: toggleFull,
    leave: leave
  };
  var keys = {
    ArrowRight: "next", ArrowDown: "next", PageDown: "next", " ": "next", Enter: "next",
    ArrowLeft: "back", ArrowUp: "back", PageUp: "back", Backspace: "back",
    Home: "first", End: "last", p: "pause", P: "pause", ".": "pause", f: "full", F: "full", Escape: "leave"
  };

  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    var onButton = event.target.closest && event.target.closest("button, a");
    if (onButton && (event.key === "Enter" || event.key === " ")) return;
    var deed = keys[event.key];
    if (!deed) return;
    event.preventDefault();
    deeds[deed]();
  });
  stage.addEventListener("click", function (event) {
    var button = event.target.closest("[data-do]");
    if (button) { deeds[button.getAttribute("data-do")](); return; }
    step(event.clientX < window.innerWidth * 0.4 ? -1 : 1);
  });
  window.addEventListener("hashchange", function () {
    if (fromAddress()) show(fromAddress());
  });

  document.documentElement.classList.add("has-ceremony");
  stage.classList.add("is-live");
  controls.hidden = false;
  Array.prototype.forEach.call(document.body.children, function (each) {
    if (!each.contains(stage) && each.tagName !== "SCRIPT") each.inert = true;
  });
  setPaused(false);
  show(fromAddress() || remembered() || 1);
  stage.focus();
})();
