import { bytes, clockTime, dateTime, duration, ticking } from "../model/format";
import type { Attempt } from "../model/protocol";
import { isFinal } from "../model/store";
import { useElapsed } from "../page/context";
import { StatePill } from "../page/state";
import { t } from "../text/text";

export function Attempts({ attempts, retries, pod, open }: { attempts: Attempt[]; retries?: number; pod: boolean; open: (attempt: number) => void }) {
  return (
    <div className="kf-scroll-x">
      <table className="kf-table">
        {retries !== undefined && <caption>{t("{0} of at most {1} attempts", attempts.length, retries + 1)}</caption>}
        <thead><tr><th scope="col">{t("Attempt")}</th><th scope="col">{t("State")}</th><th scope="col">{t("Started")}</th><th scope="col" className="kf-right">{t("Took")}</th><th scope="col">{t("Ended with")}</th></tr></thead>
        <tbody>{attempts.map((attempt) => <Row key={attempt.number} attempt={attempt} pod={pod} open={open} />)}</tbody>
      </table>
    </div>
  );
}

function Row({ attempt, pod, open }: { attempt: Attempt; pod: boolean; open: (attempt: number) => void }) {
  const elapsed = useElapsed(attempt);
  return (
    <tr>
      <th scope="row">{attempt.number}</th>
      <td><StatePill state={attempt.state} /></td>
      <td className="kf-tight" title={attempt.started ? dateTime(attempt.started) : undefined}>{attempt.started ? clockTime(attempt.started) : "–"}</td>
      <td className="kf-right kf-tight">
        {elapsed === null ? "–" : isFinal(attempt.state) ? duration(elapsed) : ticking(elapsed)}
        {attempt.processorSeconds !== undefined && <div className="kf-quiet kf-small" title={t("time of processors")}>{t("{0} CPU", duration(attempt.processorSeconds * 1000))}</div>}
        {!!attempt.peakMemory && <div className="kf-quiet kf-small" title={t(pod ? "the most memory that its container had, what it holds of files included" : "the most memory that one of its processes had")}>{bytes(attempt.peakMemory)}</div>}
      </td>
      <td>
        {attempt.exitCode !== undefined && t("exit code {0}", attempt.exitCode)}{attempt.message && !attempt.message.startsWith("exit code") ? ` ${attempt.message}` : ""}
        <div><button type="button" className="kf-link" onClick={() => open(attempt.number)} aria-label={t("Log of attempt {0}", attempt.number)}>{t("Log")}</button></div>
      </td>
    </tr>
  );
}
