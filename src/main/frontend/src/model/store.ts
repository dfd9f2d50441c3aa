import { parentPath } from "./paths";
import type { HistoryStep, RunStateName, StateDocument, TaskState, TaskStateName } from "./protocol";

export type Counts = Partial<Record<TaskStateName, number>>;
export type RunSummary = Omit<StateDocument, "tasks" | "version" | "since" | "now">;

const NO_COUNTS: Counts = {};

/**
 * The run's state as the page knows it. Deltas are applied in proportion to their size: only subscribers of tasks that changed, and of
 * their parents' child counts, are called. A replayed moment lies over the live state without touching it.
 */
export class RunStore {
  version = 0;
  /** Milliseconds to add to this machine's clock to get the server's. */
  clockOffset = 0;
  run: RunSummary = { state: "PENDING", error: null, started: null, ended: null };
  private readonly tasks = new Map<string, TaskState>();
  private readonly children = new Map<string, string[]>();
  private readonly counts = new Map<string, Counts>();
  private readonly listeners = new Map<string, Set<() => void>>();
  private replayed: Map<string, TaskStateName> | null = null;
  private replayedTasks = new Map<string, TaskState>();
  private replayedCounts = new Map<string, Counts>();
  private replayedRun: RunSummary | null = null;
  /** The moment that is replayed, in the server's milliseconds; null for now. */
  replayedAt: number | null = null;
  private list: TaskState[] | null = null;
  private steps: Counts = {};
  private replayedSteps: Counts = {};
  /** Grows with every change of any task, replays too. */
  changes = 0;

  apply(document: StateDocument, receivedAt: number): void {
    this.version = document.version;
    this.clockOffset = Date.parse(document.now) - receivedAt;
    const { tasks, version: _version, since: _since, now: _now, ...run } = document;
    this.run = { ...this.run, ...run };
    const dirty = new Set<string>(["*run"]);
    for (const task of tasks) {
      this.put(task, dirty);
    }
    if (tasks.length > 0) {
      this.list = null;
      this.changes++;
      dirty.add("*tasks");
    }
    this.notify(dirty);
  }

  /** How many steps (containers and importers, anywhere) are in each state. */
  stepCounts(): Counts {
    return this.replayed ? this.replayedSteps : this.steps;
  }

  private put(task: TaskState, dirty: Set<string>) {
    const parent = parentPath(task.path);
    const before = this.tasks.get(task.path);
    this.tasks.set(task.path, task);
    if (!before) {
      const siblings = this.children.get(parent);
      if (siblings) {
        siblings.push(task.path);
      } else {
        this.children.set(parent, [task.path]);
      }
    }
    if (before?.state !== task.state) {
      const counts = { ...this.counts.get(parent) };
      if (before) {
        counts[before.state] = (counts[before.state] ?? 1) - 1;
      }
      counts[task.state] = (counts[task.state] ?? 0) + 1;
      this.counts.set(parent, counts);
      if (isStep(task)) {
        const steps = { ...this.steps };
        if (before) {
          steps[before.state] = (steps[before.state] ?? 1) - 1;
        }
        steps[task.state] = (steps[task.state] ?? 0) + 1;
        this.steps = steps;
      }
      dirty.add(`*children:${parent}`);
    }
    dirty.add(task.path);
  }

  task(path: string): TaskState | undefined {
    return this.replayed ? this.replayedTask(path) : this.tasks.get(path);
  }

  state(path: string): TaskStateName | undefined {
    return this.replayed ? this.replayed.get(path) : this.tasks.get(path)?.state;
  }

  currentRun(): RunSummary {
    return this.replayedRun ?? this.run;
  }

  childPaths(parent: string): readonly string[] {
    return this.children.get(parent) ?? [];
  }

  childCounts(parent: string): Counts {
    return (this.replayed ? this.replayedCounts : this.counts).get(parent) ?? NO_COUNTS;
  }

  /** All tasks, in the order in which they became known. */
  all(): readonly TaskState[] {
    this.list ??= [...this.tasks.keys()].map((path) => this.task(path)).filter((task) => task !== undefined);
    return this.list;
  }

  has(path: string): boolean {
    return this.tasks.has(path);
  }

  /** Channel: a task's path, "*children:PATH", "*run", "*tasks", or "*clock" (another moment is replayed). */
  subscribe(channel: string, listener: () => void): () => void {
    const set = this.listeners.get(channel) ?? new Set();
    this.listeners.set(channel, set.add(listener));
    return () => {
      set.delete(listener);
      if (set.size === 0 && this.listeners.get(channel) === set) {
        this.listeners.delete(channel);
      }
    };
  }

  get replaying(): boolean {
    return this.replayed !== null;
  }

  /** Shows the run as it was after the first `count` steps; null goes back to now. */
  replay(steps: readonly HistoryStep[], count: number | null): void {
    const before = this.replayed;
    this.replayedTasks = new Map();
    this.replayedCounts = new Map();
    this.replayedSteps = {};
    if (count === null) {
      this.replayed = null;
      this.replayedRun = null;
      this.replayedAt = null;
    } else {
      const states = new Map<string, TaskStateName>();
      let run: RunStateName = "PENDING";
      for (const step of steps.slice(0, count)) {
        run = step.run;
        for (const [path, state] of step.tasks) {
          states.set(path, state);
        }
      }
      for (const [path, state] of states) {
        const parent = parentPath(path);
        const counts = this.replayedCounts.get(parent) ?? {};
        counts[state] = (counts[state] ?? 0) + 1;
        this.replayedCounts.set(parent, counts);
        const task = this.tasks.get(path);
        if (task && isStep(task)) {
          this.replayedSteps[state] = (this.replayedSteps[state] ?? 0) + 1;
        }
      }
      this.replayed = states;
      const moment = count > 0 ? steps[Math.min(count, steps.length) - 1]?.at : this.run.started ?? steps[0]?.at;
      this.replayedAt = moment ? Date.parse(moment) : null;
      const final = run === "SUCCEEDED" || run === "FAILED" || run === "CANCELED";
      this.replayedRun = { ...this.run, state: run, error: final ? this.run.error : null, ended: final ? this.run.ended : null };
    }
    this.list = null;
    this.changes++;
    const dirty = new Set<string>(["*run", "*tasks", "*clock"]);
    for (const path of this.tasks.keys()) {
      if ((before ? before.get(path) : this.tasks.get(path)?.state) !== this.state(path) || before === null || this.replayed === null) {
        dirty.add(path);
        dirty.add(`*children:${parentPath(path)}`);
      }
    }
    this.notify(dirty);
  }

  private replayedTask(path: string): TaskState | undefined {
    const state = this.replayed?.get(path);
    const task = this.tasks.get(path);
    if (!state || !task || state === task.state) {
      return state ? task : undefined;
    }
    let shown = this.replayedTasks.get(path);
    if (!shown) {
      const { ended: _ended, attempts: _attempts, reason: _reason, message: _message, waiting: _waiting, cached: _cached, ...rest } = task;
      shown = { ...rest, state };
      if (state === "PENDING" || state === "WAITING") {
        delete shown.started;
      }
      this.replayedTasks.set(path, shown);
    }
    return shown;
  }

  private notify(channels: Set<string>) {
    for (const channel of channels) {
      this.listeners.get(channel)?.forEach((listener) => listener());
    }
  }
}

function isStep(task: TaskState): boolean {
  return task.kind === "container" || task.kind === "importer";
}

export function isFinal(state: TaskStateName | RunStateName): boolean {
  return state === "SUCCEEDED" || state === "CACHED" || state === "SKIPPED" || state === "FAILED" || state === "CANCELED";
}

/** A pipeline that is looked at without a run, as in the registry: it has no states and no history, only tasks. */
export function isPipelineOnly(source: { live: boolean }, run: RunSummary): boolean {
  return !source.live && run.state === "PENDING" && !run.started;
}
