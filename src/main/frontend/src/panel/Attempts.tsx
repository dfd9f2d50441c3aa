import { clockTime, dateTime, duration, ticking } from "../model/format";
import type { Attempt } from "../model/protocol";
import { isFinal } from "../model/store";
import { useElapsed } from "../page/context";
import { StatePill } from "../page/state";

export function Attempts({ attempts, retries, open }: { attempts: Attempt[]; retries?: number; open: (attempt: number) => void }) {
  return (
    <div className="kf-scroll-x">
      <table className="kf-table">
        {retries !== undefined && <caption>{attempts.length} of at most {retries + 1} attempts</caption>}
        <thead><tr><th scope="col">Attempt</th><th scope="col">State</th><th scope="col">Started</th><th scope="col" className="kf-right">Took</th><th scope="col">Ended with</th><th scope="col" /></tr></thead>
        <tbody>{attempts.map((attempt) => <Row key={attempt.number} attempt={attempt} open={open} />)}</tbody>
      </table>
    </div>
  );
}

function Row({ attempt, open }: { attempt: Attempt; open: (attempt: number) => void }) {
  const elapsed = useElapsed(attempt);
  return (
    <tr>
      <th scope="row">{attempt.number}</th>
      <td><StatePill state={attempt.state} /></td>
      <td title={attempt.started ? dateTime(attempt.started) : undefined}>{attempt.started ? clockTime(attempt.started) : "–"}</td>
      <td className="kf-right">{elapsed === null ? "–" : isFinal(attempt.state) ? duration(elapsed) : ticking(elapsed)}</td>
      <td>{attempt.exitCode !== undefined && <>exit code {attempt.exitCode}</>}{attempt.message && !attempt.message.startsWith("exit code") ? ` ${attempt.message}` : ""}</td>
      <td><button type="button" onClick={() => open(attempt.number)}>Log</button></td>
    </tr>
  );
}
