// The pages of a real Jenkins in Chromium, under the Content-Security-Policy that newer versions of Jenkins enforce: a run started by its
// form and watched to its end, every kind of artifact, a retry, lineage, a comparison, the registry; hostile names, themes, languages.
//   node src/test/browser/jenkins.mjs [--images DIR] [JENKINS-URL/]      without a URL it starts a Jenkins of its own (jenkins-start.mjs)
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startJenkins } from "./jenkins-start.mjs";
import { accessible, enforced, eventually, launch, painted, strict, transferred } from "./tools.mjs";

const options = process.argv.slice(2);
const images = options[0] === "--images" ? options.splice(0, 2)[1] : null;
const started = Date.now();
const jenkins = options[0] ?? (await startJenkins());
const up = Date.now();
const gates = mkdtempSync(join(tmpdir(), "pages-"));
const experiment = `${jenkins}job/Gallery/`;
const job = `${experiment}job/gallery/`;
const browser = await launch();
const violations = [];
const figures = [];

async function tab(address, settings = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 860 }, locale: "en-US", ...settings });
  violations.push(await enforced(context));
  // Jenkins' list of builds does not catch that its request ends with its page
  const page = strict(await context.newPage(), /^Failed to fetch$/);
  page.setDefaultTimeout(60_000);
  await page.goto(address);
  return page;
}

/** What a page looks like with the variables of Jenkins' dark theme plugin, which sets the same attribute. */
const DARK = `[data-theme=dark] { --background: #1b1b21; --text-color: #e8e8ee; --text-color-secondary: #b2b2c0; --card-background: #24242c; --card-border-color: #3a3a46;
  --jenkins-border-color: #3a3a46; --accent-color: #7ba7ff; --link-color: #8ab0ff; --input-color: #1f1f26; --input-border: #4a4a58; --table-background: #2a2a33;
  --table-body-background: #212128; --table-body-foreground: #e8e8ee; --header-background: #0f0f14; --breadcrumbs-bar-background: #212128; --button-background: #2f2f3a;
  --button-background--hover: #383845; --panel-header-bg-color: #24242c; --pane-text-color: #e8e8ee; --item-background--hover: #2f2f3a; --item-background--active: #34343f;
  color-scheme: dark; }`;

/** The page is accessible and fits in both themes; pictures of both when they are wanted. */
async function look(page, name, root, rules = {}) {
  for (const theme of ["light", "dark"]) {
    await page.evaluate(([dark, css]) => {
      document.getElementById("kubeflow-test-dark")?.remove();
      if (dark) {
        const style = Object.assign(document.createElement("style"), { id: "kubeflow-test-dark", textContent: css });
        document.head.append(style);
        document.documentElement.dataset.theme = "dark";
      } else {
        delete document.documentElement.dataset.theme;
      }
    }, [theme === "dark", DARK]);
    await page.waitForTimeout(250);
    if (root) {
      // colours of what is Jenkins' own are Jenkins' own
      await accessible(page, root, `${name}, ${theme}`, root.startsWith("#kubeflow-") || root.startsWith(".kf") ? {} : { "color-contrast": { enabled: false }, ...rules });
    }
    if (images) {
      mkdirSync(images, { recursive: true });
      await page.screenshot({ path: join(images, `${name}-${theme}.png`) });
    }
  }
  await page.evaluate(() => {
    document.getElementById("kubeflow-test-dark")?.remove();
    delete document.documentElement.dataset.theme;
  });
  assert.equal(await page.evaluate(() => window.hacked), undefined, `${name}: nothing of strangers ran`);
}

const node = (page, path, state) => page.locator(`.kf-node.kf-is-${state}[data-path=${JSON.stringify(path)}]`).waitFor();
const field = (page, name) => page.locator(`div[name=parameter]:has(> input[value=${JSON.stringify(name)}])`);
const open = (name) => writeFileSync(join(gates, name), "");

// The form: a field for each type, checked as one types.
const form = await tab(experiment);
await form.getByRole("link", { name: "New run" }).first().click();
await field(form, "size").locator("input[type=number]").waitFor();
assert.deepEqual(await field(form, "colour").locator("option").allInnerTexts(), ["red", "green", "blue"]);
assert.equal(await field(form, "careful").locator("input[type=checkbox]").count(), 1, "a boolean is a switch");
assert.equal(await field(form, "items").locator("textarea").inputValue(), "[1,2,3]");
assert.equal(await field(form, "share").locator("input[name=value]").inputValue(), "0.8");
const refused = form.locator(".error", { hasText: 'is NUMBER_DOUBLE, got "much"' });
await eventually(async () => {
  // Jenkins' scripts listen a little after the page is there
  await field(form, "share").locator("input[name=value]").fill("0.7");
  await field(form, "share").locator("input[name=value]").fill("much");
  await field(form, "share").locator("input[name=value]").blur();
  return refused.first().waitFor({ timeout: 5000 }).then(() => true, async () => {
    // Jenkins asks for one check after the other, and for none any more once an answer got lost
    await form.reload();
    return false;
  });
}, "a wrong value is refused as it is typed");
await field(form, "share").locator("input[name=value]").fill("much");
await form.getByRole("button", { name: "Start" }).click();
await form.locator("#kubeflow-refused").waitFor();
assert.equal(await field(form, "share").locator("input[name=value]").inputValue(), "much", "what was typed is still there");
await refused.first().waitFor();
await eventually(async () => (await refused.count()) === 1, "the problem stands beside its field once");
await look(form, "new-run-refused", "form[name=run]");
await field(form, "share").locator("input[name=value]").fill("0.9");
await field(form, "folder").locator("input[name=value]").fill(gates);
await look(form, "new-run", "form[name=run]");
await form.getByRole("button", { name: "Plan" }).click();
const planned = form.locator("#plan tbody tr");
await planned.first().waitFor();
assert.ok((await planned.allInnerTexts()).some((line) => /^draw\s/.test(line)), "the plan names the tasks");
await look(form, "plan", "#main-panel");
await form.getByRole("button", { name: "Start" }).click();
await form.waitForURL(job);

// Watched live to its end, which is a failure after a retry.
await eventually(async () => (await fetch(`${job}1/graph/state?since=0`)).ok, "the run begins");
const live = await tab(`${job}1/graph/`);
await node(live, "wait", "running");
await node(live, "draw", "succeeded");
await node(live, "careful", "skipped");
await live.locator(".kf-node[data-path=mend]").click();
await live.locator(".kf-why", { hasText: "Waits for wait." }).waitFor();
await live.locator(".kf-node[data-path=wait]").click();
await live.locator(".kf-panel").getByRole("tab", { name: "Log" }).click();
await live.locator(".kf-log-text", { hasText: "waiting for go" }).waitFor();
await look(live, "run-live", "#kubeflow-run");
open("go");
await live.locator(".kf-log-text", { hasText: "<script>window.hacked=1</script>" }).waitFor();
await live.locator(".kf-node[data-path=mend] .kf-node-info", { hasText: "attempt 2 of 2" }).or(live.locator(".kf-node.kf-is-failed[data-path=mend]")).first().waitFor();
await live.locator(".kf-header .kf-pill.kf-is-failed").waitFor();
await node(live, "mend", "failed");
await live.locator(".kf-node[data-path=mend]").click();
await live.locator(".kf-panel td", { hasText: "CPU" }).first().waitFor();
await look(live, "run-failed", "#kubeflow-run");

// Keyboard, search, history, critical path.
await live.keyboard.press("Escape");
await live.locator(".kf-graph").focus();
await live.keyboard.press("ArrowDown");
await live.locator(".kf-node.kf-selected").waitFor();
await live.keyboard.press("/");
await live.keyboard.type("mend");
await eventually(async () => (await live.locator(".kf-node.kf-found").count()) === 1, "the search finds one task");
await live.keyboard.press("Escape");
await live.getByRole("button", { name: "Critical path" }).click();
await eventually(async () => (await live.locator(".kf-node.kf-critical").count()) >= 3, "the critical path is marked");
await live.getByRole("button", { name: "History" }).click();
await live.locator(".kf-history input").fill("0");
await live.waitForFunction(() => !document.querySelector(".kf-node.kf-is-succeeded, .kf-node.kf-is-failed"));
await live.getByRole("button", { name: "Back to now" }).click();
await node(live, "mend", "failed");

// Every kind of artifact, drawn.
const artifacts = await tab(`${job}1/graph/#/task/draw/artifacts`, { viewport: { width: 1280, height: 1100 } });
const drawn = (name) => artifacts.locator(".kf-artifact").filter({ has: artifacts.locator(`h3:text-matches("^${name} ")`) });
const says = async (name, selector, text) => drawn(name).locator(selector).filter({ hasText: text }).first().waitFor();
await says("metrics", ".kf-metrics dd", /^0\.9$/);
for (const name of ["classes", "slices"]) {
  await drawn(name).locator("canvas").first().waitFor();
  for (const canvas of await drawn(name).locator("canvas").all()) {
    await eventually(() => painted(canvas), `a chart of ‘${name}’ is drawn`);
  }
}
assert.equal(await drawn("classes").locator(".kf-chart").count(), 2, "a matrix and a curve");
await says("slices", "tbody th", "north");
assert.equal(await drawn("page").locator("iframe").getAttribute("sandbox"), "");
assert.match(await drawn("page").locator("iframe").contentFrame().locator("body").innerText(), /^Result\s+share 0\.9$/, "HTML is shown, its script did not run");
await says("notes", ".kf-markdown h1", "Findings");
await says("notes", ".kf-markdown td", "a");
assert.equal(await drawn("notes").locator("a[href^=javascript]").count(), 0, "no link runs anything");
assert.equal(await drawn("table").locator("tbody tr").count(), 50, "a page of rows");
await drawn("table").getByRole("button", { name: "score" }).click();
await drawn("table").getByRole("button", { name: "score" }).click();
assert.match(await drawn("table").locator("tbody tr").first().innerText(), /0\.981$/, "sorted by numbers, downwards");
await drawn("table").getByRole("button", { name: "Next" }).click();
await says("table", ".kf-pager", "2 / 3");
await says("tabs", "tbody td", "city 1");
await says("lines", "thead th", "loss");
await says("tree", ".kf-json", "layers");
for (const name of ["picture", "drawing"]) {
  assert.ok(await drawn(name).locator("img").evaluate((image) => image.decode().then(() => image.naturalWidth > 100)), `‘${name}’ is shown`);
}
await says("words", "pre", "<script>window.hacked=1</script>");
await says("model", "a", "Download");
await drawn("folder").getByRole("button", { name: "deep/" }).click();
await drawn("folder").getByRole("button", { name: "plain.txt" }).click();
await says("folder", "pre", "deep words");
await drawn("folder").getByRole("button", { name: "readme.md" }).click();
await says("folder", ".kf-markdown em", "hello");
await says("legacy", ".kf-markdown h1", "From version 1");
await drawn("legacy").locator("canvas").first().waitFor();
await drawn("classes").evaluate((element) => element.scrollIntoView());
await look(artifacts, "artifacts", ".kf-panel");

// Retry from where it failed: what had finished is kept.
open("mended");
const retry = await tab(`${job}1/retry/`);
await look(retry, "retry", "form[name=retry]");
await retry.getByRole("button", { name: "Retry" }).last().click();
await retry.waitForURL(`${job}1/graph/`);
await retry.locator(".kf-header .kf-pill.kf-is-succeeded").waitFor();
await node(retry, "mend", "succeeded");

// Two runs of another job: one with other parameters, one whose steps come from the cache.
const runs = await tab(experiment);
async function start(name, parameters) {
  await runs.evaluate(async ([address, values]) => {
    const crumb = document.head.dataset;
    const response = await fetch(`${address}buildWithParameters`, { method: "POST", body: new URLSearchParams(values), headers: { [crumb.crumbHeader]: crumb.crumbValue } });
    if (!response.ok) throw new Error(`cannot start a run: ${response.status}`);
  }, [`${experiment}job/${name}/`, { folder: gates, ...parameters }]);
}
async function ended(address) {
  await eventually(async () => (await (await fetch(`${address}api/json?tree=result`).catch(() => new Response("{}"))).json().catch(() => ({}))).result === "SUCCESS", `${address} succeeds`);
}
await start("other", { share: "0.6", colour: "blue" });
await ended(`${experiment}job/other/1/`);
await start("gallery", { share: "0.6", colour: "blue" });
await ended(`${job}2/`);
const lineage = await tab(`${job}2/graph/#/task/draw/lineage`);
await lineage.locator(".kf-origin a", { hasText: "other #1" }).waitFor();
assert.match(await lineage.locator(".kf-elsewhere").first().innerText(), /other #1/);
await look(lineage, "lineage", ".kf-panel");
await lineage.locator(".kf-lineage .kf-link", { hasText: "use" }).first().click();
await lineage.waitForURL(/#\/task\/use\/lineage$/);
await lineage.goto(`${job}2/graph/#/task/draw/cache`);
await lineage.locator(".kf-panel-body", { hasText: "Taken from the cache" }).waitFor();

// A run that goes on tells how much is left, by what the earlier ones took.
const later = mkdtempSync(join(tmpdir(), "pages-"));
await start("other", { share: "0.6", colour: "blue", folder: later });
await eventually(async () => (await fetch(`${experiment}job/other/2/graph/state?since=0`)).ok, "the run begins");
const left = await tab(`${experiment}job/other/2/graph/`);
await left.locator(".kf-left", { hasText: /left|about to end/ }).waitFor();
["go", "mended"].forEach((name) => writeFileSync(join(later, name), ""));
await left.locator(".kf-header .kf-pill.kf-is-succeeded").waitFor();
assert.equal(await left.locator(".kf-left").count(), 0, "nothing is left of a run that is over");

// The experiment's table leads to the comparison.
await runs.reload();
await eventually(async () => (await runs.locator("input[name=run]").count()) === 4, "the table has all runs");
const columns = () => runs.locator("thead th").allInnerTexts();
assert.ok((await columns()).some((title) => title.trim() === "accuracy") && (await columns()).some((title) => title.trim() === "loss"), "metrics are columns as long as nobody chose");
await look(runs, "experiment", "#main-panel");
await runs.goto(`${experiment}?column=none`);
assert.ok(!(await columns()).some((title) => title.trim() === "accuracy"), "no columns when none were chosen");
await runs.goto(experiment);
for (const box of (await runs.locator("input[name=run]").all()).slice(1)) {
  await box.check();
}
await runs.getByRole("button", { name: "Compare" }).click();
await runs.waitForURL(/compare\/\?runs=[^,]+,[^,]+,[^,]+$/);
const section = (title) => runs.locator(".kf-compare section").filter({ has: runs.locator(`h2:text-is("${title}")`) });
await section("Parameters").locator("tbody th").first().waitFor();
assert.deepEqual(await section("Parameters").locator("tbody th").allInnerTexts(), ["share", "colour"], "only what differs");
await section("Metrics").locator("tr", { hasText: "accuracy" }).locator(".kf-best", { hasText: "0.9" }).waitFor();
await section("Metrics").locator("tr", { hasText: "loss" }).locator(".kf-best", { hasText: "0.1" }).waitFor();
for (const title of ["Parameters and metrics together", "ROC curves", "Confusion matrices"]) {
  await eventually(() => painted(section(title).locator("canvas").first()), `${title} are drawn`);
}
assert.equal(await section("Confusion matrices").locator(".kf-chart").count(), 3, "a matrix for each run");
await look(runs, "compare", "#kubeflow-compare");
const content = (name) => section("Artifacts").getByRole("button", { name: `Compare the content of draw/${name}` });
await content("words").click();
await section("Artifacts").locator(".kf-line-added, .kf-line-removed").filter({ hasText: "share is" }).first().waitFor();
await content("picture").click();
await section("Artifacts").locator(".kf-beside img").nth(1).waitFor();
await section("Artifacts").getByRole("button", { name: "Difference", exact: true }).click();
assert.ok(await section("Artifacts").locator(".kf-stacked img").last().evaluate((image) => image.decode().then(() => getComputedStyle(image).mixBlendMode === "difference")));
await section("Artifacts").locator(".kf-stacked").evaluate((element) => element.scrollIntoView({ block: "center" }));
await look(runs, "compare-artifacts", "#kubeflow-compare");

// The job's, build's, recurring runs' and registry's pages. Lists of Jenkins have no name, and its help comes after its fields.
const FORM = { "select-name": { enabled: false }, tabindex: { enabled: false }, label: { enabled: false } };
for (const [address, name, root, ready, rules] of [
  [job, "job", "#kubeflow-trend", "#kubeflow-trend canvas"],
  [`${job}2/`, "build", "#kubeflow-outputs", "#kubeflow-outputs tr"],
  [`${job}2/graph/#/overview`, "overview", "#kubeflow-run", ".kf-overview canvas"],
  [`${job}recurring-runs/`, "recurring-runs", "#recurring-runs", "#recurring-runs td"],
  [`${job}new-run/?from=2`, "clone", "form[name=run]", "div[name=parameter]"],
  [`${job}recurring-runs/new`, "recurring-run", "#main-panel form", "input[name='_.name']", FORM],
  [`${experiment}recurring-runs/`, "experiment-recurring-runs", "#recurring-runs", "#recurring-runs td"],
  [`${jenkins}kubeflow-pipelines/upload`, "upload", "form[name=upload]", "textarea[name=text]"],
  [`${job}2/graph/#/tasks`, "tasks", "#kubeflow-run", ".kf-task-row"],
  [`${jenkins}kubeflow-pipelines/pipeline/gallery/create/`, "create-job", "form[name=create]", "select[name=version]", FORM],
  [`${jenkins}kubeflow-pipelines/`, "registry", "#main-panel", "#kubeflow-pipelines td"],
  [`${jenkins}kubeflow-pipelines/pipeline/gallery/`, "pipeline", "#main-panel", "#kubeflow-versions td"],
  [`${jenkins}kubeflow-pipelines/pipeline/gallery/version/v2/`, "version", "#main-panel", "#kubeflow-spec"],
  [`${jenkins}kubeflow-pipelines/pipeline/gallery/version/v2/graph/`, "version-graph", "#kubeflow-run", ".kf-node"],
  [`${jenkins}kubeflow-pipelines/pipeline/gallery/diff/?from=v1&to=v2`, "versions-diff", "#kubeflow-versions-diff", ".kf-line-added"],
]) {
  const page = await tab(address);
  await page.locator(ready).first().waitFor();
  // Jenkins' bar of buttons is wider than its form
  assert.ok(root.includes("form") || await page.locator(root).evaluate((element) => [element, ...element.querySelectorAll(".kf-overview")].every((each) => each.scrollWidth <= each.clientWidth + 1)), `${name} does not scroll sideways`);
  await look(page, name, root, rules);
  await page.context().close();
}

// What a finished run costs the second time; narrow screens; languages; no scripts.
const again = await tab(`${job}2/graph/`);
await again.waitForSelector(".kf-node");
await again.context().unrouteAll(); // a routed page is never taken from the browser's cache
const all = await transferred(again, async () => {
  await again.goto(`${job}2/graph/`);
  await again.waitForSelector(".kf-node");
  await again.waitForTimeout(1000);
});
const own = await again.evaluate(() => performance.getEntriesByType("resource").filter((entry) => /kubeflow-assets|\/graph\/[a-z]+(\?|$)/.test(entry.name)).reduce((sum, entry) => sum + entry.transferSize, 0));
assert.ok(own < 5000, `a finished run opened again transfers ${own} bytes`);
figures.push(`a finished run opened again: ${own} bytes for its page, ${all} with Jenkins’ own`);
for (const [address, root] of [[`${job}2/graph/`, "#kubeflow-run"], [`${experiment}compare/`, "#kubeflow-compare"], [experiment, "#main-panel"], [`${job}new-run/`, "#main-panel"], [`${job}recurring-runs/`, "#main-panel"], [`${experiment}recurring-runs/`, "#main-panel"], [`${jenkins}kubeflow-pipelines/pipeline/gallery/`, "#main-panel"], [`${jenkins}kubeflow-pipelines/`, "#main-panel"]]) {
  const narrow = await tab(address, { viewport: { width: 420, height: 800 } });
  await narrow.waitForSelector(root);
  assert.ok(await narrow.evaluate((selector) => document.querySelector(selector).getBoundingClientRect().width <= window.innerWidth && document.documentElement.scrollWidth <= window.innerWidth, root), `${address} fits a narrow screen`);
  if (images && root === "#kubeflow-run") {
    await narrow.waitForSelector(".kf-node");
    await narrow.screenshot({ path: join(images, "run-narrow.png") });
  }
  await narrow.context().close();
}
for (const [locale, graph, runNow] of [["ko-KR", /그래프/, "실행 시작"], ["de-DE", /Verlauf/, "Lauf starten"]]) {
  const page = await tab(`${job}2/graph/`, { locale });
  await page.locator(".kf-nav", { hasText: graph }).waitFor();
  await page.goto(`${job}new-run/`);
  await page.getByRole("button", { name: runNow }).waitFor();
  await page.context().close();
}
for (const [language, help] of [["ko", "놓칩니다"], ["de", "versäumt"], ["en", "are missed"]]) {
  const text = await (await fetch(`${jenkins}descriptor/io.jenkins.plugins.kubeflow.recurring.RecurringRun/help/catchUp`, { headers: { "accept-language": language } })).text();
  assert.ok(text.includes(help), `help in ‘${language}’ is ${text}`);
}
const plain = await tab(`${job}2/graph/`, { javaScriptEnabled: false });
assert.ok((await plain.locator("#kubeflow-tasks tbody tr").count()) >= 8, "without scripts there is a table of the tasks");

await browser.close();
const broken = violations.flat();
assert.deepEqual([...new Set(broken)], [], "nothing breaks the Content-Security-Policy");
console.log(`${figures.join("\n")}\nJenkins was up after ${Math.round((up - started) / 1000)} s, its pages were looked at in ${Math.round((Date.now() - up) / 1000)} s`);
process.exit(0);
