import { describe, expect, it } from "vitest";
import { edgePath, layout, NODE_HEIGHT, NODE_WIDTH } from "../src/graph/layout";
import { allGroups, tree, type Opened } from "../src/graph/tree";
import type { GraphDocument } from "../src/model/protocol";
// @ts-expect-error plain JavaScript
import { large, standard } from "./fixture.mjs";

const graph = standard().graph as GraphDocument;
const closed: Opened = { groups: new Set(), iterations: new Map() };
const all: Opened = { groups: allGroups(graph, new Map(), 1000)!, iterations: new Map() };

const overlap = (a: { x: number; y: number; width: number; height: number }, b: typeof a) =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

describe("layout", () => {
  it("is the same for the same tree", () => {
    expect(layout(tree(graph, all))).toEqual(layout(tree(graph, all)));
  });

  it("draws closed groups like tasks", () => {
    const drawn = layout(tree(graph, closed));
    expect(drawn.boxes).toHaveLength(graph.dags.root.tasks.length);
    expect(drawn.boxes.every((box) => box.width === NODE_WIDTH && box.height === NODE_HEIGHT)).toBe(true);
  });

  it("puts a task below those it depends on", () => {
    const drawn = layout(tree(graph, all));
    const at = new Map(drawn.boxes.map((box) => [box.node.path, box]));
    for (const edge of drawn.edges) {
      expect(at.get(edge.to)!.y).toBeGreaterThanOrEqual(at.get(edge.from)!.y + at.get(edge.from)!.height);
    }
  });

  it("keeps siblings apart and children inside their group", () => {
    const drawn = layout(tree(graph, all));
    for (const box of drawn.boxes) {
      for (const child of box.node.children ?? []) {
        const inner = drawn.boxes.find((b) => b.node === child)!;
        expect(inner.x).toBeGreaterThanOrEqual(box.x);
        expect(inner.y).toBeGreaterThan(box.y);
        expect(inner.x + inner.width).toBeLessThanOrEqual(box.x + box.width);
        expect(inner.y + inner.height).toBeLessThanOrEqual(box.y + box.height);
      }
      for (const other of drawn.boxes) {
        if (other !== box && other.depth === box.depth) {
          expect(overlap(box, other), `${box.node.path} and ${other.node.path}`).toBe(false);
        }
      }
    }
  });

  it.each([10, 160, 500, 1500])("lays out %i tasks without overlap", (count) => {
    const drawn = layout(tree(large(count).graph, closed));
    expect(drawn.boxes).toHaveLength(count);
    const seen = new Set(drawn.boxes.map((box) => `${box.x},${box.y}`));
    expect(seen.size).toBe(count);
    for (const box of drawn.boxes) {
      expect(box.x).toBeGreaterThanOrEqual(0);
      expect(box.x + box.width).toBeLessThanOrEqual(drawn.width + 1);
      expect(box.y + box.height).toBeLessThanOrEqual(drawn.height + 1);
    }
  });

  it("takes an empty graph, a cycle and a dependency that is not there", () => {
    expect(layout([])).toEqual({ width: 0, height: 0, boxes: [], edges: [] });
    const task = (key: string, dependsOn: string[]) => ({ ...graph.dags.root.tasks[0], key, dependsOn });
    const odd: GraphDocument = { ...graph, dags: { root: { tasks: [task("a", ["b", "gone"]), task("b", ["a"]), task("__proto__", ["a"])] } } };
    expect(layout(tree(odd, closed)).boxes).toHaveLength(3);
  });

  it("has a picture of its own", () => {
    const drawn = layout(tree(graph, { groups: new Set(["features"]), iterations: new Map() }));
    expect(drawn.boxes.map((box) => `${box.node.path} ${box.x},${box.y} ${box.width}x${box.height}`)).toMatchSnapshot();
  });
});

describe("tree", () => {
  it("looks into the iteration that was chosen", () => {
    const nodes = tree(graph, { groups: new Set(["for-loop-1", "for-loop-1[7]/for-loop-2"]), iterations: new Map([["for-loop-1", 7], ["for-loop-1[7]/for-loop-2", 2]]) });
    const loop = nodes.find((node) => node.path === "for-loop-1")!;
    expect(loop.children!.map((node) => node.path)).toEqual(["for-loop-1[7]/train", "for-loop-1[7]/score", "for-loop-1[7]/for-loop-2"]);
    expect(loop.children![2].children!.map((node) => node.path)).toEqual(["for-loop-1[7]/for-loop-2[2]/validate"]);
  });

  it("gives up on counting when there are too many", () => {
    expect(allGroups(graph, new Map(), 5)).toBeNull();
  });

  it("ends on a component that contains itself", () => {
    const task = { ...graph.dags.root.tasks[0], key: "again", dag: "root", kind: "dag" as const };
    expect(allGroups({ ...graph, dags: { root: { tasks: [task] } } }, new Map(), 1000)).toBeNull();
  });
});

describe("edgePath", () => {
  it.each([
    [[[0, 0], [10, 20]], "M0 0C0 10 10 10 10 20"],
    [[[5, 5]], ""],
    [[], ""],
  ] as [[number, number][], string][])("of %j", (points, path) => expect(edgePath(points)).toBe(path));
});
