// The packaged plugin in a plain Jenkins: README's example from its form in Chromium, from a Jenkinsfile and by a schedule, and the whole
// Jenkins killed (SIGKILL) while all three are under way.
//   node src/test/browser/packaged.mjs --war jenkins.war --plugins DIR [--hpi target/kubeflow-pipelines.hpi] [--images DIR]
// DIR holds the .jpi or .hpi files of the plugins that the plugin needs, with configuration-as-code, job-dsl and the Pipeline plugins.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, openSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, parse } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { eventually, launch, strict } from "./tools.mjs";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const LONGEST = 300_000;
const { values: given } = parseArgs({
  options: { war: { type: "string" }, plugins: { type: "string" }, hpi: { type: "string", default: join(ROOT, "target/kubeflow-pipelines.hpi") }, images: { type: "string" } },
});
assert.ok(given.war && given.plugins, "say --war FILE and --plugins DIR");

const home = mkdtempSync(join(tmpdir(), "packaged-"));
mkdirSync(join(home, "plugins"));
for (const file of readdirSync(given.plugins).filter((name) => /\.[hj]pi$/.test(name) && !name.startsWith("kubeflow-pipelines"))) {
  copyFileSync(join(given.plugins, file), join(home, "plugins", `${parse(file).name}.jpi`));
}
copyFileSync(given.hpi, join(home, "plugins/kubeflow-pipelines.jpi"));
// the demonstration as code, and with it the Job DSL script of the documents
const script = /```groovy\n(.*?)```/s.exec(readFileSync(join(ROOT, "docs/jcasc.md"), "utf8"))[1];
writeFileSync(
  join(home, "casc.yaml"),
  `${readFileSync(join(ROOT, "docs/demo/jenkins.yaml"), "utf8")}  - script: |\n${script.replaceAll(/^(?=.)/gm, "      ").replaceAll("${", "^${")}`,
);
mkdirSync(join(ROOT, "work"), { recursive: true });
const log = join(ROOT, "work/packaged-jenkins.log");
const port = await new Promise((found) => {
  const server = createServer();
  server.listen(0, "127.0.0.1", () => {
    const { port: free } = server.address();
    server.close(() => found(free));
  });
});
const jenkins = `http://127.0.0.1:${port}/`;
const iris = `${jenkins}job/Examples/job/iris/`;
const outer = `${jenkins}job/iris-from-a-Jenkinsfile/`;
let running = null;

/** @param code where its configuration as code lies; without, everything is as people left it */
async function start(code) {
  const out = openSync(log, "a");
  running = spawn("java", ["-Djenkins.install.runSetupWizard=false", "-jar", given.war, "--httpListenAddress=127.0.0.1", `--httpPort=${port}`], {
    detached: true,
    stdio: ["ignore", out, out],
    env: { ...process.env, JENKINS_HOME: home, CASC_JENKINS_CONFIG: code ?? "", KUBEFLOW_EXAMPLE: join(ROOT, "examples/iris.yaml"), KUBEFLOW_URL: jenkins },
  });
  const mine = running;
  const begun = Date.now();
  while (!(await json(`${jenkins}api/json`).catch(() => null))) {
    assert.ok(mine.exitCode === null && Date.now() - begun < LONGEST, `Jenkins does not come up:\n${readFileSync(log, "utf8").slice(-3000)}`);
    await new Promise((later) => setTimeout(later, 300));
  }
  return Math.round((Date.now() - begun) / 100) / 10;
}

function kill() {
  if (running && running.exitCode === null) {
    process.kill(-running.pid, "SIGKILL");
  }
  running = null;
}
process.on("exit", () => {
  kill();
  rmSync(home, { recursive: true, force: true });
});
["SIGINT", "SIGTERM"].forEach((signal) => process.on(signal, () => process.exit(130)));

async function json(address) {
  const answer = await fetch(address);
  return answer.ok ? answer.json() : null;
}
const text = async (build) => (await fetch(`${build}consoleText`)).text();
const ended = async (build) => {
  const state = await json(`${build}api/json`);
  return state && !state.building ? state.result : null;
};
const builds = async () => (await json(`${iris}api/json?tree=builds[number,result,building]`)).builds;

/** No task that had ended began again. */
function onceEach(console, what) {
  const done = new Set();
  for (const [, task, state] of console.matchAll(/^(?:\S+ )?(\S+): (RUNNING|SUCCEEDED)\b/gm)) {
    assert.ok(state !== "RUNNING" || !done.has(task), `${what}: ${task} had ended and began again`);
    if (state === "SUCCEEDED") {
      done.add(task);
    }
  }
  return done.size;
}

const first = await start(join(home, "casc.yaml"));
console.log(`up within ${first} s, with the packaged plugin`);
assert.match((await json(`${jenkins}job/iris-by-script/api/json`))._class, /\.Experiment$/, "the Job DSL script made its experiment");
assert.equal((await json(`${jenkins}job/iris-by-script/job/train/api/json`)).description, "Made by a Job DSL script");
const browser = await launch();
const page = strict(await (await browser.newContext({ viewport: { width: 1280, height: 860 }, locale: "en-US" })).newPage(), /^Failed to fetch$/);
page.setDefaultTimeout(60_000);
const picture = async (name) => {
  if (given.images) {
    mkdirSync(given.images, { recursive: true });
    await page.screenshot({ path: join(given.images, `${name}.png`) });
  }
};

// A schedule, by its form.
await eventually(async () => (await json(`${iris}api/json`)) !== null, "the demonstration's job is there");
await page.goto(`${iris}recurring-runs/`);
await picture("recurring-runs-before");
await page.getByRole("link", { name: "Add" }).click();
await page.locator("input[name='_.name']").first().fill("often");
await page.locator("select").filter({ has: page.locator("option", { hasText: "Interval" }) }).first().selectOption({ label: "Interval" });
await page.locator("input[name='_.interval']").fill("20s");
await page.getByText("Reuse results of earlier runs").click();
await picture("recurring-new");
await page.getByRole("button", { name: "Save" }).click();
await page.locator("#recurring-runs td", { hasText: "often" }).first().waitFor();
await picture("recurring-runs");

// From its form.
await page.goto(`${iris}new-run/`);
await page.locator("input[name=name][type=text]").first().fill("from the form");
await page.getByRole("button", { name: "Start" }).click();
await page.waitForURL(iris);
const byForm = await (async () => {
  let found;
  await eventually(async () => {
    const { builds: all } = await json(`${iris}api/json?tree=builds[number,displayName]`);
    found = all.find((build) => build.displayName === "from the form");
    return Boolean(found);
  }, "the run of the form begins");
  return `${iris}${found.number}/`;
})();

// From a Jenkinsfile.
await page.goto(outer);
await page.getByRole("link", { name: "Build Now" }).click();
await eventually(async () => (await json(`${outer}1/api/json`)) !== null, "the Jenkinsfile begins");
await eventually(async () => /RUNNING/.test(await text(byForm)) && (await builds()).length >= 2, "runs are under way", LONGEST).catch(async (e) => {
  throw new Error(`${e.message}: ${JSON.stringify(await builds())}\n${await text(byForm)}`);
});
await page.goto(`${byForm}graph/`);
await page.locator(".kf-node.kf-is-running").first().waitFor();
await picture("before-the-kill");
const underWay = (await builds()).filter((build) => build.building).length;
kill();
console.log(`killed with ${underWay} runs and a Jenkinsfile under way`);

const second = await start();
console.log(`up again within ${second} s`);
await page.goto(`${byForm}graph/`);
await page.locator(".kf-header .kf-pill.kf-is-succeeded").waitFor({ timeout: LONGEST });
await picture("after-the-kill");
await eventually(async () => (await ended(`${outer}1/`)) !== null, "the Jenkinsfile ends", LONGEST);
assert.equal(await ended(byForm), "SUCCESS");
assert.equal(await ended(`${outer}1/`), "SUCCESS", await text(`${outer}1/`));
assert.match(await text(`${outer}1/`), /outputs \[.*see http:\/\//);
const before = Math.max(...(await builds()).map((build) => build.number));
await eventually(async () => (await builds()).filter((build) => build.number > before && build.result === "SUCCESS").length >= 2, "the schedule goes on", LONGEST);
await page.goto(`${jenkins}job/Examples/`);
await page.locator("table", { hasText: "often" }).first().waitFor();
await picture("experiment");
let tasks = 0;
for (const build of (await builds()).filter((each) => !each.building)) {
  assert.equal(build.result, "SUCCESS", `iris #${build.number}\n${await text(`${iris}${build.number}/`)}`);
  tasks += onceEach(await text(`${iris}${build.number}/`), `iris #${build.number}`);
}
assert.ok(tasks > 10, "the logs name the tasks");
console.log(`${(await builds()).length} runs, by the form, a Jenkinsfile and a schedule: each SUCCESS, ${tasks} tasks, none that had ended began again`);
await browser.close();
process.exit(0);
