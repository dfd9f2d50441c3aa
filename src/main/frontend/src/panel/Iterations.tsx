import { IterationGrid } from "../graph/IterationGrid";
import type { TaskState } from "../model/protocol";
import { useChildCounts, usePage } from "../page/context";
import { stateLabel } from "../page/state";
import { t } from "../text/text";

/** The iterations of a loop, to go into. */
export function Iterations({ path, task }: { path: string; task: TaskState }) {
  const { go } = usePage();
  const counts = useChildCounts(path);
  const total = task.iterations ?? 0;
  return (
    <>
      <h3>{t("{0} iterations", total)}</h3>
      <p className="kf-quiet">{Object.entries(counts).filter(([, n]) => n > 0).map(([state, n]) => `${n} ${stateLabel(state as TaskState["state"]).toLowerCase()}`).join(", ")}</p>
      <IterationGrid loop={path} width={380} height={260} selected={null} pick={(loop, i) => go({ task: `${loop}[${i}]`, tab: null, attempt: null })} />
    </>
  );
}
