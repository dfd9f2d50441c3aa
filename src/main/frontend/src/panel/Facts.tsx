import { duration } from "../model/format";
import type { StaticTask } from "../model/protocol";
import { useExpected } from "../page/TimeLeft";
import { t } from "../text/text";

/** What the pipeline says of a task, and how long it took before. */
export function Facts({ spec, path, image }: { spec: StaticTask | null; path: string; image?: string }) {
  const usually = useExpected()?.tasks[path];
  return (
    <>
      <h3>{t("Definition")}</h3>
      <dl className="kf-values kf-facts">
        <div><dt>{t("Path")}</dt><dd><code className="kf-value">{path}</code></dd></div>
        {spec && <div><dt>{t("Component")}</dt><dd><code className="kf-value">{spec.component}</code></dd></div>}
        {image && <div><dt>{t("Image")}</dt><dd><code className="kf-value">{image}</code></dd></div>}
        {usually !== undefined && usually > 0 && <div><dt>{t("Usually takes")}</dt><dd>{duration(usually * 1000)}</dd></div>}
        {spec && spec.dependsOn.length > 0 && <div><dt>{t("After")}</dt><dd>{spec.dependsOn.join(", ")}</dd></div>}
        {spec?.condition && <div><dt>{t("Condition")}</dt><dd><code className="kf-value">{spec.condition}</code></dd></div>}
        {spec?.always && <div><dt>{t("Runs")}</dt><dd>{t("whatever became of the tasks before it")}</dd></div>}
        {spec?.retries !== undefined && <div><dt>{t("Retries")}</dt><dd>{t("up to {0}", spec.retries)}</dd></div>}
      </dl>
    </>
  );
}
