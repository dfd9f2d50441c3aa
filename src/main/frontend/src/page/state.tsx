import { t } from "../text/text";
import type { RunStateName, TaskState, TaskStateName } from "../model/protocol";

export type Look = "pending" | "waiting" | "running" | "succeeded" | "cached" | "skipped" | "failed" | "canceled";

export function look(state: TaskStateName | RunStateName | undefined): Look {
  if (state === undefined) {
    return "pending";
  }
  return state === "CANCELING" ? "canceled" : (state.toLowerCase() as Look);
}

const LABELS: Record<Look, string> = {
  pending: "Pending",
  waiting: "Waiting",
  running: "Running",
  succeeded: "Succeeded",
  cached: "Cached",
  skipped: "Skipped",
  failed: "Failed",
  canceled: "Cancelled",
};

const REASONS: Record<string, string> = {
  CONDITION_FALSE: "the condition is false",
  UPSTREAM_FAILED: "a task before it failed",
  UPSTREAM_SKIPPED: "a task before it was skipped",
  RUN_CANCELED: "the run was cancelled",
  USER: "the step’s own code failed",
  PLATFORM: "something under the step failed",
  SPEC: "the pipeline is wrong",
  TIMEOUT: "time-out",
};

export function stateLabel(state: TaskStateName | RunStateName | undefined): string {
  return t(state === "CANCELING" ? "Cancelling" : LABELS[look(state)]);
}

export function reasonText(reason: string | undefined): string | null {
  return reason === undefined ? null : t(REASONS[reason] ?? reason);
}

/** Why a task is as it is, in one sentence; null when there is nothing to say. */
export function why(task: TaskState | undefined): string | null {
  if (!task) {
    return null;
  }
  if (task.waiting) {
    return task.waiting;
  }
  if (task.state === "CACHED") {
    return task.cached?.sentence ?? null;
  }
  const reason = reasonText(task.reason);
  if (task.message && reason && task.state !== "SKIPPED") {
    return `${task.message} (${reason})`;
  }
  return task.message ?? reason;
}

const SHAPES: Record<Look, string> = {
  pending: "M8 3.2a4.8 4.8 0 1 0 0 9.6 4.8 4.8 0 0 0 0-9.6z",
  waiting: "M8 4.4V8l2.3 1.6",
  running: "M8 2.6A5.4 5.4 0 0 1 13.4 8",
  succeeded: "M4.7 8.3l2.3 2.3 4.4-4.9",
  cached: "M8.7 3.4L5.2 8.7h2.4l-.5 3.9 3.7-5.4H8.3z",
  skipped: "M4.6 5.2L7.6 8l-3 2.8M8.6 5.2L11.6 8l-3 2.8",
  failed: "M5.5 5.5l5 5M10.5 5.5l-5 5",
  canceled: "M4.9 8h6.2",
};

/** The state as a sign that differs in shape, not in colour alone. */
export function StateIcon({ state, size = 18 }: { state: TaskStateName | RunStateName | undefined; size?: number }) {
  const kind = look(state);
  const solid = kind === "succeeded" || kind === "failed" || kind === "cached";
  return (
    <svg className={`kf-icon kf-is-${kind}`} width={size} height={size} viewBox="0 0 16 16" role="img" aria-label={stateLabel(state)}>
      {kind === "pending" ? (
        <circle cx="8" cy="8" r="5.4" className="kf-icon-ring" strokeDasharray="2.2 2" />
      ) : (
        <circle cx="8" cy="8" r={solid ? 6.6 : 5.9} className={solid ? "kf-icon-disc" : "kf-icon-ring"} />
      )}
      {kind !== "pending" && <path d={kind === "running" ? "M8 2.1A5.9 5.9 0 0 1 13.9 8" : SHAPES[kind]} className={`kf-icon-mark${kind === "cached" ? " kf-icon-fill" : ""}`} />}
    </svg>
  );
}

export function StatePill({ state }: { state: TaskStateName | RunStateName | undefined }) {
  return (
    <span className={`kf-pill kf-is-${look(state)}`}>
      <StateIcon state={state} size={15} />
      {stateLabel(state)}
    </span>
  );
}
