import { useMemo, useState } from "react";
import { Copy } from "../panel/Value";
import { t } from "../text/text";
import { useLoaded, usePage } from "./context";
import { yamlTokens } from "./yaml";

const ROW = 19;

/** The compiled pipeline as it was run; only the lines in view are drawn. */
export function SpecView({ search }: { search: string }) {
  const { source } = usePage();
  const spec = useLoaded(() => source.spec(), "spec", "");
  const [top, setTop] = useState(0);
  const lines = useMemo(() => (spec.value ?? "").split("\n"), [spec.value]);
  const wanted = search.trim().toLowerCase();
  const longest = useMemo(() => lines.reduce((most, line) => Math.max(most, line.length), 0), [lines]);
  const first = Math.max(0, Math.floor(top / ROW) - 20);
  if (spec.error) {
    return <p className="kf-problem" role="alert">{spec.error}</p>;
  }
  return (
    <div className="kf-spec">
      <div className="kf-spec-tools"><span className="kf-quiet">{t("{0} lines", lines.length.toLocaleString())}</span><Copy text={spec.value ?? ""} /></div>
      <div className="kf-spec-rows" tabIndex={0} role="region" aria-label={t("Spec")} onScroll={(event) => setTop(event.currentTarget.scrollTop)}>
        <div style={{ height: lines.length * ROW, minWidth: `${Math.min(longest, 2000) + 8}ch`, position: "relative" }}>
          {lines.slice(first, first + 120).map((line, i) => (
            <div key={first + i} className={`kf-spec-row${wanted !== "" && line.toLowerCase().includes(wanted) ? " kf-hit" : ""}`} style={{ transform: `translateY(${(first + i) * ROW}px)` }}>
              <span className="kf-log-number" aria-hidden="true">{first + i + 1}</span>
              {yamlTokens(line.slice(0, 5000)).map((token, k) => <span key={k} className={token.kind && `kf-yaml-${token.kind}`}>{token.text}</span>)}
            </div>
          ))}
        </div>
      </div>
    </div>
  );
}
