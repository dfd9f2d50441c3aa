import { describe, expect, it } from "vitest";
import { overwritten, spans, styleBefore } from "../src/log/ansi";
import { LogText } from "../src/log/logText";

const E = "\u001b";
const shown = (line: string) => spans(line).spans.map((s) => [s.text, s.classes || s.colour || s.background || ""].join("|")).join(" ");

describe("ANSI", () => {
  it.each([
    ["plain", "plain|"],
    ["", ""],
    [`${E}[31mred${E}[0m plain`, "red|kf-fg-1  plain|"],
    [`${E}[1;32mboth`, "both|kf-fg-2 kf-bold"],
    [`${E}[91mbright`, "bright|kf-fg-9"],
    [`${E}[41mback`, "back|kf-bg-1"],
    [`${E}[104mback`, "back|kf-bg-12"],
    [`${E}[38;5;196mcube`, "cube|#ff0000"],
    [`${E}[38;5;244mgrey`, "grey|#808080"],
    [`${E}[38;5;3mlow`, "low|kf-fg-3"],
    [`${E}[38;2;1;2;300mtrue`, "true|#0102ff"],
    [`${E}[48;2;16;32;48mtrue`, "true|#102030"],
    [`${E}[38;5;999mbad`, "bad|"],
    [`${E}[7minverse`, "inverse|kf-fg-inverse kf-bg-inverse"],
    [`${E}[1ma${E}[22mb`, "a|kf-bold b|"],
    [`${E}[3;4mx${E}[23;24my`, "x|kf-italic kf-underline y|"],
    [`${E}[31ma${E}[39mb`, "a|kf-fg-1 b|"],
    [`${E}[2K${E}[1Gcleared`, "cleared|"],
    [`${E}]0;title\u0007after`, "after|"],
    [`${E}]8;;http://x${E}\\link${E}]8;;${E}\\`, "link|"],
    [`cut${E}[3`, "cut[3|"],
    [`${E}`, ""],
    ["bell\u0007\u0000end", "bellend|"],
    ["<b>text</b>", "<b>text</b>|"],
  ])("%j", (line, expected) => expect(shown(line)).toBe(expected));

  it.each([["10%\r50%\r100%", "100%"], ["windows\r", "windows"], ["a\rb\r", "b"], ["", ""]])("overwrites %j", (line, expected) => expect(overwritten(line)).toBe(expected));

  it("carries a colour to the next line", () => {
    const first = spans(`${E}[31mred`);
    expect(spans("still", first.end).spans[0].classes).toBe("kf-fg-1");
  });
});

const part = (from: number, text: string) => {
  const bytes = new TextEncoder().encode(text);
  return { from, end: from + bytes.length, bytes, more: false };
};
const lines = (log: LogText) => Array.from({ length: log.lineCount }, (_, i) => log.line(i));

describe("log text", () => {
  it("joins lines across parts, characters too", () => {
    const log = new LogText();
    const bytes = new TextEncoder().encode("one\ntwö\nthree");
    log.append({ from: 0, end: 6, bytes: bytes.subarray(0, 7), more: true });
    log.append({ from: 7, end: bytes.length, bytes: bytes.subarray(7), more: false });
    expect(lines(log)).toEqual(["one", "twö", "three"]);
  });

  it("starts in the middle with a whole line and grows backwards", () => {
    const whole = "aaaa\nbbbb\ncccc\ndddd\n";
    const log = new LogText();
    log.append(part(12, whole.slice(12)));
    expect(lines(log)).toEqual(["dddd"]);
    expect(log.from).toBe(15);
    expect(log.prepend(part(7, whole.slice(7, 17)))).toBe(1);
    expect(lines(log)).toEqual(["cccc", "dddd"]);
    expect(log.prepend(part(0, whole.slice(0, 12)))).toBe(2);
    expect(lines(log)).toEqual(["aaaa", "bbbb", "cccc", "dddd"]);
    expect(log.from).toBe(0);
    expect(log.prepend(part(0, ""))).toBe(0);
  });

  it("does not take the same bytes twice", () => {
    const log = new LogText();
    log.append(part(0, "a\nb\n"));
    log.append(part(0, "a\nb\n"));
    log.append(part(2, "b\nc\n"));
    expect(lines(log)).toEqual(["a", "b", "c"]);
  });

  it("cuts very long lines", () => {
    const log = new LogText();
    log.append(part(0, `${"x".repeat(100)}\n`));
    expect(log.line(0, 10)).toBe("xxxxxxxxxx …");
  });

  it("finds text in every part, once for each line", () => {
    const log = new LogText();
    log.append(part(0, "Needle needle\nhay\n"));
    log.append(part(18, "hay\nNEEDLE\nend needle"));
    expect(log.search("needle")).toEqual([0, 3, 4]);
    expect(log.search("")).toEqual([]);
    expect(log.search("hay", 1)).toEqual([1]);
  });

  it("ends a search with so many lines, and tells them piece by piece", () => {
    const log = new LogText();
    for (let i = 0; i < 4; i++) {
      const bytes = new TextEncoder().encode("found\nother\nfound\n");
      log.append({ from: i * bytes.length, end: (i + 1) * bytes.length, bytes, more: false });
    }
    expect(log.search("found", 5)).toEqual([0, 2, 3, 5, 6]);
    expect([...log.searching("found", 5)]).toEqual([[0, 2], [3, 5], [6]]);
    expect([...log.searching("")]).toEqual([]);
  });

  it("takes 20 MB", () => {
    const log = new LogText();
    const chunk = "0123456789012345678901234567890123456789012345678\n".repeat(10_000);
    for (let i = 0; i < 40; i++) {
      log.append(part(i * chunk.length, chunk));
    }
    expect(log.lineCount).toBe(400_000);
    expect(log.line(399_999)).toBe("0123456789012345678901234567890123456789012345678");
  });
});

describe("styles across lines of a log", () => {
  const log = new LogText();
  log.append(part(0, `plain\n${E}[31mred\nstill red\n${E}[1mbold red\n${E}[0mplain again\n`));
  it.each([
    [0, null, false],
    [1, null, false],
    [2, "1", false],
    [3, "1", false],
    [4, "1", true],
    [5, null, false],
  ])("line %i begins with colour %s", (index, foreground, bold) => expect(styleBefore(log, index)).toMatchObject({ foreground, bold }));
  it("looks back no further than it is told", () => expect(styleBefore(log, 3, 1).foreground).toBeNull());
});
