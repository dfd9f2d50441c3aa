import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { ComparePage } from "./runs/ComparePage";
import { Trend } from "./runs/Trend";
import { VersionDiff } from "./runs/VersionDiff";
import { chooseLanguage, languagesFor } from "./text/text";
import "./style/runs.css";

/** What is said of several runs or versions: the compare page, the trend on a job's page, the difference of two versions. */
const compare = document.getElementById("kubeflow-compare");
if (compare) {
  chooseLanguage(languagesFor(compare));
  createRoot(compare).render(<StrictMode><ComparePage base={compare.dataset.base ?? "./"} /></StrictMode>);
}
const versions = document.getElementById("kubeflow-versions-diff");
if (versions) {
  chooseLanguage(languagesFor(versions));
  const names = [...versions.querySelectorAll("li")].map((each) => each.textContent ?? "");
  createRoot(versions).render(<StrictMode><VersionDiff base={versions.dataset.base ?? "./"} versions={names} /></StrictMode>);
}
const trend = document.getElementById("kubeflow-trend");
if (trend) {
  chooseLanguage(languagesFor(trend));
  createRoot(trend).render(<StrictMode><Trend base={trend.dataset.base ?? "./"} runs={trend.dataset.runs ?? "./"} /></StrictMode>);
}
