/** The documents of docs/run-page-protocol.md, as the engine writes them. */

export type TaskStateName = "PENDING" | "WAITING" | "RUNNING" | "SUCCEEDED" | "CACHED" | "SKIPPED" | "FAILED" | "CANCELED";
export type RunStateName = "PENDING" | "RUNNING" | "CANCELING" | "SUCCEEDED" | "FAILED" | "CANCELED";
export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

export interface InputSpec {
  name: string;
  type?: string;
  from?: { task?: string; key?: string; parent?: string };
}

export interface StaticTask {
  key: string;
  name: string;
  component: string;
  dag: string | null;
  kind: "container" | "importer" | "dag" | "loop";
  dependsOn: string[];
  condition?: string;
  always?: boolean;
  retries?: number;
  image?: string;
  inputs: { parameters: InputSpec[]; artifacts: InputSpec[] };
  outputs: { parameters: { name: string; type: string }[]; artifacts: { name: string; type: string }[] };
}

export interface RunInfo {
  runId: string;
  name: string;
  pipeline: string;
  displayName?: string | null;
  description?: string | null;
  created: string;
  directory: string;
}

export interface GraphDocument {
  format: number;
  run: RunInfo;
  dags: Record<string, { tasks: StaticTask[] }>;
}

export interface Attempt {
  number: number;
  state: TaskStateName;
  started: string | null;
  ended: string | null;
  exitCode?: number;
  message?: string;
  processorSeconds?: number;
  /** Bytes; 0 when it was no more than that of the process that starts the steps. */
  peakMemory?: number;
  log: string | null;
}

export interface TaskState {
  path: string;
  key: string;
  name: string;
  kind: "container" | "importer" | "dag" | "loop" | "iteration";
  state: TaskStateName;
  reason?: string;
  message?: string;
  waiting?: string;
  iterations?: number;
  dag?: string;
  started?: string;
  ended?: string;
  attempts?: Attempt[];
  cached?: { hit: boolean; sentence: string };
}

export interface ArtifactRef {
  name: string;
  type: string;
  uri: string;
  metadata?: Json;
  path?: string;
  size?: number;
}

export interface Values {
  parameters: Record<string, Json>;
  artifacts: Record<string, ArtifactRef[]>;
}

export interface StateDocument {
  version: number;
  since: number;
  state: RunStateName;
  error: string | null;
  started: string | null;
  ended: string | null;
  now: string;
  parameters?: Record<string, Json>;
  outputs?: Values;
  tasks: TaskState[];
}

export interface TaskDocument {
  path: string;
  inputs: Values;
  outputs: Values;
  types: Record<string, string>;
  cache?: {
    hit: boolean;
    sentence: string;
    differences?: string[];
    key?: string;
    parts?: Record<string, { digest: string; text: string | null }>;
    runId?: string;
    path?: string;
  };
  image?: string;
  command?: string[];
  environment?: Record<string, string>;
  pod?: string;
  events?: string;
  plan?: string;
}

export interface Metric {
  name: string;
  value: Json;
}

export interface RocPoint {
  threshold: number | null;
  falsePositiveRate: number;
  truePositiveRate: number;
}

export interface ConfusionMatrix {
  labels: string[];
  rows: number[][];
}

export type View =
  | { kind: "scalarMetrics"; metrics: Metric[] }
  | ({ kind: "confusionMatrix" } & ConfusionMatrix)
  | { kind: "roc"; points: RocPoint[] }
  | { kind: "slicedMetrics"; slices: { slice: string; metrics: Metric[]; confusionMatrix: ConfusionMatrix | null; roc: { points: RocPoint[] } | null }[] }
  | { kind: "html"; source: string; size?: number; truncated?: boolean }
  | { kind: "markdown"; html: string; size?: number; truncated?: boolean }
  | { kind: "table"; columns: string[]; rows: string[][]; truncated: boolean }
  | { kind: "json"; value: Json }
  | { kind: "text"; text: string; size: number; truncated: boolean }
  | { kind: "image"; mediaType: string; size: number; data?: string; problem?: string }
  | { kind: "directory"; entries: { name: string; directory: boolean; size: number }[]; truncated: boolean }
  | { kind: "download"; size: number }
  | { kind: "link"; uri: string }
  | { kind: "problem"; sentence: string };

export interface ArtifactViews {
  name: string;
  index: number;
  type: string;
  uri: string;
  views: View[];
}

/** How long tasks take, in seconds, told by earlier runs of the pipeline. */
export interface ExpectedDocument {
  runs: number;
  tasks: Record<string, number>;
}

export type LineageHow = "made" | "imported" | "cached" | "used";

export interface LineagePlace {
  path: string;
  /** The output or input of that task. */
  name: string;
  how: LineageHow;
}

export interface LineageElsewhere extends LineagePlace {
  run: string;
  runId: string;
  url: string | null;
}

export interface LineageDocument {
  /** Where a cached result came from; run and url are null for a run that is not known here any more. */
  origin?: { run: string | null; runId: string; url: string | null; path: string };
  /** How many other runs were looked at. */
  others?: number;
  artifacts: { side: "input" | "output"; name: string; type: string; uri: string; made: LineagePlace[]; used: LineagePlace[]; elsewhere: LineageElsewhere[] }[];
}

export interface HistoryStep {
  at: string;
  event: string;
  run: RunStateName;
  tasks: [path: string, state: TaskStateName][];
}

export interface EmbeddedLog {
  from: number;
  size: number;
  text: string;
}

export interface EmbeddedData {
  graph: GraphDocument;
  state: StateDocument;
  history: HistoryStep[];
  spec: string;
  tasks: Record<string, TaskDocument>;
  views: Record<string, ArtifactViews[]>;
  logs: Record<string, EmbeddedLog>;
  lineage?: Record<string, LineageDocument>;
  /** Views of files in folders, by task, output, index and file with a line break between them. */
  files?: Record<string, View[]>;
}
