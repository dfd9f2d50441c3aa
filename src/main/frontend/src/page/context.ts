import { createContext, useCallback, useContext, useEffect, useRef, useState, useSyncExternalStore } from "react";
import type { GraphDocument, TaskState } from "../model/protocol";
import type { Route } from "../model/route";
import type { RunSource } from "../model/source";
import { isFinal, type Counts, type RunStore } from "../model/store";

export interface PageContext {
  source: RunSource;
  store: RunStore;
  graph: GraphDocument;
  route: Route;
  go: (change: Partial<Route>) => void;
}

export const Page = createContext<PageContext | null>(null);

export function usePage(): PageContext {
  const page = useContext(Page);
  if (!page) {
    throw new Error("outside of a run page");
  }
  return page;
}

export function useTask(path: string): TaskState | undefined {
  const { store } = usePage();
  const subscribe = useCallback((listener: () => void) => store.subscribe(path, listener), [store, path]);
  return useSyncExternalStore(subscribe, () => store.task(path));
}

export function useChildCounts(path: string): Counts {
  const { store } = usePage();
  const subscribe = useCallback((listener: () => void) => store.subscribe(`*children:${path}`, listener), [store, path]);
  return useSyncExternalStore(subscribe, () => store.childCounts(path));
}

export function useRun() {
  const { store } = usePage();
  const subscribe = useCallback((listener: () => void) => store.subscribe("*run", listener), [store]);
  return useSyncExternalStore(subscribe, () => store.currentRun());
}

/** How many steps are in each state. */
export function useStepCounts(): Counts {
  const { store } = usePage();
  const subscribe = useCallback((listener: () => void) => store.subscribe("*tasks", listener), [store]);
  return useSyncExternalStore(subscribe, () => store.stepCounts());
}

/** Changes whenever any task does. */
export function useChanges(): number {
  const { store } = usePage();
  const subscribe = useCallback((listener: () => void) => store.subscribe("*tasks", listener), [store]);
  return useSyncExternalStore(subscribe, () => store.changes);
}

export function useTasks(): readonly TaskState[] {
  const { store } = usePage();
  const subscribe = useCallback((listener: () => void) => store.subscribe("*tasks", listener), [store]);
  return useSyncExternalStore(subscribe, () => store.all());
}

/** The server's time in milliseconds, moving once a second while `active`; the moment that is replayed; that of a report stands still. */
export function useNow(active: boolean): number {
  const { store, source } = usePage();
  const [loaded] = useState(() => Date.now());
  const subscribe = useCallback((listener: () => void) => {
    const ends = active ? [store.subscribe("*clock", listener), ...(source.live ? [onSecond(listener)] : [])] : [];
    return () => ends.forEach((end) => end());
  }, [active, source, store]);
  const second = useSyncExternalStore(subscribe, () => store.replayedAt ?? Math.floor(Date.now() / 1000));
  return store.replayedAt ?? (source.live ? second * 1000 + 999 : loaded) + store.clockOffset;
}

const seconds = new Set<() => void>();
let timer = 0;

function onSecond(listener: () => void): () => void {
  seconds.add(listener);
  if (timer === 0) {
    timer = window.setInterval(() => seconds.forEach((each) => each()), 1000);
  }
  return () => {
    seconds.delete(listener);
    if (seconds.size === 0) {
      window.clearInterval(timer);
      timer = 0;
    }
  };
}

/** How long a task has taken so far, in milliseconds; null when it has not started. */
export function useElapsed(task: { state: TaskState["state"]; started?: string | null; ended?: string | null } | undefined): number | null {
  const running = task !== undefined && !isFinal(task.state) && !!task.started;
  const now = useNow(running);
  if (!task?.started) {
    return null;
  }
  return Math.max(0, (task.ended ? Date.parse(task.ended) : now) - Date.parse(task.started));
}

export type Loaded<T> = { value: T | null; error: string | null; loading: boolean };

/** Loads again when `key` changes, keeping what is shown until the new value is there if only the version part changed. */
export function useLoaded<T>(load: () => Promise<T>, subject: string, version: string): Loaded<T> {
  const [state, setState] = useState<Loaded<T> & { subject: string }>({ value: null, error: null, loading: true, subject });
  const latest = useRef(load);
  latest.current = load;
  useEffect(() => {
    let current = true;
    latest.current().then(
      (value) => current && setState({ value, error: null, loading: false, subject }),
      (e) => current && setState({ value: null, error: e instanceof Error ? e.message : String(e), loading: false, subject }),
    );
    return () => {
      current = false;
    };
  }, [subject, version]);
  return state.subject === subject ? state : { value: null, error: null, loading: true };
}

/** The values of the page's colours now; changes with the theme. */
export function useThemeVersion(): number {
  const [version, setVersion] = useState(0);
  useEffect(() => {
    const change = () => setVersion((v) => v + 1);
    const media = window.matchMedia?.("(prefers-color-scheme: dark)");
    media?.addEventListener("change", change);
    const observer = new MutationObserver(change);
    observer.observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme", "class"] });
    return () => {
      media?.removeEventListener("change", change);
      observer.disconnect();
    };
  }, []);
  return version;
}
