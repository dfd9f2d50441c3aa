import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { GraphView } from "../graph/GraphView";
import { dateTime, duration, ticking } from "../model/format";
import { poll } from "../model/poller";
import type { GraphDocument, TaskStateName } from "../model/protocol";
import { formatRoute, parseRoute, type Page as PageName, type Route } from "../model/route";
import type { RunSource } from "../model/source";
import { isFinal, isPipelineOnly, type RunStore } from "../model/store";
import { TaskPanel } from "../panel/TaskPanel";
import { t } from "../text/text";
import { Page, useElapsed, usePage, useRun, useStepCounts } from "./context";
import { HistorySlider } from "./HistorySlider";
import { Overview } from "./Overview";
import { PanelSplit } from "./PanelSplit";
import { SpecView } from "./SpecView";
import { look, StatePill, stateLabel } from "./state";
import { TaskTable } from "./TaskTable";
import { TimeLeft } from "./TimeLeft";
import { ThemeButton } from "./ThemeButton";

const PAGES: [PageName, string][] = [["graph", "Graph"], ["tasks", "Tasks"], ["overview", "Overview"], ["spec", "Spec"]];

/** The page of one run. */
export function RunPage({ source, store, graph }: { source: RunSource; store: RunStore; graph: GraphDocument }) {
  const [route, setRoute] = useState<Route>(() => parseRoute(location.hash));
  const [search, setSearch] = useState("");
  const [history, setHistory] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const field = useRef<HTMLInputElement>(null);

  useEffect(() => {
    const changed = () => setRoute((before) => (formatRoute(before) === formatRoute(parseRoute(location.hash)) ? before : parseRoute(location.hash)));
    window.addEventListener("hashchange", changed);
    return () => window.removeEventListener("hashchange", changed);
  }, []);
  const neverRuns = isPipelineOnly(source, store.run);
  useEffect(() => (source.live ? poll(source, store, setProblem) : undefined), [source, store]);

  const go = useCallback((change: Partial<Route>) => {
    const next = formatRoute({ ...parseRoute(location.hash), ...change });
    if (next !== location.hash) {
      location.hash = next;
      setRoute(parseRoute(next)); // at once: the event about it comes later than the next key
    }
  }, []);
  // the panel takes the focus with it when it closes
  const box = useRef<HTMLDivElement>(null);
  const before = useRef(route.task);
  useEffect(() => {
    const closed = route.task === null ? before.current : null;
    before.current = route.task;
    if (closed !== null && (document.activeElement === null || document.activeElement === document.body)) {
      const back = box.current?.querySelector<HTMLElement>(`.kf-node[data-path="${CSS.escape(closed)}"]`) ?? box.current?.querySelector<HTMLElement>(".kf-graph, .kf-pages [aria-current]");
      back?.focus({ preventScroll: true });
    }
  }, [route.task]);
  const page = useMemo(() => ({ source, store, graph, route, go }), [source, store, graph, route, go]);

  const onKeyDown = (event: React.KeyboardEvent) => {
    const typing = (event.target as HTMLElement).closest("input, select, textarea");
    if (event.key === "/" && !typing) {
      field.current?.focus();
      event.preventDefault();
    } else if (event.key === "Escape") {
      if (typing) {
        (event.target as HTMLElement).blur();
        setSearch("");
      } else {
        go({ task: null, tab: null, attempt: null });
      }
    }
  };

  return (
    <Page.Provider value={page}>
      <div className="kf" ref={box} onKeyDown={onKeyDown}>
        <Header />
        <div className="kf-nav">
          <nav className="kf-pages" aria-label={t("Views of the run")}>
            {PAGES.map(([name, label]) => (
              <button key={name} type="button" aria-current={route.page === name ? "page" : undefined} onClick={() => go({ page: name })}>{t(label)}</button>
            ))}
          </nav>
          <span className="kf-fill" />
          {route.page !== "overview" && (
            <input ref={field} type="search" className="kf-search" value={search} placeholder={`${t("Search")}  /`} aria-label={t("Search")} onChange={(e) => setSearch(e.target.value)} />
          )}
          {!neverRuns && <button type="button" aria-pressed={history} onClick={() => setHistory(!history)}>{t("History")}</button>}
          <ThemeButton />
        </div>
        {problem && <div className="kf-offline" role="alert">{t("No answer from the server ({0}). Trying again.", problem)}</div>}
        <PanelSplit open={route.task !== null} panel={route.task === null ? null : <TaskPanel key={route.task} path={route.task} />}>
          {route.page === "graph" && <GraphView search={search} />}
          {route.page === "tasks" && <TaskTable search={search} />}
          {route.page === "overview" && <Overview />}
          {route.page === "spec" && <SpecView search={search} />}
        </PanelSplit>
        {history && <HistorySlider close={() => setHistory(false)} />}
      </div>
    </Page.Provider>
  );
}

const ORDER: TaskStateName[] = ["SUCCEEDED", "CACHED", "FAILED", "CANCELED", "SKIPPED", "RUNNING", "WAITING", "PENDING"];

function Header() {
  const run = useRun();
  const counts = useStepCounts();
  const { graph, source } = usePage();
  const neverRuns = isPipelineOnly(source, run);
  const elapsed = useElapsed({ state: run.state === "CANCELING" ? "RUNNING" : (run.state as TaskStateName), started: run.started, ended: run.ended });
  const total = Object.values(counts).reduce((sum, n) => sum + n, 0);
  const summary = ORDER.filter((state) => counts[state]).map((state) => `${counts[state]} ${stateLabel(state).toLowerCase()}`).join(", ");
  return (
    <header className="kf-header">
      <div className="kf-title">
        <h1>{graph.run.name || graph.run.pipeline}</h1>
        {!neverRuns && <StatePill state={run.state} />}
        {elapsed !== null && <span className="kf-elapsed">{isFinal(run.state) ? duration(elapsed) : ticking(elapsed)}</span>}
        <TimeLeft />
        {run.started && <span className="kf-quiet">{dateTime(run.started)}</span>}
      </div>
      {total > 0 && !neverRuns && (
        <div className="kf-progress" role="img" aria-label={t("Steps: {0}", summary)} title={summary}>
          {ORDER.map((state) => counts[state] ? <span key={state} className={`kf-is-${look(state)}`} style={{ flexGrow: counts[state] }} /> : null)}
        </div>
      )}
      <div className="kf-counts">
        {!neverRuns && ORDER.filter((state) => counts[state]).map((state) => <span key={state}><i className={`kf-dot kf-is-${look(state)}`} />{counts[state]} {stateLabel(state).toLowerCase()}</span>)}
      </div>
      {run.error && <p className="kf-run-error" role="status">{run.error}</p>}
    </header>
  );
}

