import { describe, expect, it } from "vitest";
import { separated, wholeTable } from "../src/views/wholeTable";

describe("separated values", () => {
  it.each([
    ["a,b\n1,2\n", [["a", "b"], ["1", "2"]]],
    ["a,b\r\n1,2", [["a", "b"], ["1", "2"]]],
    ['"Smith, J","two\nlines, ""quoted"""\nshort', [["Smith, J", 'two\nlines, "quoted"'], ["short"]]],
    ["a,,\n,", [["a", "", ""], ["", ""]]],
    ['"open', [["open"]]],
    ['5" nails,x', [['5" nails', "x"]]],
    ["", []],
  ])("%j", (text, rows) => expect(separated(text, ",")).toEqual(rows));

  it("takes a hundred thousand rows", () => {
    const rows = separated("1,two,3.0\n".repeat(100_000), ",");
    expect(rows.length).toBe(100_000);
    expect(rows[99_999]).toEqual(["1", "two", "3.0"]);
  });
});

describe("the whole table", () => {
  it.each([
    ["a,b\n1,2\n3,4\n", ["a", "b"], [["1", "2"], ["3", "4"]]],
    ["a\tb\n1\t2\n", ["a", "b"], [["1", "2"]]],
    ['{"a":1}\n{"b":[1],"a":null}\n{"torn', ["a"], [["1", ""], ["null", "[1]"]]],
  ])("%j", (text, columns, rows) => expect(wholeTable(text, columns)!.rows).toEqual(rows));

  it("has columns that only later lines have", () => expect(wholeTable('{"a":1}\n{"late":2}\n', ["a"])!.columns).toEqual(["a", "late"]));
  it("is none of another file", () => expect(wholeTable("x,y\n1,2\n", ["a", "b"])).toBeNull());
});
