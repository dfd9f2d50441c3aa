import { useCallback } from "react";
import { number } from "../model/format";
import type { ConfusionMatrix } from "../model/protocol";
import { t } from "../text/text";
import { axis, Chart, tooltip, type Palette } from "./Chart";
import { inkOn, mixed, rgb } from "./colours";
import { classMeasures } from "./measures";

const percent = (value: number | null) => (value === null ? "–" : `${(100 * value).toFixed(1)} %`);

/** A heat map of true against predicted classes, with what follows from it. Colour is by share of the true class. */
export function ConfusionMatrixView({ matrix }: { matrix: ConfusionMatrix }) {
  const n = matrix.labels.length;
  const option = useCallback(
    (palette: Palette) => {
      const data: { value: [number, number, number]; count: number; label: { color: string } }[] = [];
      const [none, all] = [rgb(palette.card), rgb(palette.series[0])];
      matrix.rows.forEach((row, i) => {
        const sum = row.reduce((a, b) => a + b, 0);
        row.forEach((count, j) => {
          const share = sum > 0 ? count / sum : 0;
          data.push({ value: [j, i, share], count, label: { color: inkOn(mixed(none, all, share)) } });
        });
      });
      return {
        grid: { left: 8, right: 8, top: 26, bottom: 8, containLabel: true },
        tooltip: tooltip(palette, ({ data: d }: { data: (typeof data)[0] }) => `${t("true: {0}", matrix.labels[d.value[1]])}\n${t("predicted: {0}", matrix.labels[d.value[0]])}\n${number(d.count)} (${percent(d.value[2])})`),
        xAxis: { ...axis(palette, ""), type: "category", data: matrix.labels, position: "top", splitLine: { show: false }, axisTick: { show: false }, axisLine: { show: false }, axisLabel: { color: palette.quiet, interval: n > 20 ? "auto" : 0, rotate: n > 6 ? 45 : 0, width: 90, overflow: "truncate" } },
        yAxis: { ...axis(palette, ""), type: "category", data: matrix.labels, inverse: true, splitLine: { show: false }, axisTick: { show: false }, axisLine: { show: false }, axisLabel: { color: palette.quiet, width: 110, overflow: "truncate" } },
        visualMap: { show: false, min: 0, max: 1, dimension: 2, inRange: { color: [palette.card, palette.series[0]] } },
        series: [{
          type: "heatmap",
          data,
          itemStyle: { borderColor: palette.line, borderWidth: 1 },
          label: { show: n <= 14, formatter: ({ data: d }: { data: (typeof data)[0] }) => number(d.count) },
        }],
      };
    },
    [matrix, n],
  );
  const measures = classMeasures(matrix);
  return (
    <div className="kf-view-split">
      <figure>
        <figcaption className="kf-quiet">{t("predicted class across, true class down")}</figcaption>
        <Chart option={option} height={Math.min(560, 90 + n * 38)} label={t("Confusion matrix of {0} classes, accuracy {1}", n, percent(measures.accuracy))} />
      </figure>
      <div className="kf-scroll-x">
        <table className="kf-table">
          <caption>{t("Accuracy")} {percent(measures.accuracy)}</caption>
          <thead><tr><th scope="col">{t("Class")}</th><th scope="col" className="kf-right">{t("Count")}</th><th scope="col" className="kf-right">{t("Precision")}</th><th scope="col" className="kf-right">{t("Recall")}</th></tr></thead>
          <tbody>
            {measures.classes.slice(0, 100).map((row, i) => (
              <tr key={i}><th scope="row">{row.label}</th><td className="kf-right">{number(row.count)}</td><td className="kf-right">{percent(row.precision)}</td><td className="kf-right">{percent(row.recall)}</td></tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}
