// The page for wrong addresses: what the words of the address are near to, as the search of the site finds it.
(function () {
  "use strict";
  var MOST = 5, box = document.querySelector("[data-guess]"), form = document.querySelector("[data-search]");
  if (!box || !form || !window.Promise || !window.URLSearchParams) return;
  var root = new URL("../", document.currentScript.src).pathname;

  function decoded(text) { try { return decodeURIComponent(text); } catch (broken) { return ""; } }
  // The last part of the address that has words, as a question; of the page itself what stands behind its name.
  function question() {
    var path = location.pathname.indexOf(root) === 0 ? location.pathname.slice(root.length) : location.pathname;
    if (/(?:^|\/)404\.html$/.test(path)) path = location.search.slice(1);
    return path.split("/").map(function (each) {
      return decoded(each).replace(/\.(?:html?|md)$/, "").replace(/[-_.+%]+/g, " ").trim();
    }).filter(function (each) { return each && each !== "index" && !/^\d+$/.test(each); }).pop() || "";
  }
  function show(results) {
    if (!results.length) return;
    var title = document.createElement("h2"), list = document.createElement("ul");
    title.textContent = box.getAttribute("data-word");
    list.className = "names";
    results.forEach(function (each) {
      var item = document.createElement("li"), link = item.appendChild(document.createElement("a"));
      link.href = window.exhibitSearch.link(each.address, form);
      link.appendChild(document.createElement("span")).textContent = each.title.map(function (one) { return one[0]; }).join("");
      list.appendChild(item);
    });
    box.textContent = "";
    box.appendChild(title);
    box.appendChild(list);
    box.hidden = false;
  }
  function ask(asked) {
    var search = window.exhibitSearch;
    search.answered(asked, function (answer) {
      return search.take(answer, answer.entries, 0, MOST).then(function (taken) {
        if (taken.results.length) return taken;
        return search.forgive(answer).then(function (near) {
          return near ? search.take(near.answer, near.answer.entries, 0, MOST) : taken;
        });
      });
    }).then(function (taken) { show(taken.results); }).catch(function () { /* the page says already where to go */ });
  }
  var asked = question();
  if (!asked) return;
  var script = document.createElement("script");
  script.src = form.getAttribute("data-scripts").split(" ")[0];
  script.onload = function () { ask(asked); };
  document.head.appendChild(script);
})();
