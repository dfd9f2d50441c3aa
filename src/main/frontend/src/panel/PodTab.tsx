import { useMemo } from "react";
import type { TaskDocument } from "../model/protocol";
import { yamlTokens } from "../page/yaml";
import { t } from "../text/text";
import { Copy } from "./Value";

/** The Pod of the newest attempt: why it has its form, what happened to it, and its manifest. */
export function PodTab({ details }: { details: TaskDocument }) {
  return (
    <>
      {details.plan && <><h3>{t("Why the Pod looks as it does")}</h3><p className="kf-plan">{details.plan.trim()}</p></>}
      {details.events && <><h3>{t("Events")}</h3><Events text={details.events} /></>}
      {details.pod && <><div className="kf-row"><h3>{t("Pod")}</h3><span className="kf-fill" /><Copy text={details.pod} /></div><Yaml text={details.pod} /></>}
    </>
  );
}

/** A line is time, type, reason and message, with two blanks between them; what has another form is shown as it is. */
export function eventRows(text: string): string[][] {
  return text.trimEnd().split("\n").map((line) => {
    const parts = line.split("  ");
    return parts.length < 4 ? [line] : [...parts.slice(0, 3), parts.slice(3).join("  ")];
  });
}

function Events({ text }: { text: string }) {
  const rows = useMemo(() => eventRows(text), [text]);
  return (
    <div className="kf-scroll-x">
      <table className="kf-table">
        <thead><tr><th scope="col">{t("Time")}</th><th scope="col">{t("Reason")}</th><th scope="col">{t("Message")}</th></tr></thead>
        <tbody>
          {rows.map((row, i) => row.length === 1 ? <tr key={i}><td colSpan={3}>{row[0]}</td></tr> : (
            <tr key={i} className={row[1] === "Warning" ? "kf-warning" : undefined}>
              <td className="kf-tight" title={row[0]}>{/T(\d\d:\d\d:\d\d)/.exec(row[0])?.[1] ?? row[0]}</td>
              <td className="kf-tight">{row[2]}{row[1] !== "Normal" && <div className="kf-small">{row[1]}</div>}</td>
              <td>{row[3]}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Yaml({ text }: { text: string }) {
  const lines = useMemo(() => text.split("\n").map(yamlTokens), [text]);
  return (
    <pre className="kf-pre" tabIndex={0}>
      {lines.map((line, i) => <span key={i}>{line.map((token, k) => <span key={k} className={token.kind && `kf-yaml-${token.kind}`}>{token.text}</span>)}{"\n"}</span>)}
    </pre>
  );
}
