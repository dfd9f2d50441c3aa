import { describe, expect, it } from "vitest";
import { best } from "../src/runs/best";
import { folded, lineDiff } from "../src/runs/lineDiff";
import { chooseLanguage, t } from "../src/text/text";
import de from "../src/text/texts_de.properties";
import ko from "../src/text/texts_ko.properties";

const flat = (a: string, b: string) => lineDiff(a, b).map((line) => ({ same: " ", removed: "-", added: "+" })[line.kind] + line.text).join("|");

describe("line difference", () => {
  it.each([
    ["a\nb\nc", "a\nb\nc", " a| b| c"],
    ["a\nb\nc", "a\nx\nc", " a|-b|+x| c"],
    ["a\nb", "a\nb\nc", " a| b|+c"],
    ["a\nb\nc", "b\nc", "-a| b| c"],
    ["a\nb\nc\nd", "b\nx\nd\ne", "-a| b|-c|+x| d|+e"],
    ["a", "b", "-a|+b"],
  ])("of %j and %j", (a, b, expected) => expect(flat(a, b)).toBe(expected));

  it("rebuilds both sides, whatever they are", () => {
    let seed = 7;
    const random = (n: number) => (seed = (seed * 1103515245 + 12345) % 2147483648) % n;
    for (let round = 0; round < 200; round++) {
      const text = () => Array.from({ length: random(12) + 1 }, () => "abc"[random(3)]).join("\n");
      const [a, b] = [text(), text()];
      const lines = lineDiff(a, b);
      expect(lines.filter((line) => line.kind !== "added").map((line) => line.text).join("\n")).toBe(a);
      expect(lines.filter((line) => line.kind !== "removed").map((line) => line.text).join("\n")).toBe(b);
    }
  });

  it("leaves out what is far from a change", () => {
    const lines = lineDiff("1\n2\n3\n4\n5\n6", "1\n2\n3\n4\n5\nx");
    expect(folded(lines, 1).map((line) => line?.text ?? "…")).toEqual(["…", "5", "6", "x"]);
  });
});

describe("best values", () => {
  it.each([
    [[1, 3, 2], "UP", [1]],
    [[1, 3, 1], "DOWN", [0, 2]],
    [[1, null, 1], "UP", []],
    [[1, 2], "UNKNOWN", []],
    [[null, 2], "UP", []],
  ] as const)("of %j, %s", (values, direction, places) => expect([...best(values, direction)]).toEqual(places));
});

describe("catalogues", () => {
  it.each([
    [["ko-KR", "en"], "ko"],
    [["fr", "de_AT"], "de"],
    [["en-GB", "de"], "en"],
    [["fr"], "en"],
    [[], "en"],
  ])("%j is shown in %s", (wanted, language) => expect(chooseLanguage(wanted)).toBe(language));

  it("falls back to English and fills in values", () => {
    chooseLanguage(["de"]);
    expect(t("Succeeded")).toBe("Erfolgreich");
    expect(t("not in any catalogue {0}", 7)).toBe("not in any catalogue 7");
    chooseLanguage([]);
  });

  it("have the same keys and the same placeholders", () => {
    expect(Object.keys(ko).sort()).toEqual(Object.keys(de).sort());
    for (const catalogue of [de, ko] as Record<string, string>[]) {
      for (const [key, text] of Object.entries(catalogue)) {
        expect(text.match(/\{\d\}/g)?.sort() ?? []).toEqual(key.match(/\{\d\}/g)?.sort() ?? []);
        expect(text).not.toBe("");
      }
    }
  });
});
