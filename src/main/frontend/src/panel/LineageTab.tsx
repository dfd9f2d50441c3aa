import { typeName } from "../model/format";
import type { LineageDocument, LineageElsewhere, LineageHow, LineagePlace } from "../model/protocol";
import { useLoaded, usePage } from "../page/context";
import { t } from "../text/text";

const LABELS: Record<LineageHow, string> = { made: "made by", imported: "imported by", cached: "from the cache in", used: "used by" };

/** Where the task's artifacts come from and where they go: steps of this run, and of other runs that are known. */
export function LineageTab({ path, version }: { path: string; version: string }) {
  const { source } = usePage();
  const lineage = useLoaded(() => source.lineage(path), `lineage ${path}`, version);
  if (lineage.error) {
    return <p className="kf-problem" role="alert">{lineage.error}</p>;
  }
  if (lineage.loading) {
    return <p className="kf-quiet">{t("Loading …")}</p>;
  }
  const { origin, artifacts, others = 0 } = lineage.value!;
  return (
    <>
      {origin && <p className="kf-origin">{t("Taken from the cache:")} <Run run={origin} /> · <code>{origin.path}</code></p>}
      {artifacts.map((artifact, i) => (
        <section className="kf-artifact" key={i}>
          <h3>{artifact.name} <span className="kf-type">{typeName(artifact.type)}</span> <span className="kf-quiet">{t(artifact.side === "input" ? "input" : "output")}</span></h3>
          <p className="kf-small"><code className="kf-uri">{artifact.uri}</code></p>
          <div className="kf-lineage">
            <Places places={artifact.made} here={path} nothing={t("made outside of this run")} />
            <span className="kf-lineage-arrow" aria-hidden="true" />
            <Places places={artifact.used} here={path} nothing={t("not used in this run")} />
          </div>
          {artifact.elsewhere.length > 0 && <Elsewhere list={artifact.elsewhere} />}
        </section>
      ))}
      {artifacts.length > 0 && <p className="kf-quiet kf-small">{others === 0 ? t("No other runs are known here.") : t("Looked at besides: the newest other runs that are known here, {0} of them.", others)}</p>}
      {artifacts.length === 0 && <p className="kf-quiet">{t("No artifacts.")}</p>}
    </>
  );
}

function Places({ places, here, nothing }: { places: LineagePlace[]; here: string; nothing: string }) {
  const { go } = usePage();
  return (
    <ul>
      {places.map((place, i) => (
        <li key={i}>
          <span className="kf-quiet">{t(LABELS[place.how])}</span>{" "}
          {place.path === here ? <strong>{place.path}</strong> : <button type="button" className="kf-link" onClick={() => go({ task: place.path, attempt: null })}>{place.path}</button>}
          <span className="kf-quiet"> · {place.name}</span>
        </li>
      ))}
      {places.length === 0 && <li className="kf-quiet">{nothing}</li>}
    </ul>
  );
}

function Elsewhere({ list }: { list: LineageElsewhere[] }) {
  return (
    <>
      <h4>{t("In other runs")}</h4>
      <ul className="kf-elsewhere">
        {list.map((place, i) => <li key={i}><Run run={place} path={place.path} /> <span className="kf-quiet">{t(LABELS[place.how])}</span> {place.path} <span className="kf-quiet">· {place.name}</span></li>)}
      </ul>
    </>
  );
}

function Run({ run, path }: { run: NonNullable<LineageDocument["origin"]> | LineageElsewhere; path?: string }) {
  const label = run.run ?? t("run {0}", run.runId);
  return run.url === null ? <>{label}</> : <a href={`${run.url}#/task/${encodeURIComponent(path ?? run.path)}/lineage`}>{label}</a>;
}
