import { useEffect, useState } from "react";
import { t } from "../text/text";
import { DiffText } from "./DiffText";
import { FromTo } from "./FromTo";

/** What differs between two versions of a registered pipeline; which ones is in the address: `?from=v1&to=v2`. The newest comes first. */
export function VersionDiff({ base, versions }: { base: string; versions: string[] }) {
  const query = new URLSearchParams(location.search);
  const place = (name: string, otherwise: number) => {
    const at = versions.indexOf(query.get(name) ?? "");
    return at < 0 ? Math.min(otherwise, versions.length - 1) : at;
  };
  const [left, setLeft] = useState(() => place("from", 1));
  const [right, setRight] = useState(() => place("to", 0));
  const [texts, setTexts] = useState<[string, string] | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    let current = true;
    setTexts(null);
    const [from, to] = [versions[left], versions[right]];
    history.replaceState(null, "", `?from=${encodeURIComponent(from)}&to=${encodeURIComponent(to)}`);
    Promise.all([from, to].map((version) => load(`${base}version/${encodeURIComponent(version)}/pipeline.yaml`))).then(
      (both) => current && (setTexts(both as [string, string]), setProblem(null)),
      (e) => current && setProblem(e instanceof Error ? e.message : String(e)),
    );
    return () => {
      current = false;
    };
  }, [base, left, right]);
  return (
    <div className="kf kf-compare">
      <section className="kf-card">
        <FromTo labels={versions} left={left} right={right} setLeft={setLeft} setRight={setRight} />
        {problem && <p className="kf-problem" role="alert">{problem}</p>}
        {!texts && !problem && <p className="kf-quiet">{t("Loading …")}</p>}
        {texts && <DiffText from={texts[0]} to={texts[1]} />}
      </section>
    </div>
  );
}

async function load(url: string): Promise<string> {
  const response = await fetch(url);
  if (!response.ok) {
    throw new Error(`${response.status} ${(await response.text()).slice(0, 200)}`);
  }
  return response.text();
}
