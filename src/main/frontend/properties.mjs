/** Property files as Java reads them (`java.util.Properties`), in UTF-8: the translators' tools of Jenkins know them. */

/** Texts by their keys. */
export function parseProperties(text) {
  const entries = {};
  for (const line of text.replace(/\r\n?/g, "\n").replace(/\\\n\s*/g, "").split("\n")) {
    const match = /^\s*(?![#!])((?:\\.|[^\\:=\s])+)\s*[:=]?\s*(.*)$/.exec(line);
    if (match) {
      entries[unescaped(match[1])] = unescaped(match[2]);
    }
  }
  return entries;
}

function unescaped(text) {
  return text.replace(/\\(?:u([0-9a-fA-F]{4})|(.))/g, (_, code, char) => (code ? String.fromCharCode(parseInt(code, 16)) : { n: "\n", t: "\t", r: "\r", f: "\f" }[char] ?? char));
}

/** For Vite: a property file is a module whose default is its texts. */
export const properties = {
  name: "properties",
  transform(code, id) {
    return id.endsWith(".properties") ? { code: `export default ${JSON.stringify(parseProperties(code))};`, map: null } : null;
  },
};
