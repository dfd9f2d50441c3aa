import { describe, expect, it } from "vitest";
import { timeLeft } from "../src/model/expected";
import type { GraphDocument, TaskState } from "../src/model/protocol";

const AT = Date.parse("2026-01-01T00:01:00Z");
const graph = {
  dags: { root: { tasks: [["load", []], ["fit", ["load"]], ["check", ["load"]], ["tell", ["fit", "check"]]].map(([key, dependsOn]) => ({ key, dependsOn })) } },
} as unknown as GraphDocument;

/** `state:seconds since its start`, by task. */
function left(states: Record<string, string>, usual: Record<string, number>, more: Partial<TaskState> = {}, done = 0) {
  const tasks = new Map(Object.entries(states).map(([path, text]) => {
    const [state, since] = text.split(":");
    return [path, { path, state, started: since && new Date(AT - Number(since) * 1000).toISOString(), ...more } as TaskState];
  }));
  return timeLeft(graph, { runs: 3, tasks: usual }, (path) => tasks.get(path), () => done, AT);
}
const USUAL = { load: 10, fit: 60, check: 5, tell: 2 };

describe("time left", () => {
  it("is the longest way through what is left", () => expect(left({}, USUAL)).toEqual({ seconds: 72, atLeast: false }));
  it("shrinks as tasks run and end", () => {
    expect(left({ load: "RUNNING:4" }, USUAL)!.seconds).toBe(68);
    expect(left({ load: "SUCCEEDED:30", fit: "RUNNING:20", check: "SUCCEEDED:20" }, USUAL)!.seconds).toBe(42);
  });
  it("never falls below nothing for a task that takes longer than usual", () => expect(left({ load: "SUCCEEDED", fit: "RUNNING:99", check: "FAILED" }, USUAL)!.seconds).toBe(2));
  it("says at least where something was never seen", () => expect(left({}, { load: 10, fit: 60 })).toEqual({ seconds: 70, atLeast: true }));
  it("is unknown without earlier runs, or when nothing of them is like this", () => {
    expect(timeLeft(graph, { runs: 0, tasks: {} }, () => undefined, () => 0, AT)).toBeNull();
    expect(left({}, { other: 1 })).toBeNull();
  });
  it("is found for a long chain, and for a graph that is none", () => {
    const chain = (last: number, first: string[]) => ({ dags: { root: { tasks: Array.from({ length: last }, (_, i) => ({ key: `t${i}`, dependsOn: i === 0 ? first : [`t${i - 1}`] })).reverse() } } }) as unknown as GraphDocument;
    const usual = Object.fromEntries(Array.from({ length: 20_000 }, (_, i) => [`t${i}`, 1]));
    expect(timeLeft(chain(20_000, []), { runs: 1, tasks: usual }, () => undefined, () => 0, AT)).toEqual({ seconds: 20_000, atLeast: false });
    expect(timeLeft(chain(3, ["t2"]), { runs: 1, tasks: usual }, () => undefined, () => 0, AT)!.seconds).toBeGreaterThan(0);
  });
  it("goes by a loop's own iterations once some are done", () =>
    expect(left({ load: "RUNNING:20" }, USUAL, { iterations: 10 }, 4)!.seconds).toBe(30 + 62));
});
