import type { ExpectedDocument, GraphDocument, TaskState } from "./protocol";
import { isFinal } from "./store";

export interface TimeLeft {
  seconds: number;
  /** Some of what is left has never been seen to run: it takes at least that long. */
  atLeast: boolean;
}

/**
 * How long a run still takes: the longest way through what is left of its outermost tasks, each as long as it usually took (a loop that
 * has begun: as its iterations so far). Null when nothing is known. What waits for a free place takes longer than this says.
 */
export function timeLeft(
  graph: GraphDocument,
  expected: ExpectedDocument,
  task: (path: string) => TaskState | undefined,
  iterationsDone: (loop: string) => number,
  now: number,
): TimeLeft | null {
  if (expected.runs === 0) {
    return null;
  }
  const tasks = new Map((graph.dags.root?.tasks ?? []).map((each) => [each.key, each]));
  const ends = new Map<string, number>();
  let known = 0;
  let unknown = 0;

  const own = (key: string): number => {
    const state = task(key);
    if (state && isFinal(state.state)) {
      return 0;
    }
    const elapsed = state?.started ? Math.max(0, now - Date.parse(state.started)) / 1000 : 0;
    const done = state?.started && state.iterations ? iterationsDone(key) : 0;
    if (done > 0) {
      known++;
      return (elapsed * (state!.iterations! - done)) / done;
    }
    if (!Object.prototype.hasOwnProperty.call(expected.tasks, key)) {
      unknown++;
      return 0;
    }
    known++;
    return Math.max(0, expected.tasks[key] - elapsed);
  };
  // in order of their dependencies, without a call for each of them: chains may be long
  const stack = [...tasks.keys()].reverse();
  const begun = new Set<string>();
  let seconds = 0;
  while (stack.length > 0) {
    const key = stack[stack.length - 1];
    const dependsOn = (tasks.get(key)?.dependsOn ?? []).filter((each) => tasks.has(each));
    const open = begun.has(key) ? [] : dependsOn.filter((each) => !ends.has(each) && !begun.has(each));
    begun.add(key);
    if (open.length > 0) {
      stack.push(...open);
      continue;
    }
    stack.pop();
    if (!ends.has(key)) {
      const at = dependsOn.reduce((latest, each) => Math.max(latest, ends.get(each) ?? 0), 0) + own(key);
      ends.set(key, at);
      seconds = Math.max(seconds, at);
    }
  }
  return known === 0 && unknown > 0 ? null : { seconds, atLeast: unknown > 0 };
}
