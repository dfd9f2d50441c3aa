import { act } from "react";
import { createRoot, type Root } from "react-dom/client";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { EmbeddedSource, HttpSource } from "../src/model/source";
import { RunStore } from "../src/model/store";
import { poll } from "../src/model/poller";
import { criticalEdge, criticalPath } from "../src/graph/critical";
import type { EmbeddedData, StateDocument, View } from "../src/model/protocol";
import { RunPage } from "../src/page/RunPage";
import { TableView } from "../src/views/TableView";
// @ts-expect-error plain JavaScript
import { HOSTILE, standard } from "./fixture.mjs";

vi.mock("../src/views/Chart", () => ({
  Chart: ({ label, option }: { label: string; option: (p: unknown) => { series: { data: unknown[] }[] } }) => {
    const drawn = option({ text: "", quiet: "", line: "", card: "", series: ["#111"] });
    return <div data-chart={label} data-points={drawn.series.map((s) => s.data.length).join(",")} />;
  },
  tooltip: () => ({}),
  axis: () => ({}),
}));

(globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;
let root: Root;
let box: HTMLElement;

beforeEach(() => {
  HTMLCanvasElement.prototype.getContext = (() => null) as never;
  box = document.body.appendChild(document.createElement("div"));
  root = createRoot(box);
});
afterEach(async () => {
  await act(async () => root.unmount());
  box.remove();
});

async function open(hash: string, data: EmbeddedData = standard()) {
  location.hash = hash;
  const store = new RunStore();
  store.apply(data.state, Date.parse(data.state.now));
  await act(async () => root.render(<RunPage source={new EmbeddedSource(data)} store={store} graph={data.graph} />));
  await act(async () => undefined);
  return store;
}

const click = (element: Element | null | undefined) => act(async () => (element as HTMLElement).click());

describe("the page", () => {
  it("draws every kind of artifact of a task", async () => {
    await open("#/task/write-report/artifacts");
    const frame = box.querySelector("iframe")!;
    expect(frame.getAttribute("sandbox")).toBe("");
    expect(frame.getAttribute("srcdoc")).toContain("A user’s page");
    expect(box.querySelector(".kf-markdown strong")!.textContent).toBe("good enough");
    expect(box.querySelectorAll(".kf-table tbody tr").length).toBeGreaterThan(49);
    expect(box.textContent).toContain("rows: 180, the file has more");
    expect(box.textContent).toContain("\"forest\"");
    expect(box.querySelector(".kf-image")!.getAttribute("src")).toMatch(/^data:image\/png/);
    expect(box.textContent).toContain("model.onnx 7.0 MiB");
    expect([...box.querySelectorAll("a")].map((a) => a.getAttribute("href"))).toEqual(["https://example.org", "https://example.org/data.csv"]);
    expect(box.textContent).toContain("the step did not write");
  });

  it("draws metrics and plots", async () => {
    await open("#/task/evaluate/artifacts");
    expect(box.querySelector(".kf-metrics")!.textContent).toContain("accuracy0.946667");
    const charts = [...box.querySelectorAll("[data-chart]")].map((c) => `${c.getAttribute("data-chart")}: ${c.getAttribute("data-points")}`);
    expect(charts).toContain("Confusion matrix of 3 classes, accuracy 94.7 %: 9");
    expect(charts.some((c) => /^ROC curves: 1, area under the curve 0\.8\d+: 41,2$/.test(c))).toBe(true);
    expect(charts).toContain("auPrc of each slice: 4");
  });

  it("shows hostile names as text", async () => {
    await open("#/task/hostile");
    expect(box.querySelector("h2")!.textContent).toBe(HOSTILE);
    expect(box.querySelector("img, script")).toBeNull();
    expect((window as { hacked?: number }).hacked).toBeUndefined();
  });

  it("says why a task failed, was skipped, came from the cache", async () => {
    await open("#/task/publish");
    expect(box.querySelector(".kf-why")!.textContent).toContain("the registry refused the model");
    expect(box.textContent).toContain("3 attempts");
    await open("#/task/condition-deploy");
    expect(box.querySelector(".kf-why")!.textContent).toContain("> 0.97");
    await open("#/task/split/cache");
    expect(box.querySelector(".kf-differences")!.textContent).toBe("input ‘seed’ was 7, is 42");
  });

  it("opens an attempt’s log", async () => {
    await open("#/task/for-loop-1%5B23%5D%2Ftrain/log/1");
    expect(box.querySelector("[role=log]")!.getAttribute("aria-label")).toBe("Log of attempt 1");
    expect(box.querySelector(".kf-log-text .kf-fg-2")!.textContent).toBe("INFO");
    expect(box.querySelectorAll(".kf-log-row").length).toBeLessThan(80);
  });

  it("filters and opens tasks in the table", async () => {
    await open("#/tasks");
    const failed = [...box.querySelectorAll(".kf-filters button")].find((b) => b.textContent!.startsWith("Failed"));
    await click(failed);
    expect(box.querySelector(".kf-filters [role=status]")!.textContent).toBe("3 of 513 tasks");
    expect([...box.querySelectorAll("[role=rowgroup] [role=row]")].map((r) => r.querySelector("button")!.textContent)).toEqual(["for-loop-1[23]", "for-loop-1[23]/train", "publish"]);
  });

  it("gathers the run’s values and charts", async () => {
    await open("#/overview");
    expect(box.textContent).toContain("learning_rate0.05");
    expect(box.textContent).toContain("auc 0.9631");
    expect(box.querySelectorAll("[data-chart]").length).toBeGreaterThanOrEqual(2);
  });

  it("replays durations too", async () => {
    await open("#/task/evaluate");
    await click([...box.querySelectorAll("button")].find((b) => b.textContent === "History"));
    await act(async () => undefined);
    const slider = box.querySelector<HTMLInputElement>("input[type=range]")!;
    const data = standard() as EmbeddedData;
    const at = data.history.findIndex((step) => step.event === "started evaluate") + 1;
    await act(async () => {
      Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value")!.set!.call(slider, String(at));
      slider.dispatchEvent(new Event("input", { bubbles: true }));
    });
    expect(box.querySelector(".kf-elapsed")!.textContent).toBe("2 min 39 s");
    expect(box.querySelector(".kf-panel-facts")!.textContent).toContain("Running0 s");
  });

  it("has the points of a curve as a table", async () => {
    await open("#/task/evaluate/artifacts");
    const details = box.querySelector("details")!;
    await act(async () => {
      details.open = true;
      details.dispatchEvent(new Event("toggle"));
    });
    expect([...details.querySelectorAll("th")].map((th) => th.textContent)).toEqual(["threshold", "false positive rate", "true positive rate"]);
    expect(details.querySelector("tbody tr")!.textContent).toBe("∞00");
    expect(details.querySelectorAll("tbody tr").length).toBe(41);
  });

  it("opens what a report has of a folder, and says what it has not", async () => {
    const data: EmbeddedData = standard();
    data.files = { "write-report\nmodel\n0\nweights": [{ kind: "directory", entries: [{ name: "w.txt", directory: false, size: 3 }], truncated: false }], "write-report\nmodel\n0\nweights/w.txt": [{ kind: "text", text: "inside", size: 6, truncated: false }] };
    await open("#/task/write-report/artifacts", data);
    const press = (name: string) => click([...box.querySelectorAll(".kf-files button")].find((b) => b.textContent === name));
    await press("weights/");
    await press("w.txt");
    expect(box.querySelector(".kf-file .kf-file pre")!.textContent).toBe("inside");
    expect([...box.querySelectorAll(".kf-files button")].map((b) => b.textContent)).toEqual(["weights/", "w.txt"]);
    expect(box.textContent).toContain("What cannot be opened is not part of this report.");
  });

  it("says of HTML and Markdown that there is more", async () => {
    const data: EmbeddedData = standard();
    data.views["evaluate"] = [{ name: "long", index: 0, type: "system.HTML", uri: "", views: [{ kind: "html", source: "<p>", size: 5 << 20, truncated: true }, { kind: "markdown", html: "<p>x</p>", size: 3 << 20, truncated: true }] }];
    await open("#/task/evaluate/artifacts", data);
    expect(box.textContent).toContain("The first part of 5.0 MiB.");
    expect(box.textContent).toContain("The first part of 3.0 MiB.");
  });

  it("shows the Pod: its form, events and manifest", async () => {
    const data: EmbeddedData = standard();
    Object.assign(data.tasks["publish"], { plan: "wrapped\n", events: `2026-01-01T00:00:01Z  Normal  Scheduled  to onenode\n2026-01-01T00:00:02.5Z  Warning  BackOff  ${HOSTILE}  twice\nodd line\n`, pod: "kind: Pod\nmetadata:\n  name: x\n" });
    await open("#/task/publish/pod", data);
    expect([...box.querySelectorAll(".kf-panel tbody tr")].map((row) => [row.className, ...[...row.children].map((cell) => cell.textContent)])).toEqual([
      ["", "00:00:01", "Scheduled", "to onenode"],
      ["kf-warning", "00:00:02", "BackOffWarning", `${HOSTILE}  twice`],
      ["", "odd line"],
    ]);
    expect(box.querySelector(".kf-panel pre .kf-yaml-key")!.textContent).toBe("kind");
    expect(box.querySelector(".kf-panel pre")!.textContent).toContain("metadata:\n  name: x\n");
  });

  it("fetches all rows of a table on demand", async () => {
    const file = `id,name\n${Array.from({ length: 120 }, (_, i) => `${i},"n ${i}"`).join("\n")}\n`;
    vi.stubGlobal("fetch", async () => new Response(file));
    try {
      await act(async () => root.render(<TableView columns={["id", "name"]} rows={[["0", "n 0"]]} truncated url="/table.csv" />));
      expect(box.textContent).toContain("rows: 1, the file has more");
      await click([...box.querySelectorAll("button")].find((b) => b.textContent === "All rows"));
      await vi.waitFor(() => expect(box.querySelector(".kf-pager")!.textContent).toBe("rows: 120Previous1 / 3Next"));
      await click([...box.querySelectorAll("button")].find((b) => b.textContent === "id"));
      await click([...box.querySelectorAll("button")].find((b) => b.textContent === "id ↑"));
      expect(box.querySelector("tbody tr")!.textContent).toBe("119n 119");
      await act(async () => root.render(<TableView key="other" columns={["a", "b"]} rows={[]} truncated url="/table.csv" />));
      await click([...box.querySelectorAll("button")].find((b) => b.textContent === "All rows"));
      await vi.waitFor(() => expect(box.querySelector("[role=alert]")!.textContent).toBe("The rest of the file cannot be read as this table."));
    } finally {
      vi.unstubAllGlobals();
    }
  });

  it("leads from a loop to its iterations that failed", async () => {
    await open("#/task/for-loop-1");
    const failed = [...box.querySelectorAll<HTMLElement>(".kf-failed-iterations button")];
    expect(failed.map((button) => [button.textContent, button.getAttribute("aria-label")])).toEqual([["[23]", "Iteration 23: Failed"]]);
    await click(failed[0]);
    expect(decodeURIComponent(location.hash)).toBe("#/task/for-loop-1[23]");
  });

  it("saves long values as a file, and leads from an output to its picture", async () => {
    await open("#/task/for-loop-1%5B0%5D%2Ftrain");
    const made: Blob[] = [];
    const named: string[] = [];
    vi.stubGlobal("URL", Object.assign(URL, { createObjectURL: (blob: Blob) => (made.push(blob), "blob:x"), revokeObjectURL: () => undefined }));
    const clicked = vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(function (this: HTMLAnchorElement) {
      named.push(this.download);
    });
    await click([...box.querySelectorAll(".kf-long button")].find((b) => b.textContent === "Download"));
    expect(named).toEqual(["notes.txt"]);
    expect(made[0].size).toBeGreaterThan(1500);
    clicked.mockRestore();
    vi.unstubAllGlobals();
    await open("#/task/evaluate");
    await click([...box.querySelectorAll("button")].find((b) => b.getAttribute("aria-label") === "Show metrics"));
    expect(location.hash).toBe("#/task/evaluate/artifacts");
  });

  it("replays the run", async () => {
    const store = await open("#/");
    await click([...box.querySelectorAll("button")].find((b) => b.textContent === "History"));
    await act(async () => undefined);
    const slider = box.querySelector<HTMLInputElement>("input[type=range]")!;
    await act(async () => {
      Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value")!.set!.call(slider, "3");
      slider.dispatchEvent(new Event("input", { bubbles: true }));
    });
    expect(store.replaying).toBe(true);
    expect(store.state("publish")).toBeUndefined();
    await click([...box.querySelectorAll("button")].find((b) => b.textContent === "Back to now"));
    expect(store.state("publish")).toBe("FAILED");
  });

  it("does not fail on views of a kind it does not know the details of", async () => {
    const data: EmbeddedData = standard();
    const odd: View[] = [{ kind: "roc", points: [] }, { kind: "confusionMatrix", labels: [], rows: [] }, { kind: "table", columns: [], rows: [], truncated: false }, { kind: "json", value: null }, { kind: "slicedMetrics", slices: [] }, { kind: "scalarMetrics", metrics: [] }];
    data.views["evaluate"] = [{ name: "odd", index: 0, type: "system.Artifact", uri: "", views: odd }];
    await open("#/task/evaluate/artifacts", data);
    expect(box.textContent).toContain("no metrics were logged");
  });
});

describe("critical path", () => {
  it("goes back over what ended last, into groups and loops", () => {
    const data: EmbeddedData = standard();
    const store = new RunStore();
    store.apply(data.state, 0);
    const path = criticalPath(data.graph, (p) => store.task(p), (p) => store.childPaths(p));
    expect([...path].filter((p) => !p.includes("["))).toEqual(expect.arrayContaining(["notify", "publish", "condition-else", "condition-else/ask-for-labels", "evaluate", "choose-best", "for-loop-1", "features", "features/join", "features/categories", "split"]));
    expect(path.has(criticalEdge("choose-best", "evaluate"))).toBe(true);
    expect(path.has(criticalEdge("split", "evaluate"))).toBe(false);
    for (const off of ["check-quality", "write-report", "features/numbers", "condition-deploy"]) {
      expect(path.has(off), off).toBe(false);
    }
  });
});

describe("over HTTP", () => {
  const answer = (body: unknown, init: ResponseInit = {}) => new Response(body === null ? null : typeof body === "string" ? body : JSON.stringify(body), init);

  it("asks with the version and takes 304 for nothing new", async () => {
    const get = vi.fn(async () => answer(null, { status: 304 }));
    expect(await new HttpSource("./", get as never).state(7)).toBeNull();
    expect(get).toHaveBeenCalledWith("./state?since=7", { cache: "no-store", headers: { "If-None-Match": "\"7\"" } });
  });

  it("escapes paths and reads where a log’s part lies", async () => {
    const get = vi.fn(async () => answer("tail\n", { headers: { "X-Text-Size": "105", "X-More-Data": "true" } }));
    const part = await new HttpSource("b/", get as never).log("l[0]/a&b", 2, -50);
    expect(get).toHaveBeenCalledWith("b/log?path=l%5B0%5D%2Fa%26b&attempt=2&start=-50");
    expect([part.from, part.end, part.more]).toEqual([100, 105, true]);
  });

  it("polls until the run is final and says when the server is away", async () => {
    vi.useFakeTimers();
    const store = new RunStore();
    const state = (version: number, run: string): StateDocument => ({ version, since: 0, state: run as never, error: null, started: null, ended: null, now: "2026-01-01T00:00:00Z", tasks: [] });
    const answers: (StateDocument | Error | null)[] = [state(1, "RUNNING"), new Error("gone"), null, state(2, "SUCCEEDED")];
    const asked = vi.fn(async () => {
      const next = answers.shift()!;
      if (next instanceof Error) throw next;
      return next;
    });
    const problems: (string | null)[] = [];
    const stop = poll({ state: asked } as never, store, (p) => problems.push(p));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(asked).toHaveBeenCalledTimes(4);
    expect(store.run.state).toBe("SUCCEEDED");
    expect(problems).toEqual(["gone", null]);
    stop();
    vi.useRealTimers();
  });
});
