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

/** Fails on what the page throws; `foreign` names what others' scripts on it may throw. */
export function strict(page, foreign = /^$/) {
  page.on("pageerror", (error) => {
    if (!foreign.test(error.message) || /kubeflow-assets/.test(error.stack ?? "")) {
      assert.fail(`the page ${page.url()} threw ${error.message}`);
    }
  });
  return page;
}

/** No serious or critical finding of axe below the selector; `rules` switches some off. */
export async function accessible(page, selector, what, rules = {}) {
  // evaluated by the debugger, so that the page's own policy needs no hole for it
  await page.evaluate(axe);
  const { violations } = await page.evaluate(([root, rules]) => globalThis.axe.run(root, { resultTypes: ["violations"], rules }), [selector, rules]);
  const serious = violations.filter((each) => each.impact === "serious" || each.impact === "critical");
  assert.deepEqual(serious.map((each) => `${each.id}: ${each.nodes.slice(0, 4).map((node) => `${node.target} ${node.any[0]?.message ?? ""}`).join("; ")}`), [], `axe on ${what}`);
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

/** Whether a canvas has more than one colour. */
export const painted = (canvas) =>
  canvas.evaluate((element) => {
    const { data } = element.getContext("2d").getImageData(0, 0, element.width, element.height);
    const first = data.slice(0, 4).join();
    for (let i = 4; i < data.length; i += 4) {
      if (data.slice(i, i + 4).join() !== first) {
        return true;
      }
    }
    return false;
  });

/** What is drawn may come a little later than what it is drawn in. */
export async function eventually(check, message, longest = 60_000) {
  const end = Date.now() + longest;
  while (!(await check())) {
    assert.ok(Date.now() < end, message);
    await new Promise((later) => setTimeout(later, 100));
  }
}

/** As Jenkins enforces it in versions newer than our baseline. */
const POLICY = "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; base-uri 'none'; form-action 'self'; frame-ancestors 'self'";

/** Puts Jenkins' Content-Security-Policy on every page of the context; answers the list that violations come into, and errors of pages. */
export async function enforced(context) {
  const violations = [];
  await context.exposeBinding("violated", (source, text) => violations.push(`${source.page.url()}: ${text}`));
  await context.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) => {
      globalThis.violated(`${event.effectiveDirective} forbids ${event.blockedURI} at ${event.sourceFile}:${event.lineNumber} ${event.sample}`);
    });
  });
  await context.route("**/*", async (route) => {
    // by way of this process: Chromium itself gives requests up whenever a network interface of the machine comes or goes
    try {
      const response = await route.fetch({ maxRedirects: 0 });
      const policy = route.request().resourceType() === "document" ? { "content-security-policy": POLICY } : {};
      await route.fulfill({ response, headers: { ...response.headers(), ...policy } });
    } catch {
      await route.abort().catch(() => undefined); // the page has gone on
    }
  });
  return violations;
}
