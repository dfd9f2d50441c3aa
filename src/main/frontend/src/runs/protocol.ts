import type { Json, RocPoint, RunStateName, TaskStateName } from "../model/protocol";

export interface ComparedRun {
  id: string;
  label: string;
  url: string;
  name: string;
  pipeline: string;
  state: RunStateName;
  error: string | null;
  started: string;
  ended: string | null;
}

export interface Row<T> {
  name: string;
  /** One for each run, in their order. */
  values: (T | null)[];
  differs: boolean;
}

export type Direction = "UP" | "DOWN" | "UNKNOWN";

export interface MetricRow extends Row<number> {
  direction: Direction;
}

/** Where an artifact is and what it holds; without a size there is no local file, without a digest it was too large to be read. */
export interface ComparedArtifact {
  task: string;
  output: string;
  index: number;
  type: string;
  metadata: Json;
  size?: number;
  files?: number;
  digest?: string;
}

export interface CompareDocument {
  runs: ComparedRun[];
  parameters: Row<Json>[];
  metrics: MetricRow[];
  curves: { run: number; name: string; points: RocPoint[] }[];
  matrices: { run: number; name: string; labels: string[]; rows: number[][] }[];
  artifacts: Row<ComparedArtifact>[];
  images: Row<string>[];
  packages: Row<string>[];
  tasks: Row<{ state: TaskStateName; seconds: number | null }>[];
  specs: { runs: number[]; text: string | null }[];
  problems: string[];
}

export interface Choice {
  id: string;
  label: string;
  state: RunStateName;
}

export interface TrendDocument {
  numbers: number[];
  states: RunStateName[];
  started: string[];
  metrics: { name: string; direction: Direction; values: (number | null)[] }[];
  more: number;
}
