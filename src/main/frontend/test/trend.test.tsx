import { act } from "react";
import { createRoot } from "react-dom/client";
import { expect, it, vi } from "vitest";
import { Trend } from "../src/runs/Trend";

vi.mock("../src/views/Chart", () => ({
  Chart: ({ label, option }: { label: string; option: (p: unknown) => { series: { data: unknown[] }[] } }) => <div data-chart={label} data-values={JSON.stringify(option({ series: ["a", "b", "c"] }).series.map((s) => s.data))} />,
  tooltip: () => ({}),
  axis: () => ({}),
}));

(globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;

it("draws each metric with a scale of its own, its best marked, the first six at once", async () => {
  const metrics = Array.from({ length: 8 }, (_, i) => ({ name: `m${i}`, direction: i === 0 ? "UP" : "UNKNOWN", values: [1, 1000 * i, null] }));
  vi.stubGlobal("fetch", async () => new Response(JSON.stringify({ numbers: [3, 4, 5], states: [], started: [], metrics: [{ name: "auc", direction: "UP", values: [0.5, 0.9, null] }, ...metrics], more: 0 })));
  const box = document.body.appendChild(document.createElement("div"));
  const root = createRoot(box);
  await act(async () => root.render(<Trend base="x/" runs="./" />));
  await vi.waitFor(() => expect(box.querySelectorAll("[data-chart]").length).toBe(6));
  const first = box.querySelector("[data-chart]")!;
  expect(first.getAttribute("data-chart")).toBe("auc over the last 3 runs");
  expect(JSON.parse(first.getAttribute("data-values")!)[0]).toEqual([0.5, { value: 0.9, itemStyle: { color: "c", borderColor: "c" }, symbolSize: 9 }, null]);
  expect(box.querySelector("figcaption")!.textContent).toBe("auc 0.9");
  await act(async () => [...box.querySelectorAll("button")].find((b) => b.textContent === "and 3 more")!.click());
  expect(box.querySelectorAll("[data-chart]").length).toBe(9);
  expect(box.querySelector("a")!.getAttribute("href")).toBe("./compare/?runs=5,4,3");
  await act(async () => root.unmount());
  vi.unstubAllGlobals();
});
