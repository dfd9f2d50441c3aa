import { useCallback, useMemo, useState } from "react";
import { dateTime, duration, ticking } from "../model/format";
import { ancestors, childPath, iterationIndex, parentPath } from "../model/paths";
import type { StaticTask, TaskState } from "../model/protocol";
import { isFinal } from "../model/store";
import { IterationGrid } from "../graph/IterationGrid";
import { LogViewer } from "../log/LogViewer";
import { useChildCounts, useElapsed, useLoaded, usePage, useTask } from "../page/context";
import { reasonText, stateLabel, StatePill } from "../page/state";
import { t } from "../text/text";
import { ArtifactsTab } from "./ArtifactsTab";
import { Attempts } from "./Attempts";
import { CacheExplanation } from "./CacheExplanation";
import { findStatic } from "./findStatic";
import { Copy } from "./Value";
import { ValuesTable } from "./ValuesTable";

type Tab = "summary" | "log" | "artifacts" | "command" | "cache" | "pod";
const LABELS: Record<Tab, string> = { summary: "Summary", log: "Log", artifacts: "Artifacts", command: "Command", cache: "Cache", pod: "Pod" };

/** Everything about one task. */
export function TaskPanel({ path }: { path: string }) {
  const { graph, store, source, route, go } = usePage();
  const task = useTask(path);
  const spec = useMemo(() => findStatic(graph, path), [graph, path]);
  const version = `${task?.state ?? ""}${task?.attempts?.length ?? 0}`;
  const document = useLoaded(() => source.task(path), path, version);
  const elapsed = useElapsed(task);
  const attempts = task?.attempts ?? [];
  const details = document.value;
  const outputs = details && Object.keys(details.outputs.artifacts).length > 0;

  const tabs: Tab[] = ["summary"];
  if (attempts.length > 0) tabs.push("log");
  if (outputs) tabs.push("artifacts");
  if (details?.command && details.command.length > 0) tabs.push("command");
  if (details?.cache) tabs.push("cache");
  if (details?.pod || details?.events || details?.plan) tabs.push("pod");
  const tab: Tab = tabs.includes(route.tab as Tab) ? (route.tab as Tab) : "summary";
  const attempt = attempts.some((a) => a.number === route.attempt) ? route.attempt! : attempts[attempts.length - 1]?.number ?? 1;
  const [beside, setBeside] = useState<number | null>(null);
  const runs = (number: number) => attempts.find((a) => a.number === number)?.ended == null && !isFinal(task?.state ?? "PENDING");
  const openKey = useCallback((key: string) => go({ task: childPath(parentPath(path), key), tab: null, attempt: null }), [go, path]);
  const index = iterationIndex(path);
  const name = task?.name ?? spec?.name ?? path;

  return (
    <aside className="kf-panel" aria-label={`Task ${name}`}>
      <header className="kf-panel-head">
        <nav className="kf-crumbs" aria-label="Where the task is">
          {ancestors(path).map((each) => (
            <span key={each}><button type="button" className="kf-link" onClick={() => go({ task: each, tab: null, attempt: null })}>{crumb(each)}</button> / </span>
          ))}
        </nav>
        <div className="kf-panel-title">
          <h2>{name}{index !== null ? ` [${index}]` : ""}</h2>
          <button type="button" className="kf-close" aria-label={t("Close the panel")} title="Close (Esc)" onClick={() => go({ task: null, tab: null, attempt: null })}>×</button>
        </div>
        <div className="kf-panel-facts">
          <StatePill state={task?.state} />
          {elapsed !== null && task && <span>{isFinal(task.state) ? duration(elapsed) : ticking(elapsed)}</span>}
          {attempts.length > 1 && <span>{attempts.length} attempts</span>}
          {task?.started && <span className="kf-quiet">started {dateTime(task.started)}</span>}
        </div>
        <Why task={task} spec={spec} />
      </header>
      <div className="kf-tabs" role="tablist" aria-label="About the task">
        {tabs.map((each) => (
          <button
            key={each}
            type="button"
            role="tab"
            id={`kf-tab-${each}`}
            aria-selected={tab === each}
            aria-controls="kf-tab-body"
            tabIndex={tab === each ? 0 : -1}
            onKeyDown={(event) => {
              const by = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
              if (by !== 0) {
                const next = tabs[(tabs.indexOf(tab) + by + tabs.length) % tabs.length];
                go({ tab: next, attempt: null });
                event.currentTarget.parentElement?.querySelector<HTMLElement>(`#kf-tab-${next}`)?.focus();
              }
            }}
            onClick={() => go({ tab: each, attempt: null })}
          >
            {t(LABELS[each])}
          </button>
        ))}
      </div>
      <div className={`kf-panel-body kf-body-${tab}`} role="tabpanel" id="kf-tab-body" aria-labelledby={`kf-tab-${tab}`}>
        {document.error && <p className="kf-problem" role="alert">{document.error}</p>}
        {tab === "summary" && (
          <>
            {task?.kind === "loop" && <Iterations path={path} task={task} />}
            {!task && <p className="kf-quiet">The run has not come to this task{isFinal(store.run.state) ? ": a task above it did not start." : " yet."}</p>}
            {details && (
              <>
                <h3>{t("Inputs")}</h3>
                <ValuesTable values={details.inputs} types={(n) => details.types[`in:${n}`]} from={spec ? [...spec.inputs.parameters, ...spec.inputs.artifacts] : undefined} open={openKey} />
                <h3>{t("Outputs")}</h3>
                <ValuesTable values={details.outputs} types={(n) => details.types[`out:${n}`]} />
              </>
            )}
            {attempts.length > 0 && (
              <>
                <h3>{t("Attempts")}</h3>
                <Attempts attempts={attempts} retries={spec?.retries} open={(n) => go({ tab: "log", attempt: n })} />
              </>
            )}
            <Facts spec={spec} path={path} image={details?.image} />
          </>
        )}
        {tab === "log" && (
          <>
            {attempts.length > 1 && (
              <div className="kf-attempt-pick" role="group" aria-label="Attempt">
                {attempts.map((a) => (
                  <button key={a.number} type="button" aria-pressed={a.number === attempt} onClick={() => go({ tab: "log", attempt: a.number })}>Attempt {a.number}</button>
                ))}
                <span className="kf-fill" />
                <label>Beside it <select value={beside ?? ""} onChange={(event) => setBeside(event.target.value === "" ? null : Number(event.target.value))}>
                  <option value="">nothing</option>
                  {attempts.filter((a) => a.number !== attempt).map((a) => <option key={a.number} value={a.number}>attempt {a.number}</option>)}
                </select></label>
              </div>
            )}
            <div className="kf-logs">
              {beside !== null && beside !== attempt && <LogViewer key={`${path}#${beside}`} path={path} attempt={beside} running={runs(beside)} />}
              <LogViewer key={`${path}#${attempt}`} path={path} attempt={attempt} running={runs(attempt)} />
            </div>
          </>
        )}
        {tab === "artifacts" && <ArtifactsTab path={path} version={version} />}
        {tab === "command" && details?.command && <Command command={details.command} environment={details.environment ?? {}} />}
        {tab === "cache" && details?.cache && <CacheExplanation cache={details.cache} />}
        {tab === "pod" && (
          <>
            {details?.plan && <><h3>Why the pod looks as it does</h3><pre className="kf-pre">{details.plan}</pre></>}
            {details?.events && <><h3>{t("Events")}</h3><pre className="kf-pre">{details.events}</pre></>}
            {details?.pod && <><h3>{t("Pod")}</h3><pre className="kf-pre">{details.pod}</pre></>}
          </>
        )}
      </div>
    </aside>
  );
}

function crumb(path: string): string {
  const index = iterationIndex(path);
  return index !== null ? `[${index}]` : path.slice(path.lastIndexOf("/") + 1);
}

/** Why the task is as it is, in words, with the condition where one decided. */
function Why({ task, spec }: { task: TaskState | undefined; spec: StaticTask | null }) {
  if (!task) {
    return null;
  }
  const kind = task.state === "FAILED" ? "kf-why kf-is-failed" : "kf-why";
  const reason = reasonText(task.reason);
  if (task.waiting && !isFinal(task.state)) {
    return <p className="kf-why">{stateLabel(task.state)}: {task.waiting}</p>;
  }
  if (task.state === "CACHED" && task.cached) {
    return <p className="kf-why">From the cache: {task.cached.sentence}</p>;
  }
  if (!task.message && !reason) {
    return null;
  }
  return (
    <div className={kind}>
      {reason && <strong>{reason[0].toUpperCase() + reason.slice(1)}. </strong>}
      {task.message}
      {task.reason === "CONDITION_FALSE" && spec?.condition && <code className="kf-value">{spec.condition}</code>}
    </div>
  );
}

function Iterations({ path, task }: { path: string; task: TaskState }) {
  const { go } = usePage();
  const counts = useChildCounts(path);
  const total = task.iterations ?? 0;
  return (
    <>
      <h3>{total} iterations</h3>
      <p className="kf-quiet">{Object.entries(counts).filter(([, n]) => n > 0).map(([state, n]) => `${n} ${stateLabel(state as TaskState["state"]).toLowerCase()}`).join(", ")}</p>
      <IterationGrid loop={path} width={380} height={260} selected={null} pick={(loop, i) => go({ task: `${loop}[${i}]`, tab: null, attempt: null })} />
    </>
  );
}

function Facts({ spec, path, image }: { spec: StaticTask | null; path: string; image?: string }) {
  return (
    <>
      <h3>{t("Definition")}</h3>
      <dl className="kf-values kf-facts">
        <div><dt>{t("Path")}</dt><dd><code className="kf-value">{path}</code></dd></div>
        {spec && <div><dt>{t("Component")}</dt><dd><code className="kf-value">{spec.component}</code></dd></div>}
        {image && <div><dt>{t("Image")}</dt><dd><code className="kf-value">{image}</code></dd></div>}
        {spec && spec.dependsOn.length > 0 && <div><dt>{t("After")}</dt><dd>{spec.dependsOn.join(", ")}</dd></div>}
        {spec?.condition && <div><dt>{t("Condition")}</dt><dd><code className="kf-value">{spec.condition}</code></dd></div>}
        {spec?.always && <div><dt>Runs</dt><dd>whatever became of the tasks before it</dd></div>}
        {spec?.retries !== undefined && <div><dt>Retries</dt><dd>up to {spec.retries}</dd></div>}
      </dl>
    </>
  );
}

function Command({ command, environment }: { command: string[]; environment: Record<string, string> }) {
  const variables = Object.entries(environment);
  return (
    <>
      <div className="kf-row"><h3>{t("Command")}</h3><span className="kf-fill" /><Copy text={JSON.stringify(command)} /></div>
      <ol className="kf-command">{command.map((word, i) => <li key={i}><code>{word}</code></li>)}</ol>
      {variables.length > 0 && (
        <>
          <h3>{t("Environment")}</h3>
          <dl className="kf-values">{variables.map(([name, value]) => <div key={name}><dt>{name}</dt><dd><code className="kf-value">{value}</code></dd></div>)}</dl>
        </>
      )}
    </>
  );
}
