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
  const end = (key: string): number => {
    const before = ends.get(key);
    if (before !== undefined) {
      return before;
    }
    ends.set(key, 0); // whatever a broken graph says, this ends
    const dependsOn = (tasks.get(key)?.dependsOn ?? []).filter((each) => tasks.has(each));
    const at = Math.max(0, ...dependsOn.map(end)) + own(key);
    ends.set(key, at);
    return at;
  };
  const seconds = Math.max(0, ...[...tasks.keys()].map(end));
  return known === 0 && unknown > 0 ? null : { seconds, atLeast: unknown > 0 };
}
