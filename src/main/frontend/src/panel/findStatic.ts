import type { GraphDocument, StaticTask } from "../model/protocol";

/** The spec of the task at a path; that of the loop for an iteration. */
export function findStatic(graph: GraphDocument, path: string): StaticTask | null {
  let dag = "root";
  let found: StaticTask | null = null;
  for (const part of path.split("/")) {
    const key = part.replace(/\[\d+\]$/, "");
    found = graph.dags[dag]?.tasks.find((task) => task.key === key) ?? null;
    if (!found) {
      return null;
    }
    dag = found.dag ?? "";
  }
  return found;
}
