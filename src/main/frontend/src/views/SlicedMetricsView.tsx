import { useCallback, useState } from "react";
import { json, number } from "../model/format";
import type { View } from "../model/protocol";
import { t } from "../text/text";
import { axis, Chart, tooltip, type Palette } from "./Chart";
import { ConfusionMatrixView } from "./ConfusionMatrixView";
import { RocView } from "./RocView";

type Sliced = Extract<View, { kind: "slicedMetrics" }>;

/** Metrics of each slice of the data: a bar for each slice, a table, and each slice's own plots. */
export function SlicedMetricsView({ view }: { view: Sliced }) {
  const names = [...new Set(view.slices.flatMap((slice) => slice.metrics.filter((m) => typeof m.value === "number").map((m) => m.name)))];
  const [metric, setMetric] = useState(names[0] ?? "");
  const [chosen, setChosen] = useState(0);
  const option = useCallback(
    (palette: Palette) => ({
      grid: { left: 8, right: 48, top: 8, bottom: 8, containLabel: true },
      tooltip: tooltip(palette, (p: never) => { const { name, value } = p as { name: string; value: number }; return `${name}\n${metric} ${number(value)}`; }),
      xAxis: { ...axis(palette, ""), type: "value" },
      yAxis: { ...axis(palette, ""), type: "category", inverse: true, data: view.slices.map((s) => s.slice), axisLabel: { color: palette.quiet, width: 140, overflow: "truncate" } },
      series: [{
        type: "bar",
        barMaxWidth: 20,
        data: view.slices.map((s) => Number(s.metrics.find((m) => m.name === metric)?.value ?? 0)),
        itemStyle: { borderRadius: [0, 3, 3, 0] },
        label: { show: true, position: "right", color: palette.text, formatter: ({ value }: { value: number }) => number(value) },
      }],
    }),
    [view, metric],
  );
  const slice = view.slices[chosen];
  return (
    <div>
      {names.length > 0 && (
        <>
          <label className="kf-field">{t("Metric")} <select value={metric} onChange={(e) => setMetric(e.target.value)}>{names.map((name) => <option key={name}>{name}</option>)}</select></label>
          <Chart option={option} height={Math.min(480, 40 + view.slices.length * 30)} label={t("{0} of each slice", metric)} />
        </>
      )}
      <div className="kf-scroll-x">
        <table className="kf-table">
          <thead><tr><th scope="col">{t("Slice")}</th>{names.map((name) => <th key={name} scope="col" className="kf-right">{name}</th>)}</tr></thead>
          <tbody>
            {view.slices.map((each, i) => (
              <tr key={i}><th scope="row">{each.slice}</th>{names.map((name) => { const v = each.metrics.find((m) => m.name === name)?.value; return <td key={name} className="kf-right">{typeof v === "number" ? number(v) : v === undefined ? "–" : json(v)}</td>; })}</tr>
            ))}
          </tbody>
        </table>
      </div>
      {view.slices.some((each) => each.confusionMatrix || each.roc) && (
        <>
          <label className="kf-field">{t("Slice")} <select value={chosen} onChange={(e) => setChosen(Number(e.target.value))}>{view.slices.map((each, i) => <option key={i} value={i}>{each.slice}</option>)}</select></label>
          {slice?.confusionMatrix && <ConfusionMatrixView matrix={slice.confusionMatrix} />}
          {slice?.roc && <RocView curves={[{ name: slice.slice, points: slice.roc.points }]} />}
        </>
      )}
    </div>
  );
}
