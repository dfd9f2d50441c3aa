import { memo } from "react";
import { duration, ticking } from "../model/format";
import type { TaskState } from "../model/protocol";
import { isFinal, isPipelineOnly, type Counts } from "../model/store";
import { useChildCounts, useElapsed, usePage, useTask } from "../page/context";
import { t } from "../text/text";
import { look, reasonText, StateIcon, stateLabel, why } from "../page/state";
import { IterationGrid } from "./IterationGrid";
import type { Box } from "./layout";

interface Props {
  box: Box;
  /** Too small for anything but its colour. */
  bare: boolean;
  selected: boolean;
  dimmed: boolean;
  found: boolean;
  critical: boolean;
  iteration: number;
  toggle: (path: string) => void;
  select: (path: string) => void;
  pick: (loop: string, index: number) => void;
}

/** One task, or an open group. Subscribes to its own task alone. */
export const NodeBox = memo(function NodeBox({ box, bare, selected, dimmed, found, critical, iteration, toggle, select, pick }: Props) {
  const { node } = box;
  const task = useTask(node.path);
  const loop = node.task.kind === "loop";
  const open = node.children !== null;
  const classes = ["kf-node", `kf-is-${look(task?.state)}`];
  if (open) classes.push("kf-group");
  if (node.group && !open) classes.push("kf-closed");
  if (selected) classes.push("kf-selected");
  if (dimmed) classes.push("kf-dimmed");
  if (found) classes.push("kf-found");
  if (critical) classes.push("kf-critical");
  const reason = why(task);
  const label = `${node.task.name}: ${stateLabel(task?.state)}${reason ? `, ${reason}` : ""}`;
  return (
    <div
      className={classes.join(" ")}
      style={{ transform: `translate(${box.x}px, ${box.y}px)`, width: box.width, height: box.height }}
      role="group"
      tabIndex={selected ? 0 : -1}
      aria-label={label}
      title={reason ? `${node.task.name}\n${reason}` : node.task.name}
      data-path={node.path}
      onClick={(event) => {
        event.stopPropagation();
        select(node.path);
      }}
      onDoubleClick={() => node.group && toggle(node.path)}
    >
      {!bare && <div className="kf-node-head">
        <StateIcon state={task?.state} size={20} />
        <div className="kf-node-text">
          <div className="kf-node-name">{node.task.name}</div>
          <div className="kf-node-info">
            <Info task={task} kind={node.task.kind} path={node.path} image={node.task.image} retries={node.task.retries} iteration={open && loop ? iteration : null} />
          </div>
        </div>
        {(task?.attempts?.length ?? 0) > 1 && (
          <span className="kf-badge" title={t("{0} attempts", task!.attempts!.length)}>×{task!.attempts!.length}</span>
        )}
        {task?.cached?.hit && task.state !== "CACHED" && <span className="kf-badge">{t("cache")}</span>}
        {node.group && (
          <button
            type="button"
            className="kf-fold"
            tabIndex={-1}
            aria-expanded={open}
            aria-label={t(open ? "Close {0}" : "Open {0}", node.task.name)}
            onClick={(event) => {
              event.stopPropagation();
              toggle(node.path);
            }}
          >
            <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
              <path d={open ? "M2.5 7.5L6 4l3.5 3.5" : "M2.5 4.5L6 8l3.5-3.5"} fill="none" stroke="currentColor" strokeWidth="1.6" />
            </svg>
          </button>
        )}
      </div>}
      {open && loop && !bare && <IterationGrid loop={node.path} width={box.width - 32} height={36} selected={iteration} pick={pick} />}
      {!open && loop && !bare && <LoopBar path={node.path} />}
    </div>
  );
});

function Info({ task, kind, path, image, retries, iteration }: { task: TaskState | undefined; kind: string; path: string; image: string | undefined; retries: number | undefined; iteration: number | null }) {
  const { source, store } = usePage();
  const elapsed = useElapsed(task);
  const parts: string[] = [];
  if (task?.state === "CACHED") {
    parts.push(t("from the cache"));
  } else if (elapsed !== null && task) {
    parts.push(isFinal(task.state) ? duration(elapsed) : ticking(elapsed));
  }
  if (task?.state === "SKIPPED" || task?.state === "FAILED") {
    parts.push(task.state === "FAILED" ? task.message ?? reasonText(task.reason) ?? stateLabel(task.state) : reasonText(task.reason) ?? stateLabel(task.state));
  } else if (task && !isFinal(task.state) && elapsed === null) {
    parts.push(task.waiting ?? stateLabel(task.state).toLowerCase());
  } else if (!task) {
    parts.push(isPipelineOnly(source, store.run) ? image ?? "" : t("not reached"));
  }
  const attempt = task?.attempts?.length ?? 0;
  if (task && attempt > 1 && !isFinal(task.state)) {
    parts.push(retries !== undefined && attempt <= retries + 1 ? t("attempt {0} of {1}", attempt, retries + 1) : t("attempt {0}", attempt));
  }
  if (kind === "importer") {
    parts.push(t("import"));
  }
  return (
    <>
      {parts.filter((part) => part !== "").join(" · ")}
      {kind === "loop" && <LoopText path={path} total={task?.iterations} iteration={iteration} first={parts.length === 0} />}
    </>
  );
}

function LoopText({ path, total, iteration, first }: { path: string; total: number | undefined; iteration: number | null; first: boolean }) {
  const counts = useChildCounts(path);
  if (total === undefined) {
    return null;
  }
  const text = `${t("{0} of {1}", done(counts), total)}${iteration !== null && total > 0 ? ` · ${t("shows [{0}]", iteration)}` : ""}`;
  return <>{first ? "" : " · "}{text}</>;
}

function done(counts: Counts): number {
  return (counts.SUCCEEDED ?? 0) + (counts.CACHED ?? 0) + (counts.FAILED ?? 0) + (counts.SKIPPED ?? 0) + (counts.CANCELED ?? 0);
}

const ORDER = ["SUCCEEDED", "CACHED", "FAILED", "SKIPPED", "CANCELED", "RUNNING", "WAITING"] as const;

/** How far a closed loop is, as a strip. */
function LoopBar({ path }: { path: string }) {
  const counts = useChildCounts(path);
  const task = useTask(path);
  const total = task?.iterations ?? 0;
  if (total === 0) {
    return null;
  }
  return (
    <div className="kf-bar" aria-hidden="true">
      {ORDER.map((state) => (counts[state] ? <span key={state} className={`kf-is-${look(state)}`} style={{ width: `${(100 * counts[state]!) / total}%` }} /> : null))}
    </div>
  );
}
