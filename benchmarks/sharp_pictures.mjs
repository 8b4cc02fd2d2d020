// The like work for sharp: node sharp_pictures.mjs PACKAGE_FOLDER IN OUT file|clone LANES WIDTH:QUALITY…
// "file" opens the file once for each width, which lets sharp decode a JPEG smaller; "clone" opens it once.
import { createRequire } from "node:module";
import { mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";

const [packages, source, out, way, lanes, ...wanted] = process.argv.slice(2);
const sharp = createRequire(join(packages, "/"))("sharp");
sharp.cache(false);
const widths = wanted.map((each) => each.split(":").map(Number));
const files = readdirSync(source).filter((each) => each.endsWith(".jpg")).sort();
mkdirSync(out, { recursive: true });

async function develop(file) {
  const path = join(source, file);
  const opened = way === "clone" ? sharp(path) : null;
  await Promise.all(
    widths.map(([width, quality]) =>
      (opened ? opened.clone() : sharp(path))
        .resize({ width, withoutEnlargement: true })
        .webp({ quality })
        .toFile(join(out, `${file.slice(0, -4)}-${width}.webp`)),
    ),
  );
}

let next = 0;
async function lane() {
  while (next < files.length) await develop(files[next++]);
}
await Promise.all(Array.from({ length: Number(lanes) }, lane));
