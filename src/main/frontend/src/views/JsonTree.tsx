import { useState } from "react";
import type { Json } from "../model/protocol";
import { t } from "../text/text";

const MOST = 200;

/** JSON to open and close; large lists show their first entries. */
export function JsonTree({ value, name, depth = 0 }: { value: Json; name?: string; depth?: number }) {
  const [open, setOpen] = useState(depth < 2);
  const [limit, setLimit] = useState(MOST);
  const label = name === undefined ? null : <span className="kf-json-name">{name}: </span>;
  if (value === null || typeof value !== "object") {
    return <div className="kf-json-leaf">{label}<span className={`kf-json-${value === null ? "null" : typeof value}`}>{typeof value === "string" ? JSON.stringify(value) : String(value)}</span></div>;
  }
  const entries: [string, Json][] = Array.isArray(value) ? value.slice(0, limit).map((v, i) => [String(i), v]) : Object.entries(value).slice(0, limit);
  const size = Array.isArray(value) ? value.length : Object.keys(value).length;
  return (
    <div className="kf-json">
      <button type="button" className="kf-json-fold" aria-expanded={open} onClick={() => setOpen(!open)}>
        <span aria-hidden="true">{open ? "▾" : "▸"}</span> {label}
        <span className="kf-quiet">{Array.isArray(value) ? `[${t("entries: {0}", size.toLocaleString())}]` : `{${t("fields: {0}", size.toLocaleString())}}`}</span>
      </button>
      {open && (
        <div className="kf-json-inner">
          {entries.map(([key, each]) => <JsonTree key={key} name={key} value={each} depth={depth + 1} />)}
          {size > limit && <button type="button" onClick={() => setLimit(limit + 1000)}>{t("and {0} more", (size - limit).toLocaleString())}</button>}
        </div>
      )}
    </div>
  );
}
