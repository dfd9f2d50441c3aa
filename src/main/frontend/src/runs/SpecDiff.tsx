import { useState } from "react";
import { t } from "../text/text";
import { DiffText } from "./DiffText";
import { FromTo } from "./FromTo";
import type { CompareDocument } from "./protocol";

/** What differs between the compiled pipelines of two of the runs. */
export function SpecDiff({ specs, labels }: { specs: CompareDocument["specs"]; labels: string[] }) {
  const [left, setLeft] = useState(0);
  const [right, setRight] = useState(1);
  const from = specs[Math.min(left, specs.length - 1)];
  const to = specs[Math.min(right, specs.length - 1)];
  if (labels.length < 2 || specs.length === 0) {
    return null;
  }
  if (specs.length === 1) {
    return <section className="kf-card"><h2>{t("Pipeline")}</h2><p className="kf-quiet">{t("All runs have the same compiled pipeline.")}</p></section>;
  }
  return (
    <section className="kf-card">
      <h2>{t("Pipeline")}</h2>
      <FromTo labels={specs.map((spec) => spec.runs.map((i) => labels[i]).join(", "))} left={left} right={right} setLeft={setLeft} setRight={setRight} />
      {from?.text == null || to?.text == null ? <p className="kf-quiet">{t("The pipeline is too large to be compared here.")}</p> : <DiffText from={from.text} to={to.text} />}
    </section>
  );
}
