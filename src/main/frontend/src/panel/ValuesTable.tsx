import { bytes, typeName } from "../model/format";
import type { ArtifactRef, InputSpec, Values } from "../model/protocol";
import { t } from "../text/text";
import { Value } from "./Value";

interface Props {
  values: Values;
  types?: (name: string) => string | undefined;
  from?: InputSpec[];
  /** Goes to the task that a value comes from; to its artifacts for an artifact. */
  open?: (taskKey: string, artifact: boolean) => void;
  /** Shows what the artifacts of this side are. */
  show?: () => void;
}

/** Parameters and artifacts of one side of a task. */
export function ValuesTable({ values, types, from, open, show }: Props) {
  const parameters = Object.entries(values.parameters);
  const artifacts = Object.entries(values.artifacts);
  if (parameters.length === 0 && artifacts.length === 0) {
    return <p className="kf-quiet">{t("None.")}</p>;
  }
  const source = (name: string, artifact: boolean) => {
    const at = from?.find((input) => input.name === name)?.from;
    return at?.task !== undefined ? (
      <span className="kf-from">{t("from")} <button type="button" className="kf-link" onClick={() => open?.(at.task!, artifact)}>{at.task}</button>{at.key ? ` · ${at.key}` : ""}</span>
    ) : at?.parent !== undefined ? (
      <span className="kf-from">{t("from the input ‘{0}’", at.parent)}</span>
    ) : null;
  };
  return (
    <dl className="kf-values">
      {parameters.map(([name, value]) => (
        <div key={`p${name}`}>
          <dt>{name} <span className="kf-type">{typeName(types?.(name))}</span></dt>
          <dd><Value value={value} name={name} />{source(name, false)}</dd>
        </div>
      ))}
      {artifacts.map(([name, list]) => (
        <div key={`a${name}`}>
          <dt>{name} <span className="kf-type">{typeName(list[0]?.type)}{list.length > 1 ? ` × ${list.length}` : ""}</span></dt>
          <dd>{list.slice(0, 20).map((artifact, i) => <Artifact key={i} artifact={artifact} />)}{list.length > 20 && <p className="kf-quiet">{t("and {0} more", list.length - 20)}</p>}{show && <button type="button" className="kf-link kf-show" onClick={show} aria-label={t("Show {0}", name)}>{t("Show")}</button>}{source(name, true)}</dd>
        </div>
      ))}
    </dl>
  );
}

function Artifact({ artifact }: { artifact: ArtifactRef }) {
  return (
    <div className="kf-artifact-ref">
      <code className="kf-uri">{artifact.path ?? artifact.uri}</code>
      {artifact.size !== undefined && artifact.size >= 0 && <span className="kf-quiet"> {bytes(artifact.size)}</span>}
      {artifact.size === -1 && <span className="kf-quiet"> {t("folder")}</span>}
    </div>
  );
}
