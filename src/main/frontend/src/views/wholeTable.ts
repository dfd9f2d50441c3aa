/** All rows of a table's file, for the table of which a page has only the beginning. */

/** Characters that a header has at most. */
const HEADER = 1 << 16;

/** Rows of separated values: quotes, doubled quotes, line breaks inside quotes; as the engine reads the beginning. */
export function separated(text: string, separator: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let at = 0;
  const end = text.length;
  while (at < end) {
    let cell = "";
    if (text[at] === '"') {
      let from = at + 1;
      for (;;) {
        const quote = text.indexOf('"', from);
        cell += text.slice(from, quote < 0 ? end : quote);
        if (quote < 0 || text[quote + 1] !== '"') {
          at = quote < 0 ? end : quote + 1;
          break;
        }
        cell += '"';
        from = quote + 2;
      }
    }
    let stop = at;
    while (stop < end && text[stop] !== separator && text[stop] !== "\n") {
      stop++;
    }
    row.push((cell + text.slice(at, stop)).replaceAll("\r", ""));
    at = stop + 1;
    if (stop >= end || text[stop] === "\n") {
      rows.push(row);
      row = [];
    } else if (at >= end) {
      row.push("");
      rows.push(row);
    }
  }
  return rows;
}

export interface Table {
  columns: string[];
  rows: string[][];
}

function jsonLines(text: string, first: string[]): Table {
  const values: Record<string, unknown>[] = [];
  const columns = new Set(first);
  for (const line of text.split("\n")) {
    try {
      const value = JSON.parse(line) as Record<string, unknown>;
      Object.keys(value).forEach((name) => columns.add(name));
      values.push(value);
    } catch {
      break; // the last line may be torn
    }
  }
  const names = [...columns];
  const cell = (value: unknown) => (value === undefined ? "" : value !== null && typeof value === "object" ? JSON.stringify(value) : String(value));
  return { columns: names, rows: values.map((value) => names.map((name) => cell(value[name]))) };
}

/** The rows below the header that is known; null when the text is not that table. */
export function wholeTable(text: string, columns: string[]): Table | null {
  if (text.trimStart().startsWith("{")) {
    return jsonLines(text, columns);
  }
  for (const separator of [",", "\t"]) {
    const first = separated(text.slice(0, HEADER), separator)[0] ?? [];
    if (first.join("\n") === columns.join("\n")) {
      return { columns, rows: separated(text, separator).slice(1) };
    }
  }
  return null;
}

/** Reads a file's text, at most so many bytes of it; `progress` hears how many. */
export async function readText(url: string, most: number, progress: (bytes: number) => void): Promise<{ text: string; truncated: boolean }> {
  const response = await fetch(url);
  if (!response.ok || !response.body) {
    throw new Error(`${response.status} ${(await response.text()).slice(0, 200)}`);
  }
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  let text = "";
  let size = 0;
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    size += part.value.length;
    text += decoder.decode(part.value, { stream: true });
    progress(size);
    if (size >= most) {
      await reader.cancel();
      return { text: text.slice(0, text.lastIndexOf("\n") + 1), truncated: true };
    }
  }
  return { text: text + decoder.decode(), truncated: false };
}
