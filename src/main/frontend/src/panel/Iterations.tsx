import { useMemo } from "react";
import { IterationGrid } from "../graph/IterationGrid";
import { iterationIndex } from "../model/paths";
import type { TaskState } from "../model/protocol";
import { useChildCounts, usePage } from "../page/context";
import { stateLabel } from "../page/state";
import { t } from "../text/text";

/** Links that fit: who wants all of them has the table of tasks. */
const MOST = 20;

/** The iterations of a loop, to go into; those that failed by their numbers. */
export function Iterations({ path, task }: { path: string; task: TaskState }) {
  const { store, go } = usePage();
  const counts = useChildCounts(path);
  const total = task.iterations ?? 0;
  const open = (index: number) => go({ task: `${path}[${index}]`, tab: null, attempt: null });
  const failed = useMemo(
    () => store.childPaths(path).filter((child) => store.state(child) === "FAILED").map((child) => iterationIndex(child)!).sort((a, b) => a - b),
    [store, path, counts],
  );
  return (
    <>
      <h3>{t("{0} iterations", total.toLocaleString())}</h3>
      <p className="kf-quiet">{Object.entries(counts).filter(([, n]) => n > 0).map(([state, n]) => `${n.toLocaleString()} ${stateLabel(state as TaskState["state"]).toLowerCase()}`).join(", ")}</p>
      <IterationGrid loop={path} width={380} height={260} selected={null} pick={(_, i) => open(i)} />
      {failed.length > 0 && (
        <p className="kf-failed-iterations">
          {stateLabel("FAILED")}: {failed.slice(0, MOST).map((index) => <button key={index} type="button" className="kf-link" onClick={() => open(index)} aria-label={`${t("Iteration {0}", index)}: ${stateLabel("FAILED")}`}>[{index}]</button>)}
          {failed.length > MOST && <span className="kf-quiet">{t("and {0} more", (failed.length - MOST).toLocaleString())}</span>}
        </p>
      )}
    </>
  );
}
