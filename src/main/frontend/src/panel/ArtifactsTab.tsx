import { typeName } from "../model/format";
import type { View } from "../model/protocol";
import { useLoaded, usePage } from "../page/context";
import { t } from "../text/text";
import { ArtifactView } from "../views/ArtifactView";

/** All artifacts that a task produced, drawn. */
export function ArtifactsTab({ path, version }: { path: string; version: string }) {
  const { source } = usePage();
  const views = useLoaded(() => source.views(path), path, version);
  if (views.error) {
    return <p className="kf-problem" role="alert">{views.error}</p>;
  }
  if (views.loading) {
    return <p className="kf-quiet">{t("Loading …")}</p>;
  }
  return (
    <>
      {views.value!.map((artifact) => (
        <section className="kf-artifact" key={`${artifact.name} ${artifact.index}`}>
          <h3>{artifact.name}{artifact.index > 0 ? ` [${artifact.index}]` : ""} <span className="kf-type">{typeName(artifact.type)}</span></h3>
          {artifact.views.map((view, i) => (
            <ArtifactView key={i} view={view} name={artifact.name} from={{ path, name: artifact.name, index: artifact.index, file: "" }} />
          ))}
          <p className="kf-quiet kf-small"><code className="kf-uri">{artifact.uri}</code> {downloadable(artifact.views) && source.artifactUrl(path, artifact.name, artifact.index) && <a href={source.artifactUrl(path, artifact.name, artifact.index)!} download>{t("Download")}</a>}</p>
        </section>
      ))}
      {views.value!.length === 0 && <p className="kf-quiet">{t("No artifacts.")}</p>}
    </>
  );
}

/** Whether there is a single file behind the views that is not offered by the view itself. */
function downloadable(views: readonly View[]): boolean {
  return views.some((view) => ["html", "markdown", "table", "json", "text", "image"].includes(view.kind));
}
