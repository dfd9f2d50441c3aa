import { t } from "../text/text";
import { Copy } from "./Value";

/** The command line with its arguments, one a line, and the environment. */
export function Command({ command, environment }: { command: string[]; environment: Record<string, string> }) {
  const variables = Object.entries(environment);
  return (
    <>
      <div className="kf-row"><h3>{t("Command")}</h3><span className="kf-fill" /><Copy text={JSON.stringify(command)} /></div>
      <ol className="kf-command">{command.map((word, i) => <li key={i}><code tabIndex={word.length > 400 || word.includes("\n") ? 0 : undefined}>{word}</code></li>)}</ol>
      {variables.length > 0 && (
        <>
          <h3>{t("Environment")}</h3>
          <dl className="kf-values">{variables.map(([name, value]) => <div key={name}><dt>{name}</dt><dd><code className="kf-value">{value}</code></dd></div>)}</dl>
        </>
      )}
    </>
  );
}
