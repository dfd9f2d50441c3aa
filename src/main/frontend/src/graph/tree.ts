import { childPath } from "../model/paths";
import type { GraphDocument, StaticTask } from "../model/protocol";

/** What is open in the graph: groups by path, and which iteration of a loop is looked at. */
export interface Opened {
  groups: ReadonlySet<string>;
  iterations: ReadonlyMap<string, number>;
}

/** A task as the graph draws it, at its path; `children` when it is an open group. */
export interface TreeNode {
  path: string;
  task: StaticTask;
  /** The path its children stand under: its own, or that of the iteration looked at. */
  inner: string;
  group: boolean;
  children: TreeNode[] | null;
}

const DEEPEST = 60;

export function tree(graph: GraphDocument, opened: Opened): TreeNode[] {
  return level(graph, "root", "", opened, 0);
}

function level(graph: GraphDocument, dag: string, parent: string, opened: Opened, depth: number): TreeNode[] {
  return (graph.dags[dag]?.tasks ?? []).map((task) => {
    const path = childPath(parent, task.key);
    const inner = task.kind === "loop" ? `${path}[${opened.iterations.get(path) ?? 0}]` : path;
    const group = task.dag !== null || task.kind === "loop";
    const open = group && opened.groups.has(path) && depth < DEEPEST;
    const children = open ? (task.dag === null ? [] : level(graph, task.dag, inner, opened, depth + 1)) : null;
    return { path, task, inner, group, children };
  });
}

/** All groups of the graph, at the iterations looked at, as long as there are not more tasks than `most`; null when there are. */
export function allGroups(graph: GraphDocument, iterations: ReadonlyMap<string, number>, most: number): Set<string> | null {
  const groups = new Set<string>();
  let count = 0;
  const walk = (dag: string, parent: string, depth: number): boolean => {
    for (const task of graph.dags[dag]?.tasks ?? []) {
      const path = childPath(parent, task.key);
      if (++count > most || depth > DEEPEST) {
        return false;
      }
      if (task.dag !== null || task.kind === "loop") {
        groups.add(path);
        const inner = task.kind === "loop" ? `${path}[${iterations.get(path) ?? 0}]` : path;
        if (task.dag !== null && !walk(task.dag, inner, depth + 1)) {
          return false;
        }
      }
    }
    return true;
  };
  return walk("root", "", 0) ? groups : null;
}
