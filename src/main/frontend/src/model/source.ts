import type { ArtifactViews, EmbeddedData, ExpectedDocument, GraphDocument, HistoryStep, LineageDocument, StateDocument, TaskDocument, View } from "./protocol";

/** A piece of a log: bytes `from` to `end` of the file; `more` when there is already something behind it. */
export interface LogPart {
  from: number;
  end: number;
  bytes: Uint8Array;
  more: boolean;
}

/** Where the page's documents come from. `state` answers null when nothing has changed. */
export interface RunSource {
  readonly live: boolean;
  graph(): Promise<GraphDocument>;
  state(since: number): Promise<StateDocument | null>;
  task(path: string): Promise<TaskDocument | null>;
  views(path: string): Promise<ArtifactViews[]>;
  history(): Promise<HistoryStep[]>;
  expected(): Promise<ExpectedDocument>;
  lineage(path: string): Promise<LineageDocument>;
  spec(): Promise<string>;
  /** A negative start counts from the end of the file. */
  log(path: string, attempt: number, start: number): Promise<LogPart>;
  /** What there is to see of a file in a directory artifact; empty when it cannot be had from here. */
  view(path: string, name: string, index: number, file: string): Promise<View[]>;
  /** Whether `view` has something of that file. */
  opens(path: string, name: string, index: number, file: string): boolean;
  /** Null when the file cannot be had from here. `file` is relative to a directory artifact, or empty. */
  artifactUrl(path: string, name: string, index: number, file?: string, image?: boolean): string | null;
}

/** The data block of a report: everything is there, nothing is fetched. */
export class EmbeddedSource implements RunSource {
  readonly live = false;

  constructor(private readonly data: EmbeddedData) {}

  async graph() {
    return this.data.graph;
  }

  async state(since: number) {
    return since === 0 ? this.data.state : null;
  }

  async task(path: string) {
    return own(this.data.tasks, path) ?? null;
  }

  async views(path: string) {
    return own(this.data.views, path) ?? [];
  }

  async history() {
    return this.data.history ?? [];
  }

  async expected() {
    return { runs: 0, tasks: {} };
  }

  async lineage(path: string) {
    return own(this.data.lineage, path) ?? { artifacts: [] };
  }

  async spec() {
    return this.data.spec ?? "";
  }

  async log(path: string, attempt: number, start: number): Promise<LogPart> {
    const log = own(this.data.logs, `${path}#${attempt}`);
    if (!log || start >= log.size) {
      return { from: start, end: start, bytes: new Uint8Array(), more: false };
    }
    return { from: log.from, end: log.size, bytes: new TextEncoder().encode(log.text), more: false };
  }

  async view(path: string, name: string, index: number, file: string) {
    return own(this.data.files, fileKey(path, name, index, file)) ?? [];
  }

  opens(path: string, name: string, index: number, file: string) {
    return own(this.data.files, fileKey(path, name, index, file)) !== undefined;
  }

  artifactUrl() {
    return null;
  }
}

function own<T>(map: Record<string, T> | undefined, key: string): T | undefined {
  return map && Object.prototype.hasOwnProperty.call(map, key) ? map[key] : undefined;
}

function fileKey(path: string, name: string, index: number, file: string): string {
  return [path, name, index, file].join("\n");
}

function artifactQuery(path: string, name: string, index: number, file: string): string {
  return `path=${encodeURIComponent(path)}&name=${encodeURIComponent(name)}&index=${index}${file === "" ? "" : `&file=${encodeURIComponent(file)}`}`;
}

/** The same documents over HTTP, relative to a base. */
export class HttpSource implements RunSource {
  readonly live = true;

  constructor(
    private readonly base: string,
    private readonly get: typeof fetch = (...args) => fetch(...args),
  ) {}

  graph() {
    return this.json<GraphDocument>("graph");
  }

  async state(since: number) {
    const response = await this.get(`${this.base}state?since=${since}`, {
      cache: since > 0 ? "no-store" : "no-cache",
      headers: since > 0 ? { "If-None-Match": `"${since}"` } : {},
    });
    if (response.status === 304) {
      return null;
    }
    return (await this.checked(response)).json() as Promise<StateDocument>;
  }

  async task(path: string) {
    const response = await this.get(`${this.base}task?path=${encodeURIComponent(path)}`);
    return response.status === 404 ? null : ((await this.checked(response)).json() as Promise<TaskDocument>);
  }

  async views(path: string) {
    const response = await this.get(`${this.base}views?path=${encodeURIComponent(path)}`);
    return response.status === 404 ? [] : ((await this.checked(response)).json() as Promise<ArtifactViews[]>);
  }

  async view(path: string, name: string, index: number, file: string) {
    const response = await this.get(`${this.base}view?${artifactQuery(path, name, index, file)}`);
    return response.status === 404 ? [] : ((await this.checked(response)).json() as Promise<View[]>);
  }

  opens() {
    return true;
  }

  history() {
    return this.json<HistoryStep[]>("history");
  }

  expected() {
    return this.json<ExpectedDocument>("expected");
  }

  lineage(path: string) {
    return this.json<LineageDocument>(`lineage?path=${encodeURIComponent(path)}`);
  }

  async spec() {
    return (await this.checked(await this.get(`${this.base}spec`))).text();
  }

  async log(path: string, attempt: number, start: number): Promise<LogPart> {
    const response = await this.checked(
      await this.get(`${this.base}log?path=${encodeURIComponent(path)}&attempt=${attempt}&start=${start}`),
    );
    const bytes = new Uint8Array(await response.arrayBuffer());
    const end = Number(response.headers.get("X-Text-Size") ?? bytes.length);
    return { from: end - bytes.length, end, bytes, more: response.headers.get("X-More-Data") === "true" };
  }

  artifactUrl(path: string, name: string, index: number, file = "", image = false) {
    return `${this.base}artifact?${artifactQuery(path, name, index, file)}${image ? "&as=image" : ""}`;
  }

  private async json<T>(document: string): Promise<T> {
    return (await this.checked(await this.get(this.base + document))).json() as Promise<T>;
  }

  private async checked(response: Response) {
    if (!response.ok) {
      throw new Error(`${response.status} ${(await response.text()).slice(0, 200)}`);
    }
    return response;
  }
}
