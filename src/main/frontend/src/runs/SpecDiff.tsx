import { useMemo, useState } from "react";
import { t } from "../text/text";
import { folded, lineDiff } from "./lineDiff";
import type { CompareDocument } from "./protocol";

const SIGN = { same: " ", removed: "−", added: "+" };

/** What differs between the compiled pipelines of two of the runs. */
export function SpecDiff({ specs, labels }: { specs: CompareDocument["specs"]; labels: string[] }) {
  const [left, setLeft] = useState(0);
  const [right, setRight] = useState(1);
  const from = specs[Math.min(left, specs.length - 1)];
  const to = specs[Math.min(right, specs.length - 1)];
  const lines = useMemo(() => (from?.text != null && to?.text != null && from !== to ? folded(lineDiff(from.text, to.text)) : []), [from, to]);
  if (labels.length < 2 || specs.length === 0) {
    return null;
  }
  if (specs.length === 1) {
    return <section className="kf-card"><h2>{t("Pipeline")}</h2><p className="kf-quiet">{t("All runs have the same compiled pipeline.")}</p></section>;
  }
  const name = (spec: CompareDocument["specs"][0]) => spec.runs.map((i) => labels[i]).join(", ");
  const pick = (value: number, set: (value: number) => void, label: string) => (
    <label>{label} <select value={value} onChange={(event) => set(Number(event.target.value))}>{specs.map((spec, i) => <option key={i} value={i}>{name(spec)}</option>)}</select></label>
  );
  return (
    <section className="kf-card">
      <h2>{t("Pipeline")}</h2>
      <p className="kf-row kf-spaced">{pick(left, setLeft, t("From"))} {pick(right, setRight, t("to"))}</p>
      {from?.text == null || to?.text == null ? <p className="kf-quiet">{t("The pipeline is too large to be compared here.")}</p> : (
        <pre className="kf-pre kf-diff" tabIndex={0}>
          {lines.map((line, i) => line === null ? <span key={i} className="kf-quiet">⋯{"\n"}</span> : <span key={i} className={`kf-line-${line.kind}`}>{SIGN[line.kind]} {line.text}{"\n"}</span>)}
        </pre>
      )}
    </section>
  );
}
