// Opens a report in Chromium, asserts what is drawn, and takes pictures.
//   node src/test/browser/report.mjs REPORT.html [--images DIR]
// Uses the front end's playwright-core; CHROMIUM says where the browser is (/usr/bin/chromium).
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { eventually, launch, painted } from "./tools.mjs";

const [report, ...options] = process.argv.slice(2);
if (!report) {
  console.error("usage: report.mjs REPORT.html [--images DIR]");
  process.exit(2);
}
const images = options[0] === "--images" ? resolve(options[1]) : null;
const page = pathToFileURL(resolve(report)).href;
const browser = await launch();

/** A tab that fails on any error of the page and on any request that leaves it. */
async function tab(hash, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  const opened = await context.newPage();
  opened.on("pageerror", (error) => assert.fail(`the page threw ${error.message}`));
  opened.on("console", (message) => {
    // The sandbox of a user's HTML says that it blocked the user's scripts: as it should.
    if (message.type() === "error" && !message.text().includes("'about:srcdoc'")) {
      assert.fail(`the page said ${message.text()}`);
    }
  });
  opened.on("request", (request) => assert.match(request.url(), /^(file|data|about|blob):/, "a report needs no network"));
  await opened.goto(page + hash);
  await opened.waitForSelector(".kf-header h1");
  return opened;
}

async function picture(opened, name) {
  if (images) {
    mkdirSync(images, { recursive: true });
    await opened.waitForTimeout(300);
    await opened.screenshot({ path: `${images}/${name}.png` });
  }
}

const first = await tab("#/");
const data = await first.evaluate(() => JSON.parse(document.getElementById("kubeflow-data").textContent));
const label = { SUCCEEDED: "Succeeded", CACHED: "Cached", SKIPPED: "Skipped", FAILED: "Failed", CANCELED: "Cancelled", RUNNING: "Running", PENDING: "Pending", WAITING: "Waiting" };

// The graph: every task of the root DAG with its name and state.
const states = new Map(data.state.tasks.map((task) => [task.path, task]));
const roots = data.graph.dags.root.tasks;
if (roots.length <= 60) {
  await first.click("[aria-label='Fit the whole graph']");
  for (const task of roots) {
    const node = first.locator(`.kf-node[data-path=${JSON.stringify(task.key)}]`);
    await eventually(async () => (await node.count()) === 1, `node of ‘${task.key}’`);
    const spoken = await node.getAttribute("aria-label");
    const state = states.get(task.key)?.state ?? "PENDING";
    assert.ok(spoken.startsWith(`${task.name}: ${label[state]}`), `‘${task.key}’ is ${state}, the page says “${spoken}”`);
  }
}
assert.equal(await first.locator(".kf-header .kf-pill").innerText(), label[data.state.state]);
await first.reload();
await first.waitForSelector(".kf-node");
await picture(first, "run-graph-light");

// The table has every task that came into being.
const table = await tab("#/tasks");
assert.equal(await table.locator(".kf-filters [role=status]").innerText(), `${data.state.tasks.length} tasks`);

// Artifacts: what is there is drawn, charts on canvases that are not empty.
const kinds = new Set();
for (const [path, artifacts] of Object.entries(data.views)) {
  const fresh = artifacts.flatMap((artifact) => artifact.views.map((view) => view.kind)).filter((kind) => !kinds.has(kind));
  if (fresh.length === 0) {
    continue;
  }
  fresh.forEach((kind) => kinds.add(kind));
  const opened = await tab(`#/task/${encodeURIComponent(path)}/artifacts`);
  await opened.waitForSelector(".kf-artifact");
  const count = async (selector) => opened.locator(`.kf-artifact ${selector}`).count();
  for (const kind of fresh) {
    if (["roc", "confusionMatrix", "slicedMetrics"].includes(kind)) {
      const charts = opened.locator(".kf-artifact .kf-chart canvas");
      await charts.first().waitFor();
      for (const canvas of await charts.all()) {
        await eventually(() => painted(canvas), `a chart of ‘${path}’ is drawn`);
      }
    } else if (kind === "scalarMetrics") {
      assert.ok((await count(".kf-metrics dt")) > 0, "metrics are listed");
    } else if (kind === "html") {
      assert.equal(await opened.locator(".kf-html").first().getAttribute("sandbox"), "");
    } else if (kind === "markdown") {
      assert.ok((await opened.locator(".kf-markdown").first().innerText()).length > 0, "Markdown is rendered");
    } else if (kind === "table") {
      assert.ok((await count(".kf-table tbody tr")) > 0, "a table has rows");
    } else if (kind === "image") {
      assert.ok(await opened.locator(".kf-image").first().evaluate((image) => image.decode().then(() => image.naturalWidth > 0)), "an image is shown");
    }
  }
  if (fresh.includes("roc") || fresh.includes("confusionMatrix")) {
    await opened.locator(".kf-artifact .kf-chart").first().evaluate((chart) => chart.closest(".kf-artifact").scrollIntoView());
    await picture(opened, "task-artifacts-light");
  }
  assert.equal(await opened.evaluate(() => window.hacked), undefined, "nothing of strangers ran");
  await opened.context().close();
}

// A log: its last line is on the screen.
const logged = Object.entries(data.logs).find(([, log]) => log.text.trim() !== "");
if (logged) {
  const [path, attempt] = [logged[0].slice(0, logged[0].lastIndexOf("#")), logged[0].slice(logged[0].lastIndexOf("#") + 1)];
  const opened = await tab(`#/task/${encodeURIComponent(path)}/log/${attempt}`);
  await opened.waitForSelector(".kf-log-row");
  const last = logged[1].text.trimEnd().split("\n").pop().split("\r").pop().replace(/\u001b\[[0-9;]*m/g, "").slice(0, 200);
  const rows = opened.locator(".kf-log-text");
  await eventually(async () => (await rows.allInnerTexts()).some((row) => row.startsWith(last.trimEnd())), `the log ends with “${last}”`);
  assert.ok((await rows.count()) < 200, "only rows in view are drawn");
  const failed = data.state.tasks.find((task) => task.state === "FAILED" && task.attempts && data.logs[`${task.path}#1`]);
  const shown = failed ? await tab(`#/task/${encodeURIComponent(failed.path)}/log/1`, { colorScheme: "dark" }) : opened;
  await picture(shown, failed ? "task-log-dark" : "task-log-light");
}

// History: at its start nothing has run yet, at its end everything is as it was.
if (data.history.length > 0) {
  const opened = await tab("#/");
  await opened.getByRole("button", { name: "History" }).click();
  const slider = opened.locator(".kf-history input");
  await slider.fill("0");
  await opened.waitForFunction(() => !document.querySelector(".kf-node.kf-is-succeeded, .kf-node.kf-is-failed"));
  await slider.fill(String(data.history.length));
  await opened.getByRole("button", { name: "Back to now" }).click();
  await eventually(async () => (await opened.locator(".kf-header .kf-pill").innerText()) === label[data.state.state], "the run is as it was again");
}

// Narrow, dark, and nothing of strangers ran anywhere.
const overview = await tab("#/overview", { colorScheme: "dark" });
await overview.waitForTimeout(400);
await picture(overview, "run-overview-dark");
assert.ok(await overview.locator(".kf-overview").evaluate((element) => element.scrollWidth <= element.clientWidth + 1), "the overview goes down, not to the side");
const narrow = await tab("#/", { viewport: { width: 420, height: 800 } });
assert.ok(await narrow.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), "a narrow screen does not scroll sideways");
for (const opened of [first, table, overview, narrow]) {
  assert.equal(await opened.evaluate(() => window.hacked), undefined, "nothing of strangers ran");
}
const paint = await first.evaluate(() => performance.getEntriesByName("first-contentful-paint")[0]?.startTime);
await browser.close();
console.log(`${roots.length} root tasks, ${data.state.tasks.length} tasks, views: ${[...kinds].sort().join(", ") || "none"}; first contentful paint ${Math.round(paint)} ms`);
