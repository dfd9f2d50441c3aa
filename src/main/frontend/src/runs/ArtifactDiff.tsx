import { useEffect, useState } from "react";
import { t } from "../text/text";
import { loadContent, type Content } from "./artifactText";
import { DiffText } from "./DiffText";
import { ImageDiff } from "./ImageDiff";
import type { ComparedArtifact, ComparedRun, Row } from "./protocol";
import { FromTo } from "./FromTo";

const REASONS = {
  binary: "This is no text: it is told apart by its size and digest.",
  large: "This is too large to be compared here.",
  gone: "There is nothing to compare: the file is not there, or cannot be reached from here.",
};

/** What differs in the content of an artifact between two of the runs. */
export function ArtifactDiff({ row, runs }: { row: Row<ComparedArtifact>; runs: ComparedRun[] }) {
  const there = runs.flatMap((run, i) => (row.values[i] === null ? [] : [{ run, artifact: row.values[i]! }]));
  const other = there.findIndex((each) => each.artifact.digest !== there[0].artifact.digest);
  const [left, setLeft] = useState(0);
  const [right, setRight] = useState(Math.max(1, other));
  const [contents, setContents] = useState<[Content, Content] | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    let current = true;
    setContents(null);
    Promise.all([left, right].map((i) => loadContent(`${there[i].run.url}graph/`, there[i].artifact))).then(
      (both) => current && (setContents(both as [Content, Content]), setProblem(null)),
      (e) => current && setProblem(e instanceof Error ? e.message : String(e)),
    );
    return () => {
      current = false;
    };
  }, [left, right, row]);
  const labels = there.map((each) => each.run.label);
  return (
    <div className="kf-artifact-diff" role="region" aria-label={t("Difference of {0}", row.name)}>
      <FromTo labels={labels} left={left} right={right} setLeft={setLeft} setRight={setRight} />
      {problem && <p className="kf-problem" role="alert">{problem}</p>}
      {!contents && !problem && <p className="kf-quiet">{t("Loading …")}</p>}
      {contents && <Both from={contents[0]} to={contents[1]} labels={[labels[left], labels[right]]} />}
    </div>
  );
}

function Both({ from, to, labels }: { from: Content; to: Content; labels: [string, string] }) {
  const nothing = [from, to].find((each): each is Extract<Content, { kind: "none" }> => each.kind === "none");
  if (nothing) {
    return <p className="kf-quiet">{t(REASONS[nothing.why])}</p>;
  }
  if (from.kind === "image" && to.kind === "image") {
    return <ImageDiff from={from.url} to={to.url} labels={labels} />;
  }
  return from.kind === "text" && to.kind === "text" ? <DiffText from={from.text} to={to.text} /> : <p className="kf-quiet">{t("One is a picture, the other is not.")}</p>;
}
