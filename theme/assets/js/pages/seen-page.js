// The page of what was seen: a list of what the device keeps, with names, ways and codes as the site has them. Only the files
// that the list needs are read, as scripts, so that it works from a folder too.
(function () {
  "use strict";
  var seen = window.exhibitSeen, page = document.querySelector("[data-seen]"), say = page.dataset;
  var list = page.querySelector("ol"), told = page.querySelector("[data-told]"), tools = page.querySelector("[data-tools]");
  var rows = new Map(), count = Number(say.count);

  function part(item) { // as generator/outputs/seen.py divides them
    var number = 0;
    for (var at = 0; at < item.length; at += 1) number = (number * 31 + item.charCodeAt(at)) % 65521;
    return number % count;
  }
  function add(parent, tag, name, text) {
    var element = document.createElement(tag);
    if (name) element.className = name;
    element.textContent = text;
    return parent.appendChild(element);
  }
  function code(parent, text) {
    var drawn = window.exhibitCode(text);
    if (!drawn) return;
    var name = "http://www.w3.org/2000/svg", svg = parent.appendChild(document.createElementNS(name, "svg"));
    var path = svg.appendChild(document.createElementNS(name, "path")), wide = drawn.size + 8;
    svg.setAttribute("viewBox", "-4 -4.5 " + wide + " " + wide);
    svg.setAttribute("aria-hidden", "true");
    path.setAttribute("d", drawn.path);
    path.setAttribute("stroke", "#000");
  }
  function show(row) {
    var entry = add(list, "li", "", ""), link = add(entry, "a", "", "");
    link.href = row[3];
    add(link, "span", "", row[1]);
    add(link, "small", "", row[2]);
    if (!row[4]) return;
    var held = add(entry, "div", "seen__code", "");
    code(held, row[4]);
    add(held, "span", "", row[4]);
  }
  function tell(items, missing) {
    list.textContent = "";
    items.forEach(function (each) { if (rows.has(each)) show(rows.get(each)); });
    var found = list.children.length;
    list.hidden = tools.hidden = !found;
    page.classList.add("is-told");
    told.textContent = missing ? say.failed : found ? say.found.replace("#", found) : seen.refused ? say.refused : say.empty;
  }
  function read() {
    var items = seen.all(), waiting = new Set(items.map(part)), missing = 0, left = waiting.size;
    function done() { left -= 1; if (!left) tell(items, missing); }
    if (!left) tell([], 0);
    waiting.forEach(function (each) {
      var script = document.createElement("script");
      script.src = say.first.replace(/0\.js$/, each + ".js");
      script.onload = done;
      script.onerror = function () { missing += 1; done(); };
      document.head.appendChild(script).remove();
    });
  }
  seen.met = function (given) { given.forEach(function (row) { rows.set(row[0], row); }); };
  page.querySelector("[data-print]").addEventListener("click", function () { window.print(); });
  page.querySelector("[data-forget]").addEventListener("click", function () {
    seen.forget();
    tell([], 0);
    told.textContent = say.forgotten;
    told.focus();
  });
  window.addEventListener("storage", read);
  window.addEventListener("pageshow", function (event) { if (event.persisted) read(); });
  read();
})();
