// A wall in the browser: facets, a box to narrow by, orders and a timeline, with the state in the address. The page is
// whole before this runs. Its data are classic scripts, loaded when they are needed. No text is ever read as markup.
(function () {
  "use strict";
  var AHEAD = 4; // batches of cards that hang by themselves while somebody scrolls; then the foot of the page is in reach
  var KEPT = 1200; // cards that are kept once they were put together
  var NEAR = 2.5; // windows, counted from the top of this one, within which cards have to hang
  var wall = document.querySelector("[data-wall]");

  function each(list, deed) { Array.prototype.forEach.call(list, deed); }
  function none() { return Object.create(null); } // a table in which nothing is found that nobody put there
  function make(tag, name, parent, text) {
    var element = document.createElement(tag);
    if (name) element.className = name;
    if (text !== undefined) element.textContent = text;
    if (tag === "button") element.type = "button";
    return parent ? parent.appendChild(element) : element;
  }

  // -- the address: ?year=2023,2022&category=fazhi&q=…&sort=name&view=timeline; what is not ours in it stays ----------
  function decoded(text) {
    try { return decodeURIComponent(text.replace(/\+/g, " ")); } catch (broken) { return ""; }
  }
  function read(search, names) {
    var state = { picked: none(), find: "", sort: "newest", view: "grid", others: [] };
    names.forEach(function (name) { state.picked[name] = []; });
    search.replace(/^\?/, "").split("&").forEach(function (pair) {
      var at = pair.indexOf("="), name = decoded(at < 0 ? pair : pair.slice(0, at));
      var value = at < 0 ? "" : decoded(pair.slice(at + 1));
      if (name in state.picked) value.split(",").forEach(function (id) {
        if (id && state.picked[name].indexOf(id) < 0) state.picked[name].push(id);
      });
      else if (name === "q") state.find = value.slice(0, 60);
      else if (name === "sort" || name === "view") state[name] = value;
      else if (pair) state.others.push(pair);
    });
    return state;
  }
  function written(state, names) {
    var parts = state.others.slice();
    names.forEach(function (name) {
      if (state.picked[name].length) parts.push(name + "=" + state.picked[name].map(encodeURIComponent).join(","));
    });
    if (state.find.trim()) parts.push("q=" + encodeURIComponent(state.find.trim()));
    if (state.sort !== "newest") parts.push("sort=" + state.sort);
    if (state.view !== "grid") parts.push("view=" + state.view);
    return parts.length ? "?" + parts.join("&") : "";
  }

  // -- a plain page of one value: its chips of other facets lead to the wall with both -------------------------------
  var plain = document.querySelector("[data-wall-at]");
  var current = plain && plain.querySelector("[aria-current][data-value]");
  if (current) {
    var own = current.closest("[data-facet]");
    each(plain.querySelectorAll("[data-facet]"), function (list) {
      if (list !== own) each(list.querySelectorAll("[data-value]"), function (chip) {
        chip.href = plain.getAttribute("data-wall-at") + "?" + own.getAttribute("data-facet") + "=" +
          current.getAttribute("data-value") + "&" + list.getAttribute("data-facet") + "=" + chip.getAttribute("data-value");
      });
    });
  }
  var panel = document.querySelector("[data-facets]");
  var opens = window.CSS && CSS.supports && CSS.supports("selector(::details-content)"); // then the style sheet does it
  if (panel && !opens && window.matchMedia("(min-width: 64em)").matches) panel.open = true;
  if (!wall || !window.history.pushState || !window.Promise) return;

  var size = Number(wall.getAttribute("data-size"));
  var place = wall.querySelector("[data-list]"), status = wall.querySelector("[data-count]");
  var tools = wall.querySelector("[data-tools]"), more = wall.querySelector("[data-more]"), clear = wall.querySelector("[data-clear]");
  var find = wall.querySelector("[data-find]"), sorter = wall.querySelector("[data-sort]");
  var views = wall.querySelectorAll("[data-view]"), lists = wall.querySelectorAll("[data-facet]");
  var names = Array.prototype.map.call(lists, function (list) { return list.getAttribute("data-facet"); });
  var frame = place.querySelector("ul"); // the list as the server hung it
  var own_address = location.href.split(/[?#]/)[0];
  var answer = make("button", "facets__answer", panel.querySelector(".facets__all"), status.textContent); // for a phone
  var state = read(location.search, names);
  var index = null, facets = [], built = none(), kept = 0;
  var found = [], hung = 0, hung_years = none(), turn = 0, ahead = 0, typing = false, coming = false, asked_for = false, is_pending = false;

  // -- data ----------------------------------------------------------------------------------------------------------
  var folder = wall.getAttribute("data-wall").replace(/index\.js$/, ""), asked = none(), got = none();
  function load(name) {
    if (!asked[name]) asked[name] = new Promise(function (done, failed) {
      var script = document.createElement("script");
      script.src = folder + name + ".js?v=" + (name === "index" ? wall.getAttribute("data-stamp") : index.files[name]);
      script.onload = function () {
        got[name] = (window.exhibitWall || {})[name];
        if (got[name]) done(got[name]); else failed(new Error(name));
      };
      script.onerror = function () { asked[name] = null; script.remove(); failed(new Error(name)); };
      document.head.appendChild(script);
    });
    return asked[name];
  }
  function all(wanted) {
    var missing = wanted.filter(function (name) { return !got[name]; });
    return { then: function (deed, otherwise) { // at once where everything is here, so that nothing flickers
      if (!missing.length) deed();
      else Promise.all(missing.map(load)).then(deed, otherwise);
    } };
  }
  function start() {
    return load("index").then(function (data) {
      if (index) return;
      index = data;
      facets = data.facets.map(function (facet, number) {
        var numbers = none();
        facet.values.forEach(function (value, at) { numbers[value[0]] = at; });
        return { name: facet.name, label: facet.label, values: facet.values, held: facet.held, numbers: numbers,
          list: lists[number], counts: new Uint32Array(facet.values.length), chips: none() };
      });
      facets.forEach(function (facet) {
        each(facet.list.querySelectorAll("[data-value]"), function (chip) { adopt(facet, chip); });
      });
      each(frame ? frame.children : [], function (item, number) { built[number] = item; });
    });
  }

  // -- what matches, in one pass: how many have each value if the other facets stay as they are -----------------------
  function has(held, picked) {
    if (typeof held === "number") return held >= 0 && picked[held] === 1;
    for (var i = 0; i < held.length; i++) if (picked[held[i]] === 1) return true;
    return false;
  }
  function add(counts, held) {
    if (typeof held !== "number") for (var i = 0; i < held.length; i++) counts[held[i]] += 1;
    else if (held >= 0) counts[held] += 1;
  }
  function folded(text) { return (text.normalize ? text.normalize("NFKC") : text).toLowerCase(); }
  function spoken() { // the text that names are searched in, made once
    var data = got.names;
    if (!data.texts) data.texts = data.names.map(function (name, at) { return folded(name) + "\n" + data.initials[at]; });
    return data.texts;
  }
  function narrowed() { // record → whether each word is in its name, its first letters or the label of a value
    var words = folded(state.find).split(/\s+/).filter(Boolean), texts = words.length ? spoken() : null;
    if (!texts) return null;
    var fits = new Uint8Array(index.count).fill(1);
    words.forEach(function (word) {
      var hits = facets.map(function (facet) {
        return Uint8Array.from(facet.values, function (value) { return folded(value[1]).indexOf(word) >= 0 ? 1 : 0; });
      });
      for (var i = 0; i < fits.length; i++) {
        var is = fits[i] && texts[i].indexOf(word) >= 0;
        for (var f = 0; fits[i] && !is && f < hits.length; f++) is = has(facets[f].held[i], hits[f]);
        if (!is) fits[i] = 0;
      }
    });
    return fits;
  }
  function tally() {
    var fits = narrowed(), matched = new Uint8Array(index.count), total = 0, near = { find: 0 };
    facets.forEach(function (facet) {
      var ids = state.picked[facet.name].filter(function (id) { return id in facet.numbers; });
      ids.sort(function (a, b) { return facet.numbers[a] - facet.numbers[b]; });
      state.picked[facet.name] = ids;
      facet.picked = ids.length ? new Uint8Array(facet.values.length) : null;
      ids.forEach(function (id) { facet.picked[facet.numbers[id]] = 1; });
      facet.counts.fill(0);
      near[facet.name] = 0;
    });
    for (var i = 0; i < matched.length; i++) {
      var missed = null, misses = 0;
      for (var f = 0; f < facets.length && misses < 2; f++) {
        if (facets[f].picked && !has(facets[f].held[i], facets[f].picked)) { missed = facets[f]; misses += 1; }
      }
      if (misses > 1) continue;
      if (fits && !fits[i]) { if (!misses) near.find += 1; continue; }
      if (misses) { add(missed.counts, missed.held[i]); near[missed.name] += 1; continue; }
      matched[i] = 1;
      total += 1;
      for (f = 0; f < facets.length; f++) add(facets[f].counts, facets[f].held[i]);
    }
    return { matched: matched, total: total, near: near };
  }

  // -- orders ----------------------------------------------------------------------------------------------------------
  function year_of(date) { return date > 9999 ? Math.floor(date / 10000) : date; }
  function order() {
    var base = got["by-" + state.sort] || null, dates = got.dates, name = state.view + state.sort;
    if (!base) {
      base = [];
      for (var i = 0; i < index.count; i++) base.push(i);
    }
    if (state.view !== "timeline") return base;
    order.kept = order.kept || none();
    if (!order.kept[name]) {
      var is_dated = state.sort === "newest" || state.sort === "oldest", up = state.sort === "oldest" ? 1 : -1;
      var keys = base.map(function (record, at) {
        var date = dates[record], key = is_dated ? (date > 9999 ? date : date * 10000) : year_of(date);
        return [up * key, at, record];
      });
      keys.sort(function (a, b) { return a[0] - b[0] || a[1] - b[1]; });
      order.kept[name] = keys.map(function (key) { return key[2]; });
    }
    return order.kept[name];
  }

  // -- cards, put together as the server would ----------------------------------------------------------------------------
  function filled(value, fill) {
    if (typeof value === "string") return value;
    if (typeof value === "number") return fill[value];
    return value.map(function (part) { return typeof part === "number" ? fill[part] : part; }).join("");
  }
  function element(shape, fill) {
    var made = document.createElement(shape[0]), attributes = shape[1];
    for (var a = 0; a < attributes.length; a += 2) made.setAttribute(attributes[a], filled(attributes[a + 1], fill));
    for (var c = 2; c < shape.length; c++) {
      var child = shape[c];
      made.appendChild(Array.isArray(child) ? element(child, fill) : document.createTextNode(filled(child, fill)));
    }
    return made;
  }
  function file_of(record) { return "cards-" + Math.floor(record / index.cards); }
  function card(record) {
    if (!built[record]) {
      var data = got[file_of(record)], piece = data.pieces[record % index.cards], shape = data.shapes[piece[0]];
      built[record] = element(shape.element, shape.holes.map(function (hole, at) {
        var value = piece[at + 1];
        return hole.words ? hole.words[value] : hole.around[0] + value + hole.around[1];
      }));
      kept += 1;
    }
    return built[record];
  }
  function dressed(item, record) {
    if (item.firstChild && item.firstChild.className === "moment") item.removeChild(item.firstChild);
    var date = state.view === "timeline" ? String(got.dates[record]) : "";
    if (date.length === 8) {
      var time = make("time", "moment", null, index.words.day.replace("{month}", Number(date.slice(4, 6)))
        .replace("{day}", Number(date.slice(6))));
      time.dateTime = date.slice(0, 4) + "-" + date.slice(4, 6) + "-" + date.slice(6);
      item.insertBefore(time, item.firstChild);
    }
    return item;
  }
  function list_for(record) {
    if (state.view !== "timeline") return place.lastElementChild || place.appendChild(frame.cloneNode(false));
    var year = year_of(got.dates[record]), last = place.lastElementChild;
    if (!last || last.year !== year) {
      last = make("section", "wall-year", place);
      last.year = year;
      var title = make("h2", "wall-year__title", last, index.words.year.replace("{year}", year));
      make("small", "number", title, index.words.year_count.replace("{count}", hung_years[year]));
      last.appendChild(frame.cloneNode(false)).classList.add("is-dated");
    }
    return last.lastChild;
  }
  function hang(count, done) { // the next ``count`` of what was found
    if (!found.length) { if (done) done([]); return; }
    var mine = turn, from = hung, records = found.slice(from, from + count), wanted = [];
    records.forEach(function (record) {
      if (!built[record] && wanted.indexOf(file_of(record)) < 0) wanted.push(file_of(record));
    });
    place.setAttribute("aria-busy", "true");
    all(wanted).then(function () {
      if (mine !== turn || hung !== from) return;
      if (!from) emptied();
      records.forEach(function (record) { list_for(record).appendChild(dressed(card(record), record)); });
      hung = from + records.length;
      place.removeAttribute("aria-busy");
      if (more) {
        more.parentNode.hidden = hung >= found.length;
        more.textContent = index.words.more.replace("{count}", Math.min(size, found.length - hung));
      }
      if (more && (place.style.minHeight || !is_at_foot())) reserve();
      if (from || count > size) history.replaceState({ hung: hung }, "");
      if (done) done(records);
    }, failed);
  }
  // Cards come by themselves as somebody gets near the last of them. Room is kept for those that are here already and
  // only have to be hung: the foot of the page does not run away from somebody quick, and no part of that room is ever
  // seen empty. Until they are here the page ends after its cards.
  function ready() { // how many of the next could hang at once
    var most = Math.min(found.length - hung, (AHEAD - ahead) * size), here = 0;
    while (here < most && (built[found[hung + here]] || got[file_of(found[hung + here])])) here += 1;
    return here;
  }
  function reserve() {
    var list = place.lastElementChild, left = ready();
    if (state.view === "timeline" || !hung || left <= 0) { place.style.minHeight = ""; return; }
    var items = list.children, across = 1;
    while (across < hung && items[across].offsetTop === items[0].offsetTop) across += 1;
    var rows = Math.ceil(hung / across), height = list.offsetHeight;
    place.style.minHeight = height + (Math.ceil((hung + left) / across) - rows) * height / rows + "px";
  }
  function is_at_foot() { return more.getBoundingClientRect().top < window.innerHeight; }
  function is_near_end() {
    var last = place.lastElementChild;
    return !last || last.getBoundingClientRect().bottom < window.innerHeight * NEAR;
  }
  function adopt_list() { // it may still hang as it came, in the wall's own order
    if (found.length || !frame || !frame.parentNode) return;
    for (var record = 0; record < index.count; record++) found.push(record);
    hung = frame.children.length;
  }
  function with_next(deed) { // once the next batch can be hung; at once where it can be already
    function fetched() {
      if (is_pending) return; // another list is on its way
      adopt_list();
      var mine = turn, wanted = [];
      found.slice(hung, hung + size).forEach(function (record) {
        if (!built[record] && wanted.indexOf(file_of(record)) < 0) wanted.push(file_of(record));
      });
      all(wanted).then(function () { if (mine === turn) deed(); }, function () { /* a press on the way to more says so */ });
    }
    if (index) fetched();
    else start().then(fetched, function () { /* the same */ });
  }
  function keep_room() {
    if (more && !more.parentNode.hidden && ahead < AHEAD) with_next(function () { if (!is_at_foot()) reserve(); });
  }
  function fit_room() { // other widths and sizes of type make other heights
    if (place.style.minHeight) reserve();
    come_nearer(false);
  }
  function come_nearer(is_pushed) { // somebody who waits at the foot is not moved, unless they push on
    if (!more || coming || more.parentNode.hidden || ahead >= AHEAD || !is_near_end()) return;
    with_next(function () {
      if (!place.style.minHeight && state.view !== "timeline" && !is_pushed && is_at_foot()) return;
      while (!coming && ahead < AHEAD && hung < found.length && ready() >= Math.min(size, found.length - hung) && is_near_end()) {
        ahead += 1;
        hang(size);
      }
      if (ahead < AHEAD && hung < found.length && is_near_end()) come_nearer(is_pushed);
    });
  }
  function emptied() {
    var had_focus = place.contains(document.activeElement);
    if (kept > KEPT) { built = none(); kept = 0; }
    place.textContent = "";
    if (had_focus) status.focus({ preventScroll: true });
  }
  function failed() {
    coming = is_pending = false;
    place.style.minHeight = "";
    place.removeAttribute("aria-busy");
    status.textContent = index ? index.words.failed : status.textContent;
  }

  // -- chips -------------------------------------------------------------------------------------------------------------
  function adopt(facet, chip) {
    var count = chip.querySelector("small");
    chip.setAttribute("role", "button");
    if (!chip.hasAttribute("aria-pressed")) chip.setAttribute("aria-pressed", "false");
    count.style.minWidth = count.textContent.length + "ch"; // so that nothing moves below the pointer
    facet.chips[chip.getAttribute("data-value")] = { link: chip, count: count };
  }
  function add_chip(facet, value, before) {
    var item = make("li"), chip = make("a", "chip", item, value[1]);
    chip.setAttribute("data-value", value[0]);
    make("small", "", chip, "0");
    facet.list.insertBefore(item, before);
    adopt(facet, chip);
    return facet.chips[value[0]];
  }
  function missing_chips(facet) { // a value that is picked has a chip, also where only the first ones are shown
    state.picked[facet.name].forEach(function (id) {
      if (!facet.chips[id]) {
        var last = facet.list.querySelector("[data-all]");
        add_chip(facet, facet.values[facet.numbers[id]], last ? last.parentNode : null);
      }
    });
  }
  function toggled(name, id) {
    var next = Object.assign({}, state, { picked: Object.assign(none(), state.picked) });
    var ids = state.picked[name], at = ids.indexOf(id), numbers = facets[names.indexOf(name)].numbers;
    next.picked[name] = at < 0
      ? ids.concat(id).sort(function (a, b) { return numbers[a] - numbers[b]; })
      : ids.filter(function (other) { return other !== id; });
    return next;
  }
  function show_chips() {
    facets.forEach(function (facet) {
      missing_chips(facet);
      Object.keys(facet.chips).forEach(function (id) {
        var chip = facet.chips[id], is_picked = state.picked[facet.name].indexOf(id) >= 0;
        var count = String(facet.counts[facet.numbers[id]]);
        if (chip.count.textContent !== count) chip.count.textContent = count;
        chip.link.setAttribute("aria-pressed", String(is_picked));
        chip.link.classList.toggle("is-none", count === "0" && !is_picked);
        chip.link.href = own_address + written(toggled(facet.name, id), names);
      });
    });
  }
  function unfold(link) {
    var facet = facets[names.indexOf(link.closest("[data-facet]").getAttribute("data-facet"))];
    var opens = link.getAttribute("aria-expanded") !== "true", before = link.parentNode;
    if (!link.getAttribute("data-label")) link.setAttribute("data-label", link.textContent);
    if (opens) facet.values.forEach(function (value) { if (!facet.chips[value[0]]) add_chip(facet, value, before).extra = true; });
    else Object.keys(facet.chips).forEach(function (id) {
      var chip = facet.chips[id];
      if (!chip.extra || state.picked[facet.name].indexOf(id) >= 0) return;
      facet.list.removeChild(chip.link.parentNode);
      delete facet.chips[id];
    });
    link.setAttribute("aria-expanded", String(opens));
    link.textContent = opens ? index.words.fold : link.getAttribute("data-label");
    tally(); // nothing may have been counted yet
    show_chips();
  }

  // -- nothing found: which condition to loosen, and what that would give ------------------------------------------------------
  function conditions(near) {
    var found = facets.filter(function (facet) { return facet.picked; }).map(function (facet) {
      var alone = 0, values = state.picked[facet.name].map(function (id) { return facet.values[facet.numbers[id]][1]; });
      for (var i = 0; i < index.count; i++) if (has(facet.held[i], facet.picked)) alone += 1;
      return { name: facet.name, label: facet.label, values: values.join("、"), without: near[facet.name], alone: alone };
    });
    if (state.find.trim()) {
      var fits = narrowed(), sum = 0;
      for (var i = 0; i < fits.length; i++) sum += fits[i];
      found.push({ name: "", text: state.find.trim(), without: near.find, alone: sum });
    }
    return found;
  }
  function worded(key, condition) {
    return index.words[key].replace("{label}", condition.label).replace("{values}", condition.values);
  }
  function show_none(near) {
    emptied();
    hung = 0;
    if (more) more.parentNode.hidden = true;
    place.style.minHeight = "";
    place.removeAttribute("aria-busy");
    var box = make("div", "wall__none", place), list = null, met = conditions(near);
    make("p", "", box, index.words.none);
    function offer(label, count, deed) {
      if (!list) {
        make("p", "", box, index.words.loosen);
        list = make("ul", "", box);
      }
      var button = make("button", "quiet-button", make("li", "", list), label + " ");
      make("small", "number", button, count);
      button.addEventListener("click", function () { deed(); status.focus({ preventScroll: true }); change(true); });
    }
    var loose = met.filter(function (one) { return one.without; });
    loose.sort(function (a, b) { return b.without - a.without; });
    loose.forEach(function (one) {
      var label = one.name ? worded("without", one) : index.words.find_without.replace("{text}", one.text);
      offer(label, one.without, function () { if (one.name) state.picked[one.name] = []; else state.find = ""; });
    });
    if (!loose.length) met.filter(function (one) { return one.name && one.alone; }).forEach(function (one) {
      offer(worded("only", one), one.alone, function () {
        state.find = "";
        names.forEach(function (name) { if (name !== one.name) state.picked[name] = []; });
      });
    });
    if (met.length > 1) offer(index.words.every, index.count, clear_all);
  }

  // -- from the state to the page -------------------------------------------------------------------------------------------------
  function known(value, options, otherwise) { return options.indexOf(value) >= 0 ? value : otherwise; }
  function show(count, done) { // needs nothing but the state
    var mine = ++turn;
    coming = asked_for = false;
    is_pending = true;
    start().then(function () {
      if (mine !== turn) return;
      state.sort = known(state.sort, Array.prototype.map.call(sorter.options, function (option) { return option.value; }), "newest");
      state.view = known(state.view, ["grid", "timeline"], "grid");
      var wanted = state.sort === "newest" ? [] : ["by-" + state.sort];
      if (state.view === "timeline") wanted.push("dates");
      if (state.find.trim()) wanted.push("names");
      all(wanted).then(function () { if (mine === turn) drawn(count, done); }, failed);
    }, function () { failed(); if (done) done(null); });
  }
  function drawn(count, done) {
    var result = tally(), active = 0;
    is_pending = false;
    found = order().filter(function (record) { return result.matched[record]; });
    hung = 0;
    hung_years = none();
    if (state.view === "timeline") found.forEach(function (record) {
      var year = year_of(got.dates[record]);
      hung_years[year] = (hung_years[year] || 0) + 1;
    });
    names.forEach(function (name) { active += state.picked[name].length; });
    show_chips();
    panel.querySelector("[data-active]").textContent = active ? index.words.active.replace("{count}", active) : "";
    var is_narrowed = active || state.find.trim();
    if (document.activeElement === clear && !is_narrowed) status.focus({ preventScroll: true });
    clear.hidden = !is_narrowed;
    if (document.activeElement !== find) find.value = state.find;
    sorter.value = state.sort;
    each(views, function (button) { button.setAttribute("aria-pressed", String(button.getAttribute("data-view") === state.view)); });
    var told = index.words[is_narrowed ? "matched" : "all"].replace("{count}", result.total).replace("{total}", index.count);
    var is_timeline = state.view === "timeline", by = sorter.options[sorter.selectedIndex].text;
    if (is_timeline) told = index.words.timeline.replace("{text}", told).replace("{sort}", index.words.dated);
    else if (state.sort !== "newest") told = index.words.sorted.replace("{text}", told).replace("{sort}", by);
    if (status.textContent !== told) status.textContent = told;
    answer.textContent = found.length ? index.words.see.replace("{count}", result.total) : index.words.none;
    if (!found.length) show_none(result.near);
    hang(count || size, function (records) {
      if (done) done(records);
      come_nearer(false);
    });
  }
  function change(is_new, otherwise) { // by the visitor: the address follows
    ahead = 0;
    start().then(function () {
      var address = own_address + written(state, names);
      if (address !== location.href) {
        if (is_new) history.pushState(null, "", address); else history.replaceState(null, "", address);
      }
      show(0, function () { // what was found begins in sight; whoever is still choosing has the answer below the choices
        if (panel.contains(document.activeElement) && answer.offsetParent) return;
        if (tools.getBoundingClientRect().top < 0) tools.scrollIntoView();
      });
    }, otherwise || failed);
  }
  function clear_all() {
    names.forEach(function (name) { state.picked[name] = []; });
    state.find = find.value = "";
  }
  function hang_more(is_asked, done) {
    asked_for = asked_for || is_asked;
    if (coming) return;
    coming = true;
    start().then(function () {
      adopt_list();
      hang(size, function (records) {
        coming = false;
        if (asked_for) focus_on(records[0]);
        asked_for = false;
        if (done) done();
      });
    }, function () {
      failed();
      if (asked_for) location.href = more.href;
    });
  }
  function focus_on(record) {
    var link = built[record] && built[record].querySelector("a");
    if (link) link.focus({ preventScroll: true });
  }

  // -- what the visitor does ---------------------------------------------------------------------------------------------------------
  function is_plain(event) {
    return !(event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || event.defaultPrevented);
  }
  panel.addEventListener("click", function (event) {
    var link = event.target.closest("[data-value], [data-all]");
    if (!link || !is_plain(event)) return;
    event.preventDefault();
    var otherwise = function () { location.href = link.href; };
    if (link.hasAttribute("data-all")) { start().then(function () { unfold(link); }, otherwise); return; }
    start().then(function () {
      state = toggled(link.closest("[data-facet]").getAttribute("data-facet"), link.getAttribute("data-value"));
      change(true);
    }, otherwise);
  });
  panel.addEventListener("keydown", function (event) {
    if (event.key !== " " || !event.target.matches("[role=button]")) return;
    event.preventDefault();
    event.target.click();
  });
  ["pointerover", "focusin"].forEach(function (name) { // somebody comes near: what a click needs first
    wall.addEventListener(name, function () { start().catch(function () { /* a click will say so */ }); }, { once: true });
  });
  each(wall.querySelectorAll("[data-value], [data-all]"), function (link) {
    link.setAttribute("role", "button");
    link.setAttribute(link.hasAttribute("data-all") ? "aria-expanded" : "aria-pressed", "false");
  });
  function typed() {
    if (find.value === state.find) return;
    var is_new = !typing;
    typing = true;
    state.find = find.value;
    change(is_new);
  }
  find.addEventListener("input", function (event) { if (!event.isComposing) typed(); });
  find.addEventListener("compositionend", typed);
  find.addEventListener("blur", function () { typing = false; });
  find.addEventListener("focus", function () { start().then(function () { return load("names"); }).then(spoken, failed); });
  sorter.addEventListener("change", function () { state.sort = sorter.value; change(true); });
  each(views, function (button) {
    button.addEventListener("click", function () { state.view = button.getAttribute("data-view"); change(true); });
  });
  answer.addEventListener("click", function () {
    panel.open = false;
    tools.scrollIntoView();
    status.focus({ preventScroll: true });
  });
  clear.addEventListener("click", function () { clear_all(); change(true); });
  if (more) {
    more.addEventListener("click", function (event) {
      if (!is_plain(event)) return;
      event.preventDefault();
      ahead = 0;
      hang_more(true);
    });
    ["wheel", "touchstart", "keydown", "pointermove", "scroll"].forEach(function (name) { // a sign that they may go on
      window.addEventListener(name, keep_room, { once: true, passive: true });
    });
    window.addEventListener("scroll", function () { come_nearer(false); }, { passive: true });
    window.addEventListener("resize", fit_room);
    document.addEventListener("click", function () { window.requestAnimationFrame(fit_room); }); // another size of type
    ["wheel", "touchmove", "keydown"].forEach(function (name) {
      window.addEventListener(name, function (event) {
        var is_down = name === "wheel" ? event.deltaY > 0 : name === "touchmove" || /^(?:End|PageDown|ArrowDown)$/.test(event.key);
        var page = document.documentElement;
        if (is_down && window.innerHeight + window.scrollY >= page.scrollHeight - 2) come_nearer(true);
      }, { passive: true });
    });
  }
  window.addEventListener("popstate", function () {
    state = read(location.search, names);
    find.value = state.find;
    typing = false;
    show(history.state && history.state.hung);
  });
  // Paper gets every card that is here, and the number of those that are not.
  var printed = wall.querySelector("[data-printed]"), hung_before = 0;
  window.addEventListener("beforeprint", function () {
    if (!index || !printed || is_pending) return;
    adopt_list();
    hung_before = hung;
    for (var record = found[hung]; hung < found.length && (built[record] || got[file_of(record)]); record = found[hung]) {
      list_for(record).appendChild(dressed(card(record), record));
      hung += 1;
    }
    printed.hidden = hung >= found.length;
    printed.textContent = index.words.printed.replace("{count}", hung).replace("{total}", found.length);
  });
  window.addEventListener("afterprint", function () {
    if (!hung_before) return;
    for (; hung > hung_before; hung -= 1) {
      var item = built[found[hung - 1]], list = item.parentNode;
      list.removeChild(item);
      if (!list.children.length && list.parentNode !== place) place.removeChild(list.parentNode);
    }
    hung_before = 0;
  });
  window.addEventListener("pagehide", function () {
    if (hung > size) history.replaceState({ hung: hung, y: window.scrollY }, "");
  });
  wall.classList.add("is-live");
  var before = history.state || {};
  find.value = state.find;
  if (written(state, names) !== written({ picked: read("", names).picked, find: "", sort: "newest", view: "grid",
    others: state.others }, names) || before.hung > size) {
    show(before.hung, function () { if (before.y) window.scrollTo(0, before.y); });
  }
})();
