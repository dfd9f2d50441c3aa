import { useCallback, useMemo, useState } from "react";
import { number } from "../model/format";
import type { RocPoint } from "../model/protocol";
import { t } from "../text/text";
import { axis, Chart, tooltip, type Palette } from "./Chart";
import { areaUnder } from "./measures";
import { TableView } from "./TableView";

export interface Curve {
  name: string;
  points: RocPoint[];
}

/** Receiver operating characteristic of one or several classifiers, with the threshold of each point. */
export function RocView({ curves }: { curves: readonly Curve[] }) {
  const option = useCallback(
    (palette: Palette) => ({
      grid: { left: 42, right: 18, top: curves.length > 1 ? 34 : 14, bottom: 40 },
      legend: curves.length > 1 ? { type: "scroll", top: 0, textStyle: { color: palette.text } } : undefined,
      tooltip: {
        ...tooltip(palette, (parameters: never) => {
          const p = parameters as { seriesName: string; data: (number | null)[] };
          const threshold = p.data[2];
          return `${curves.length > 1 ? `${p.seriesName}\n` : ""}${t("threshold")} ${threshold === null || threshold === undefined ? "∞" : number(threshold)}\n${t("false positive rate")} ${number(p.data[0]!)}\n${t("true positive rate")} ${number(p.data[1]!)}`;
        }),
        trigger: "item",
      },
      xAxis: { ...axis(palette, t("false positive rate")), type: "value", min: 0, max: 1, nameGap: 26 },
      yAxis: { ...axis(palette, t("true positive rate")), type: "value", min: 0, max: 1, nameGap: 30 },
      series: [
        ...curves.map(({ name, points }) => ({
          type: "line",
          name,
          data: [...points]
            .sort((a, b) => a.falsePositiveRate - b.falsePositiveRate || a.truePositiveRate - b.truePositiveRate)
            .map((p) => [p.falsePositiveRate, p.truePositiveRate, p.threshold]),
          symbolSize: points.length > 200 ? 3 : 6,
          showSymbol: true,
          lineStyle: { width: 2 },
          areaStyle: curves.length === 1 ? { opacity: 0.09 } : undefined,
        })),
        { type: "line", name: t("chance"), data: [[0, 0], [1, 1]], symbol: "none", silent: true, tooltip: { show: false }, lineStyle: { type: "dashed", color: palette.quiet, width: 1 } },
      ],
    }),
    [curves],
  );
  const areas = curves.map((curve) => areaUnder(curve.points)).filter((area): area is number => area !== null);
  return (
    <figure>
      {curves.length === 1 && areas.length === 1 && <figcaption className="kf-quiet">{t("area under the curve")} <strong>{areas[0].toFixed(4)}</strong></figcaption>}
      <Chart option={option} height={300} label={`${t("ROC curves: {0}", curves.length)}${areas.length === 1 ? `, ${t("area under the curve")} ${areas[0].toFixed(4)}` : ""}`} />
      {curves.some((curve) => curve.points.length > 0) && <Points curves={curves} />}
    </figure>
  );
}

/** The same as numbers: for whoever looks for a threshold, or cannot point at one. */
function Points({ curves }: { curves: readonly Curve[] }) {
  const [open, setOpen] = useState(false);
  const several = curves.length > 1;
  const rows = useMemo(
    () => (open ? curves.flatMap(({ name, points }) => points.map((p) => [...(several ? [name] : []), p.threshold === null ? "∞" : number(p.threshold), number(p.falsePositiveRate), number(p.truePositiveRate)])) : []),
    [open, curves, several],
  );
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="kf-small">{t("Thresholds")}</summary>
      {open && <TableView columns={[...(several ? [t("curve")] : []), t("threshold"), t("false positive rate"), t("true positive rate")]} rows={rows} truncated={false} />}
    </details>
  );
}
