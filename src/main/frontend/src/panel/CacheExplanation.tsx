import type { TaskDocument } from "../model/protocol";
import { t } from "../text/text";

/** Why a task's result came from the cache or did not: the sentence, the differences, the parts of the fingerprint. */
export function CacheExplanation({ cache }: { cache: NonNullable<TaskDocument["cache"]> }) {
  const differences = cache.differences ?? [];
  const parts = Object.entries(cache.parts ?? {});
  return (
    <div>
      <p><strong>{t(cache.hit ? "Taken from the cache:" : "Not in the cache:")}</strong> {cache.sentence}</p>
      {differences.length > 0 && (
        <>
          <h4>{t("What differs from the nearest earlier run")}</h4>
          <ul className="kf-differences">{differences.map((difference, i) => <li key={i}>{difference}</li>)}</ul>
        </>
      )}
      {parts.length > 0 && (
        <details>
          <summary>{t("Fingerprint")}{cache.key ? <code className="kf-quiet"> {cache.key.slice(0, 16)}</code> : null}</summary>
          <dl className="kf-values">
            {parts.map(([name, part]) => (
              <div key={name}><dt>{name}</dt><dd><code className="kf-value">{part.text ?? part.digest}</code></dd></div>
            ))}
          </dl>
        </details>
      )}
    </div>
  );
}
