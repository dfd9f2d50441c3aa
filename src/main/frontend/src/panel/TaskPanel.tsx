import { useCallback, useMemo, useState } from "react";
import { dateTime, duration, ticking } from "../model/format";
import { ancestors, childPath, iterationIndex, parentPath } from "../model/paths";
import { isFinal } from "../model/store";
import { LogViewer } from "../log/LogViewer";
import { useElapsed, useLoaded, usePage, useTask } from "../page/context";
import { StatePill } from "../page/state";
import { t } from "../text/text";
import { ArtifactsTab } from "./ArtifactsTab";
import { Attempts } from "./Attempts";
import { CacheExplanation } from "./CacheExplanation";
import { Command } from "./Command";
import { Facts } from "./Facts";
import { findStatic } from "./findStatic";
import { Iterations } from "./Iterations";
import { LineageTab } from "./LineageTab";
import { PodTab } from "./PodTab";
import { ValuesTable } from "./ValuesTable";
import { Why } from "./Why";

type Tab = "summary" | "log" | "artifacts" | "lineage" | "command" | "cache" | "pod";
const LABELS: Record<Tab, string> = { summary: "Summary", log: "Log", artifacts: "Artifacts", lineage: "Lineage", command: "Command", cache: "Cache", pod: "Pod" };

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
  if (outputs || (details && Object.keys(details.inputs.artifacts).length > 0)) tabs.push("lineage");
  if (details?.command && details.command.length > 0) tabs.push("command");
  if (details?.cache) tabs.push("cache");
  if (details?.pod || details?.events || details?.plan) tabs.push("pod");
  const tab: Tab = tabs.includes(route.tab as Tab) ? (route.tab as Tab) : "summary";
  const attempt = attempts.some((a) => a.number === route.attempt) ? route.attempt! : attempts[attempts.length - 1]?.number ?? 1;
  const [beside, setBeside] = useState<number | null>(null);
  const runs = (number: number) => attempts.find((a) => a.number === number)?.ended == null && !isFinal(task?.state ?? "PENDING");
  const openKey = useCallback((key: string, artifact: boolean) => go({ task: childPath(parentPath(path), key), tab: artifact ? "artifacts" : null, attempt: null }), [go, path]);
  const index = iterationIndex(path);
  const name = task?.name ?? spec?.name ?? path;

  return (
    <aside className="kf-panel" aria-label={t("Task {0}", name)}>
      <header className="kf-panel-head">
        <nav className="kf-crumbs" aria-label={t("Where the task is")}>
          {ancestors(path).map((each) => (
            <span key={each}><button type="button" className="kf-link" onClick={() => go({ task: each, tab: null, attempt: null })}>{crumb(each)}</button> / </span>
          ))}
        </nav>
        <div className="kf-panel-title">
          <h2>{name}{index !== null ? ` [${index}]` : ""}</h2>
          <button type="button" className="kf-close" aria-label={t("Close the panel")} title={`${t("Close the panel")} (Esc)`} onClick={() => go({ task: null, tab: null, attempt: null })}>×</button>
        </div>
        <div className="kf-panel-facts">
          <StatePill state={task?.state} />
          {elapsed !== null && task && <span>{isFinal(task.state) ? duration(elapsed) : ticking(elapsed)}</span>}
          {attempts.length > 1 && <span>{t("{0} attempts", attempts.length)}</span>}
          {task?.started && <span className="kf-quiet">{t("started {0}", dateTime(task.started))}</span>}
        </div>
        <Why task={task} spec={spec} />
      </header>
      <div className="kf-tabs" role="tablist" aria-label={t("About the task")}>
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
      <div key={tab} className={`kf-panel-body kf-body-${tab}`} role="tabpanel" id="kf-tab-body" tabIndex={0} aria-labelledby={`kf-tab-${tab}`}>
        {document.error && <p className="kf-problem" role="alert">{document.error}</p>}
        {tab === "summary" && (
          <>
            {task?.kind === "loop" && <Iterations path={path} task={task} />}
            {!task && <p className="kf-quiet">{t(isFinal(store.run.state) ? "The run has not come to this task: a task above it did not start." : "The run has not come to this task yet.")}</p>}
            {details && (
              <>
                <h3>{t("Inputs")}</h3>
                <ValuesTable values={details.inputs} types={(n) => details.types[`in:${n}`]} from={spec ? [...spec.inputs.parameters, ...spec.inputs.artifacts] : undefined} open={openKey} />
                <h3>{t("Outputs")}</h3>
                <ValuesTable values={details.outputs} types={(n) => details.types[`out:${n}`]} show={() => go({ tab: "artifacts", attempt: null })} />
              </>
            )}
            {attempts.length > 0 && (
              <>
                <h3>{t("Attempts")}</h3>
                <Attempts attempts={attempts} retries={spec?.retries} pod={details?.pod !== undefined} open={(n) => go({ tab: "log", attempt: n })} />
              </>
            )}
            <Facts spec={spec} path={path} image={details?.image} />
          </>
        )}
        {tab === "log" && (
          <>
            {attempts.length > 1 && (
              <div className="kf-attempt-pick" role="group" aria-label={t("Attempt")}>
                {attempts.map((a) => (
                  <button key={a.number} type="button" aria-pressed={a.number === attempt} onClick={() => go({ tab: "log", attempt: a.number })}>{t("Attempt {0}", a.number)}</button>
                ))}
                <span className="kf-fill" />
                <label>{t("Beside it")} <select value={beside ?? ""} onChange={(event) => setBeside(event.target.value === "" ? null : Number(event.target.value))}>
                  <option value="">{t("nothing")}</option>
                  {attempts.filter((a) => a.number !== attempt).map((a) => <option key={a.number} value={a.number}>{t("Attempt {0}", a.number)}</option>)}
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
        {tab === "lineage" && <LineageTab path={path} version={version} />}
        {tab === "command" && details?.command && <Command command={details.command} environment={details.environment ?? {}} />}
        {tab === "cache" && details?.cache && <CacheExplanation cache={details.cache} />}
        {tab === "pod" && details && <PodTab details={details} />}
      </div>
    </aside>
  );
}

function crumb(path: string): string {
  const index = iterationIndex(path);
  return index !== null ? `[${index}]` : path.slice(path.lastIndexOf("/") + 1);
}
