// The code of a printed address (ISO/IEC 18004) as generator/page/imprint.py draws it: level M, mask 3, bytes, the first six sizes.
// What is no ASCII, or longer than 106 characters, has none. Gives the modules along a side, and the dark ones as a path.
window.exhibitCode = function (text) {
  "use strict";
  var BLOCKS = [[1, 16, 10], [1, 28, 16], [1, 44, 26], [2, 32, 18], [2, 43, 24], [4, 27, 16]];
  var FORMAT = 0x5b4b; // M and 3, corrected
  var version = BLOCKS.findIndex(function (each) { return each[0] * each[1] >= text.length + 2; }) + 1;
  if (!version || !/^[!-~]+$/.test(text)) return null;
  var blocks = BLOCKS[version - 1], size = 17 + 4 * version, grid = [], i, x, y, n = 0;

  function times(a, b) { // in the field of 256
    for (var product = 0; b; b >>= 1, a = a << 1 ^ (a & 128 && 0x11d)) if (b & 1) product ^= a;
    return product;
  }
  function correction(bytes) {
    var divisor = [1], root = 1, rest = bytes.concat(Array(blocks[2]).fill(0));
    for (i = 0; i < blocks[2]; i += 1, root = times(root, 2)) {
      divisor = divisor.concat(0).map(function (each, at) { return each ^ (at && times(divisor[at - 1], root)); });
    }
    bytes.forEach(function (_, at) {
      var factor = rest[at];
      divisor.forEach(function (each, k) { rest[at + k] ^= times(each, factor); });
    });
    return rest.slice(bytes.length);
  }
  var data = [], halves = [4, text.length >> 4, text.length & 15], stream = [], parts = [];
  for (i = 0; i < text.length; i += 1) halves.push(text.charCodeAt(i) >> 4, text.charCodeAt(i) & 15);
  for (i = 0; i < halves.length; i += 2) data.push(halves[i] << 4 | halves[i + 1]);
  for (i = 0; data.length < blocks[0] * blocks[1]; i += 1) data.push(i % 2 ? 0x11 : 0xec);
  while (parts.length < blocks[0]) parts.push(data.splice(0, blocks[1]));
  [parts, parts.map(correction)].forEach(function (rows) {
    rows[0].forEach(function (_, at) { rows.forEach(function (row) { stream.push(row[at]); }); });
  });

  function set(x, y, dark) { if (grid[y] && x >= 0 && x < size) grid[y][x] = +dark; }
  function square(left, top, reach, light) {
    for (y = -reach; y <= reach; y += 1) {
      for (x = -reach; x <= reach; x += 1) set(left + x, top + y, light.indexOf(Math.max(Math.abs(x), Math.abs(y))) < 0);
    }
  }
  while (grid.length < size) grid.push([]);
  for (i = 8; i < size - 8; i += 1) { set(i, 6, i % 2 === 0); set(6, i, i % 2 === 0); }
  square(3, 3, 4, [2, 4]);
  square(size - 4, 3, 4, [2, 4]);
  square(3, size - 4, 4, [2, 4]);
  if (version > 1) square(size - 7, size - 7, 2, [1]);
  for (i = 0; i < 15; i += 1) {
    set(8, i < 6 ? i : i < 8 ? i + 1 : size - 15 + i, FORMAT >> i & 1);
    set(i < 8 ? size - 1 - i : i < 9 ? 7 : 14 - i, 8, FORMAT >> i & 1);
  }
  set(8, size - 8, 1);
  for (var right = size - 1; right > 0; right -= right === 8 ? 3 : 2) { // a pair of columns, up and down in turn
    for (i = 0; i < size; i += 1) {
      y = right + 1 & 2 ? i : size - 1 - i;
      for (x = right; x > right - 2; x -= 1) {
        if (grid[y][x] !== undefined) continue;
        grid[y][x] = (stream[n >> 3] >> 7 - n % 8 & 1) ^ ((x + y) % 3 === 0);
        n += 1;
      }
    }
  }
  var path = "";
  grid.forEach(function (row, at) { row.forEach(function (dark, from) { if (dark) path += "M" + from + " " + at + "h1"; }); });
  return { size: size, path: path };
};
