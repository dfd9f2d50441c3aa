// What the browser checks share: Chromium, pages that fail on any error, axe.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(new URL("../../main/frontend/package.json", import.meta.url));
const { chromium } = require("playwright-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

export function launch(...more) {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", ...more],
  });
}

/** Fails on what the page throws. */
export function strict(page) {
  page.on("pageerror", (error) => assert.fail(`the page threw ${error.message}`));
  return page;
}

/** No serious or critical finding of axe below the selector; the others are returned. */
export async function accessible(page, selector, what) {
  // evaluated by the debugger, so that the page's own policy needs no hole for it
  await page.evaluate(axe);
  const { violations } = await page.evaluate((root) => globalThis.axe.run(root, { resultTypes: ["violations"] }), selector);
  const serious = violations.filter((each) => each.impact === "serious" || each.impact === "critical");
  assert.deepEqual(serious.map((each) => `${each.id}: ${each.nodes.slice(0, 4).map((node) => `${node.target} ${node.any[0]?.message ?? ""}`).join("; ")}`), [], `axe on ${what}`);
  return violations.length;
}

/** Bytes that came over the network for what `open` does: bodies as encoded, and headers. */
export async function transferred(page, open) {
  const session = await page.context().newCDPSession(page);
  await session.send("Network.enable");
  let bytes = 0;
  session.on("Network.loadingFinished", (event) => {
    bytes += event.encodedDataLength;
  });
  await open();
  await session.detach();
  return bytes;
}

export const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
