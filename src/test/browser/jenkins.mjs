// Looks at the pages of a running Jenkins (./demo) in Chromium and takes pictures. They follow Jenkins' theme; a plain one is light.
//   node src/test/browser/jenkins.mjs JOB-URL [--images DIR]      such as http://127.0.0.1:8080/jenkins/job/Examples/job/iris/
// Starts runs until there are three. The job must need no login.
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { accessible, launch, strict, transferred } from "./tools.mjs";

const [job, ...options] = process.argv.slice(2);
if (!job?.endsWith("/")) {
  console.error("usage: jenkins.mjs JOB-URL/ [--images DIR]");
  process.exit(2);
}
const images = options[0] === "--images" ? options[1] : null;
const browser = await launch();

async function tab(path, settings = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 860 }, ...settings });
  const page = strict(await context.newPage());
  page.on("console", (message) => {
    if (message.type() === "error" && /Content.Security.Policy|Refused to/.test(message.text()) && !message.text().includes("about:srcdoc")) {
      assert.fail(`the page’s policy was broken: ${message.text()}`);
    }
  });
  await page.goto(job + path);
  return page;
}

async function picture(page, name) {
  if (images) {
    mkdirSync(images, { recursive: true });
    await page.waitForTimeout(500);
    await page.screenshot({ path: `${images}/${name}.png` });
  }
}

// Three runs that have ended.
const start = await tab("");
for (let tries = 0; tries < 3; tries++) {
  const last = await start.evaluate(async () => (await fetch("api/json?tree=builds[number,building]")).json());
  if (last.builds.length + tries >= 3) {
    break;
  }
  await start.evaluate(async (share) => {
    const crumb = document.head.dataset;
    const body = new URLSearchParams({ test_share: String(share), json: "{}" });
    const response = await fetch("buildWithParameters", { method: "POST", body, headers: { [crumb.crumbHeader]: crumb.crumbValue } });
    if (!response.ok && response.status !== 201) throw new Error(`cannot start a run: ${response.status}`);
  }, 0.3 + 0.1 * tries);
}
await start.waitForFunction(
  async () => {
    const { builds } = await (await fetch("api/json?tree=builds[number,building]")).json();
    return builds.length >= 3 && builds.every((build) => !build.building);
  },
  undefined,
  { timeout: 300_000, polling: 1000 },
);

const figures = [];
const graph = await tab("lastBuild/graph/");
await graph.waitForSelector(".kf-node");
await accessible(graph, "#kubeflow-run", "the run page");
await picture(graph, "jenkins-run");
const again = await transferred(graph, async () => {
  await graph.goto(`${job}lastBuild/graph/`);
  await graph.waitForSelector(".kf-node");
  await graph.waitForTimeout(1000);
});
const own = await graph.evaluate(() => performance.getEntriesByType("resource").filter((entry) => /kubeflow-assets|\/graph\/[a-z]+(\?|$)/.test(entry.name)).reduce((sum, entry) => sum + entry.transferSize, 0));
figures.push(`a finished run opened again: ${own} bytes for its page, ${again} with Jenkins’ own`);

const node = graph.locator(".kf-node:not(.kf-group)").first();
await node.click();
await graph.waitForSelector(".kf-panel h2");
await accessible(graph, "#kubeflow-run", "the task panel");

const build = await tab("lastBuild/");
assert.ok((await build.locator("#kubeflow-outputs tr").count()) > 0, "the build’s page has its outputs");
await picture(build, "jenkins-build");

const main = await tab("");
await main.waitForSelector("#kubeflow-trend canvas");
await accessible(main, "#kubeflow-trend", "the trend");
await picture(main, "jenkins-job");

const numbers = (await main.evaluate(async () => (await (await fetch("api/json?tree=builds[number]")).json()).builds.map((build) => build.number))).slice(0, 3);
const compare = await tab(`compare/?runs=${numbers.join(",")}`);
await compare.waitForSelector(".kf-compare .kf-table tbody tr");
assert.equal(await compare.locator(".kf-compare section").first().locator("tbody tr").count(), numbers.length, "a row for each run");
await compare.waitForSelector(".kf-compare canvas");
await accessible(compare, "#kubeflow-compare", "the compare page");
await picture(compare, "jenkins-compare");

for (const page of [graph, build, main, compare]) {
  await page.context().close();
}

const narrow = await tab("lastBuild/graph/", { viewport: { width: 420, height: 800 } });
await narrow.waitForSelector(".kf-node");
assert.ok(await narrow.evaluate(() => document.querySelector("#kubeflow-run").scrollWidth <= window.innerWidth), "a narrow screen does not scroll sideways");
await picture(narrow, "jenkins-run-narrow");

const korean = await tab("lastBuild/graph/", { locale: "ko-KR" });
await korean.waitForSelector(".kf-header .kf-pill");
assert.match(await korean.locator(".kf-nav").innerText(), /그래프/);
await picture(korean, "jenkins-run-korean");
await browser.close();
console.log(figures.join("\n"));
