export interface DiffLine {
  kind: "same" | "removed" | "added";
  text: string;
}

/** More edits than this are shown as one replacement: nobody reads such a difference line by line. */
const MOST_EDITS = 3000;

/** The shortest line difference (Myers). */
export function lineDiff(before: string, after: string): DiffLine[] {
  const a = before.split("\n");
  const b = after.split("\n");
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  const same = (lines: string[]): DiffLine[] => lines.map((text) => ({ kind: "same", text }));
  return [...same(a.slice(0, start)), ...middle(a.slice(start, a.length - end), b.slice(start, b.length - end)), ...same(end === 0 ? [] : a.slice(-end))];
}

function middle(a: string[], b: string[]): DiffLine[] {
  const most = Math.min(a.length + b.length, MOST_EDITS);
  const furthest = new Map<number, number>([[1, 0]]);
  const trace: Map<number, number>[] = [];
  for (let d = 0; d <= most; d++) {
    trace.push(new Map([...furthest].filter(([k]) => Math.abs(k) <= d + 1)));
    for (let k = -d; k <= d; k += 2) {
      const down = k === -d || (k !== d && (furthest.get(k - 1) ?? -1) < (furthest.get(k + 1) ?? -1));
      let x = down ? furthest.get(k + 1) ?? 0 : (furthest.get(k - 1) ?? 0) + 1;
      let y = x - k;
      while (x < a.length && y < b.length && a[x] === b[y]) {
        x++;
        y++;
      }
      furthest.set(k, x);
      if (x >= a.length && y >= b.length) {
        return backwards(a, b, trace, d);
      }
    }
  }
  return [...a.map((text): DiffLine => ({ kind: "removed", text })), ...b.map((text): DiffLine => ({ kind: "added", text }))];
}

function backwards(a: string[], b: string[], trace: Map<number, number>[], edits: number): DiffLine[] {
  const lines: DiffLine[] = [];
  let x = a.length;
  let y = b.length;
  for (let d = edits; d >= 0; d--) {
    const furthest = trace[d];
    const k = x - y;
    const down = k === -d || (k !== d && (furthest.get(k - 1) ?? -1) < (furthest.get(k + 1) ?? -1));
    const from = down ? k + 1 : k - 1;
    const fromX = d === 0 ? 0 : furthest.get(from) ?? 0;
    const fromY = fromX - from;
    while (x > fromX && y > Math.max(0, fromY) && x > 0 && (d > 0 ? x > fromX && y > fromY : true)) {
      lines.push({ kind: "same", text: a[--x] });
      y--;
    }
    if (d > 0) {
      lines.push(down ? { kind: "added", text: b[--y] } : { kind: "removed", text: a[--x] });
    }
  }
  return lines.reverse();
}

/** Only what changed, with a few lines around it; `null` stands for lines left out. */
export function folded(lines: readonly DiffLine[], around = 3): (DiffLine | null)[] {
  const keep = new Set<number>();
  lines.forEach((line, i) => {
    if (line.kind !== "same") {
      for (let j = Math.max(0, i - around); j <= Math.min(lines.length - 1, i + around); j++) {
        keep.add(j);
      }
    }
  });
  const result: (DiffLine | null)[] = [];
  lines.forEach((line, i) => {
    if (keep.has(i)) {
      result.push(line);
    } else if (result[result.length - 1] !== null) {
      result.push(null);
    }
  });
  return result;
}
