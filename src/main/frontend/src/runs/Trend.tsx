import { useCallback, useEffect, useState } from "react";
import { dateTime, number } from "../model/format";
import { t } from "../text/text";
import { axis, Chart, tooltip, type Palette } from "../views/Chart";
import { best } from "./best";
import type { TrendDocument } from "./protocol";

/** Charts that are there at once; the others on demand. */
const FIRST = 6;

/** Scalar metrics over a job's newest runs, each with a scale of its own; nothing as long as there is none. */
export function Trend({ base, runs }: { base: string; runs: string }) {
  const [trend, setTrend] = useState<TrendDocument | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [all, setAll] = useState(false);
  useEffect(() => {
    fetch(`${base}data`).then(
      async (response) => (response.ok ? setTrend((await response.json()) as TrendDocument) : setProblem(`${response.status}`)),
      (e) => setProblem(String(e)),
    );
  }, [base]);
  if (problem) {
    return <p className="kf-problem" role="alert">{problem}</p>;
  }
  if (!trend || trend.metrics.length === 0) {
    return null;
  }
  const newest = trend.numbers.slice(-10).reverse();
  const shown = all ? trend.metrics : trend.metrics.slice(0, FIRST);
  return (
    <section className="kf kf-trend">
      <h2>{t("Metrics of the last {0} runs", trend.numbers.length)}</h2>
      <div className="kf-trends">{shown.map((metric) => <MetricTrend key={metric.name} trend={trend} metric={metric} />)}</div>
      <p className="kf-row kf-small">
        {shown.length < trend.metrics.length && <button type="button" onClick={() => setAll(true)}>{t("and {0} more", trend.metrics.length - shown.length)}</button>}
        {trend.more > 0 && (all || trend.metrics.length <= FIRST) && <span className="kf-quiet">{t("and {0} more", trend.more)}</span>}
        {newest.length > 1 && <a href={`${runs}compare/?runs=${newest.join(",")}`}>{t("Compare the newest runs")}</a>}
      </p>
    </section>
  );
}

function MetricTrend({ trend, metric }: { trend: TrendDocument; metric: TrendDocument["metrics"][0] }) {
  const last = metric.values.reduce<number | null>((found, value) => value ?? found, null);
  const option = useCallback(
    (palette: Palette) => {
      const winners = best(metric.values, metric.direction);
      return {
        grid: { left: 4, right: 12, top: 8, bottom: 2, containLabel: true },
        tooltip: {
          ...tooltip(palette, (parameters: never) => {
            const p = parameters as { dataIndex: number; value: number };
            return `#${trend.numbers[p.dataIndex]} · ${dateTime(trend.started[p.dataIndex])}\n${number(p.value)}${winners.has(p.dataIndex) ? ` · ${t("best")}` : ""}`;
          }),
          trigger: "item",
        },
        xAxis: { ...axis(palette, ""), type: "category", data: trend.numbers.map((n) => `#${n}`), splitLine: { show: false } },
        yAxis: { ...axis(palette, ""), type: "value", scale: true, splitNumber: 2, axisLabel: { color: palette.quiet, formatter: number } },
        series: [{
          type: "line",
          name: metric.name,
          data: metric.values.map((value, i) => (winners.has(i) ? { value, itemStyle: { color: palette.series[2], borderColor: palette.series[2] }, symbolSize: 9 } : value)),
          connectNulls: true,
          showSymbol: true,
          symbol: "circle",
          symbolSize: 5,
        }],
      };
    },
    [trend, metric],
  );
  return (
    <figure>
      <figcaption><span>{metric.name}</span> {last !== null && <strong>{number(last)}</strong>}</figcaption>
      <Chart option={option} height={120} label={t("{0} over the last {1} runs", metric.name, trend.numbers.length)} />
    </figure>
  );
}
