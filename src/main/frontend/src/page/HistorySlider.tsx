import { useEffect, useState } from "react";
import { clockTime, duration } from "../model/format";
import type { HistoryStep } from "../model/protocol";
import { t } from "../text/text";
import { usePage } from "./context";

/** Goes back in the run: every event of its journal is a stop. */
export function HistorySlider({ close }: { close: () => void }) {
  const { source, store } = usePage();
  const [steps, setSteps] = useState<HistoryStep[] | null>(null);
  const [at, setAt] = useState(0);
  const [playing, setPlaying] = useState(false);
  const [error, setError] = useState<string | null>(null);

  useEffect(() => {
    source.history().then(
      (list) => {
        setSteps(list);
        setAt(list.length);
      },
      (e) => setError(e instanceof Error ? e.message : String(e)),
    );
    return () => store.replay([], null);
  }, [source, store]);

  useEffect(() => {
    if (steps) {
      store.replay(steps, at);
    }
  }, [steps, at, store]);

  useEffect(() => {
    if (!playing || !steps) {
      return;
    }
    const stride = Math.max(1, Math.round(steps.length / 240));
    const timer = window.setInterval(() => setAt((now) => {
      if (now >= steps.length) {
        setPlaying(false);
        return now;
      }
      return Math.min(steps.length, now + stride);
    }), 60);
    return () => window.clearInterval(timer);
  }, [playing, steps]);

  const step = steps && at > 0 ? steps[at - 1] : null;
  return (
    <div className="kf-history" role="group" aria-label={t("History")}>
      <button type="button" disabled={!steps} onClick={() => { if (steps && at >= steps.length) { setAt(0); } setPlaying(!playing); }} aria-label={t(playing ? "Stop" : "Play")}>{playing ? "❚❚" : "▶"}</button>
      <input type="range" min={0} max={steps?.length ?? 0} value={at} disabled={!steps} aria-label={t("Event")} aria-valuetext={step ? `${step.event}, ${clockTime(step.at)}` : t("before the start")} onChange={(e) => { setPlaying(false); setAt(Number(e.target.value)); }} />
      <span className="kf-history-text">
        {error ?? (!steps ? t("Loading …") : step ? `${at} / ${steps.length} · ${step.event} · +${duration(Date.parse(step.at) - Date.parse(steps[0].at))}` : `0 / ${steps.length} · ${t("before the start")}`)}
      </span>
      <button type="button" onClick={close}>{t("Back to now")}</button>
    </div>
  );
}
