import { ParallelChart } from "echarts/charts";
import { ParallelComponent } from "echarts/components";
import { use } from "echarts/core";
import { useCallback, useMemo } from "react";
import { json } from "../model/format";
import { t } from "../text/text";
import { Chart, type Palette } from "../views/Chart";
import type { CompareDocument } from "./protocol";

use([ParallelChart, ParallelComponent]);

const MOST = 12;

interface Axis {
  name: string;
  /** Null for numbers. */
  categories: string[] | null;
  values: (number | string | null)[];
}

/** Axes of what differs: parameters first, then metrics. */
export function axes(document: CompareDocument): Axis[] {
  const parameters = document.parameters.filter((row) => row.differs).map((row): Axis => {
    const numeric = row.values.every((value) => value === null || typeof value === "number");
    const values = row.values.map((value) => (value === null ? null : numeric ? (value as number) : json(value).slice(0, 40)));
    return { name: row.name, categories: numeric ? null : [...new Set(values.filter((value) => value !== null).map(String))], values };
  });
  const metrics = document.metrics.filter((row) => row.differs).map((row): Axis => ({ name: row.name, categories: null, values: row.values }));
  return [...parameters.slice(0, Math.max(MOST / 2, MOST - metrics.length)), ...metrics].slice(0, MOST);
}

/** One line for each run across parameters and metrics. */
export function ParallelCoordinates({ document }: { document: CompareDocument }) {
  const list = useMemo(() => axes(document), [document]);
  const differing = [...document.parameters, ...document.metrics].filter((row) => row.differs).length;
  const option = useCallback(
    (palette: Palette) => ({
      legend: { type: "scroll", top: 0, textStyle: { color: palette.text } },
      parallel: { left: 60, right: 70, top: 64, bottom: 24, parallelAxisDefault: { nameTextStyle: { color: palette.quiet }, axisLine: { lineStyle: { color: palette.line } }, axisLabel: { color: palette.quiet } } },
      parallelAxis: list.map((axis, dim) => ({ dim, name: axis.name.length > 22 ? `…${axis.name.slice(-21)}` : axis.name, ...(axis.categories ? { type: "category", data: axis.categories } : { type: "value", scale: true }) })),
      series: document.runs.map((run, i) => ({
        type: "parallel",
        name: run.label,
        smooth: false,
        lineStyle: { width: 2.5, opacity: 0.85, color: palette.series[i % palette.series.length] },
        itemStyle: { color: palette.series[i % palette.series.length] },
        data: [list.map((axis) => axis.values[i] ?? "-")],
      })),
    }),
    [document, list],
  );
  if (list.length < 2) {
    return null;
  }
  return (
    <section className="kf-card">
      <h2>{t("Parameters and metrics together")}</h2>
      <Chart option={option} height={340} label={t("Parallel coordinates of {0} runs over {1}", document.runs.length, list.map((axis) => axis.name).join(", "))} />
      {differing > list.length && <p className="kf-quiet">{t("Drawn are {0} of the {1} that differ.", list.length, differing)}</p>}
    </section>
  );
}
