import { useMemo, useRef, useState } from "react";
import { clockTime, duration } from "../model/format";
import type { TaskState, TaskStateName } from "../model/protocol";
import { t } from "../text/text";
import { useNow, usePage, useTasks } from "./context";
import { StatePill, stateLabel, why } from "./state";

type Column = "path" | "state" | "started" | "took" | "attempts";
const STATES: TaskStateName[] = ["FAILED", "RUNNING", "WAITING", "PENDING", "SUCCEEDED", "CACHED", "SKIPPED", "CANCELED"];
const ROW = 40;

/** The same truth as the graph, as rows to sort and filter; only the rows in view are drawn. */
export function TaskTable({ search }: { search: string }) {
  const { route, go } = usePage();
  const tasks = useTasks();
  const [states, setStates] = useState<ReadonlySet<TaskStateName>>(new Set());
  const [sort, setSort] = useState<{ by: Column; down: boolean } | null>(null);
  const [top, setTop] = useState(0);
  const box = useRef<HTMLDivElement>(null);
  const now = useNow(tasks.some((task) => task.state === "RUNNING"));
  const took = (task: TaskState) => (task.started ? (task.ended ? Date.parse(task.ended) : now) - Date.parse(task.started) : -1);

  const counts = useMemo(() => {
    const map = new Map<TaskStateName, number>();
    tasks.forEach((task) => map.set(task.state, (map.get(task.state) ?? 0) + 1));
    return map;
  }, [tasks]);
  const wanted = search.trim().toLowerCase();
  const rows = useMemo(() => {
    const list = tasks.filter((task) => (states.size === 0 || states.has(task.state)) && (wanted === "" || task.path.toLowerCase().includes(wanted) || task.name.toLowerCase().includes(wanted)));
    if (sort) {
      const key = (task: TaskState): string | number =>
        sort.by === "path" ? task.path : sort.by === "state" ? STATES.indexOf(task.state) : sort.by === "started" ? task.started ?? "~" : sort.by === "took" ? took(task) : task.attempts?.length ?? 0;
      list.sort((a, b) => {
        const x = key(a);
        const y = key(b);
        const order = typeof x === "string" ? x.localeCompare(y as string, undefined, { numeric: true }) : x - (y as number);
        return sort.down ? -order : order;
      });
    }
    return list;
  }, [tasks, states, wanted, sort]);

  const flip = (state: TaskStateName) => {
    const next = new Set(states);
    if (!next.delete(state)) {
      next.add(state);
    }
    setStates(next);
  };
  const header = (by: Column, label: string, right = false) => (
    <div role="columnheader" className={right ? "kf-right" : undefined} aria-sort={sort?.by === by ? (sort.down ? "descending" : "ascending") : "none"}>
      <button type="button" className="kf-sort" onClick={() => setSort(sort?.by === by ? (sort.down ? null : { by, down: true }) : { by, down: false })}>
        {label}{sort?.by === by ? (sort.down ? " ↓" : " ↑") : ""}
      </button>
    </div>
  );
  const first = Math.max(0, Math.floor(top / ROW) - 8);
  const shown = rows.slice(first, first + Math.ceil((box.current?.clientHeight ?? 900) / ROW) + 16);

  return (
    <div className="kf-tasks">
      <div className="kf-filters" role="group" aria-label={t("States")}>
        {STATES.filter((state) => counts.has(state)).map((state) => (
          <button key={state} type="button" aria-pressed={states.has(state)} onClick={() => flip(state)}>{stateLabel(state)} <span className="kf-quiet">{counts.get(state)}</span></button>
        ))}
        <span className="kf-fill" />
        <span className="kf-quiet" role="status">{rows.length === tasks.length ? t("{0} tasks", tasks.length) : t("{0} of {1} tasks", rows.length, tasks.length)}</span>
      </div>
      <div className="kf-task-rows" ref={box} onScroll={(event) => setTop(event.currentTarget.scrollTop)} role="table" aria-label={t("Tasks")} aria-rowcount={rows.length}>
        <div role="row" className="kf-task-row kf-task-head">
          {header("path", t("Task"))}{header("state", t("State"))}{header("started", t("Started"))}{header("took", t("Took"), true)}{header("attempts", t("Attempts"), true)}
          <div role="columnheader">{t("Why")}</div>
        </div>
        <div style={{ height: rows.length * ROW, position: "relative" }} role="rowgroup">
          {shown.map((task, i) => (
            <div
              key={task.path}
              role="row"
              aria-rowindex={first + i + 1}
              aria-selected={route.task === task.path}
              className={`kf-task-row${route.task === task.path ? " kf-selected" : ""}`}
              style={{ transform: `translateY(${(first + i) * ROW}px)`, height: ROW }}
              onClick={() => go({ task: task.path, tab: null, attempt: null })}
            >
              <div role="cell"><button type="button" className="kf-link" title={task.path}><Path task={task} /></button></div>
              <div role="cell"><StatePill state={task.state} /></div>
              <div role="cell">{task.started ? clockTime(task.started) : "–"}</div>
              <div role="cell" className="kf-right">{task.started ? duration(took(task)) : "–"}</div>
              <div role="cell" className="kf-right">{task.attempts?.length ?? ""}</div>
              <div role="cell" className="kf-quiet" title={why(task) ?? undefined}>{why(task)}</div>
            </div>
          ))}
        </div>
      </div>
    </div>
  );
}

function Path({ task }: { task: TaskState }) {
  const at = task.path.lastIndexOf("/");
  return <><span className="kf-quiet">{task.path.slice(0, at + 1)}</span>{task.path.slice(at + 1)}</>;
}
