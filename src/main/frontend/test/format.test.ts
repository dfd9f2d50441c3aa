import { describe, expect, it } from "vitest";
import { bytes, duration, json, number, safeLink, ticking, typeName } from "../src/model/format";
import { ancestors, childPath, iterationIndex, parentPath } from "../src/model/paths";
import { formatRoute, parseRoute } from "../src/model/route";
import { cellAt, gridShape } from "../src/graph/gridShape";
import { compareKeys, sortKey } from "../src/views/sorting";
import { areaUnder, classMeasures } from "../src/views/measures";
import { yamlTokens } from "../src/page/yaml";
import { centred, firstView, fit, zoomed } from "../src/graph/viewport";

describe("format", () => {
  it.each([[-5, "0 ms"], [0, "0 ms"], [820.4, "820 ms"], [7400, "7.4 s"], [9990, "10 s"], [59_400, "59 s"], [59_600, "1 min 00 s"], [185_000, "3 min 05 s"], [7_440_000, "2 h 04 min"], [273_600_000, "3 d 4 h"]])("duration of %d ms", (ms, text) => expect(duration(ms)).toBe(text));
  it.each([[0, "0 s"], [1999, "1 s"], [61_000, "1 min 01 s"], [-4, "0 s"]])("ticking at %d", (ms, text) => expect(ticking(ms)).toBe(text));
  it.each([[0, "0 B"], [1023, "1023 B"], [1024, "1.0 KiB"], [20_480, "20 KiB"], [1_048_575, "1.0 MiB"], [5e9, "4.7 GiB"], [5e15, "4547 TiB"]])("%d bytes", (n, text) => expect(bytes(n)).toBe(text));
  it.each([[1, "1"], [0.1 + 0.2, "0.3"], [0.946666667, "0.946667"], [1234567.5, "1.2346e+6"], [0.00001234, "1.2340e-5"], [NaN, "NaN"], [100.5, "100.5"]])("number %d", (n, text) => expect(number(n)).toBe(text));
  it.each([["http://a.b/c", true], ["https://a", true], ["HTTPS://a", true], ["javascript:alert(1)", false], [" https://a", false], ["data:text/html,x", false], ["file:///etc", false], ["https://a b", false], ["//a", false]])("link %j", (uri, safe) => expect(safeLink(uri) !== null).toBe(safe));
  it.each([["system.Model", "Model"], ["NUMBER_DOUBLE", "double"], [undefined, ""], ["google.VertexModel", "VertexModel"], ["my.Type", "my.Type"]])("type %j", (type, name) => expect(typeName(type)).toBe(name));
  it("prints values", () => expect([json("text"), json({ a: [1] }), json(null)]).toEqual(["text", "{\"a\":[1]}", "null"]));
});

describe("paths", () => {
  it.each([["a", ""], ["a/b", "a"], ["l[3]", "l"], ["l[3]/t", "l[3]"], ["a/l[0]/m[1]", "a/l[0]/m"]])("parent of %s", (path, parent) => expect(parentPath(path)).toBe(parent));
  it("lists ancestors", () => expect(ancestors("a/l[0]/m[1]/t")).toEqual(["a", "a/l", "a/l[0]", "a/l[0]/m", "a/l[0]/m[1]"]));
  it("reads and makes", () => expect([childPath("", "a"), childPath("a", "b"), iterationIndex("l[12]"), iterationIndex("l[12]/t")]).toEqual(["a", "a/b", 12, null]));
});

describe("route", () => {
  it.each([
    ["", { page: "graph", task: null, tab: null, attempt: null }],
    ["#/tasks", { page: "tasks", task: null, tab: null, attempt: null }],
    ["#/task/a%2Fb%5B1%5D/log/2", { page: "graph", task: "a/b[1]", tab: "log", attempt: 2 }],
    ["#/overview/task/x", { page: "overview", task: "x", tab: null, attempt: null }],
    ["#/task/%zz", { page: "graph", task: "%zz", tab: null, attempt: null }],
    ["#/nonsense", { page: "graph", task: null, tab: null, attempt: null }],
    ["#/task/tasks/log/x", { page: "graph", task: "tasks", tab: "log", attempt: null }],
  ])("%s", (hash, route) => expect(parseRoute(hash)).toEqual(route));
  it.each(["#/", "#/spec", "#/task/a%2Fb", "#/tasks/task/%3Cimg%3E/log/3"])("%s goes round", (hash) => expect(formatRoute(parseRoute(hash))).toBe(hash));
});

describe("iteration grid", () => {
  it.each([[1, 400, 60], [50, 400, 60], [1000, 400, 60], [10_000, 400, 200], [10_000, 3, 10]])("%i cells in %ix%i", (count, width, height) => {
    const shape = gridShape(count, width, height);
    expect(shape.rows * shape.columns).toBeGreaterThanOrEqual(count);
    expect(shape.cell).toBeGreaterThanOrEqual(4);
    const last = count - 1;
    expect(cellAt(shape, count, (last % shape.columns) * shape.cell + 1, Math.floor(last / shape.columns) * shape.cell + 1)).toBe(last);
    expect(cellAt(shape, count, -1, 0)).toBeNull();
    expect(cellAt(shape, count, 0, shape.rows * shape.cell + 1)).toBeNull();
  });
  it("takes an empty loop", () => expect(gridShape(0, 400, 60).rows).toBe(0));
});

describe("measures", () => {
  const point = (falsePositiveRate: number, truePositiveRate: number) => ({ threshold: null, falsePositiveRate, truePositiveRate });
  it.each([
    [[point(0, 0), point(1, 1)], 0.5],
    [[point(1, 1), point(0, 1), point(0, 0)], 1],
    [[point(0, 0)], null],
  ])("area under %#", (points, area) => expect(areaUnder(points)).toBe(area));
  it("of a confusion matrix", () => {
    const { accuracy, classes } = classMeasures({ labels: ["a", "b", "c"], rows: [[8, 2, 0], [0, 10, 0], [0, 0, 0]] });
    expect(accuracy).toBe(0.9);
    expect(classes.map((c) => [c.count, c.precision, c.recall])).toEqual([[10, 1, 0.8], [10, 10 / 12, 1], [0, null, null]]);
  });
});

describe("sorting", () => {
  it("puts numbers by value, before texts", () => expect(["b", "10", "a10", "9", "a9", "-1", ""].sort((a, b) => compareKeys(sortKey(a), sortKey(b)))).toEqual(["-1", "9", "10", "", "a9", "a10", "b"]));
});

describe("yaml", () => {
  it.each([
    ["  key: value", "  |mark key|key :|mark  value|string"],
    ["- name: 3", "- |mark name|key :|mark  3|number"],
    ["# note: x", "# note: x|comment"],
    ["- item", "- |mark item|"],
    ["", ""],
    ["a: |-", "a|key :|mark  |-|mark"],
  ])("%j", (line, expected) => {
    expect(yamlTokens(line).map((t) => `${t.text}|${t.kind}`).join(" ")).toBe(expected);
    expect(yamlTokens(line).map((t) => t.text).join("")).toBe(line);
  });
});

describe("viewport", () => {
  it("fits", () => {
    const view = fit({ width: 2000, height: 1000 }, { width: 1072, height: 1072 });
    expect(view).toEqual({ scale: 0.5, x: 36, y: 286 });
    expect(fit({ width: 10, height: 10 }, { width: 1000, height: 1000 }).scale).toBe(1);
  });
  it("starts readable at the top", () => {
    expect(firstView({ width: 400, height: 3000 }, { width: 1000, height: 800 })).toMatchObject({ scale: 0.72, y: 36 });
    expect(firstView({ width: 400, height: 30_000 }, { width: 1000, height: 800 }).scale).toBeLessThan(0.1);
  });
  it("moves what is selected out from under the small map", () => {
    const at = centred({ x: 0, y: 0, scale: 1 }, { x: 500, y: 700, width: 200, height: 56 }, { width: 1000, height: 800 });
    expect(at).toEqual({ scale: 1, x: 0, y: -96 });
    expect(centred(at, { x: 500, y: 400, width: 200, height: 56 }, { width: 1000, height: 800 })).toEqual(at);
  });

  it("keeps the point under the pointer", () => {
    const view = zoomed({ x: 10, y: 20, scale: 1 }, 2, 110, 120);
    expect([(110 - view.x) / view.scale, (120 - view.y) / view.scale]).toEqual([100, 100]);
    expect(zoomed(view, 1e9, 0, 0).scale).toBe(2.5);
  });
});
