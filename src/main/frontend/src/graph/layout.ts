import { graphlib, layout as dagre } from "@dagrejs/dagre";
import type { TreeNode } from "./tree";

export interface Box {
  node: TreeNode;
  x: number;
  y: number;
  width: number;
  height: number;
  depth: number;
}

export interface Edge {
  from: string;
  to: string;
  points: [x: number, y: number][];
}

/** Absolute positions; groups stand before what is in them. */
export interface Layout {
  width: number;
  height: number;
  boxes: Box[];
  edges: Edge[];
}

export const NODE_WIDTH = 208;
export const NODE_HEIGHT = 58;
export const GROUP_HEADER = 46;
export const LOOP_GRID = 46;
const PADDING = 16;
const RANK_GAP = 36;
const NODE_GAP = 24;
/** Beyond this many tasks in one DAG, ranks are assigned by longest path: linear, and nearly as good to look at. */
const MANY = 150;
const VERY_MANY = 400;

/** Places every node, groups from the inside out. Pure: the same tree gives the same layout. */
export function layout(nodes: readonly TreeNode[]): Layout {
  const result: Layout = { width: 0, height: 0, boxes: [], edges: [] };
  const size = place(nodes, result, 0, 0, 0, false);
  result.width = size.width;
  result.height = size.height;
  return result;
}

interface Placed {
  boxes: Box[];
  edges: Edge[];
  width: number;
  height: number;
}

function place(nodes: readonly TreeNode[], into: Layout, x: number, y: number, depth: number, padded: boolean): { width: number; height: number } {
  const placed = measure(nodes, depth);
  const margin = padded ? PADDING : 0;
  for (const box of placed.boxes) {
    into.boxes.push({ ...box, x: box.x + x + margin, y: box.y + y + margin });
  }
  for (const edge of placed.edges) {
    into.edges.push({ ...edge, points: edge.points.map(([px, py]) => [px + x + margin, py + y + margin]) });
  }
  return { width: placed.width, height: placed.height };
}

function measure(nodes: readonly TreeNode[], depth: number): Placed {
  const inner = new Map<string, Placed>();
  const sizes = new Map<string, { width: number; height: number }>();
  for (const node of nodes) {
    if (node.children === null) {
      sizes.set(node.path, { width: NODE_WIDTH, height: NODE_HEIGHT });
      continue;
    }
    const content = measure(node.children, depth + 1);
    inner.set(node.path, content);
    const grid = node.task.kind === "loop" ? LOOP_GRID : 0;
    sizes.set(node.path, {
      width: Math.max(NODE_WIDTH + 2 * PADDING, content.width + 2 * PADDING),
      height: GROUP_HEADER + grid + content.height + (content.height > 0 ? 2 * PADDING : PADDING),
    });
  }
  const flat = nodes.length > VERY_MANY ? layered(nodes, sizes) : ranked(nodes, sizes);
  const boxes: Box[] = [];
  const edges: Edge[] = [...flat.edges];
  for (const node of nodes) {
    const at = flat.at.get(node.path)!;
    const size = sizes.get(node.path)!;
    boxes.push({ node, x: at.x, y: at.y, width: size.width, height: size.height, depth });
    const content = inner.get(node.path);
    if (content) {
      const dx = at.x + (size.width - content.width) / 2;
      const dy = at.y + GROUP_HEADER + (node.task.kind === "loop" ? LOOP_GRID : 0) + PADDING / 2;
      for (const box of content.boxes) {
        boxes.push({ ...box, x: box.x + dx, y: box.y + dy });
      }
      for (const edge of content.edges) {
        edges.push({ ...edge, points: edge.points.map(([px, py]) => [px + dx, py + dy]) });
      }
    }
  }
  return { boxes, edges, width: flat.width, height: flat.height };
}

interface Flat {
  at: Map<string, { x: number; y: number }>;
  edges: Edge[];
  width: number;
  height: number;
}

function dependencies(nodes: readonly TreeNode[]): [from: TreeNode, to: TreeNode][] {
  const byKey = new Map(nodes.map((node) => [node.task.key, node]));
  const pairs: [TreeNode, TreeNode][] = [];
  for (const node of nodes) {
    for (const key of new Set(node.task.dependsOn)) {
      const from = byKey.get(key);
      if (from && from !== node) {
        pairs.push([from, node]);
      }
    }
  }
  return pairs;
}

function ranked(nodes: readonly TreeNode[], sizes: Map<string, { width: number; height: number }>): Flat {
  if (nodes.length === 0) {
    return { at: new Map(), edges: [], width: 0, height: 0 };
  }
  const graph = new graphlib.Graph();
  graph.setGraph({ rankdir: "TB", ranksep: RANK_GAP, nodesep: NODE_GAP, ...(nodes.length > MANY ? { ranker: "longest-path" } : {}) });
  graph.setDefaultEdgeLabel(() => ({}));
  // Ids of our own: keys come from strangers.
  const ids = new Map(nodes.map((node, i) => [node.path, `n${i}`]));
  for (const node of nodes) {
    graph.setNode(ids.get(node.path)!, { ...sizes.get(node.path)! });
  }
  const pairs = dependencies(nodes);
  for (const [from, to] of pairs) {
    graph.setEdge(ids.get(from.path)!, ids.get(to.path)!, {});
  }
  dagre(graph);
  const at = new Map<string, { x: number; y: number }>();
  let width = 0;
  let height = 0;
  for (const node of nodes) {
    const { x, y } = graph.node(ids.get(node.path)!) as { x: number; y: number };
    const size = sizes.get(node.path)!;
    at.set(node.path, { x: Math.round(x - size.width / 2), y: Math.round(y - size.height / 2) });
    width = Math.max(width, x + size.width / 2);
    height = Math.max(height, y + size.height / 2);
  }
  // An edge moves sideways only in the gaps between ranks, so that it crosses no tall neighbour.
  const halves = new Map<number, number>();
  for (const node of nodes) {
    const size = sizes.get(node.path)!;
    const centre = Math.round(at.get(node.path)!.y + size.height / 2);
    halves.set(centre, Math.max(halves.get(centre) ?? 0, size.height / 2));
  }
  const half = (y: number) => halves.get(Math.round(y)) ?? halves.get(Math.round(y) - 1) ?? halves.get(Math.round(y) + 1);
  const rankEdge = (centre: number, side: 1 | -1) => centre + side * (half(centre) ?? 0);
  const through = (x: number, y: number): [number, number][] => {
    const reach = half(y);
    return reach === undefined ? [] : [[x, y - reach], [x, y + reach]];
  };
  const edges = pairs.map(([from, to]) => {
    const { points } = graph.edge(ids.get(from.path)!, ids.get(to.path)!) as unknown as { points: { x: number; y: number }[] };
    const start = at.get(from.path)!;
    const end = at.get(to.path)!;
    const middle = points.slice(1, -1).flatMap((p) => through(p.x, Math.round(p.y)));
    const leave = rankEdge(start.y + sizes.get(from.path)!.height / 2, 1);
    const arrive = rankEdge(end.y + sizes.get(to.path)!.height / 2, -1);
    return {
      from: from.path,
      to: to.path,
      points: [
        [start.x + sizes.get(from.path)!.width / 2, start.y + sizes.get(from.path)!.height] as [number, number],
        [start.x + sizes.get(from.path)!.width / 2, leave] as [number, number],
        ...middle,
        [end.x + sizes.get(to.path)!.width / 2, arrive] as [number, number],
        [end.x + sizes.get(to.path)!.width / 2, end.y] as [number, number],
      ],
    };
  });
  for (const edge of edges) {
    for (const [x] of edge.points) {
      width = Math.max(width, x);
    }
  }
  return { at, edges, width: Math.ceil(width), height: Math.ceil(height) };
}

/** For DAGs of many hundreds of tasks: longest-path ranks, two sweeps of averaging, wide ranks folded into rows. Linear in size. */
function layered(nodes: readonly TreeNode[], sizes: Map<string, { width: number; height: number }>): Flat {
  const pairs = dependencies(nodes);
  const next = new Map<TreeNode, TreeNode[]>();
  const before = new Map<TreeNode, TreeNode[]>();
  const waiting = new Map<TreeNode, number>();
  for (const [from, to] of pairs) {
    next.set(from, [...(next.get(from) ?? []), to]);
    before.set(to, [...(before.get(to) ?? []), from]);
    waiting.set(to, (waiting.get(to) ?? 0) + 1);
  }
  const rank = new Map<TreeNode, number>();
  const ready = nodes.filter((node) => !waiting.has(node));
  ready.forEach((node) => rank.set(node, 0));
  for (let i = 0; i < ready.length; i++) {
    for (const to of next.get(ready[i]) ?? []) {
      rank.set(to, Math.max(rank.get(to) ?? 0, rank.get(ready[i])! + 1));
      waiting.set(to, waiting.get(to)! - 1);
      if (waiting.get(to) === 0) {
        ready.push(to);
      }
    }
  }
  const ranks: TreeNode[][] = [];
  for (const node of nodes) {
    (ranks[rank.get(node) ?? 0] ??= []).push(node);
  }
  const order = new Map<TreeNode, number>();
  const number = (row: TreeNode[]) => row.forEach((node, i) => order.set(node, i / row.length));
  ranks.forEach(number);
  const sweep = (rows: TreeNode[][], around: Map<TreeNode, TreeNode[]>) => {
    for (const row of rows) {
      const centre = new Map(row.map((node) => {
        const others = around.get(node) ?? [];
        return [node, others.length === 0 ? order.get(node)! : others.reduce((sum, o) => sum + order.get(o)!, 0) / others.length];
      }));
      row.sort((a, b) => centre.get(a)! - centre.get(b)!);
      number(row);
    }
  };
  sweep(ranks, before);
  sweep([...ranks].reverse(), next);
  sweep(ranks, before);
  const most = Math.max(12, Math.ceil(Math.sqrt(nodes.length) * 1.2));
  const rows = ranks.flatMap((row) => Array.from({ length: Math.ceil(row.length / most) }, (_, i) => row.slice(i * most, (i + 1) * most)));
  const widths = rows.map((row) => row.reduce((sum, node) => sum + sizes.get(node.path)!.width + NODE_GAP, -NODE_GAP));
  const width = Math.max(...widths);
  const at = new Map<string, { x: number; y: number }>();
  let y = 0;
  rows.forEach((row, i) => {
    let x = Math.round((width - widths[i]) / 2);
    let tallest = 0;
    for (const node of row) {
      const size = sizes.get(node.path)!;
      at.set(node.path, { x, y });
      x += size.width + NODE_GAP;
      tallest = Math.max(tallest, size.height);
    }
    y += tallest + RANK_GAP;
  });
  const edges = pairs.map(([from, to]): Edge => {
    const a = at.get(from.path)!;
    const b = at.get(to.path)!;
    const size = sizes.get(from.path)!;
    return {
      from: from.path,
      to: to.path,
      points: [[a.x + size.width / 2, a.y + size.height], [b.x + sizes.get(to.path)!.width / 2, b.y]],
    };
  });
  return { at, edges, width, height: Math.max(0, y - RANK_GAP) };
}

/** A smooth path through the points of an edge, leaving and arriving vertically. */
export function edgePath(points: readonly [number, number][]): string {
  if (points.length < 2) {
    return "";
  }
  const round = (value: number) => Math.round(value * 10) / 10;
  let path = `M${round(points[0][0])} ${round(points[0][1])}`;
  for (let i = 1; i < points.length; i++) {
    const [x0, y0] = points[i - 1];
    const [x1, y1] = points[i];
    const middle = (y0 + y1) / 2;
    path += `C${round(x0)} ${round(middle)} ${round(x1)} ${round(middle)} ${round(x1)} ${round(y1)}`;
  }
  return path;
}
