import { useState } from "react";
import { number } from "../model/format";
import { t } from "../text/text";
import { best } from "./best";
import type { Direction, MetricRow } from "./protocol";

const ORDER: Direction[] = ["UP", "DOWN", "UNKNOWN"];
const LABELS: Record<Direction, string> = { UP: "higher is better", DOWN: "lower is better", UNKNOWN: "neither is better" };
const SIGNS: Record<Direction, string> = { UP: "↑", DOWN: "↓", UNKNOWN: "·" };

/** Metric by run, the best of each row marked; which way is better is told by the name and can be changed. */
export function MetricsTable({ rows, labels }: { rows: MetricRow[]; labels: string[] }) {
  const [changed, setChanged] = useState<Record<string, Direction>>({});
  return (
    <section className="kf-card">
      <h2>{t("Metrics")}</h2>
      <div className="kf-scroll-x kf-scroll-y" tabIndex={0} role="region" aria-label={t("Metrics")}>
        <table className="kf-table">
          <thead><tr><th scope="col">{t("Metric")}</th><th scope="col">{t("Better")}</th>{labels.map((label, i) => <th scope="col" key={i} className="kf-right">{label}</th>)}</tr></thead>
          <tbody>
            {rows.slice(0, 1000).map((row) => {
              const direction = changed[row.name] ?? row.direction;
              const winners = best(row.values, direction);
              return (
                <tr key={row.name}>
                  <th scope="row">{row.name}</th>
                  <td><button type="button" aria-label={`${row.name}: ${t(LABELS[direction])}`} title={t(LABELS[direction])} onClick={() => setChanged({ ...changed, [row.name]: ORDER[(ORDER.indexOf(direction) + 1) % 3] })}>{SIGNS[direction]}</button></td>
                  {row.values.map((value, i) => (
                    <td key={i} className={`kf-right${winners.has(i) ? " kf-best" : ""}`}>{value === null ? <span className="kf-quiet">–</span> : number(value)}{winners.has(i) && <span className="kf-hidden"> {t("best")}</span>}</td>
                  ))}
                </tr>
              );
            })}
          </tbody>
        </table>
        {rows.length > 1000 && <p className="kf-quiet">{t("and {0} more", rows.length - 1000)}</p>}
      </div>
    </section>
  );
}
