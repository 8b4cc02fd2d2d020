// Reads the main text aloud, passage by passage, where the browser can speak; nowhere else is it offered. A pause keeps
// the sentence and begins it anew, since browsers disagree about what pausing means.
(function () {
  "use strict";
  var speech = window.speechSynthesis;
  var LONGEST = 100; // characters at a time: some voices fall silent within longer ones
  var PATIENCE = 6000; // milliseconds until a voice that has not begun is taken for none
  var UNREAD = "nav,script,style,noscript,template,video,audio,button,input,select,textarea,dialog,[aria-hidden=true]";
  var SAYABLE = /[0-9A-Za-z\u00c0-\u1fff\u3400-\u9fff\uac00-\ud7af]/;
  var queue = [], at = 0, turn = 0, hasSpoken = false, timer = 0, saying = null, marked = null, bar = null, starter = null;
  if (!speech || !window.SpeechSynthesisUtterance) return;

  function isShown(node, style) {
    if (style.display === "contents") return true;
    if (node.checkVisibility) return node.checkVisibility({ checkVisibilityCSS: true });
    return style.visibility !== "hidden" && node.getClientRects().length > 0;
  }
  // What is to be read: blocks of text in the order of the page, without what is hidden.
  function passages(main) {
    var found = [], last = null;
    function add(block, text) {
      if (last && last.block === block) last.text += text;
      else found.push(last = { block: block, text: text });
    }
    function walk(parent, block) {
      Array.prototype.forEach.call(parent.childNodes, function (node) {
        if (node.nodeType === 3) { add(block, node.data); return; }
        if (node.nodeType !== 1 || node.matches(UNREAD)) return;
        var style = getComputedStyle(node), tag = node.tagName.toLowerCase();
        if (!isShown(node, style)) return;
        if (tag === "svg") {
          Array.prototype.forEach.call(node.querySelectorAll("title, desc"), function (each) { add(node, each.textContent + "。"); });
        } else if (tag === "img") {
          if (node.alt) add(node, node.alt + "。");
        } else if (tag === "td" || tag === "th") {
          walk(node, block);
          add(block, "，");
        } else {
          walk(node, style.display.indexOf("inline") === 0 || style.display === "contents" ? block : node);
        }
      });
    }
    walk(main, main);
    return found;
  }
  function pieces(text) {
    var parts = text.replace(/\s+/g, " ").replace(/(，\s*)+/g, "，").match(/[^。！？；，]*[。！？；，]*[”’」』）》]*/g);
    var made = [""];
    parts.forEach(function (part) {
      while (part) {
        if (made[made.length - 1] && made[made.length - 1].length + part.length > LONGEST) made.push("");
        made[made.length - 1] += part.slice(0, LONGEST);
        part = part.slice(LONGEST);
      }
    });
    return made.map(function (each) { return each.trim(); }).filter(function (each) { return SAYABLE.test(each); });
  }
  function gather() {
    queue = [];
    passages(document.querySelector("main")).forEach(function (passage) {
      var spoken = passage.block.closest("[lang]");
      pieces(passage.text).forEach(function (text) {
        queue.push({ block: passage.block, text: text, lang: spoken ? spoken.lang : "zh-CN" });
      });
    });
  }

  function short(lang) {
    return lang.toLowerCase().replace("_", "-").replace(/^cmn/, "zh");
  }
  function voicesFor(lang) {
    return speech.getVoices().filter(function (each) { return short(each.lang).split("-")[0] === short(lang).split("-")[0]; });
  }
  function voiceFor(lang) {
    var able = voicesFor(lang);
    var exact = able.filter(function (each) { return short(each.lang) === short(lang) || short(each.lang).indexOf("zh-hans") === 0; });
    return (exact.length ? exact : able).sort(function (one, other) { return other.localService - one.localService; })[0];
  }

  function mark(block) {
    if (marked) marked.classList.remove("is-read");
    marked = block;
    if (!block) return;
    block.classList.add("is-read");
    var box = block.getBoundingClientRect();
    var calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    if (box.top < 0 || box.bottom > window.innerHeight - bar.offsetHeight - 24) {
      block.scrollIntoView({ block: box.height > window.innerHeight / 2 ? "start" : "center", behavior: calm ? "auto" : "smooth" });
    }
  }
  function hush() {
    turn += 1; // whatever the silenced one still reports is of no interest
    clearTimeout(timer);
    speech.cancel();
  }
  function speak() {
    var mine = ++turn, piece = queue[at];
    saying = new SpeechSynthesisUtterance(piece.text); // kept: a browser forgets to report the end of a lost one
    saying.lang = piece.lang;
    saying.voice = voiceFor(piece.lang) || null;
    saying.rate = document.documentElement.getAttribute("data-edition") ? 0.85 : 1;
    saying.onstart = function () { if (mine === turn) hasSpoken = true; };
    saying.onend = function () {
      if (mine !== turn) return;
      hasSpoken = true;
      at += 1;
      if (at < queue.length) speak();
      else stop();
    };
    saying.onerror = function () { if (mine === turn) fail(); };
    mark(piece.block);
    bar.querySelector("[data-place]").textContent = at + 1 + " / " + queue.length;
    speech.speak(saying);
    clearTimeout(timer);
    if (!hasSpoken) timer = setTimeout(function () { if (!hasSpoken) fail(); }, PATIENCE);
  }
  function state(value) {
    bar.setAttribute("data-state", value);
    bar.hidden = value === "off";
    document.documentElement.classList.toggle("is-reading", value !== "off");
  }
  function stop() {
    var hadFocus = bar.contains(document.activeElement);
    hush();
    mark(null);
    state("off");
    if (hadFocus) starter.focus({ preventScroll: true });
  }
  function fail() {
    stop();
    var note = document.querySelector("[data-read-note]");
    note.hidden = false;
    note.textContent = note.getAttribute("data-read-note");
  }
  function move(by) {
    var block = queue[at].block, to = at;
    if (by < 0) while (to > 0 && queue[to].block === block) to -= 1;
    if (by > 0) while (to < queue.length - 1 && queue[to].block === block) to += 1;
    while (by < 0 && to > 0 && queue[to - 1].block === queue[to].block) to -= 1;
    at = to;
    hush();
    state("on");
    speak();
  }
  var deeds = {
    start: function () {
      hush();
      gather();
      if (!queue.length) return;
      document.querySelector("[data-read-note]").hidden = true;
      at = 0;
      hasSpoken = false;
      state("on");
      bar.querySelector("button").focus({ preventScroll: true });
      speak();
    },
    pause: function () {
      var isOn = bar.getAttribute("data-state") === "on";
      hush();
      state(isOn ? "paused" : "on");
      if (!isOn) speak();
    },
    back: function () { move(-1); },
    next: function () { move(1); },
    stop: stop
  };

  document.addEventListener("DOMContentLoaded", function () {
    bar = document.querySelector("[data-reader]");
    starter = document.querySelector("[data-read=start]");
    if (!bar || !document.querySelector("main")) return;
    function offer() {
      var isAble = !speech.getVoices().length || voicesFor(document.documentElement.lang).length > 0;
      starter.hidden = !isAble;
    }
    offer();
    speech.onvoiceschanged = offer;
    document.addEventListener("click", function (event) {
      var button = event.target.closest && event.target.closest("[data-read]");
      if (button) deeds[button.getAttribute("data-read")]();
    });
    bar.addEventListener("keydown", function (event) {
      if (event.key === "Escape") { event.preventDefault(); stop(); }
    });
    window.addEventListener("pagehide", stop);
  });
})();
