// Suggestions below a search field, as the ARIA Authoring Practices describe an editable combobox with a list.
(function () {
  "use strict";
  var MOST = 7, FEW = 4, PAUSE = 120, search = window.exhibitSearch;
  if (!search) return;

  function make(tag, name, parent, text) {
    var element = document.createElement(tag);
    if (name) element.className = name;
    if (text) element.textContent = text;
    return parent.appendChild(element);
  }
  function attend(form) {
    var input = form.querySelector("input[type=search]"), words = form.dataset, timer = 0, turn = 0, active = -1;
    var list = make("ul", "suggest", form), status = make("p", "suggest__spoken", form);
    list.id = input.id + "-list";
    list.hidden = true;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", words.label);
    status.setAttribute("aria-live", "polite");
    [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"], ["aria-controls", list.id]].forEach(
      function (each) { input.setAttribute(each[0], each[1]); });

    function close() { // what is still on its way does not open it again
      clearTimeout(timer);
      turn++;
      list.hidden = true;
      active = -1;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
    }
    function option(href, at) {
      var item = make("li", "suggest__item", list);
      item.id = list.id + "-" + at;
      item.setAttribute("role", "option");
      item.setAttribute("aria-selected", "false");
      item.addEventListener("click", function () { location.href = href; });
      return item;
    }
    function show(results, near) {
      list.textContent = "";
      var meant = near && near.meant && near.meant[0], said = near ? meant ? words.meant.replace("#", meant) : words.partial : "";
      if (meant) {
        var way = option(form.action + "?q=" + encodeURIComponent(meant), "meant");
        way.classList.add("suggest__meant");
        way.textContent = said;
      } else if (said) { // what follows holds a part alone
        way = make("li", "suggest__note", list, said);
        way.setAttribute("role", "presentation");
      }
      results.forEach(function (each, at) {
        var item = option(search.link(each.address, form), at);
        search.show(each.title, make("span", "suggest__title", item));
        var facts = make("span", "suggest__facts", item);
        each.facts.slice(0, 1).concat(each.facts.slice(-1)).forEach(function (fact, number) {
          if (number === 0 || each.facts.length > 1) search.show(fact, make("span", "", facts));
        });
      });
      var all = option(form.action + "?q=" + encodeURIComponent(input.value.trim()), results.length);
      all.classList.add("suggest__all");
      all.textContent = results.length ? words.all : words.none;
      list.hidden = false;
      input.setAttribute("aria-expanded", "true");
      status.textContent = said || (results.length ? words.count.replace("#", results.length) : words.none);
      move(-1);
    }
    function move(to) {
      var items = list.querySelectorAll("[role=option]");
      active = to < -1 ? items.length - 1 : to >= items.length ? -1 : to;
      for (var at = 0; at < items.length; at++) items[at].setAttribute("aria-selected", String(at === active));
      if (active < 0) input.removeAttribute("aria-activedescendant");
      else {
        input.setAttribute("aria-activedescendant", items[active].id);
        items[active].scrollIntoView({ block: "nearest" });
      }
    }
    function suggest() {
      var mine = ++turn;
      if (!input.value.trim()) { close(); return; }
      search.answered(input.value, function (answer) {
        return search.take(answer, answer.entries, 0, MOST).then(function (taken) {
          if (taken.results.length) return { results: taken.results };
          return search.forgive(answer).then(function (near) {
            if (!near) return { results: [] };
            return search.take(near.answer, near.answer.entries, 0, FEW).then(function (more) { return { results: more.results, near: near }; });
          });
        }).then(function (found) {
          if (mine === turn && document.activeElement === input) show(found.results, found.near);
        });
      }).catch(function () { if (mine === turn) close(); }); // the form still leads to the page of the search
    }
    function later(event) {
      clearTimeout(timer);
      if (!event || !event.isComposing) timer = setTimeout(suggest, PAUSE);
    }
    input.addEventListener("input", later);
    input.addEventListener("compositionend", function () { later(null); });
    input.addEventListener("blur", close);
    list.addEventListener("mousedown", function (event) { event.preventDefault(); }); // the field keeps the focus
    input.addEventListener("keydown", function (event) {
      if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        if (list.hidden) suggest();
        else move(active + (event.key === "ArrowDown" ? 1 : -1));
      } else if (event.key === "Escape" && !list.hidden) {
        event.preventDefault(); // of a search field the browser would delete the words
        close();
      } else if (event.key === "Enter" && active >= 0) {
        event.preventDefault();
        list.querySelectorAll("[role=option]")[active].click();
      }
    });
    if (document.activeElement === input && input.value) later(null);
  }
  Array.prototype.forEach.call(document.querySelectorAll("[data-search]"), attend);
})();
