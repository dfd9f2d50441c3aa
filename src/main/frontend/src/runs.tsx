import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { ComparePage } from "./runs/ComparePage";
import { Trend } from "./runs/Trend";
import { chooseLanguage, languagesFor } from "./text/text";
import "./style/runs.css";

/** What is said of several runs: the compare page, and the trend on a job's page. */
const compare = document.getElementById("kubeflow-compare");
if (compare) {
  chooseLanguage(languagesFor(compare));
  createRoot(compare).render(<StrictMode><ComparePage base={compare.dataset.base ?? "./"} /></StrictMode>);
}
const trend = document.getElementById("kubeflow-trend");
if (trend) {
  chooseLanguage(languagesFor(trend));
  createRoot(trend).render(<StrictMode><Trend base={trend.dataset.base ?? "./"} runs={trend.dataset.runs ?? "./"} /></StrictMode>);
}
