import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import de from "../src/text/texts_de.properties";
import ko from "../src/text/texts_ko.properties";
import { parseProperties } from "../properties.mjs";

/** What the components say to people: every text of theirs goes through `t` and has a translation. */
const SPOKEN = new Set(["aria-label", "aria-valuetext", "title", "placeholder", "alt", "label"]);
const TABLES = /^(LABELS|REASONS|PAGES|KINDS)$/;

const files = readdirSync("src", { recursive: true }).filter((file) => /\.tsx?$/.test(file));
const used = new Set();
const bare = [];

function texts(node, into) {
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) {
    into(node.text);
  } else if (ts.isConditionalExpression(node)) {
    texts(node.whenTrue, into);
    texts(node.whenFalse, into);
  } else if (ts.isParenthesizedExpression(node)) {
    texts(node.expression, into);
  }
}

const words = (text) => /\p{L}{2,}/u.test(text.replace(/&\w+;|\(Esc\)/g, ""));

for (const file of files) {
  const source = ts.createSourceFile(file, readFileSync(join("src", file), "utf8"), ts.ScriptTarget.Latest, true, file.endsWith("x") ? ts.ScriptKind.TSX : ts.ScriptKind.TS);
  const visit = (node) => {
    if (ts.isCallExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === "t") {
      texts(node.arguments[0], (text) => used.add(text));
    } else if (ts.isJsxText(node) && words(node.text)) {
      bare.push(`${file}: ${node.text.trim()}`);
    } else if (ts.isJsxAttribute(node) && SPOKEN.has(node.name.getText()) && node.initializer) {
      const value = ts.isJsxExpression(node.initializer) ? node.initializer.expression : node.initializer;
      if (value) {
        texts(value, (text) => words(text) && bare.push(`${file}: ${text}`));
        if (ts.isTemplateExpression(value)) {
          [value.head.text, ...value.templateSpans.map((span) => span.literal.text)].filter(words).forEach((text) => bare.push(`${file}: ${text}`));
        }
      }
    } else if (ts.isVariableDeclaration(node) && TABLES.test(node.name.getText()) && node.initializer) {
      const collect = (each) => {
        if (ts.isPropertyAssignment(each)) texts(each.initializer, (text) => used.add(text));
        else if (ts.isArrayLiteralExpression(each) && each.elements.length === 2 && each.elements.every(ts.isStringLiteral)) texts(each.elements[1], (text) => used.add(text));
        ts.forEachChild(each, collect);
      };
      collect(node.initializer);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
}

describe("property files", () => {
  it.each([
    ["a=b", { a: "b" }],
    ["Compare\\ runs=L\u00e4ufe vergleichen", { "Compare runs": "L\u00e4ufe vergleichen" }],
    ["a\\:\\=b = c = d", { "a:=b": "c = d" }],
    ["# no\n! no\n\nkey : \\uc2e4\\ud589", { key: "\uc2e4\ud589" }],
    ["long=one \\\n   two\r\nempty=", { long: "one two", empty: "" }],
    ["a=\\n\\\\", { a: "\n\\" }],
  ])("%j", (text, entries) => expect(parseProperties(text)).toEqual(entries));
});

describe("texts", () => {
  it("go through the catalogue", () => expect(bare).toEqual([]));
  for (const [language, catalogue] of Object.entries({ de, ko })) {
    it(`are all there in ‘${language}’, and no others`, () => {
      expect([...used].filter((text) => !(text in catalogue)).sort()).toEqual([]);
      expect(Object.keys(catalogue).filter((text) => !used.has(text)).sort()).toEqual([]);
    });
    it(`have the same places for values in ‘${language}’`, () => {
      const places = (text) => (text.match(/\{\d\}/g) ?? []).sort();
      expect(Object.entries(catalogue).filter(([english, text]) => places(english).join() !== places(text).join())).toEqual([]);
    });
  }
});
