import { useMemo } from "react";
import { t } from "../text/text";
import { folded, lineDiff } from "./lineDiff";

const SIGN = { same: " ", removed: "−", added: "+" };

/** The lines that differ between two texts, with a few around them. */
export function DiffText({ from, to }: { from: string; to: string }) {
  const lines = useMemo(() => folded(lineDiff(from, to)), [from, to]);
  if (from === to) {
    return <p className="kf-quiet">{t("No differences.")}</p>;
  }
  return (
    <pre className="kf-pre kf-diff" tabIndex={0}>
      {lines.map((line, i) => line === null ? <span key={i} className="kf-quiet">⋯{"\n"}</span> : <span key={i} className={`kf-line-${line.kind}`}>{SIGN[line.kind]} {line.text}{"\n"}</span>)}
    </pre>
  );
}
