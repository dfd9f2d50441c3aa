import { describe, expect, it, vi } from "vitest";
import type { StateDocument, TaskState, TaskStateName } from "../src/model/protocol";
import { RunStore } from "../src/model/store";

const task = (path: string, state: TaskStateName, more: Partial<TaskState> = {}): TaskState => ({ path, key: path, name: path, kind: "container", state, ...more });
const delta = (version: number, tasks: TaskState[], more: Partial<StateDocument> = {}): StateDocument => ({
  version, since: version - 1, state: "RUNNING", error: null, started: null, ended: null, now: "2026-01-01T00:00:10Z", tasks, ...more,
});

describe("the store", () => {
  it("applies what changed and keeps the rest", () => {
    const store = new RunStore();
    store.apply(delta(1, [task("a", "RUNNING"), task("b", "PENDING")], { parameters: { x: 1 } }), 0);
    const b = store.task("b");
    store.apply(delta(2, [task("a", "SUCCEEDED")]), 0);
    expect(store.version).toBe(2);
    expect(store.state("a")).toBe("SUCCEEDED");
    expect(store.task("b")).toBe(b);
    expect(store.run.parameters).toEqual({ x: 1 });
    expect(store.all().map((t) => t.path)).toEqual(["a", "b"]);
  });

  it("counts the states of children", () => {
    const store = new RunStore();
    store.apply(delta(1, [task("l", "RUNNING"), task("l[0]", "RUNNING"), task("l[1]", "PENDING"), task("l[0]/t", "RUNNING")]), 0);
    store.apply(delta(2, [task("l[0]", "SUCCEEDED"), task("l[1]", "RUNNING")]), 0);
    expect(store.childPaths("l")).toEqual(["l[0]", "l[1]"]);
    expect(store.childCounts("l")).toMatchObject({ SUCCEEDED: 1, RUNNING: 1, PENDING: 0 });
    expect(store.childCounts("l[0]")).toEqual({ RUNNING: 1 });
    expect(store.stepCounts()).toEqual({ RUNNING: 3, PENDING: 0, SUCCEEDED: 1 });
  });

  it("calls only those who listen to what changed", () => {
    const store = new RunStore();
    store.apply(delta(1, [task("a", "RUNNING"), task("b", "RUNNING"), task("l[0]", "RUNNING")]), 0);
    const calls: string[] = [];
    for (const channel of ["a", "b", "*children:", "*children:l", "*run", "*tasks"]) {
      store.subscribe(channel, () => calls.push(channel));
    }
    store.apply(delta(2, [task("a", "FAILED")]), 0);
    expect(calls.sort()).toEqual(["*children:", "*run", "*tasks", "a"]);
    calls.length = 0;
    store.apply(delta(3, []), 0);
    expect(calls).toEqual(["*run"]);
  });

  it("stops calling who has left", () => {
    const store = new RunStore();
    const listener = vi.fn();
    const leave = store.subscribe("a", listener);
    leave();
    store.apply(delta(1, [task("a", "RUNNING")]), 0);
    expect(listener).not.toHaveBeenCalled();
  });

  it("knows how the server’s clock differs", () => {
    const store = new RunStore();
    store.apply(delta(1, []), Date.parse("2026-01-01T00:00:00Z"));
    expect(store.clockOffset).toBe(10_000);
  });

  it("knows which moment is replayed", () => {
    const store = new RunStore();
    store.apply({ version: 1, since: 0, state: "SUCCEEDED", error: null, started: "2026-01-01T00:00:01Z", ended: "2026-01-01T01:00:00Z", now: "2026-01-02T00:00:00Z", tasks: [] }, 0);
    const steps = [{ at: "2026-01-01T00:00:02Z", event: "a", run: "RUNNING" as const, tasks: [] }, { at: "2026-01-01T00:00:09Z", event: "b", run: "RUNNING" as const, tasks: [] }];
    const heard = vi.fn();
    store.subscribe("*clock", heard);
    store.replay(steps, 2);
    expect(new Date(store.replayedAt!).toISOString()).toBe("2026-01-01T00:00:09.000Z");
    store.replay(steps, 0);
    expect(new Date(store.replayedAt!).toISOString()).toBe("2026-01-01T00:00:01.000Z");
    store.replay(steps, null);
    expect(store.replayedAt).toBeNull();
    expect(heard).toHaveBeenCalledTimes(3);
  });

  it("replays a moment and comes back", () => {
    const store = new RunStore();
    store.apply(delta(5, [task("a", "SUCCEEDED", { started: "s", ended: "e" }), task("l[0]", "FAILED", { message: "no" })], { state: "FAILED", error: "bad" }), 0);
    const steps = [
      { at: "", event: "start", run: "RUNNING" as const, tasks: [["a", "PENDING"], ["l[0]", "PENDING"]] as [string, TaskStateName][] },
      { at: "", event: "a", run: "RUNNING" as const, tasks: [["a", "RUNNING"]] as [string, TaskStateName][] },
      { at: "", event: "end", run: "FAILED" as const, tasks: [["a", "SUCCEEDED"], ["l[0]", "FAILED"]] as [string, TaskStateName][] },
    ];
    const listener = vi.fn();
    store.subscribe("a", listener);
    store.replay(steps, 0);
    expect(store.task("a")).toBeUndefined();
    store.replay(steps, 2);
    expect(store.task("a")).toMatchObject({ state: "RUNNING", started: "s" });
    expect(store.task("a")!.ended).toBeUndefined();
    expect(store.task("a")).toBe(store.task("a"));
    expect(store.task("l[0]")!.message).toBeUndefined();
    expect(store.childCounts("l")).toEqual({ PENDING: 1 });
    expect(store.currentRun()).toMatchObject({ state: "RUNNING", error: null });
    store.replay(steps, 3);
    expect(store.task("l[0]")!.message).toBe("no");
    store.replay([], null);
    expect(store.currentRun().error).toBe("bad");
    expect(listener).toHaveBeenCalledTimes(4);
  });
});
