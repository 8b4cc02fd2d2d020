// Chips: each value of a facet with its count, pressed where it is picked, and linked to the state with itself changed.
(function (wall) {
  "use strict";
  function adopt(facet, chip) {
    var count = chip.querySelector("small");
    chip.setAttribute("role", "button");
    if (!chip.hasAttribute("aria-pressed")) chip.setAttribute("aria-pressed", "false");
    count.style.minWidth = count.textContent.length + "ch"; // so that nothing moves below the pointer
    facet.chips[chip.getAttribute("data-value")] = { link: chip, count: count };
  }
  wall.adopt_chips = function () {
    wall.facets.forEach(function (facet, number) {
      facet.list = wall.page.lists[number];
      wall.each(facet.list.querySelectorAll("[data-value]"), function (chip) { adopt(facet, chip); });
    });
  };
  function add_chip(facet, value, before) {
    var item = wall.make("li"), chip = wall.make("a", "chip", item, value[1]);
    chip.setAttribute("data-value", value[0]);
    wall.make("small", "", chip, "0");
    facet.list.insertBefore(item, before);
    adopt(facet, chip);
    return facet.chips[value[0]];
  }
  function missing_chips(facet) { // a value that is picked has a chip, also where only the first ones are shown
    wall.state.picked[facet.name].forEach(function (id) {
      if (!facet.chips[id]) {
        var last = facet.list.querySelector("[data-all]");
        add_chip(facet, facet.values[facet.numbers[id]], last ? last.parentNode : null);
      }
    });
  }
  wall.show_chips = function () {
    wall.facets.forEach(function (facet) {
      missing_chips(facet);
      Object.keys(facet.chips).forEach(function (id) {
        var chip = facet.chips[id], is_picked = wall.state.picked[facet.name].indexOf(id) >= 0;
        var count = String(facet.counts[facet.numbers[id]]);
        if (chip.count.textContent !== count) chip.count.textContent = count;
        chip.link.setAttribute("aria-pressed", String(is_picked));
        chip.link.classList.toggle("is-none", count === "0" && !is_picked);
        chip.link.href = wall.page.address + wall.written(wall.toggled(facet.name, id));
      });
    });
  };
  function facet_of(link) { return link.closest("[data-facet]").getAttribute("data-facet"); }
  function unfold(link) {
    var facet = wall.facets[wall.names.indexOf(facet_of(link))], before = link.parentNode;
    var opens = link.getAttribute("aria-expanded") !== "true";
    if (!link.getAttribute("data-label")) link.setAttribute("data-label", link.textContent);
    if (opens) facet.values.forEach(function (value) { if (!facet.chips[value[0]]) add_chip(facet, value, before).extra = true; });
    else Object.keys(facet.chips).forEach(function (id) {
      var chip = facet.chips[id];
      if (!chip.extra || wall.state.picked[facet.name].indexOf(id) >= 0) return;
      facet.list.removeChild(chip.link.parentNode);
      delete facet.chips[id];
    });
    link.setAttribute("aria-expanded", String(opens));
    link.textContent = opens ? wall.index.words.fold : link.getAttribute("data-label");
    wall.tally(); // nothing may have been counted yet
    wall.show_chips();
  }

  wall.watch_chips = function () {
    var panel = wall.page.panel;
    panel.addEventListener("click", function (event) {
      var link = event.target.closest("[data-value], [data-all]");
      if (!link || !wall.is_plain(event)) return;
      event.preventDefault();
      var otherwise = function () { location.href = link.href; };
      if (link.hasAttribute("data-all")) { wall.start().then(function () { unfold(link); }, otherwise); return; }
      wall.start().then(function () {
        wall.state = wall.toggled(facet_of(link), link.getAttribute("data-value"));
        wall.change(true);
      }, otherwise);
    });
    panel.addEventListener("keydown", function (event) {
      if (event.key !== " " || !event.target.matches("[role=button]")) return;
      event.preventDefault();
      event.target.click();
    });
    wall.each(panel.querySelectorAll("[data-value], [data-all]"), function (link) {
      link.setAttribute("role", "button");
      link.setAttribute(link.hasAttribute("data-all") ? "aria-expanded" : "aria-pressed", "false");
    });
  };
})(window.exhibitWallParts);
