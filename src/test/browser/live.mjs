// Starts a run with its live page and watches it in Chromium to its end. The run waits for files, so that each state is looked at in its time.
//   node src/test/browser/live.mjs ENGINE.jar
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { launch, strict } from "./tools.mjs";

const [jar] = process.argv.slice(2);
if (!jar) {
  console.error("usage: live.mjs ENGINE.jar");
  process.exit(2);
}
const pipeline = fileURLToPath(new URL("../pipelines/gated.yaml", import.meta.url));
const out = mkdtempSync(join(tmpdir(), "live-"));
const engine = spawn("java", ["-jar", jar, "run", pipeline, "--out", join(out, "run"), "--watch", "--no-cache", "-p", `folder=${out}`], { stdio: ["ignore", "pipe", "pipe"] });
process.on("exit", () => engine.kill("SIGINT"));
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

const browser = await launch();
const page = strict(await browser.newPage({ viewport: { width: 1280, height: 800 } }));
page.setDefaultTimeout(120_000);
let asked = 0;
page.on("request", (request) => /\/state\?/.test(request.url()) && asked++);
await page.goto(address);
const pill = (state) => page.locator(`.kf-header .kf-pill.kf-is-${state}`).waitFor();
const node = (task, state) => page.locator(`.kf-node.kf-is-${state}[data-path=${task}]`).waitFor();
await pill("running");
await node("first", "running");
assert.equal(await page.locator(".kf-node.kf-is-succeeded").count(), 0, "nothing has ended yet");

await page.locator(".kf-node[data-path=first]").click();
await page.locator(".kf-panel").getByRole("tab", { name: "Log" }).click();
await page.locator(".kf-log-text", { hasText: "waiting for one" }).waitFor();
writeFileSync(join(out, "one"), "");
await page.locator(".kf-log-text", { hasText: "done with one" }).waitFor();
await node("first", "succeeded");
await node("second", "running");
await node("never", "skipped");
await pill("running");
assert.ok(asked > 1, "the page asked for changes");

await page.locator(".kf-panel").getByRole("tab", { name: "Artifacts" }).click();
await page.locator(".kf-artifact .kf-table td", { hasText: "<i>b</i>" }).waitFor();

writeFileSync(join(out, "two"), "");
await pill("succeeded");
await node("second", "succeeded");
assert.equal(await page.locator(".kf-node.kf-is-running").count(), 0, "nothing runs any more");
const before = asked;
await page.waitForTimeout(2500);
assert.equal(asked, before, "a run that has ended is not asked about again");
assert.equal(await page.evaluate(() => window.hacked), undefined, "nothing of strangers ran");
await browser.close();
console.log(`watched to its end, ${before} questions for changes`);
process.exit(0);
