import { describe, expect, it } from "vitest";
import type { View } from "../src/model/protocol";
import { loadContent, sortedJson } from "../src/runs/artifactText";
import type { ComparedArtifact } from "../src/runs/protocol";

const ARTIFACT: ComparedArtifact = { task: "for-loop-1[2]/fit", output: "model", index: 0, type: "system.Artifact", metadata: {}, size: 10 };

async function load(view: View | null, artifact: Partial<ComparedArtifact> = {}) {
  const asked: string[] = [];
  const get = (async (url: string) => {
    asked.push(url);
    return url.includes("views?") ? Response.json(view === null ? [] : [{ name: "model", index: 0, type: "", uri: "", views: [view] }]) : new Response("raw text");
  }) as typeof fetch;
  return { content: await loadContent("/run/graph/", { ...ARTIFACT, ...artifact }, get), asked };
}

describe("the content of an artifact", () => {
  it("is its file for texts and tables", async () => {
    const { content, asked } = await load({ kind: "text", text: "raw", size: 10, truncated: true });
    expect(content).toEqual({ kind: "text", text: "raw text" });
    expect(asked).toEqual(["/run/graph/views?path=for-loop-1%5B2%5D%2Ffit", "/run/graph/artifact?path=for-loop-1%5B2%5D%2Ffit&name=model&index=0"]);
  });
  it("is ordered for JSON", async () => expect((await load({ kind: "json", value: { b: 1, a: [{ d: 1, c: 2 }] } })).content).toEqual({ kind: "text", text: sortedJson({ a: [{ c: 2, d: 1 }], b: 1 }) }));
  it("is a picture for a picture", async () => expect((await load({ kind: "image", mediaType: "image/png", size: 1 })).content).toEqual({ kind: "image", url: "/run/graph/artifact?path=for-loop-1%5B2%5D%2Ffit&name=model&index=0&as=image" }));
  it("is the list of files for a directory", async () => expect((await load({ kind: "directory", entries: [{ name: "a", directory: true, size: 0 }, { name: "b", directory: false, size: 7 }], truncated: false })).content).toEqual({ kind: "text", text: "a/\nb (7 B)" }));
  it("begins with the metadata", async () => expect((await load({ kind: "text", text: "", size: 1, truncated: false }, { metadata: { b: 1, a: 2 } })).content).toEqual({ kind: "text", text: '{\n "a": 2,\n "b": 1\n}\nraw text' }));
  it("is nothing for what nobody reads", async () => {
    expect((await load({ kind: "download", size: 5 })).content).toEqual({ kind: "none", why: "binary" });
    expect((await load({ kind: "text", text: "", size: 1 << 30, truncated: true }, { size: 1 << 30 })).content).toEqual({ kind: "none", why: "large" });
    expect((await load(null)).content).toEqual({ kind: "none", why: "gone" });
  });
});
