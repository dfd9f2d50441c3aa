import { useMemo, useState } from "react";
import { bytes, json, number, safeLink } from "../model/format";
import type { View } from "../model/protocol";
import { usePage } from "../page/context";
import { t } from "../text/text";
import { ConfusionMatrixView } from "./ConfusionMatrixView";
import { DirectoryView } from "./DirectoryView";
import { JsonTree } from "./JsonTree";
import { RocView } from "./RocView";
import { SlicedMetricsView } from "./SlicedMetricsView";
import { TableView } from "./TableView";

interface Props {
  view: View;
  name: string;
  /** Where the file comes from: a task's output, and the place in it if that is a directory. */
  from: ArtifactPlace;
}

export interface ArtifactPlace {
  path: string;
  name: string;
  index: number;
  file: string;
}

/** Draws one view of an artifact. What strangers wrote stays text, except in the sandboxed frame and the sanitised Markdown. */
export function ArtifactView({ view, name, from }: Props) {
  const { source } = usePage();
  const url = (image = false) => source.artifactUrl(from.path, from.name, from.index, from.file, image);
  switch (view.kind) {
    case "scalarMetrics":
      return (
        <dl className="kf-metrics">
          {view.metrics.map((metric, i) => (
            <div key={i}><dt>{metric.name}</dt><dd>{typeof metric.value === "number" ? number(metric.value) : json(metric.value)}</dd></div>
          ))}
          {view.metrics.length === 0 && <span className="kf-quiet">{t("no metrics were logged")}</span>}
        </dl>
      );
    case "confusionMatrix":
      return <ConfusionMatrixView matrix={view} />;
    case "roc":
      return <Roc points={view.points} name={name} />;
    case "slicedMetrics":
      return <SlicedMetricsView view={view} />;
    case "html":
      return <><Html source={view.source} name={name} /><Beginning view={view} /></>;
    case "markdown":
      // Rendered and sanitised by the engine.
      return <><div className="kf-markdown" dangerouslySetInnerHTML={{ __html: view.html }} /><Beginning view={view} /></>;
    case "table":
      return <TableView columns={view.columns} rows={view.rows} truncated={view.truncated} url={url()} />;
    case "json":
      return <div className="kf-box" tabIndex={0} role="group" aria-label={name}><JsonTree value={view.value} /></div>;
    case "text":
      return (
        <>
          <pre className="kf-pre" tabIndex={0}>{view.text}</pre>
          <Beginning view={view} />
        </>
      );
    case "image": {
      const source = view.data ?? url(true);
      return source ? <img className="kf-image" src={source} alt={name} /> : <p className="kf-quiet">{view.problem ?? t("An image of {0}, not part of this report.", bytes(view.size))}</p>;
    }
    case "directory":
      return <DirectoryView view={view} from={from} />;
    case "download":
      return url() ? <a className="kf-button" href={url()!} download>{t("Download")} ({bytes(view.size)})</a> : <p className="kf-quiet">{t("A file of {0}.", bytes(view.size))}</p>;
    case "link": {
      const link = safeLink(view.uri);
      return link ? <a href={link} target="_blank" rel="noopener noreferrer">{view.uri}</a> : <code className="kf-uri">{view.uri}</code>;
    }
    case "problem":
      return <p className="kf-problem">{view.sentence}</p>;
  }
}

function Beginning({ view }: { view: { size?: number; truncated?: boolean } }) {
  return view.truncated ? <p className="kf-quiet">{t("The first part of {0}.", bytes(view.size ?? 0))}</p> : null;
}

function Roc({ points, name }: { points: Extract<View, { kind: "roc" }>["points"]; name: string }) {
  const curves = useMemo(() => [{ name, points }], [name, points]);
  return <RocView curves={curves} />;
}

function Html({ source, name }: { source: string; name: string }) {
  const [tall, setTall] = useState(false);
  return (
    <div>
      <iframe className={`kf-html${tall ? " kf-tall" : ""}`} sandbox="" srcDoc={source} title={t("HTML artifact {0}", name)} />
      <button type="button" onClick={() => setTall(!tall)}>{t(tall ? "Smaller" : "Larger")}</button>
      <span className="kf-quiet"> {t("shown without scripts, in a sandbox")}</span>
    </div>
  );
}
