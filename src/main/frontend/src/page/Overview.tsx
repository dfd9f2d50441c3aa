import { useMemo } from "react";
import { dateTime, number, json, typeName } from "../model/format";
import type { ArtifactViews, Metric, View } from "../model/protocol";
import { Value } from "../panel/Value";
import { ValuesTable } from "../panel/ValuesTable";
import { ArtifactView } from "../views/ArtifactView";
import { RocView } from "../views/RocView";
import { t } from "../text/text";
import { useLoaded, usePage, useRun, useTasks } from "./context";

const CHARTS = new Set<View["kind"]>(["confusionMatrix", "roc", "slicedMetrics", "html", "markdown", "image"]);
const MOST_TASKS = 400;
const MOST_CHARTS = 200;
const MOST_METRICS = 1000;

/** The run at a glance: parameters, outputs, and all metrics and charts of its tasks. */
export function Overview() {
  const { graph, source, go } = usePage();
  const run = useRun();
  const tasks = useTasks();
  const producers = useMemo(() => {
    const withArtifacts = new Set<string>();
    Object.values(graph.dags).forEach((dag) => dag.tasks.forEach((task) => task.dag === null && task.outputs.artifacts.length > 0 && withArtifacts.add(task.key)));
    return tasks.filter((task) => withArtifacts.has(task.key) && (task.state === "SUCCEEDED" || task.state === "CACHED"));
  }, [graph, tasks]);
  const paths = producers.slice(0, MOST_TASKS).map((task) => task.path);
  const all = useLoaded(() => loadAll(paths, (path) => source.views(path)), "all", paths.join("\n"));
  const parameters = Object.entries(run.parameters ?? {});
  const metrics = (all.value ?? []).flatMap(({ path, artifact }) => artifact.views.flatMap((view) => (view.kind === "scalarMetrics" ? view.metrics.map((metric) => ({ path, artifact: artifact.name, metric })) : [])));
  const curves = (all.value ?? []).flatMap(({ path, artifact }) => artifact.views.flatMap((view) => (view.kind === "roc" ? [{ name: `${path} · ${artifact.name}`, points: view.points }] : [])));
  const overlay = useMemo(() => curves.slice(0, 24), [all.value]);

  return (
    <div className="kf-overview" tabIndex={0} role="region" aria-label={t("Overview")}>
      <div className="kf-columns">
      <section className="kf-card">
        <h2>{t("Run")}</h2>
        <dl className="kf-values kf-facts">
          <div><dt>{t("Pipeline")}</dt><dd>{graph.run.displayName || graph.run.pipeline}</dd></div>
          {graph.run.description && <div><dt>{t("Description")}</dt><dd>{graph.run.description}</dd></div>}
          <div><dt>{t("Run")}</dt><dd><code className="kf-value">{graph.run.runId}</code></dd></div>
          <div><dt>{t("Created")}</dt><dd>{dateTime(graph.run.created)}</dd></div>
          {run.ended && <div><dt>{t("Ended")}</dt><dd>{dateTime(run.ended)}</dd></div>}
          {graph.run.directory && <div><dt>{t("Directory")}</dt><dd><code className="kf-value">{graph.run.directory}</code></dd></div>}
        </dl>
      </section>
      <section className="kf-card">
        <h2>{t("Parameters")}</h2>
        {parameters.length === 0 ? <p className="kf-quiet">{t("None.")}</p> : (
          <dl className="kf-values">{parameters.map(([name, value]) => <div key={name}><dt>{name}</dt><dd><Value value={value} name={name} /></dd></div>)}</dl>
        )}
      </section>
      {run.outputs && (Object.keys(run.outputs.parameters).length > 0 || Object.keys(run.outputs.artifacts).length > 0) && (
        <section className="kf-card"><h2>{t("Outputs")}</h2><ValuesTable values={run.outputs} /></section>
      )}
      {metrics.length > 0 && <section className="kf-card"><h2>{t("Metrics")}</h2><MetricsTable metrics={metrics} open={(path) => go({ task: path, tab: "artifacts", attempt: null })} /></section>}
      {overlay.length > 1 && <section className="kf-card"><h2>{t("ROC curves of all tasks")}</h2><RocView curves={overlay} /></section>}
      {(all.value ?? []).slice(0, MOST_CHARTS).map(({ path, artifact }) => {
        const views = artifact.views.filter((view) => CHARTS.has(view.kind));
        return views.length === 0 ? null : (
          <section className="kf-card kf-card-chart" key={`${path} ${artifact.name} ${artifact.index}`}>
            <h2><button type="button" className="kf-link" onClick={() => go({ task: path, tab: "artifacts", attempt: null })}>{path}</button> · {artifact.name} <span className="kf-type">{typeName(artifact.type)}</span></h2>
            {views.map((view, i) => <ArtifactView key={i} view={view} name={artifact.name} from={{ path, name: artifact.name, index: artifact.index, file: "" }} />)}
          </section>
        );
      })}
      {(producers.length > paths.length || (all.value?.length ?? 0) > MOST_CHARTS) && <p className="kf-quiet">{t("Shown are artifacts of the first {0} tasks that made any, {1} at most; the others are in their tasks.", MOST_TASKS, MOST_CHARTS)}</p>}
      {all.loading && producers.length > 0 && <p className="kf-quiet">{t("Loading …")}</p>}
      {all.error && <p className="kf-problem" role="alert">{all.error}</p>}
      </div>
    </div>
  );
}

type Found = { path: string; artifact: ArtifactViews };

/** A few at a time, in order. */
async function loadAll(paths: string[], load: (path: string) => Promise<ArtifactViews[]>): Promise<Found[]> {
  const found: Found[][] = paths.map(() => []);
  let next = 0;
  const work = async () => {
    for (let i = next++; i < paths.length; i = next++) {
      found[i] = (await load(paths[i])).map((artifact) => ({ path: paths[i], artifact }));
    }
  };
  await Promise.all([work(), work(), work(), work()]);
  return found.flat();
}

function MetricsTable({ metrics, open }: { metrics: { path: string; artifact: string; metric: Metric }[]; open: (path: string) => void }) {
  return (
    <div className="kf-scroll-x kf-scroll-y">
      <table className="kf-table">
        <thead><tr><th scope="col">{t("Task")}</th><th scope="col">{t("Metric")}</th><th scope="col" className="kf-right">{t("Value")}</th></tr></thead>
        <tbody>
          {metrics.slice(0, MOST_METRICS).map(({ path, metric }, i) => (
            <tr key={i}>
              <td><button type="button" className="kf-link" onClick={() => open(path)}>{path}</button></td>
              <td>{metric.name}</td>
              <td className="kf-right">{typeof metric.value === "number" ? number(metric.value) : json(metric.value)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {metrics.length > MOST_METRICS && <p className="kf-quiet">{t("and {0} more", metrics.length - MOST_METRICS)}</p>}
    </div>
  );
}
