import type { RunSource } from "./source";
import { isFinal, type RunStore } from "./store";

const VISIBLE = 1000;
const HIDDEN = 15_000;
const MOST = 30_000;

/**
 * Asks for changes once a second, rarely in a hidden tab, ever more rarely while the server does not answer; ends with the run.
 * `problem` hears what is wrong, and null when it works again.
 */
export function poll(source: RunSource, store: RunStore, problem: (text: string | null) => void, host: Window = window): () => void {
  let stopped = false;
  let failures = 0;
  let timer = 0;

  const delay = () => {
    if (failures > 0) {
      return Math.min(MOST, VISIBLE * 2 ** failures);
    }
    return host.document.visibilityState === "hidden" ? HIDDEN : VISIBLE;
  };

  const round = async () => {
    try {
      const state = await source.state(store.version);
      if (stopped) {
        return;
      }
      if (state) {
        store.apply(state, Date.now());
      }
      if (failures > 0) {
        problem(null);
      }
      failures = 0;
    } catch (e) {
      failures++;
      problem(e instanceof Error ? e.message : String(e));
    }
    if (!stopped && !isFinal(store.run.state)) {
      timer = host.setTimeout(round, delay());
    }
  };

  const shown = () => {
    if (host.document.visibilityState === "visible" && !stopped && !isFinal(store.run.state)) {
      host.clearTimeout(timer);
      timer = host.setTimeout(round, 0);
    }
  };

  host.document.addEventListener("visibilitychange", shown);
  timer = host.setTimeout(round, isFinal(store.run.state) ? MOST : VISIBLE);
  if (isFinal(store.run.state)) {
    host.clearTimeout(timer);
  }
  return () => {
    stopped = true;
    host.clearTimeout(timer);
    host.document.removeEventListener("visibilitychange", shown);
  };
}
