// Called by Maven: installs packages and builds, each only when something is newer than what is there.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const built = join(here, "../../../target/frontend/runs.js");
const installed = join(here, "node_modules/.package-lock.json");

function time(path) {
  return existsSync(path) ? statSync(path).mtimeMs : 0;
}

function newest(path) {
  return statSync(path).isDirectory()
    ? Math.max(0, ...readdirSync(path).map((name) => newest(join(path, name))))
    : time(path);
}

function run(command, ...args) {
  const result = spawnSync(command, args, { cwd: here, stdio: "inherit", shell: process.platform === "win32" });
  if (result.status !== 0) {
    console.error(`${command} ${args.join(" ")} failed${result.error ? `: ${result.error.message}` : ""}`);
    process.exit(1);
  }
}

if (time(join(here, "package-lock.json")) > time(installed)) {
  run("npm", "ci", "--no-audit", "--no-fund", "--loglevel=error");
}
const sources = ["src", "package.json", "package-lock.json", "vite.config.ts", "properties.mjs", "tsconfig.json", "build.mjs"];
if (Math.max(...sources.map((name) => newest(join(here, name)))) > time(built)) {
  for (const page of ["report", "runs"]) {
    process.env.KUBEFLOW_PAGE = page;
    run("npm", "run", "--silent", "build", "--", "--logLevel=warn");
  }
}
