import { childPath } from "../model/paths";
import type { GraphDocument, TaskState } from "../model/protocol";

/** How an edge stands in the set beside the tasks. */
export const criticalEdge = (from: string, to: string) => `${from}\n${to}`;

/**
 * The tasks that made the run last as long as it did: from the one that ended last back over the dependency that ended last, and into
 * groups and the longest iterations of loops. Tasks that still run end now.
 */
export function criticalPath(graph: GraphDocument, task: (path: string) => TaskState | undefined, iterationsOf: (path: string) => readonly string[]): Set<string> {
  const path = new Set<string>();
  const end = (at: string) => {
    const state = task(at);
    return state?.started ? (state.ended ? Date.parse(state.ended) : Number.MAX_SAFE_INTEGER) : -1;
  };
  const latest = (paths: readonly string[]) => {
    let best: string | null = null;
    for (const candidate of paths) {
      if (end(candidate) >= 0 && (best === null || end(candidate) > end(best))) {
        best = candidate;
      }
    }
    return best;
  };
  const walk = (dag: string, parent: string) => {
    const tasks = new Map((graph.dags[dag]?.tasks ?? []).map((entry) => [childPath(parent, entry.key), entry]));
    let at = latest([...tasks.keys()]);
    while (at !== null && !path.has(at)) {
      path.add(at);
      const spec = tasks.get(at)!;
      if (spec.kind === "loop") {
        const iteration = latest(iterationsOf(at));
        if (iteration !== null) {
          path.add(iteration);
          if (spec.dag !== null) {
            walk(spec.dag, iteration);
          }
        }
      } else if (spec.dag !== null) {
        walk(spec.dag, at);
      }
      const before = latest(spec.dependsOn.map((key) => childPath(parent, key)).filter((p) => tasks.has(p)));
      if (before !== null) {
        path.add(criticalEdge(before, at));
      }
      at = before;
    }
  };
  walk("root", "");
  return path;
}
