/** Task paths: keys joined with "/", an iteration as "[i]" behind its loop's key. */

export function parentPath(path: string): string {
  const iteration = /\[\d+\]$/.exec(path);
  if (iteration) {
    return path.slice(0, iteration.index);
  }
  const slash = path.lastIndexOf("/");
  return slash < 0 ? "" : path.slice(0, slash);
}

export function childPath(parent: string, key: string): string {
  return parent === "" ? key : `${parent}/${key}`;
}

export function iterationIndex(path: string): number | null {
  const match = /\[(\d+)\]$/.exec(path);
  return match ? Number(match[1]) : null;
}

/** All ancestors, outermost first, without the path itself and the root. */
export function ancestors(path: string): string[] {
  const list: string[] = [];
  for (let at = parentPath(path); at !== ""; at = parentPath(at)) {
    list.unshift(at);
  }
  return list;
}
