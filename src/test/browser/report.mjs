// Opens a report in Chromium, asserts what is drawn, and takes pictures.
//   node src/test/browser/report.mjs REPORT.html [--images DIR]
// Uses the front end's playwright-core; CHROMIUM says where the browser is (/usr/bin/chromium).
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { accessible, eventually, launch, painted } from "./tools.mjs";

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

// A Pod: its events as a table, its manifest.
for (const [path, task] of Object.entries(data.tasks).filter(([, each]) => each.pod).slice(0, 1)) {
  for (const colorScheme of ["light", "dark"]) {
    const opened = await tab(`#/task/${encodeURIComponent(path)}/pod`, { colorScheme });
    assert.equal(await opened.locator(".kf-panel tbody tr").count(), task.events.trimEnd().split("\n").length, "each event is a row");
    await opened.locator(".kf-panel .kf-warning").first().waitFor();
    assert.ok((await opened.locator(".kf-panel pre").innerText()).startsWith(task.pod.slice(0, 40)), "the manifest is there");
    await accessible(opened, ".kf-panel", `the Pod of ‘${path}’, ${colorScheme}`);
    await picture(opened, `task-pod-${colorScheme}`);
    await opened.context().close();
  }
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

// The critical path: tasks are marked, and a loop shows an iteration that it goes through.
{
  const opened = await tab("#/");
  await opened.getByRole("button", { name: "Critical path" }).click();
  await opened.locator(".kf-node.kf-critical").first().waitFor();
  for (const loop of roots.filter((task) => task.kind === "loop")) {
    const inside = opened.locator(`.kf-node.kf-critical[data-path^=${JSON.stringify(`${loop.key}[`)}]`);
    if ((await opened.locator(`.kf-node.kf-critical.kf-group[data-path=${JSON.stringify(loop.key)}]`).count()) > 0) {
      await eventually(async () => (await inside.count()) > 0, `the path goes through an iteration of ‘${loop.key}’ that is shown`);
    }
  }
  await opened.context().close();
}

// In motion: played from the beginning, tasks come to their ends one after the other, and the clock is that of the moment.
if (data.history.length > 20) {
  const opened = await tab("#/");
  await opened.getByRole("button", { name: "History" }).click();
  await opened.locator(".kf-history input").fill("0");
  const done = () => opened.locator(".kf-node.kf-is-succeeded, .kf-node.kf-is-cached").count();
  assert.equal(await done(), 0, "nothing has run before the start");
  await opened.getByRole("button", { name: "Play" }).click();
  const seen = [];
  const clocks = [];
  await eventually(async () => {
    seen.push(await done());
    clocks.push(await opened.locator(".kf-elapsed").innerText());
    return (await opened.locator(".kf-history input").inputValue()) === String(data.history.length);
  }, "the replay comes to its end");
  assert.ok(new Set(seen).size > 2, `tasks end one after the other, seen were ${seen}`);
  assert.ok(new Set(clocks).size > 2 && clocks[0] !== clocks.at(-1), `the clock goes along, seen was ${clocks}`);
  await opened.context().close();
}

// By keyboard alone: to a task, through its tabs, back; into the table and from it to a task.
{
  const opened = await tab("#/");
  const press = (...keys) => keys.reduce((before, key) => before.then(() => opened.keyboard.press(key)), Promise.resolve());
  const focused = (attribute) => opened.evaluate((name) => document.activeElement?.getAttribute(name), attribute);
  const reach = async (what, found) => {
    for (let i = 0; i < 60 && !(await found()); i++) {
      await press("Tab");
      const outline = await opened.evaluate(() => {
        const style = getComputedStyle(document.activeElement);
        return document.activeElement === document.body || (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0);
      });
      assert.ok(outline, `what has the focus is seen to have it: ${await opened.evaluate(() => document.activeElement.outerHTML.slice(0, 120))}`);
    }
    assert.ok(await found(), `${what} can be reached by Tab`);
  };
  await reach("the graph", async () => (await focused("role")) === "application");
  await press("ArrowDown", "ArrowDown");
  await opened.locator(".kf-node.kf-selected").waitFor();
  await eventually(
    async () => (await focused("data-path")) !== null && (await focused("aria-label")).startsWith(`${await opened.locator(".kf-panel h2").innerText()}: `),
    "the task that is selected has the focus, and says its name",
  );
  await reach("the tabs of the panel", async () => (await focused("role")) === "tab");
  await eventually(async () => (await opened.locator(".kf-panel [role=tab]").count()) > 1, "the panel has tabs");
  await press("ArrowRight");
  await eventually(async () => (await opened.locator("[role=tab][aria-selected=true]").innerText()) !== "Summary", "arrow keys go from tab to tab");
  assert.equal(await focused("aria-selected"), "true", "the focus goes along");
  await press("Escape");
  await opened.locator(".kf-panel").waitFor({ state: "detached" });
  await press("/");
  assert.equal(await focused("type"), "search");
  await opened.keyboard.type(data.state.tasks.at(-1).key);
  await press("Escape");
  await opened.goto(`${page}#/tasks`);
  await reach("a row of the table", async () => opened.evaluate(() => document.activeElement?.closest("[role=row]") !== null && document.activeElement.classList.contains("kf-link")));
  await press("Enter");
  await opened.locator(".kf-panel h2").waitFor();
  await opened.context().close();
}

// Nothing serious is found by axe, whichever view, tab, theme and width.
const withArtifacts = Object.keys(data.views).find((path) => data.views[path].length > 0);
const hashes = ["#/", "#/tasks", "#/overview", "#/spec", ...roots.slice(0, 3).flatMap((task) => [`#/task/${task.key}`, `#/task/${task.key}/log`, `#/task/${task.key}/cache`, `#/task/${task.key}/command`])];
for (const [path, artifacts] of Object.entries(data.views)) {
  if (artifacts.length > 0) hashes.push(`#/task/${encodeURIComponent(path)}/artifacts`);
}
if (withArtifacts) hashes.push(`#/task/${encodeURIComponent(withArtifacts)}/lineage`);
for (const [colorScheme, width] of [["light", 1280], ["dark", 1280], ["dark", 390]]) {
  const opened = await tab("#/", { colorScheme, viewport: { width, height: 800 } });
  for (const hash of hashes) {
    await opened.goto(page + hash);
    await opened.waitForTimeout(120);
    await accessible(opened, "#kubeflow-run", `${hash}, ${colorScheme}, ${width}`);
    assert.ok(await opened.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), `${hash} does not scroll sideways at ${width}`);
  }
  await opened.context().close();
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
