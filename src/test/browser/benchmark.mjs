// The figures of docs/performance.md, "Pages": reports and a small server of the page's documents, in Chromium.
//   node src/test/browser/benchmark.mjs [DIR with the built front end: target/frontend]
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { join, resolve } from "node:path";
import { tmpdir } from "node:os";
import { fileURLToPath, pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { launch, median, strict, transferred } from "./tools.mjs";

const built = resolve(process.argv[2] ?? "target/frontend");
const fixture = fileURLToPath(new URL("../../main/frontend/test/fixture.mjs", import.meta.url));
const jar = fileURLToPath(new URL("../../../target/engine/kubeflow-pipelines-engine.jar", import.meta.url));
const thousand = fileURLToPath(new URL("../pipelines/thousand.yaml", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "pages-"));
const rows = [];
const row = (what, value, wanted) => {
  rows.push(`| ${what} | ${value} | ${wanted} |`);
  console.log(`${what}: ${value} (wanted: ${wanted})`);
};

function report(shape, count) {
  const file = join(folder, `${shape}-${count ?? ""}.html`);
  const made = spawnSync(process.execPath, [fixture, shape, file, ...(count ? [String(count)] : [])], { stdio: "inherit" });
  if (made.status !== 0) {
    process.exit(1);
  }
  return pathToFileURL(file).href;
}

const browser = await launch();

/** Frames while something goes on, as frames a second and the longest of them. */
const frames = (page, action) =>
  page.evaluate(
    ([name]) =>
      new Promise((done) => {
        const graph = document.querySelector(".kf-graph") ?? document.body;
        const box = graph.getBoundingClientRect();
        const times = [];
        const start = performance.now();
        const step = (now) => {
          times.push(now);
          const t = now - start;
          name !== "nothing" && graph.dispatchEvent(
            name === "zoom"
              ? new WheelEvent("wheel", { deltaY: Math.sin(t / 300) * 60, ctrlKey: true, clientX: box.x + 400, clientY: box.y + 300, bubbles: true, cancelable: true })
              : new WheelEvent("wheel", { deltaX: Math.sin(t / 400) * 30, deltaY: Math.cos(t / 400) * 20, bubbles: true, cancelable: true }),
          );
          if (t < 3000) {
            requestAnimationFrame(step);
          } else {
            const gaps = times.slice(1).map((time, i) => time - times[i]);
            done({ count: gaps.length, fps: (1000 * gaps.length) / (times.at(-1) - times[0]), longest: Math.max(...gaps) });
          }
        };
        requestAnimationFrame(step);
      }),
    [action],
  );

/** Milliseconds of a processor that the page's main thread has used: what a machine with nothing else to do would wait for. */
const used = async (page) => 1000 * (await page.session.send("Performance.getMetrics")).metrics.find((each) => each.name === "TaskDuration").value;

async function opened(url, ready) {
  const page = strict(await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage());
  page.session = await page.context().newCDPSession(page);
  await page.session.send("Performance.enable", { timeDomain: "threadTicks" });
  await page.goto(url);
  await page.waitForSelector(ready);
  return page;
}

/** A run's documents over HTTP, as the live page and Jenkins serve them. */
async function served(shape, log = Buffer.alloc(0), count = undefined) {
  const html = readFileSync(new URL(report(shape, count)), "utf8");
  const data = JSON.parse(/<script type="application\/json" id="kubeflow-data">(.*?)<\/script>/s.exec(html)[1]);
  const server = createServer((request, response) => serve(request, response, data, log)).listen(0, "127.0.0.1");
  await new Promise((listening) => server.once("listening", listening));
  server.unref();
  return { data, base: `http://127.0.0.1:${server.address().port}/` };
}

// A graph of 1 000 tasks.
{
  const url = (await served("large")).base;
  const paints = [];
  const costs = [];
  let page;
  for (let i = 0; i < 5; i++) {
    await page?.context().close();
    page = await opened(url, ".kf-node");
    await page.waitForFunction(() => performance.getEntriesByName("first-contentful-paint").length > 0);
    paints.push(await page.evaluate(() => performance.getEntriesByName("first-contentful-paint")[0].startTime));
    costs.push(await used(page));
  }
  row("graph of 1 000 tasks: first contentful paint, median of 5", `${Math.round(median(paints))} ms (${Math.round(Math.min(...paints))}–${Math.round(Math.max(...paints))})`, "under 1 000 ms");
  row("the same: processor time of the page's main thread until then", `${Math.round(median(costs))} ms`, "under 1 000 ms");
  for (const action of ["pan", "zoom"]) {
    const before = await used(page);
    const { fps, longest, count } = await frames(page, action);
    const cost = ((await used(page)) - before) / count;
    row(`the same: ${action}`, `${Math.round(fps)} frames/s, longest ${Math.round(longest)} ms; ${cost.toFixed(1)} ms of a processor a frame`, "50 frames/s (20 ms)");
  }
  await page.context().close();
}

// A change of one task, from the moment the server knows of it to the moment it is drawn; and what that costs, by the size of the graph.
{
  const waits = [];
  const costs = {};
  for (const count of [100, 1000]) {
    const { data, base } = await served("large", undefined, count);
    Object.assign(data.state, { state: "RUNNING", ended: null });
    const page = await opened(base, ".kf-node[data-path=task-0]");
    await page.waitForTimeout(2500);
    const idle = await used(page);
    await page.waitForTimeout(4000);
    const poll = ((await used(page)) - idle) / 4;
    const spent = [];
    for (let i = 0; i < 10; i++) {
      const state = i % 2 === 0 ? "FAILED" : "SUCCEEDED";
      const seen = page.evaluate(
        (name) =>
          new Promise((done) => {
            const node = document.querySelector(".kf-node[data-path=task-0]");
            new MutationObserver((_, observer) => {
              if (node.classList.contains(`kf-is-${name}`)) {
                observer.disconnect();
                requestAnimationFrame(() => done(Date.now()));
              }
            }).observe(node, { attributes: true });
          }),
        state.toLowerCase(),
      );
      await page.waitForTimeout(137 * i);
      const before = await used(page);
      const changed = Date.now();
      data.delta = { ...data.state, version: data.state.version + i + 1, now: new Date().toISOString(), tasks: [{ ...data.state.tasks[0], state }] };
      waits.push((await seen) - changed);
      await page.waitForTimeout(100);
      spent.push((await used(page)) - before - (poll * (Date.now() - changed)) / 1000);
    }
    costs[count] = median(spent);
    await page.context().close();
  }
  row("a change of a task: from the server's knowing to the screen, median of 20", `${Math.round(median(waits))} ms, at most ${Math.round(Math.max(...waits))} ms`, "under 1 000 ms");
  row("the same: processor time of the main thread, one task of 100, one of 1 000", `${costs[100].toFixed(1)} ms, ${costs[1000].toFixed(1)} ms`, "with the change, not the graph");
}

// A loop of 10 000 iterations.
{
  const url = (await served("loop")).base;
  const start = Date.now();
  const page = await opened(`${url}#/task/sweep`, ".kf-grid canvas");
  const shown = Date.now() - start;
  const grid = page.locator(".kf-panel .kf-grid canvas").last();
  const box = await grid.boundingBox();
  const picks = [];
  for (let i = 0; i < 5; i++) {
    await page.goto(`${url}#/task/sweep`);
    await page.waitForSelector(".kf-panel .kf-grid canvas");
    const before = await page.evaluate(() => performance.now());
    await grid.click({ position: { x: box.width * (0.2 + 0.1 * i), y: 20 } });
    await page.waitForFunction(() => /sweep%5B\d+%5D/.test(location.hash) && /\[\d+\]/.test(document.querySelector(".kf-panel h2")?.textContent ?? ""));
    picks.push((await page.evaluate(() => performance.now())) - before);
  }
  row("loop of 10 000 iterations: opened with its grid", `${shown} ms`, "usable");
  row("the same: from a click on an iteration to its panel, median of 5", `${Math.round(median(picks))} ms`, "usable");
  await page.goto(`${url}#/tasks`);
  const before = Date.now();
  await page.waitForSelector(".kf-filters [role=status]");
  row("the same: task table", `${Date.now() - before} ms`, "usable");
  await page.context().close();
}

// A log of 100 MB.
{
  const line = "2026-01-01T00:00:00Z \u001b[32mINFO\u001b[0m step 123456 loss 0.1234 accuracy 0.9876 ........................\n";
  const log = Buffer.from(line.repeat(Math.ceil((100 << 20) / line.length)));
  const { data, base } = await served("standard", log);
  const task = data.state.tasks.find((each) => each.attempts).path;
  const start = Date.now();
  const page = await opened(`${base}#/task/${encodeURIComponent(task)}/log/1`, ".kf-log-row");
  row("log of 100 MB: its end on screen", `${Date.now() - start} ms`, "no hang");
  const all = Date.now();
  await page.getByRole("button", { name: /^All/ }).click();
  await page.getByRole("button", { name: /^All/ }).waitFor({ state: "detached", timeout: 120_000 });
  row("the same: all of it loaded", `${Date.now() - all} ms`, "no hang");
  const longest = await page.evaluate(
    () =>
      new Promise((done) => {
        const rows = document.querySelector(".kf-log-rows");
        const gaps = [];
        let last = performance.now();
        const begin = last;
        const step = (now) => {
          gaps.push(now - last);
          last = now;
          rows.scrollTop = rows.scrollHeight * Math.abs(Math.sin(now / 700));
          now - begin < 3000 ? requestAnimationFrame(step) : done(gaps.length / 3);
        };
        requestAnimationFrame(step);
      }),
  );
  row("the same: scrolled through", `${Math.round(longest)} frames/s`, "no hang");
  const found = Date.now();
  await page.locator(".kf-log-tools input").fill("step 123456");
  await page.waitForSelector(".kf-hit");
  row("the same: searched, first 10 000 hits", `${Date.now() - found} ms`, "no hang");
  const searching = frames(page, "nothing");
  const none = Date.now();
  await page.locator(".kf-log-tools input").fill("nowhere to be found");
  await page.locator(".kf-log-tools [role=status]", { hasText: "not found" }).waitFor();
  const took = Date.now() - none;
  row("the same: searched to its end for what is not there", `${took} ms, longest frame meanwhile ${Math.round((await searching).longest)} ms`, "no hang");
  await page.context().close();
}

for (const name of ["report", "runs"]) {
  const size = gzipSync(readFileSync(join(built, `${name}.js`)), { level: 9 }).length + gzipSync(readFileSync(join(built, `${name}.css`)), { level: 9 }).length;
  row(`bundle of ${name === "report" ? "the run page" : "compare and trend"}, gzipped`, `${Math.round(size / 1024)} KB`, "under 350 KB");
}
// A finished run opened twice in one browser.
{
  const { base } = await served("standard");
  const page = await opened(base, ".kf-node");
  const again = await transferred(page, async () => {
    await page.goto("about:blank");
    await page.goto(base);
    await page.waitForSelector(".kf-node");
    await page.waitForTimeout(500);
  });
  row("a finished run opened a second time: transferred", `${again} bytes`, "under 5 KB");
}
// What the server needs for the page of a run of a thousand tasks and its loop, the first time and when it is known.
if (existsSync(jar)) {
  const run = join(folder, "run");
  spawnSync("java", ["-jar", jar, "run", thousand, "--out", run, "--quiet", "--no-cache"], { stdio: "ignore" });
  const server = spawn("java", ["-jar", jar, "watch", run, "--port", "0"], { stdio: ["ignore", "pipe", "pipe"] });
  const base = await new Promise((found, failed) => {
    let said = "";
    const hear = (text) => {
      said += text;
      const match = /http:\/\/127\.0\.0\.1:\d+\//.exec(said);
      match && found(match[0]);
    };
    server.stdout.on("data", hear);
    server.stderr.on("data", hear);
    server.on("exit", () => failed(new Error(`no live page:\n${said}`)));
  });
  const all = async () => {
    const start = performance.now();
    for (const document of ["", "graph", "state?since=0"]) {
      await (await fetch(base + document)).arrayBuffer();
    }
    return performance.now() - start;
  };
  // user and system time of all threads, in hundredths of a second
  const processor = () => readFileSync(`/proc/${server.pid}/stat`, "utf8").split(" ").slice(13, 15).reduce((sum, ticks) => sum + 10 * Number(ticks), 0);
  const first = await all();
  const later = [];
  for (let i = 0; i < 5; i++) {
    await all();
  }
  const before = processor();
  for (let i = 0; i < 10; i++) {
    later.push(await all());
  }
  row("run of 2 001 tasks: page, graph and state from the server just started; later, median of 10", `${Math.round(first)} ms; ${Math.round(median(later))} ms, ${Math.round((processor() - before) / 10)} ms of processors`, "under 300 ms");
  server.removeAllListeners("exit");
  server.kill();
}
await browser.close();
console.log(`\n| What | Measured | Wanted |\n|---|---|---|\n${rows.join("\n")}`);
process.exit(0);

function serve(request, response, data, log) {
  const url = new URL(request.url, "http://x");
  const send = (type, body) => {
    const tag = `"${createHash("sha256").update(body).digest("hex").slice(0, 24)}"`;
    response.writeHead(request.headers["if-none-match"] === tag ? 304 : 200, { "Content-Type": type, ETag: tag, "Cache-Control": "private, no-cache" });
    response.end(request.headers["if-none-match"] === tag ? undefined : body);
  };
  const asset = /^\/assets\/(report\.(?:js|css))$/.exec(url.pathname);
  if (url.pathname === "/") {
    send("text/html", '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>run</title><link rel="stylesheet" href="assets/report.css"></head><body><div id="kubeflow-run" data-base="./"></div><script src="assets/report.js"></script></body></html>');
  } else if (asset) {
    send(asset[1].endsWith("css") ? "text/css" : "text/javascript", readFileSync(join(built, asset[1])));
  } else if (url.pathname === "/log") {
    const start = Number(url.searchParams.get("start"));
    const from = start < 0 ? Math.max(0, log.length + start) : Math.min(start, log.length);
    const end = Math.min(log.length, from + 512 * 1024);
    response.writeHead(200, { "Content-Type": "text/plain", "X-Text-Size": end, "X-More-Data": end < log.length });
    response.end(log.subarray(from, end));
  } else {
    const path = url.searchParams.get("path");
    const since = Number(url.searchParams.get("since") ?? 0);
    if (url.pathname === "/state" && since > 0 && !(data.delta?.version > since)) {
      response.writeHead(304).end();
      return;
    }
    if (url.pathname === "/state" && since > 0) {
      send("application/json", JSON.stringify(data.delta));
      return;
    }
    const document = { "/graph": data.graph, "/state": data.state, "/task": data.tasks[path], "/views": data.views[path], "/history": data.history }[url.pathname];
    send("application/json", JSON.stringify(document ?? null));
  }
}
