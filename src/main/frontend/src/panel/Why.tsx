import type { StaticTask, TaskState } from "../model/protocol";
import { childPath, parentPath } from "../model/paths";
import { isFinal } from "../model/store";
import { useChanges, usePage } from "../page/context";
import { reasonText, stateLabel } from "../page/state";
import { t } from "../text/text";

/** What may scroll in a narrow panel can be reached by the keyboard. */
const reachable = (...texts: (string | null | undefined)[]) => (texts.join("").length > 120 ? 0 : undefined);

/** Why the task is as it is, in words, with the condition where one decided. */
export function Why({ task, spec }: { task: TaskState | undefined; spec: StaticTask | null }) {
  if (!task) {
    return null;
  }
  const kind = task.state === "FAILED" ? "kf-why kf-is-failed" : "kf-why";
  const reason = reasonText(task.reason);
  if (task.waiting && !isFinal(task.state)) {
    return <p className="kf-why" tabIndex={reachable(task.waiting)}>{stateLabel(task.state)}: {task.waiting}</p>;
  }
  if (task.state === "CACHED" && task.cached) {
    return <p className="kf-why" tabIndex={reachable(task.cached.sentence)}>{t("From the cache: {0}", task.cached.sentence)}</p>;
  }
  if (!task.message && !reason) {
    return task.state === "PENDING" && spec && task.kind !== "iteration" ? <Before spec={spec} parent={parentPath(task.path)} /> : null;
  }
  return (
    <div className={kind} tabIndex={reachable(task.message, spec?.condition)}>
      {reason && <strong>{reason[0].toUpperCase() + reason.slice(1)}. </strong>}
      {task.message}
      {task.reason === "CONDITION_FALSE" && spec?.condition && <code className="kf-value">{spec.condition}</code>}
    </div>
  );
}

/** What a task that has not begun waits for. */
function Before({ spec, parent }: { spec: StaticTask; parent: string }) {
  const { store, graph } = usePage();
  useChanges();
  const open = spec.dependsOn.filter((key) => !isFinal(store.state(childPath(parent, key)) ?? "PENDING"));
  const names = Object.values(graph.dags).flatMap((dag) => (dag.tasks.includes(spec) ? dag.tasks.filter((task) => open.includes(task.key)).map((task) => task.name) : []));
  return names.length === 0 ? null : <p className="kf-why" tabIndex={reachable(...names)}>{t("Waits for {0}.", names.join(", "))}</p>;
}
