// Starts a run with its live page and watches it in Chromium to its end.
//   node src/test/browser/live.mjs ENGINE.jar PIPELINE.yaml [run options, such as -p name=value]
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";

const require = createRequire(new URL("../../main/frontend/package.json", import.meta.url));
const { chromium } = require("playwright-core");

const [jar, pipeline, ...options] = process.argv.slice(2);
if (!pipeline) {
  console.error("usage: live.mjs ENGINE.jar PIPELINE.yaml [run options]");
  process.exit(2);
}
const out = mkdtempSync(join(tmpdir(), "live-"));
const engine = spawn("java", ["-jar", jar, "run", pipeline, "--out", join(out, "run"), "--watch", "--no-cache", ...options], { stdio: ["ignore", "pipe", "pipe"] });
let said = "";
const address = await new Promise((found, failed) => {
  const hear = (text) => {
    said += text;
    const match = /http:\/\/127\.0\.0\.1:\d+\//.exec(said);
    if (match) {
      found(match[0]);
    }
  };
  engine.stdout.on("data", hear);
  engine.stderr.on("data", hear);
  engine.on("exit", () => failed(new Error(`the run ended without an address:\n${said}`)));
});

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"],
});
const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
page.on("pageerror", (error) => assert.fail(`the page threw ${error.message}`));
const answers = [];
page.on("response", (response) => /\/state\?/.test(response.url()) && answers.push(response.status()));
await page.goto(address);
await page.waitForSelector(".kf-header .kf-pill");
const seen = new Set();
let deltas = 0;
const started = Date.now();
for (;;) {
  const pill = await page.locator(".kf-header .kf-pill").innerText();
  seen.add(pill);
  deltas = Math.max(deltas, answers.length);
  if (["Succeeded", "Failed", "Cancelled"].includes(pill)) {
    break;
  }
  assert.ok(Date.now() - started < 120_000, `the page still says “${pill}”`);
  await page.waitForTimeout(100);
}
assert.ok(seen.has("Running"), `seen: ${[...seen].join(", ")}`);
assert.ok(deltas > 1, "the page asked for changes");
assert.equal(await page.locator(".kf-node.kf-is-running").count(), 0, "nothing runs any more");
const asked = answers.length;
await page.waitForTimeout(2500);
assert.equal(answers.length, asked, "a run that has ended is not asked about again");
const first = page.locator(".kf-node:not(.kf-group)").first();
await first.click();
await page.waitForSelector(".kf-panel h2");
assert.ok((await page.locator(".kf-panel").innerText()).includes("Definition"), "the task’s panel is there");
await browser.close();
engine.kill("SIGINT");
console.log(`watched to its end: ${[...seen].join(" → ")}, ${asked} questions for changes`);
