// Lighthouse over addresses on this machine, in one Chromium, one after the other.
// Standard input: {"chromium": path, "flags": [...], "categories": [...], "urls": [...]}
// Standard output: one line of JSON for each address: its scores, what was below full marks, and its times.
import {readFileSync} from "node:fs";
import * as chromeLauncher from "chrome-launcher";
import lighthouse from "lighthouse";

// Where no time is measured, none is waited either.
const HASTE = {pauseAfterFcpMs: 0, pauseAfterLoadMs: 0, networkQuietThresholdMs: 250, cpuQuietThresholdMs: 0};

const asked = JSON.parse(readFileSync(0, "utf-8"));
const chrome = await chromeLauncher.launch({
  chromePath: asked.chromium,
  chromeFlags: asked.flags,
  logLevel: "silent",
});
try {
  for (const url of asked.urls) {
    const result = await lighthouse(url, {
      port: chrome.port,
      onlyCategories: asked.categories,
      disableFullPageScreenshot: true, // nobody looks at it
      ...(asked.categories.includes("performance") ? {} : HASTE),
      output: "json",
      logLevel: "silent",
    });
    process.stdout.write(JSON.stringify(summary(url, result.lhr)) + "\n");
  }
} finally {
  await chrome.kill();
}

function summary(url, report) {
  const scores = {}, below = [];
  for (const [name, category] of Object.entries(report.categories)) {
    scores[name] = category.score === null ? null : Math.round(category.score * 100);
    for (const each of category.auditRefs) {
      const audit = report.audits[each.id];
      const counts = each.weight > 0 && audit.score !== null && audit.score < 1;
      if (counts && name !== "performance") below.push(`${name}: ${audit.id}: ${audit.title} ${nodes(audit)}`.trim());
    }
  }
  const times = {};
  for (const id of ["first-contentful-paint", "largest-contentful-paint", "total-blocking-time", "speed-index"]) {
    if (report.audits[id]) times[id] = Math.round(report.audits[id].numericValue);
  }
  return {url, scores, below, times, error: report.runtimeError ? report.runtimeError.message : null};
}

function nodes(audit) {
  const items = audit.details && audit.details.items ? audit.details.items : [];
  return items.slice(0, 3).map(each => (each.node && each.node.selector) || each.description || each.url || "").join(", ");
}
