export interface Token {
  text: string;
  kind: "key" | "string" | "number" | "comment" | "mark" | "";
}

/** Enough of YAML to colour a line; anything unclear stays plain. */
export function yamlTokens(line: string): Token[] {
  const comment = /^(\s*)(#.*)$/.exec(line);
  if (comment) {
    return [{ text: comment[1], kind: "" }, { text: comment[2], kind: "comment" as const }].filter((token) => token.text !== "") as Token[];
  }
  const tokens: Token[] = [];
  const match = /^(\s*(?:- )*)((?:"(?:[^"\\]|\\.)*"|'[^']*'|[^\s:#"'\-][^:#]*|-[^\s:][^:#]*))(:)(\s.*|$)/.exec(line);
  let rest = line;
  if (match) {
    tokens.push({ text: match[1], kind: "mark" }, { text: match[2], kind: "key" }, { text: match[3], kind: "mark" });
    rest = match[4];
  } else {
    const item = /^(\s*(?:- )+)(.*)$/.exec(line);
    if (item) {
      tokens.push({ text: item[1], kind: "mark" });
      rest = item[2];
    }
  }
  const value = rest.trim();
  const kind = /^(-?\d[\d._eE+-]*|true|false|null|~)$/.test(value) ? "number" : value === "|" || value === ">" || value === "|-" || value === ">-" ? "mark" : match ? "string" : "";
  tokens.push({ text: rest, kind });
  return tokens.filter((token) => token.text !== "");
}
