// Starts a Jenkins with the plugin (hpi:run) on a free port of loopback, in a home of its own that init.groovy furnishes.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const LONGEST = 300_000;

const freePort = () => new Promise((found) => {
  const server = createServer();
  server.listen(0, "127.0.0.1", () => {
    const { port } = server.address();
    server.close(() => found(port));
  });
});

/** The address of its root, with a slash at its end. It ends with this process. */
export async function startJenkins() {
  const home = mkdtempSync(join(tmpdir(), "jenkins-"));
  const log = join(ROOT, "work/pages-jenkins.log");
  mkdirSync(join(home, "init.groovy.d"));
  mkdirSync(join(ROOT, "work"), { recursive: true });
  copyFileSync(join(ROOT, "src/test/browser/init.groovy"), join(home, "init.groovy.d/pages.groovy"));
  const port = await freePort();
  const out = openSync(log, "w");
  const offline = process.env.KUBEFLOW_OFFLINE === "" ? [] : ["-o"];
  const jenkins = spawn("./mvnw", ["-B", "-ntp", "-q", ...offline, "-f", "pom.xml", "-Dskip.frontend", "hpi:run", "-Dhost=127.0.0.1", `-Dport=${port}`, `-DjenkinsHome=${home}`], {
    cwd: ROOT,
    detached: true,
    stdio: ["ignore", out, out],
    env: { ...process.env, MAVEN_OPTS: `${process.env.MAVEN_OPTS ?? ""} -Dkubeflow.pages.pipeline=${join(ROOT, "src/test/pipelines/gallery.yaml")}` },
  });
  let ended = false;
  jenkins.on("exit", () => { ended = true; });
  const end = () => {
    if (!ended) {
      process.kill(-jenkins.pid, "SIGKILL");
      ended = true;
    }
    rmSync(home, { recursive: true, force: true });
  };
  process.on("exit", end);
  ["SIGINT", "SIGTERM"].forEach((signal) => process.on(signal, () => process.exit(130)));
  const address = `http://127.0.0.1:${port}/jenkins/`;
  for (const until = Date.now() + LONGEST; ; await new Promise((later) => setTimeout(later, 500))) {
    assert.ok(!ended && Date.now() < until, `Jenkins does not come up:\n${readFileSync(log, "utf8").slice(-3000)}`);
    if (existsSync(join(home, "pages-up")) && (await fetch(`${address}api/json`).catch(() => null))?.ok) {
      return address;
    }
  }
}
