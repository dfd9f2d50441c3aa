// Runs to look at and to test with. As a program: node test/fixture.mjs standard|large FILE.html writes a report with the built page.
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";

const START = Date.parse("2026-03-04T09:30:00.000Z");
const at = (seconds) => new Date(START + seconds * 1000).toISOString();
export const HOSTILE = "<img src=x onerror=\"window.hacked=1\"></script><script>window.hacked=1</script>";

function spec(key, options = {}) {
  return {
    key,
    name: options.name ?? key,
    component: options.component ?? `comp-${key}`,
    dag: options.dag ?? null,
    kind: options.kind ?? (options.dag ? "dag" : "container"),
    dependsOn: options.after ?? [],
    ...(options.condition ? { condition: options.condition } : {}),
    ...(options.always ? { always: true } : {}),
    ...(options.retries ? { retries: options.retries } : {}),
    image: "python:3.11-slim",
    inputs: { parameters: options.inputs ?? [], artifacts: [] },
    outputs: { parameters: [{ name: "rows", type: "NUMBER_INTEGER" }], artifacts: options.artifacts ?? [] },
  };
}

class Run {
  states = [];
  tasks = {};
  views = {};
  logs = {};

  add(path, state, from, to, more = {}) {
    const last = path.slice(path.lastIndexOf("/") + 1);
    const key = last.replace(/\[\d+\]$/, "");
    const kind = more.kind ?? "container";
    const entry = { path, key, name: more.name ?? key, kind, state };
    for (const name of ["reason", "message", "waiting", "iterations", "dag", "cached"]) {
      if (more[name] !== undefined) entry[name] = more[name];
    }
    if (from !== null) entry.started = at(from);
    if (to !== null) entry.ended = at(to);
    if (kind === "container" && from !== null && state !== "CACHED") {
      const count = more.attempts ?? 1;
      entry.attempts = Array.from({ length: count }, (_, i) => {
        const width = ((to ?? from + 20) - from) / count;
        const lastOne = i === count - 1;
        return {
          number: i + 1,
          state: lastOne ? state : "FAILED",
          started: at(from + i * width),
          ended: lastOne && to === null ? null : at(from + (i + 1) * width),
          ...(lastOne && state === "SUCCEEDED" ? { exitCode: 0 } : state === "RUNNING" && lastOne ? {} : { exitCode: 3, message: "exit code 3" }),
          log: `logs/${key}-${i + 1}.log`,
        };
      });
      entry.attempts.forEach((attempt) => {
        const text = log(key, attempt);
        this.logs[`${path}#${attempt.number}`] = { from: 0, size: Buffer.byteLength(text), text };
      });
    }
    this.states.push(entry);
    this.tasks[path] = {
      path,
      inputs: { parameters: more.inputs ?? { learning_rate: 0.05, rows: 1797 }, artifacts: {} },
      outputs: { parameters: more.outputs ?? {}, artifacts: Object.fromEntries((more.views ?? []).map((v) => [v.name, [{ name: v.name, type: v.type, uri: v.uri, metadata: {}, path: v.uri.slice(7), size: 20480 }]])) },
      types: { "in:learning_rate": "NUMBER_DOUBLE", "in:rows": "NUMBER_INTEGER", "in:notes": "STRING", "in:config": "STRUCT", "out:auc": "NUMBER_DOUBLE" },
      ...(kind === "container" ? { image: "python:3.11-slim", command: ["sh", "-c", "program_path=$(mktemp -d)\nprintf \"%s\" \"$0\" > \"$program_path/ephemeral_component.py\"\n_KFP_RUNTIME=true python3 -m kfp.dsl.executor_main", "--executor_input", "{\"inputs\": {}}"], environment: { OMP_NUM_THREADS: "2" } } : {}),
      ...(more.cache ? { cache: more.cache } : {}),
    };
    if (more.views) this.views[path] = more.views.map((v) => ({ index: 0, ...v }));
  }
}

function log(key, attempt) {
  const lines = [
    `\u001b[90m${attempt.started}\u001b[0m \u001b[32mINFO\u001b[0m  starting ${key}, attempt ${attempt.number}`,
    "reading: 10%\rreading: 55%\rreading: 100%",
    "\u001b[1mloaded\u001b[0m 1797 rows, 64 features",
    ...Array.from({ length: 240 }, (_, i) => `epoch ${String(i + 1).padStart(3)}  loss \u001b[36m${(1.2 * Math.exp(-i / 60) + 0.02).toFixed(4)}\u001b[0m  accuracy ${(1 - 0.6 * Math.exp(-i / 50)).toFixed(4)}`),
    "\u001b[33mWARNING\u001b[0m feature ‘pixel_0_0’ is constant <b>not bold</b>",
  ];
  lines.push(attempt.state === "FAILED" ? "\u001b[31mTraceback (most recent call last):\u001b[0m\n  File \"component.py\", line 42, in train\nValueError: learning rate too high, loss is nan" : "done");
  return `${lines.join("\n")}\n`;
}

const matrix = { labels: ["setosa", "versicolor", "virginica"], rows: [[49, 1, 0], [0, 46, 4], [0, 3, 47]] };
const curve = (power) => ({ points: Array.from({ length: 41 }, (_, i) => ({ threshold: i === 0 ? null : 1 - i / 40, falsePositiveRate: i / 40, truePositiveRate: (i / 40) ** power })) });
const PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAoAAAAKCAYAAACNMs+9AAAAFUlEQVR42mNk+M9Qz0AEYBxVSF+FABJADveWkH6oAAAAAElFTkSuQmCC";
const artifact = (name, type, views) => ({ name, type: `system.${type}`, uri: `file:///tmp/run/artifacts/${name}`, views });

function evaluationViews() {
  return [
    artifact("metrics", "Metrics", [{ kind: "scalarMetrics", metrics: [{ name: "accuracy", value: 0.946667 }, { name: "f1", value: 0.9465 }, { name: "log_loss", value: 0.21374 }, { name: "classes", value: 3 }] }]),
    artifact("confusion", "ClassificationMetrics", [{ kind: "confusionMatrix", ...matrix }]),
    artifact("roc", "ClassificationMetrics", [{ kind: "roc", ...curve(0.22) }]),
    artifact("slices", "SlicedClassificationMetrics", [{ kind: "slicedMetrics", slices: ["all", "country=KR", "country=DE", "age>60"].map((slice, i) => ({ slice, metrics: [{ name: "auPrc", value: 0.97 - i * 0.06 }, { name: "auRoc", value: 0.99 - i * 0.03 }], confusionMatrix: matrix, roc: curve(0.2 + i * 0.1) })) }]),
  ];
}

function reportViews() {
  return [
    artifact("page", "HTML", [{ kind: "html", source: `<h1 style="font-family:sans-serif;color:#3566d6">A user’s page</h1><p>Shown in a sandbox.</p><script>parent.hacked=1</script>` }]),
    artifact("notes", "Markdown", [{ kind: "markdown", html: "<h2>Findings</h2><p>The model is <strong>good enough</strong>; see <a href=\"https://example.org\">the notes</a>.</p><table><thead><tr><th>slice</th><th>auc</th></tr></thead><tbody><tr><td>KR</td><td>0.96</td></tr></tbody></table>" }]),
    artifact("table", "Dataset", [{ kind: "table", columns: ["id", "country", "score"], rows: Array.from({ length: 180 }, (_, i) => [String(i), ["KR", "DE", "FR"][i % 3], ((i * 37) % 100 / 100).toFixed(2)]), truncated: true }]),
    artifact("settings", "Artifact", [{ kind: "json", value: { model: { kind: "forest", trees: 200, depth: null }, features: ["a", "b", HOSTILE], ok: true } }]),
    artifact("readme", "Artifact", [{ kind: "text", text: `first line\n${HOSTILE}\n`, size: 120, truncated: false }]),
    artifact("plot", "Artifact", [{ kind: "image", mediaType: "image/png", size: 100, data: `data:image/png;base64,${PIXEL}` }]),
    artifact("model", "Model", [{ kind: "directory", entries: [{ name: "weights", directory: true, size: 0 }, { name: "model.onnx", directory: false, size: 7340032 }], truncated: false }]),
    artifact("archive", "Artifact", [{ kind: "download", size: 987654 }]),
    artifact("remote", "Dataset", [{ kind: "link", uri: "https://example.org/data.csv" }, { kind: "link", uri: "javascript:window.hacked=1" }]),
    artifact("broken", "Metrics", [{ kind: "problem", sentence: "the step did not write ‘file:///tmp/run/artifacts/broken’" }]),
  ];
}

/** What a task has besides when it was a Pod. */
const POD = {
  plan: "wrapped, because its own command is a shell; outputs by its termination message\n",
  events: "2026-03-04T09:33:31Z  Normal  Scheduled  Successfully assigned pipelines/digits-publish-3 to node-1\n2026-03-04T09:33:31Z  Warning  Failed  Failed to pull image \"registry.example.com/publish:2\": not found (2 times)\n2026-03-04T09:33:33Z  Normal  Started  Started container main\n",
  pod: "apiVersion: v1\nkind: Pod\nmetadata:\n  name: digits-publish-3\n  namespace: pipelines\nspec:\n  containers:\n  - name: main\n    image: registry.example.com/publish:2\n    resources:\n      limits:\n        memory: 512Mi\n  restartPolicy: Never\n",
};

const fingerprint = { component: { digest: "aa11", text: "comp-prepare" }, "input ‘rows’": { digest: "bb22", text: "1797" }, image: { digest: "cc33", text: "python:3.11-slim" } };

/** Some thirty tasks: groups, a loop of fifty, a nested loop, retries, skipped branches, a failure, every kind of artifact. */
export function standard({ running = false } = {}) {
  const dags = {
    root: { tasks: [
      spec("load-data", { name: "Load data", kind: "importer" }),
      spec("prepare", { name: "Prepare", after: ["load-data"] }),
      spec("split", { name: "Split train and test", after: ["prepare"] }),
      spec("check-quality", { name: "Check quality", after: ["prepare"] }),
      spec("features", { name: "Build features", dag: "comp-features", after: ["split"] }),
      spec("for-loop-1", { name: "Try learning rates", kind: "loop", dag: "comp-for-loop-1", after: ["features"] }),
      spec("choose-best", { name: "Choose the best", after: ["for-loop-1"], inputs: [{ name: "learning_rate", type: "NUMBER_DOUBLE", from: { task: "for-loop-1", key: "rates" } }] }),
      spec("evaluate", { name: "Evaluate", after: ["choose-best", "split"], retries: 2, artifacts: [{ name: "metrics", type: "system.Metrics" }] }),
      spec("condition-deploy", { name: "If good enough", dag: "comp-condition-deploy", after: ["evaluate"], condition: "inputs.parameter_values['auc'] > 0.97" }),
      spec("condition-else", { name: "Else", dag: "comp-condition-else", after: ["evaluate"], condition: "!(inputs.parameter_values['auc'] > 0.97)" }),
      spec("write-report", { name: "Write report", after: ["evaluate"], artifacts: [{ name: "page", type: "system.HTML" }] }),
      spec("hostile", { name: HOSTILE, after: ["check-quality"] }),
      spec("publish", { name: "Publish", after: ["write-report", "condition-else"] }),
      spec("notify", { name: "Notify", after: ["publish"], always: true }),
    ] },
    "comp-features": { tasks: [spec("numbers", { name: "Numbers" }), spec("categories", { name: "Categories" }), spec("join", { name: "Join", after: ["numbers", "categories"] })] },
    "comp-for-loop-1": { tasks: [spec("train", { name: "Train", retries: 1 }), spec("score", { name: "Score", after: ["train"] }), spec("for-loop-2", { name: "Each fold", kind: "loop", dag: "comp-for-loop-2", after: ["train"] })] },
    "comp-for-loop-2": { tasks: [spec("validate", { name: "Validate" })] },
    "comp-condition-deploy": { tasks: [spec("deploy", { name: "Deploy" }), spec("smoke-test", { name: "Smoke test", after: ["deploy"] })] },
    "comp-condition-else": { tasks: [spec("explain", { name: "Explain" }), spec("ask-for-labels", { name: "Ask for labels", after: ["explain"] })] },
  };
  const run = new Run();
  run.add("load-data", "SUCCEEDED", 1, 1.2, { kind: "importer", name: "Load data" });
  run.add("prepare", "CACHED", 1.3, 1.3, { name: "Prepare", cached: { hit: true, sentence: "outputs of run 2026-03-03-0007, task ‘prepare’, of 2026-03-03T10:00:00Z" }, cache: { hit: true, sentence: "outputs of run 2026-03-03-0007, task ‘prepare’, of 2026-03-03T10:00:00Z", differences: [], key: "6f1d2c3b4a59687766554433", parts: fingerprint } });
  run.add("split", "SUCCEEDED", 1.4, 5.8, { name: "Split train and test", cached: { hit: false, sentence: "input ‘seed’ was 7, is 42" }, cache: { hit: false, sentence: "input ‘seed’ was 7, is 42", differences: ["input ‘seed’ was 7, is 42"], key: "0123456789abcdef01234567", parts: fingerprint } });
  run.add("check-quality", "SUCCEEDED", 1.4, 9.1, { name: "Check quality" });
  run.add("features", "SUCCEEDED", 5.8, 31, { kind: "dag", dag: "comp-features", name: "Build features" });
  run.add("features/numbers", "SUCCEEDED", 5.9, 14, { name: "Numbers" });
  run.add("features/categories", "SUCCEEDED", 5.9, 24, { name: "Categories" });
  run.add("features/join", "SUCCEEDED", 24.1, 31, { name: "Join" });
  run.add("for-loop-1", running ? "RUNNING" : "SUCCEEDED", 31, running ? null : 155, { kind: "loop", dag: "comp-for-loop-1", iterations: 50, name: "Try learning rates" });
  for (let i = 0; i < 50; i++) {
    const from = 31 + Math.floor(i / 4) * 9.5;
    const state = running && i > 36 ? (i < 41 ? "RUNNING" : "PENDING") : i === 23 ? "FAILED" : i % 11 === 5 ? "CACHED" : "SUCCEEDED";
    const started = state === "PENDING" ? null : from;
    const ended = state === "PENDING" || state === "RUNNING" ? null : from + 9;
    const base = `for-loop-1[${i}]`;
    run.add(base, state, started, ended, { kind: "iteration", name: "Try learning rates", ...(state === "FAILED" ? { reason: "USER", message: "task ‘train’ failed: exit code 3" } : {}) });
    if (state === "PENDING") continue;
    run.add(`${base}/train`, state, from, ended === null ? null : from + 6, { name: "Train", attempts: state === "FAILED" || i % 9 === 2 ? 2 : 1, inputs: { learning_rate: 0.001 * (i + 1), notes: i === 0 ? `a long note: ${"lorem ipsum dolor sit amet ".repeat(60)}` : "short", config: { depth: 8, trees: [100, 200] } }, ...(state === "FAILED" ? { reason: "USER", message: "exit code 3: ValueError: learning rate too high, loss is nan" } : {}) });
    if (state === "RUNNING") continue;
    run.add(`${base}/score`, state === "FAILED" ? "SKIPPED" : "SUCCEEDED", state === "FAILED" ? null : from + 6, state === "FAILED" ? from + 6 : from + 9, { name: "Score", ...(state === "FAILED" ? { reason: "UPSTREAM_FAILED", message: "‘train’ failed" } : {}) });
    run.add(`${base}/for-loop-2`, state === "FAILED" ? "SKIPPED" : "SUCCEEDED", state === "FAILED" ? null : from + 6, from + 9, { kind: "loop", iterations: 3, name: "Each fold", ...(state === "FAILED" ? { reason: "UPSTREAM_FAILED" } : {}) });
    for (let j = 0; j < 3 && state !== "FAILED"; j++) {
      run.add(`${base}/for-loop-2[${j}]`, "SUCCEEDED", from + 6 + j * 0.4, from + 8.5, { kind: "iteration", name: "Each fold" });
      run.add(`${base}/for-loop-2[${j}]/validate`, "SUCCEEDED", from + 6 + j * 0.4, from + 8.5, { name: "Validate" });
    }
  }
  run.add("hostile", "SUCCEEDED", 9.2, 12, { name: HOSTILE, inputs: { [HOSTILE]: HOSTILE } });
  if (running) {
    for (const [key, name] of [["choose-best", "Choose the best"], ["evaluate", "Evaluate"], ["write-report", "Write report"], ["publish", "Publish"], ["notify", "Notify"]]) {
      run.add(key, "PENDING", null, null, { name, waiting: key === "choose-best" ? "waits for ‘for-loop-1’" : undefined });
    }
  } else {
    run.add("choose-best", "SUCCEEDED", 155, 159, { name: "Choose the best", outputs: { auc: 0.9631 } });
    run.add("evaluate", "SUCCEEDED", 159, 184, { name: "Evaluate", attempts: 2, views: evaluationViews(), outputs: { auc: 0.9631 } });
    run.add("condition-deploy", "SKIPPED", null, 184, { kind: "dag", dag: "comp-condition-deploy", name: "If good enough", reason: "CONDITION_FALSE", message: "auc is 0.9631" });
    run.add("condition-else", "SUCCEEDED", 184, 203, { kind: "dag", dag: "comp-condition-else", name: "Else" });
    run.add("condition-else/explain", "SUCCEEDED", 184, 194, { name: "Explain" });
    run.add("condition-else/ask-for-labels", "SUCCEEDED", 194, 203, { name: "Ask for labels" });
    run.add("write-report", "SUCCEEDED", 184, 190, { name: "Write report", views: reportViews() });
    run.add("publish", "FAILED", 203, 214, { name: "Publish", attempts: 3, reason: "USER", message: "exit code 3: the registry refused the model" });
    Object.assign(run.tasks["publish"], POD);
    run.add("notify", "SUCCEEDED", 214, 215, { name: "Notify" });
  }
  return document(run, dags, running ? "RUNNING" : "FAILED", "Digits with fifty learning rates", running ? 130 : 215);
}

/** A DAG of many tasks, to see that size does no harm. */
export function large(count = 1000) {
  const tasks = [];
  const run = new Run();
  for (let i = 0; i < count; i++) {
    const after = i < 20 ? [] : [...new Set([i - 20, i - 13 - (i % 7)].filter((j) => j >= 0))].map((j) => `task-${j}`);
    tasks.push(spec(`task-${i}`, { name: `Task ${i}`, after }));
    const rank = Math.floor(i / 20);
    run.add(`task-${i}`, i % 97 === 50 ? "FAILED" : i % 13 === 4 ? "CACHED" : "SUCCEEDED", rank * 3, rank * 3 + 2.5, { name: `Task ${i}` });
  }
  return document(run, { root: { tasks } }, "FAILED", `A run of ${count} tasks`, (count / 20) * 3);
}

/** A loop of many iterations, some of which failed. */
export function loop(count = 10_000) {
  const run = new Run();
  run.add("sweep", "FAILED", 1, count / 10, { kind: "loop", dag: "comp-sweep", iterations: count, name: "Sweep", reason: "USER", message: "3 of its iterations failed" });
  for (let i = 0; i < count; i++) {
    const state = i % 3333 === 42 ? "FAILED" : i % 17 === 3 ? "CACHED" : "SUCCEEDED";
    run.add(`sweep[${i}]`, state === "CACHED" ? "SUCCEEDED" : state, i / 10, i / 10 + 2, { kind: "iteration", name: "Sweep" });
    run.add(`sweep[${i}]/try`, state, i / 10, i / 10 + 2, { name: "Try" });
  }
  return document(run, { root: { tasks: [spec("sweep", { name: "Sweep", kind: "loop", dag: "comp-sweep" })] }, "comp-sweep": { tasks: [spec("try", { name: "Try" })] } }, "FAILED", `A loop of ${count}`, count / 10);
}

function document(run, dags, state, name, end) {
  const final = state !== "RUNNING";
  const events = run.states.flatMap((task) => [
    ...(task.started ? [[task.started, "started", task.path, "RUNNING"]] : []),
    ...(task.ended ? [[task.ended, "finished", task.path, task.state]] : []),
  ]).sort((a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0));
  const id = createHash("sha256").update(name).digest("hex").slice(0, 12);
  return {
    graph: { format: 1, run: { runId: id, name, pipeline: "digits", displayName: "Digits", description: "Recognises digits.", created: at(0), directory: "/tmp/run" }, dags },
    state: {
      version: 100, since: 0, state, error: state === "FAILED" ? "task ‘publish’ failed: exit code 3: the registry refused the model" : null,
      started: at(0.5), ended: final ? at(end) : null, now: at(end),
      parameters: { learning_rate: 0.05, seed: 42, label: HOSTILE }, outputs: { parameters: final ? { auc: 0.9631 } : {}, artifacts: {} },
      tasks: run.states,
    },
    history: events.map(([when, event, path, to]) => ({ at: when, event: `${event} ${path}`.slice(0, 60), run: "RUNNING", tasks: [[path, to]] })),
    spec: `# compiled pipeline\npipelineInfo:\n  name: digits\nroot:\n  dag:\n    tasks:\n${Object.keys(dags.root.tasks).map((i) => `      ${dags.root.tasks[i].key}:\n        cachingOptions:\n          enableCache: true`).join("\n")}\nschemaVersion: 2.1.0\nsdkVersion: kfp-2.14.3\n`,
    tasks: run.tasks,
    views: run.views,
    logs: run.logs,
  };
}

/** The page around the data, as the engine writes it. */
export function page(data, directory) {
  const script = readFileSync(`${directory}/report.js`, "utf8").replaceAll("</script", "<\\/script");
  const style = readFileSync(`${directory}/report.css`, "utf8");
  const json = JSON.stringify(data).replaceAll("<", "\\u003c");
  const hash = createHash("sha256").update(script).digest("base64");
  return `<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-src 'self' data:; base-uri 'none'; form-action 'none'; script-src 'sha256-${hash}'">\n<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>run</title>\n<style>${style}</style>\n</head>\n<body>\n<div id="kubeflow-run"></div>\n<script type="application/json" id="kubeflow-data">${json}</script>\n<script>${script}</script>\n</body>\n</html>\n`;
}

if (process.argv[1]?.endsWith("fixture.mjs")) {
  const data = { standard: () => standard(), running: () => standard({ running: true }), large: () => large(Number(process.argv[4] ?? 1000)), loop: () => loop(Number(process.argv[4] ?? 10_000)) }[process.argv[2]]();
  writeFileSync(process.argv[3], page(data, new URL("../../../../target/frontend", import.meta.url).pathname));
}
