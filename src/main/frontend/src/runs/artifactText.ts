import type { ArtifactViews, Json, View } from "../model/protocol";
import type { ComparedArtifact } from "./protocol";

/** Beyond this nobody reads a difference. */
export const LARGEST = 1 << 20;

/** What of an artifact there is to compare: its picture, or its text with one thing a line. */
export type Content = { kind: "image"; url: string } | { kind: "text"; text: string } | { kind: "none"; why: "binary" | "large" | "gone" };

const QUERY = (artifact: ComparedArtifact) => `path=${encodeURIComponent(artifact.task)}&name=${encodeURIComponent(artifact.output)}&index=${artifact.index}`;

/** Asks the run's own page, which shows nothing that may not be shown. `base` is that page. */
export async function loadContent(base: string, artifact: ComparedArtifact, get: typeof fetch = (...args) => fetch(...args)): Promise<Content> {
  const response = await get(`${base}views?path=${encodeURIComponent(artifact.task)}`);
  if (!response.ok) {
    return { kind: "none", why: "gone" };
  }
  const all = (await response.json()) as ArtifactViews[];
  const views = all.find((each) => each.name === artifact.output && each.index === artifact.index)?.views ?? [];
  const described = metadataText(artifact.metadata);
  const file = views.find((view) => !["scalarMetrics", "confusionMatrix", "roc", "slicedMetrics"].includes(view.kind));
  switch (file?.kind) {
    case undefined:
    case "problem":
    case "link":
      return described === "" ? { kind: "none", why: "gone" } : { kind: "text", text: described };
    case "image":
      return { kind: "image", url: `${base}artifact?${QUERY(artifact)}&as=image` };
    case "directory":
      return { kind: "text", text: described + directoryText(file) };
    case "download":
      return { kind: "none", why: "binary" };
    case "json":
      return { kind: "text", text: described + sortedJson(file.value) };
    case "html":
      return file.truncated || file.source.length > LARGEST ? { kind: "none", why: "large" } : { kind: "text", text: described + file.source };
    default: {
      if ((artifact.size ?? 0) > LARGEST) {
        return { kind: "none", why: "large" };
      }
      const raw = await get(`${base}artifact?${QUERY(artifact)}`);
      return raw.ok ? { kind: "text", text: described + (await raw.text()) } : { kind: "none", why: "gone" };
    }
  }
}

function directoryText(view: Extract<View, { kind: "directory" }>): string {
  return view.entries.map((entry) => (entry.directory ? `${entry.name}/` : `${entry.name} (${entry.size} B)`)).join("\n");
}

function metadataText(metadata: Json): string {
  return metadata === null || JSON.stringify(metadata) === "{}" ? "" : `${sortedJson(metadata)}\n`;
}

/** The same for equal values, whatever the order of their fields. */
export function sortedJson(value: Json): string {
  const sorted = (each: Json): Json =>
    Array.isArray(each) ? each.map(sorted) : each !== null && typeof each === "object" ? Object.fromEntries(Object.keys(each).sort().map((key) => [key, sorted(each[key])])) : each;
  return JSON.stringify(sorted(value), null, 1);
}
