// Pictures of galleries and stories, and marks that are explained, one at a time, larger by wheel, key, button or two
// fingers. Without this script, or where the browser knows no dialog, each link opens its picture.
(function () {
  "use strict";
  var words = document.currentScript.dataset;
  var LINKS = ".gallery a, a.story-picture, a.enlarge";
  var SWIPE = 48; // CSS pixels that a finger has to travel
  var MOST = 4, STEP = 1.5, PAN = 80; // times the size that fits; of a key or button; CSS pixels of an arrow
  var links = [], number = 0, opener = null, viewer = null, from = null;
  var zoom = 1, x = 0, y = 0, held = []; // how much larger, and how far from the middle; the pointers on the picture
  if (!window.HTMLDialogElement || !document.querySelector(LINKS)) return;

  function make(tag, name, parent, label) {
    var element = document.createElement(tag);
    element.className = name;
    if (label) element.setAttribute("aria-label", label);
    if (tag === "button") element.type = "button";
    return parent.appendChild(element);
  }
  function button(name, parent, label, deed) {
    var made = make("button", "viewer__button viewer__" + name, parent, label);
    made.addEventListener("click", deed);
    return made;
  }
  function build() {
    var dialog = make("dialog", "viewer", document.body, words.label);
    var parts = { dialog: dialog };
    parts.count = make("p", "viewer__count number", dialog);
    parts.count.setAttribute("aria-hidden", "true"); // said in full by what is spoken
    var tools = make("div", "viewer__tools", dialog);
    button("close", tools, words.close, function () { dialog.close(); }).textContent = "×";
    parts.larger = button("larger", tools, words.larger, function () { enlarge(zoom * STEP); });
    parts.smaller = button("smaller", tools, words.smaller, function () { enlarge(zoom / STEP); });
    parts.smaller.textContent = "−";
    parts.larger.textContent = "+";
    parts.previous = button("previous", dialog, words.previous, function () { show(number - 1); });
    parts.stage = make("figure", "viewer__stage", dialog);
    parts.image = make("img", "viewer__picture", parts.stage);
    parts.caption = make("figcaption", "viewer__caption", parts.stage);
    parts.next = button("next", dialog, words.next, function () { show(number + 1); });
    parts.spoken = make("p", "viewer__spoken", dialog);
    parts.spoken.setAttribute("aria-live", "polite");
    dialog.addEventListener("keydown", onKey);
    dialog.addEventListener("close", onClose);
    parts.stage.addEventListener("wheel", onWheel, { passive: false });
    parts.stage.addEventListener("pointerdown", onHold);
    ["pointermove", "pointerup", "pointercancel"].forEach(function (each) { dialog.addEventListener(each, onDrag); });
    dialog.addEventListener("touchstart", onTouch, { passive: true });
    dialog.addEventListener("touchend", onRelease, { passive: true });
    if (window.visualViewport) visualViewport.addEventListener("resize", function () {
      dialog.classList.toggle("is-zoomed", isZoomed());
    });
    return parts;
  }

  function captionOf(link) {
    var figure = link.closest("figure");
    var after = link.nextElementSibling;
    if (figure) return figure.querySelector("figcaption");
    return after && after.classList.contains("story-caption") ? after : null;
  }
  function show(wanted) {
    var to = Math.min(Math.max(wanted, 0), links.length - 1);
    if (to === number) return;
    number = to;
    var link = links[number], small = link.querySelector("img"), about = captionOf(link);
    var image = document.createElement("img"); // a new one: the last picture never stands above the next caption
    image.className = "viewer__picture";
    image.alt = small ? small.alt : "";
    ["width", "height"].forEach(function (each) {
      if (small && small.hasAttribute(each)) image.setAttribute(each, small.getAttribute(each));
    });
    image.src = link.href;
    image.draggable = false;
    viewer.stage.replaceChild(image, viewer.image);
    viewer.image = image;
    zoom = 1;
    held = [];
    place(0, 0);
    viewer.caption.textContent = "";
    if (about) Array.prototype.forEach.call(about.childNodes, function (each) {
      viewer.caption.appendChild(each.cloneNode(true));
    });
    viewer.caption.hidden = !about;
    viewer.count.textContent = number + 1 + " / " + links.length;
    viewer.spoken.textContent = words.position.replace("#", number + 1).replace("#", links.length) + " " + image.alt;
    viewer.previous.setAttribute("aria-disabled", String(number === 0));
    viewer.next.setAttribute("aria-disabled", String(number === links.length - 1));
  }
  function open(link) {
    var group = link.closest(".gallery");
    links = link.matches(".enlarge") ? [link]
      : Array.prototype.slice.call((group || document).querySelectorAll(group ? "a" : "a.story-picture"));
    opener = link;
    number = -1;
    viewer = viewer || build();
    viewer.dialog.classList.toggle("is-single", links.length < 2);
    show(links.indexOf(link));
    viewer.dialog.showModal();
  }
  function onClose() {
    if (opener) opener.focus({ preventScroll: true });
  }
  function onKey(event) {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    var size = { "+": zoom * STEP, "=": zoom * STEP, "-": zoom / STEP, "0": 1 }[event.key];
    var way = zoom > 1 && { ArrowLeft: [1, 0], ArrowRight: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key];
    if (size || way) {
      event.preventDefault();
      return size ? enlarge(size) : place(x + way[0] * PAN, y + way[1] * PAN);
    }
    var to = { ArrowLeft: number - 1, ArrowRight: number + 1, Home: 0, End: links.length - 1 }[event.key];
    if (to === undefined || event.shiftKey) return;
    event.preventDefault();
    show(to);
  }

  // The picture where it stands now, no further than its edges reach the stage.
  function place(toX, toY) {
    var image = viewer.image, stage = viewer.stage;
    var acrossMost = Math.max(0, (image.offsetWidth * zoom - stage.clientWidth) / 2);
    var downMost = Math.max(0, (image.offsetHeight * zoom - stage.clientHeight) / 2);
    x = Math.min(Math.max(toX, -acrossMost), acrossMost);
    y = Math.min(Math.max(toY, -downMost), downMost);
    image.style.transform = zoom > 1 ? "translate(" + x + "px, " + y + "px) scale(" + zoom + ")" : "";
    viewer.dialog.classList.toggle("is-large", zoom > 1);
    viewer.smaller.setAttribute("aria-disabled", String(zoom <= 1));
    viewer.larger.setAttribute("aria-disabled", String(zoom >= MOST));
  }
  // As many times as large, with the point of the picture that is at `at` staying there: by default its middle.
  function enlarge(wanted, at) {
    var next = Math.min(Math.max(wanted, 1), MOST), box = viewer.image.getBoundingClientRect();
    var fromX = at ? at.x - (box.left + box.right) / 2 : 0, fromY = at ? at.y - (box.top + box.bottom) / 2 : 0;
    var times = next / zoom;
    if (next === zoom) return;
    zoom = next;
    place(at ? x + fromX * (1 - times) : x * times, at ? y + fromY * (1 - times) : y * times);
    viewer.spoken.textContent = words.zoomed.replace("#", Math.round(zoom * 100));
  }
  function onWheel(event) {
    if (event.target.closest(".viewer__caption")) return;
    event.preventDefault();
    var lines = event.deltaMode === 1 ? 16 : 1;
    enlarge(zoom * Math.exp(-event.deltaY * lines / 400), { x: event.clientX, y: event.clientY });
  }
  function pointOf(event) {
    return { id: event.pointerId, x: event.clientX, y: event.clientY };
  }
  function onHold(event) {
    if (event.target !== viewer.image || event.button || held.length > 1) return;
    held.push(pointOf(event));
  }
  function apart() {
    return Math.hypot(held[0].x - held[1].x, held[0].y - held[1].y) || 1;
  }
  // One finger or the mouse moves what is larger than the stage, two make it larger or smaller.
  function onDrag(event) {
    var at = held.findIndex(function (each) { return each.id === event.pointerId; });
    if (at < 0) return;
    if (event.type !== "pointermove") return void held.splice(at, 1);
    var was = held[at], before = held.length > 1 ? apart() : 0;
    held[at] = pointOf(event);
    if (before) enlarge(zoom * apart() / before, { x: (held[0].x + held[1].x) / 2, y: (held[0].y + held[1].y) / 2 });
    else if (zoom > 1) place(x + held[at].x - was.x, y + held[at].y - was.y);
  }
  function isZoomed() {
    return !!window.visualViewport && visualViewport.scale > 1.01;
  }
  function onTouch(event) {
    var only = event.touches.length === 1 && zoom <= 1 && !isZoomed() ? event.touches[0] : null;
    from = only && { x: only.clientX, y: only.clientY };
  }
  function onRelease(event) {
    var end = event.changedTouches[0];
    if (!from || event.touches.length) return;
    var across = end.clientX - from.x, down = end.clientY - from.y;
    from = null;
    if (Math.abs(across) >= SWIPE && Math.abs(across) > 1.5 * Math.abs(down)) show(number + (across < 0 ? 1 : -1));
  }

  document.addEventListener("click", function (event) {
    var link = event.target.closest && event.target.closest(LINKS);
    if (!link || event.defaultPrevented || event.button) return;
    if (event.ctrlKey || event.shiftKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    open(link);
  });
})();
