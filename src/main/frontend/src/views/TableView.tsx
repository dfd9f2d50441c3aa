import { useMemo, useState } from "react";
import { bytes } from "../model/format";
import { t } from "../text/text";
import { compareKeys, sortKey } from "./sorting";
import { readText, wholeTable, type Table } from "./wholeTable";

const PAGE = 50;
/** Bytes of a file that a page can hold as rows. */
const MOST = 64 << 20;

/** Rows and columns with sorting and paging. Of a file with more rows than came with the page, all are fetched on demand (`url`). */
export function TableView({ columns: known, rows: first, truncated: cut, url = null }: { columns: string[]; rows: string[][]; truncated: boolean; url?: string | null }) {
  const [whole, setWhole] = useState<(Table & { truncated: boolean }) | null>(null);
  const [reading, setReading] = useState<number | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const { columns, rows, truncated } = whole ?? { columns: known, rows: first, truncated: cut };
  const readAll = async () => {
    setReading(0);
    try {
      const file = await readText(url!, MOST, setReading);
      const all = wholeTable(file.text, known);
      if (all === null) {
        setProblem(t("The rest of the file cannot be read as this table."));
      } else {
        setWhole({ ...all, truncated: file.truncated });
      }
    } catch (e) {
      setProblem(e instanceof Error ? e.message : String(e));
    }
    setReading(null);
  };
  const [sort, setSort] = useState<{ column: number; down: boolean } | null>(null);
  const [asked, setPage] = useState(0);
  const sorted = useMemo(() => {
    if (!sort) {
      return rows;
    }
    const by = rows.map((row) => ({ row, key: sortKey(row[sort.column] ?? "") })).sort((a, b) => compareKeys(a.key, b.key)).map(({ row }) => row);
    return sort.down ? by.reverse() : by;
  }, [rows, sort]);
  const page = Math.min(asked, Math.max(0, Math.ceil(rows.length / PAGE) - 1));
  const pages = Math.max(1, Math.ceil(rows.length / PAGE));
  const numeric = columns.map((_, c) => rows.length > 0 && rows.slice(0, 50).every((row) => row[c] === undefined || row[c] === "" || !Number.isNaN(Number(row[c]))));
  return (
    <div>
      <div className="kf-scroll-x">
        <table className="kf-table">
          <thead>
            <tr>
              {columns.map((name, c) => (
                <th key={c} scope="col" className={numeric[c] ? "kf-right" : undefined} aria-sort={sort?.column === c ? (sort.down ? "descending" : "ascending") : undefined}>
                  <button type="button" className="kf-sort" onClick={() => { setPage(0); setSort(sort?.column === c ? (sort.down ? null : { column: c, down: true }) : { column: c, down: false }); }}>
                    {name}{sort?.column === c ? (sort.down ? " ↓" : " ↑") : ""}
                  </button>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {sorted.slice(page * PAGE, (page + 1) * PAGE).map((row, r) => (
              <tr key={r}>{columns.map((_, c) => <td key={c} className={numeric[c] ? "kf-right" : undefined}>{row[c]}</td>)}</tr>
            ))}
          </tbody>
        </table>
      </div>
      <div className="kf-pager">
        <span className="kf-quiet" role="status">{reading !== null ? t("{0} read", bytes(reading)) : t(truncated ? "rows: {0}, the file has more" : "rows: {0}", rows.length.toLocaleString())}</span>
        {truncated && whole === null && url !== null && problem === null && <button type="button" disabled={reading !== null} onClick={readAll}>{t("All rows")}</button>}
        {problem && <span className="kf-problem" role="alert">{problem}</span>}
        {pages > 1 && (
          <>
            <button type="button" disabled={page === 0} onClick={() => setPage(page - 1)}>{t("Previous")}</button>
            <span>{(page + 1).toLocaleString()} / {pages.toLocaleString()}</span>
            <button type="button" disabled={page >= pages - 1} onClick={() => setPage(page + 1)}>{t("Next")}</button>
          </>
        )}
      </div>
    </div>
  );
}
