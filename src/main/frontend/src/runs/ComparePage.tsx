import { Fragment, useCallback, useEffect, useMemo, useState } from "react";
import { bytes, dateTime, duration, typeName } from "../model/format";
import { StatePill } from "../page/state";
import { Value } from "../panel/Value";
import { t } from "../text/text";
import { ConfusionMatrixView } from "../views/ConfusionMatrixView";
import { RocView } from "../views/RocView";
import { ArtifactDiff } from "./ArtifactDiff";
import { MetricsTable } from "./MetricsTable";
import { ParallelCoordinates } from "./ParallelCoordinates";
import type { Choice, ComparedArtifact, CompareDocument, Row } from "./protocol";
import { RunChooser } from "./RunChooser";
import { SpecDiff } from "./SpecDiff";

/** The selection is in the address: `?runs=1,2`, or `?run=1&run=2` as a form sends it. */
export function selected(search: string): string[] {
  const query = new URLSearchParams(search);
  const ids = [...(query.get("runs") ?? "").split(","), ...query.getAll("run")].filter((id) => id !== "");
  return [...new Set(ids)];
}

/** More would not be told apart, or not be drawn in time; what is left out is said. */
const MOST = { curves: 40, matrices: 24, rows: 1000 };

/** Runs side by side. */
export function ComparePage({ base }: { base: string }) {
  const [ids, setIds] = useState(() => selected(location.search));
  const [document, setDocument] = useState<CompareDocument | null>(null);
  const [choices, setChoices] = useState<Choice[]>([]);
  const [problem, setProblem] = useState<string | null>(null);

  const choose = useCallback((next: string[]) => {
    history.pushState(null, "", `?runs=${next.map(encodeURIComponent).join(",")}`);
    setIds(next);
  }, []);
  useEffect(() => {
    if (ids.length > 0) {
      history.replaceState(null, "", `?runs=${ids.map(encodeURIComponent).join(",")}`);
    }
    const back = () => setIds(selected(location.search));
    window.addEventListener("popstate", back);
    return () => window.removeEventListener("popstate", back);
  }, []);
  useEffect(() => {
    let current = true;
    load<CompareDocument>(`${base}data?runs=${ids.map(encodeURIComponent).join(",")}`).then(
      (loaded) => current && (setDocument(loaded), setProblem(null)),
      (e) => current && setProblem(e instanceof Error ? e.message : String(e)),
    );
    return () => {
      current = false;
    };
  }, [base, ids]);
  useEffect(() => {
    load<Choice[]>(`${base}choices`).then(setChoices, (e) => setProblem(e instanceof Error ? e.message : String(e)));
  }, [base]);

  return (
    <div className="kf kf-compare">
      <h1>{t("Compare runs")}</h1>
      <RunChooser choices={choices} ids={ids} choose={choose} />
      {problem && <p className="kf-problem" role="alert">{problem}</p>}
      {document?.problems.map((each, i) => <p key={i} className="kf-problem" role="status">{each}</p>)}
      {document && document.runs.length === 0 && <p className="kf-quiet">{t("Choose the runs to compare.")}</p>}
      {document && document.runs.length > 0 && <Sections document={document} remove={(id) => choose(ids.filter((each) => each !== id))} />}
    </div>
  );
}

async function load<T>(url: string): Promise<T> {
  const response = await fetch(url);
  if (!response.ok) {
    throw new Error(`${response.status} ${(await response.text()).slice(0, 200)}`);
  }
  return response.json() as Promise<T>;
}

function Sections({ document, remove }: { document: CompareDocument; remove: (id: string) => void }) {
  const labels = useMemo(() => document.runs.map((run) => run.label), [document]);
  const curves = useMemo(() => document.curves.slice(0, MOST.curves).map((curve) => ({ name: `${labels[curve.run]} · ${curve.name}`, points: curve.points })), [document, labels]);
  return (
    <>
      <section className="kf-card">
        <h2>{t("Runs")}</h2>
        <div className="kf-scroll-x">
          <table className="kf-table">
            <thead><tr><th scope="col">{t("Run")}</th><th scope="col">{t("State")}</th><th scope="col" className="kf-right">{t("Duration")}</th><th scope="col">{t("Started")}</th><th scope="col">{t("Pipeline")}</th><th scope="col"><span className="kf-hidden">{t("Remove")}</span></th></tr></thead>
            <tbody>
              {document.runs.map((run) => (
                <tr key={run.id}>
                  <th scope="row"><a href={`${run.url}graph/`}>{run.label}</a></th>
                  <td><StatePill state={run.state} />{run.error && <div className="kf-quiet kf-small">{run.error}</div>}</td>
                  <td className="kf-right">{run.ended ? duration(Date.parse(run.ended) - Date.parse(run.started)) : "–"}</td>
                  <td>{dateTime(run.started)}</td>
                  <td>{run.pipeline}</td>
                  <td className="kf-right"><button type="button" aria-label={t("Remove {0}", run.label)} onClick={() => remove(run.id)}>×</button></td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </section>
      <Rows title={t("Parameters")} rows={document.parameters} labels={labels} cell={(value) => <Value value={value} />} />
      {document.metrics.length > 0 && <MetricsTable rows={document.metrics} labels={labels} />}
      {document.runs.length > 1 && <ParallelCoordinates document={document} />}
      {curves.length > 0 && <section className="kf-card"><h2>{t("ROC curves")}</h2><RocView curves={curves} /><More count={document.curves.length - MOST.curves} /></section>}
      {document.matrices.length > 0 && (
        <section className="kf-card">
          <h2>{t("Confusion matrices")}</h2>
          <div className="kf-beside">
            {document.matrices.slice(0, MOST.matrices).map((matrix, i) => <div key={i}><h3>{labels[matrix.run]} · {matrix.name}</h3><ConfusionMatrixView matrix={matrix} /></div>)}
          </div>
          <More count={document.matrices.length - MOST.matrices} />
        </section>
      )}
      <Rows title={t("Tasks")} rows={document.tasks} labels={labels} cell={(task) => <><StatePill state={task.state} /> {task.seconds !== null && <span className="kf-quiet">{duration(task.seconds * 1000)}</span>}</>} />
      <Rows title={t("Container images")} rows={document.images} labels={labels} cell={(image) => <code className="kf-value">{image}</code>} />
      <Rows title={t("Python packages")} rows={document.packages} labels={labels} cell={(packages) => <Value value={packages} />} />
      <Rows title={t("Artifacts")} rows={document.artifacts} labels={labels} cell={(artifact) => <ArtifactCell artifact={artifact} />} more={labels.length < 2 ? undefined : (row) => <ArtifactDiff row={row} runs={document.runs} />} />
      <SpecDiff specs={document.specs} labels={labels} />
    </>
  );
}

function ArtifactCell({ artifact }: { artifact: ComparedArtifact }) {
  const numbers = Object.keys(artifact.metadata ?? {}).length > 0;
  return (
    <>
      <span className="kf-type">{typeName(artifact.type)}</span> {artifact.size !== undefined && bytes(artifact.size)}{artifact.files !== undefined && ` · ${t("files: {0}", artifact.files)}`}
      {artifact.digest && <code className="kf-quiet kf-small" title={t("digest of the content")}> {artifact.digest.slice(0, 8)}</code>}
      {numbers && <Value value={artifact.metadata} />}
    </>
  );
}

/** One row for each name, one column for each run; those that are the same everywhere only when asked for. `more` opens below a row. */
function Rows<T>({ title, rows, labels, cell, more }: { title: string; rows: Row<T>[]; labels: string[]; cell: (value: T) => React.ReactNode; more?: (row: Row<T>) => React.ReactNode }) {
  const [open, setOpen] = useState<string | null>(null);
  const [all, setAll] = useState(labels.length < 2);
  const shown = all ? rows : rows.filter((row) => row.differs);
  const same = rows.length - rows.filter((row) => row.differs).length;
  if (rows.length === 0) {
    return null;
  }
  return (
    <section className="kf-card">
      <div className="kf-row"><h2>{title}</h2><span className="kf-fill" />{same > 0 && labels.length > 1 && <button type="button" aria-pressed={all} onClick={() => setAll(!all)}>{t("{0} the same", same)}</button>}</div>
      {shown.length === 0 ? <p className="kf-quiet">{t("No differences.")}</p> : (
        <div className={open === null ? "kf-scroll-x kf-scroll-y" : "kf-scroll-x"} tabIndex={0} role="region" aria-label={title}>
          <table className="kf-table">
            <thead><tr><th scope="col">{t("Name")}</th>{labels.map((label, i) => <th scope="col" key={i}>{label}</th>)}</tr></thead>
            <tbody>
              {shown.slice(0, MOST.rows).map((row) => (
                <Fragment key={row.name}>
                  <tr className={row.differs ? "kf-differs" : undefined}>
                    <th scope="row">{row.name}{more && row.values.filter((value) => value !== null).length > 1 && <div><button type="button" aria-expanded={open === row.name} aria-label={t("Compare the content of {0}", row.name)} onClick={() => setOpen(open === row.name ? null : row.name)}>{t("Compare")}</button></div>}</th>
                    {row.values.map((value, i) => <td key={i}>{value === null ? <span className="kf-quiet">–</span> : cell(value)}</td>)}
                  </tr>
                  {open === row.name && <tr><td colSpan={labels.length + 1} className="kf-wide-cell">{more!(row)}</td></tr>}
                </Fragment>
              ))}
            </tbody>
          </table>
          <More count={shown.length - MOST.rows} />
        </div>
      )}
    </section>
  );
}

function More({ count }: { count: number }) {
  return count > 0 ? <p className="kf-quiet">{t("and {0} more", count)}</p> : null;
}
