import { describe, expect, it } from "vitest";
import { contrast, css, inkOn, mixed, rgb, type Rgb } from "../src/views/colours";

describe("colours", () => {
  it("are read and mixed", () => {
    expect(rgb("#1c222c")).toEqual([28, 34, 44]);
    expect(css(mixed([0, 0, 0], [255, 255, 255], 0.5))).toBe("rgb(128,128,128)");
  });
  it("have the contrast of WCAG", () => {
    expect(contrast([255, 255, 255], [0, 0, 0])).toBeCloseTo(21, 5);
    expect(contrast([119, 119, 119], [255, 255, 255])).toBeCloseTo(4.48, 2);
  });
  it.each([["#ffffff", "#3566d6"], ["#1c222c", "#6f9bff"], ["#24242c", "#6f9bff"]])("of a heat map from %s to %s can be read everywhere", (none, all) => {
    for (let share = 0; share <= 1; share += 0.02) {
      const cell: Rgb = mixed(rgb(none), rgb(all), share);
      expect(contrast(cell, rgb(inkOn(cell)))).toBeGreaterThan(4.5);
    }
  });
});
