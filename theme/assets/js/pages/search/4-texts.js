// The texts of entries, as generator/outputs/search/packing.py packs them.
(function (search) {
  "use strict";
  var LEADS = 36, ESCAPE = "~";
  var codes = null;
  search.unpacker = function (table) {
    if (codes && codes.of === table) return;
    var all = [], names = [], at;
    for (at = 0x20; at < 0x7e; at++) if (at !== 0x22 && at !== 0x5c) all.push(String.fromCharCode(at));
    var ones = all.slice(0, -LEADS);
    names = ones.slice();
    all.slice(-LEADS).forEach(function (lead) { all.forEach(function (each) { names.push(lead + each); }); });
    codes = { of: table, isLead: search.bare(), text: search.bare() };
    all.slice(-LEADS).concat(ESCAPE).forEach(function (each) { codes.isLead[each] = true; });
    var count = 0, waiting = null;
    Array.from(table[0]).forEach(function (each) { codes.text[names[count++]] = each; });
    eachCode(table[1], function (text) {
      if (waiting === null) { waiting = text; return; }
      codes.text[names[count++]] = waiting + text;
      waiting = null;
    });
  };
  function eachCode(packed, take) {
    for (var at = 0; at < packed.length; at++) {
      var code = packed[at];
      if (codes.isLead[code]) code += packed[++at];
      take(code in codes.text ? codes.text[code] : code[code.length - 1]);
    }
  }
  search.unpack = function (packed) {
    var text = "";
    eachCode(packed, function (each) { text += each; });
    return text;
  };
  search.recordOf = function (entry) { // only once its shard is there
    var head = search.head, records = head.records, place = head.places[entry];
    if (records[entry]) return records[entry];
    var fields = search.unpack(head.texts[place[0]][place[1]]).split("\n");
    return records[entry] = { address: fields[0], fields: fields.slice(1), compared: search.compared(fields.slice(1)) };
  };
  search.readTexts = function (entries) {
    var head = search.head, names = { table: true };
    entries.forEach(function (entry) { names[head.places[entry][0]] = true; });
    names = Object.keys(names);
    return search.load("stamps").then(function (stamps) {
      search.still(head);
      head.stamps.t = stamps;
      return Promise.all(names.map(search.load));
    }).then(function (all) {
      search.still(head);
      all.forEach(function (each, at) { head.texts[names[at]] = each; });
      search.unpacker(head.texts.table);
    });
  };
})(window.exhibitSearch);
