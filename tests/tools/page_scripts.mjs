// Runs scripts of the theme as a page without elements would, and asks them.
// Standard input: {"files": [paths in order], "give": text of a function, "asked": [what it is called with, one by one]}
// Standard output: JSON, what the function gives for each, awaited.
import {readFileSync} from "node:fs";
import vm from "node:vm";

globalThis.window = globalThis;
globalThis.document = {currentScript: {src: "file:///site/assets/script.js"}};
const {files, give, asked} = JSON.parse(readFileSync(0, "utf-8"));
for (const file of files) vm.runInThisContext(readFileSync(file, "utf-8"), {filename: file});
const given = vm.runInThisContext(`(${give})`);
const answers = [];
for (const each of asked) answers.push(await given(each));
process.stdout.write(JSON.stringify(answers));
