import { useEffect, useState } from "react";
import { duration } from "../model/format";
import { timeLeft } from "../model/expected";
import type { ExpectedDocument } from "../model/protocol";
import type { RunSource } from "../model/source";
import { isFinal } from "../model/store";
import { t } from "../text/text";
import { useChanges, useNow, usePage, useRun } from "./context";

/** Asked for once by a page. */
const known = new WeakMap<RunSource, Promise<ExpectedDocument>>();

/** How long earlier runs took; null until that is known, and for a run that is over. */
export function useExpected(): ExpectedDocument | null {
  const { source } = usePage();
  const run = useRun();
  const [expected, setExpected] = useState<ExpectedDocument | null>(null);
  const goesOn = source.live && !isFinal(run.state);
  useEffect(() => {
    if (goesOn) {
      const asked = known.get(source) ?? source.expected();
      known.set(source, asked);
      // without it the page is as true as before
      asked.then(setExpected, () => setExpected(null));
    }
  }, [source, goesOn]);
  return goesOn ? expected : null;
}

/** The time that the run still takes, beside its elapsed time. */
export function TimeLeft() {
  const { graph, store } = usePage();
  const expected = useExpected();
  useChanges();
  const now = useNow(expected !== null);
  if (expected === null || store.replaying) {
    return null;
  }
  const done = (loop: string) => {
    const { RUNNING = 0, WAITING = 0, PENDING = 0, ...over } = store.childCounts(loop);
    return Object.values(over).reduce((sum, n) => sum + n, 0);
  };
  const left = timeLeft(graph, expected, (path) => store.task(path), done, now);
  if (left === null) {
    return null;
  }
  const text = left.seconds < 1 ? t("about to end") : t(left.atLeast ? "at least {0} left" : "about {0} left", duration(Math.round(left.seconds) * 1000));
  return <span className="kf-left" title={t("as {0} earlier runs took", expected.runs)}>{text}</span>;
}
