// Pictures of galleries and stories, one at a time, by keyboard, pointer or finger. Without this script, or where the
// browser knows no dialog, each link opens its picture. Pinching is left to the browser.
(function () {
  "use strict";
  var words = document.currentScript.dataset;
  var LINKS = ".gallery a, a.story-picture";
  var SWIPE = 48; // CSS pixels that a finger has to travel
  var links = [], number = 0, opener = null, viewer = null, from = null;
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
    button("close", dialog, words.close, function () { dialog.close(); }).textContent = "×";
    parts.previous = button("previous", dialog, words.previous, function () { show(number - 1); });
    parts.stage = make("figure", "viewer__stage", dialog);
    parts.image = make("img", "viewer__picture", parts.stage);
    parts.caption = make("figcaption", "viewer__caption", parts.stage);
    parts.next = button("next", dialog, words.next, function () { show(number + 1); });
    parts.spoken = make("p", "viewer__spoken", dialog);
    parts.spoken.setAttribute("aria-live", "polite");
    dialog.addEventListener("keydown", onKey);
    dialog.addEventListener("close", onClose);
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
    viewer.stage.replaceChild(image, viewer.image);
    viewer.image = image;
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
    links = Array.prototype.slice.call((group || document).querySelectorAll(group ? "a" : "a.story-picture"));
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
    var to = { ArrowLeft: number - 1, ArrowRight: number + 1, Home: 0, End: links.length - 1 }[event.key];
    if (to === undefined || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    show(to);
  }

  function isZoomed() {
    return !!window.visualViewport && visualViewport.scale > 1.01;
  }
  function onTouch(event) {
    var only = event.touches.length === 1 && !isZoomed() ? event.touches[0] : null;
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
