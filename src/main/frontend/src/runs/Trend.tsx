import { useCallback, useEffect, useState } from "react";
import { dateTime, number } from "../model/format";
import { t } from "../text/text";
import { axis, Chart, tooltip, type Palette } from "../views/Chart";
import type { TrendDocument } from "./protocol";

/** Scalar metrics over a job's newest runs; nothing as long as there is none. */
export function Trend({ base, runs }: { base: string; runs: string }) {
  const [trend, setTrend] = useState<TrendDocument | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    fetch(`${base}data`).then(
      async (response) => (response.ok ? setTrend((await response.json()) as TrendDocument) : setProblem(`${response.status}`)),
      (e) => setProblem(String(e)),
    );
  }, [base]);
  const option = useCallback(
    (palette: Palette) => ({
      grid: { left: 50, right: 16, top: 34, bottom: 30 },
      legend: { type: "scroll", top: 0, textStyle: { color: palette.text } },
      tooltip: {
        ...tooltip(palette, (parameters: never) => {
          const p = parameters as { seriesName: string; dataIndex: number; value: number };
          return `${p.seriesName}\n#${trend!.numbers[p.dataIndex]} · ${dateTime(trend!.started[p.dataIndex])}\n${number(p.value)}`;
        }),
        trigger: "item",
      },
      xAxis: { ...axis(palette, ""), type: "category", data: trend!.numbers.map((n) => `#${n}`) },
      yAxis: { ...axis(palette, ""), type: "value", scale: true },
      series: trend!.metrics.map((metric) => ({ type: "line", name: metric.name, data: metric.values, connectNulls: true, showSymbol: true, symbolSize: 6 })),
    }),
    [trend],
  );
  if (problem) {
    return <p className="kf-problem" role="alert">{problem}</p>;
  }
  if (!trend || trend.metrics.length === 0) {
    return null;
  }
  const newest = trend.numbers.slice(-10).reverse();
  return (
    <div className="kf kf-trend">
      <h2>{t("Metrics of the last {0} runs", trend.numbers.length)}</h2>
      <Chart option={option} height={260} label={t("Metrics of the last {0} runs", trend.numbers.length)} />
      <p className="kf-small">{trend.more > 0 && t("and {0} more", trend.more)} {newest.length > 1 && <a href={`${runs}compare/?runs=${newest.join(",")}`}>{t("Compare the newest runs")}</a>}</p>
    </div>
  );
}
