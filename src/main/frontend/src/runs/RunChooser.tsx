import { stateLabel } from "../page/state";
import { t } from "../text/text";
import type { Choice } from "./protocol";

/** The newest runs to tick; what is chosen but older stays chosen. */
export function RunChooser({ choices, ids, choose }: { choices: Choice[]; ids: string[]; choose: (ids: string[]) => void }) {
  return (
    <details className="kf-card kf-chooser" open={ids.length < 2}>
      <summary>{t("Choose runs")}</summary>
      <div className="kf-choices">
        {choices.map((choice) => (
          <label key={choice.id}>
            <input type="checkbox" checked={ids.includes(choice.id)} onChange={(event) => choose(event.target.checked ? [...ids, choice.id] : ids.filter((id) => id !== choice.id))} />
            {choice.label} <span className="kf-quiet">{stateLabel(choice.state)}</span>
          </label>
        ))}
        {choices.length === 0 && <p className="kf-quiet">{t("No runs yet.")}</p>}
      </div>
    </details>
  );
}
