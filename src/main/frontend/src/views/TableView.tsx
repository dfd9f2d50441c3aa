import { useMemo, useState } from "react";
import { t } from "../text/text";
import { compareCells } from "./sorting";

const PAGE = 50;

/** Rows and columns with sorting and paging. */
export function TableView({ columns, rows, truncated }: { columns: string[]; rows: string[][]; truncated: boolean }) {
  const [sort, setSort] = useState<{ column: number; down: boolean } | null>(null);
  const [page, setPage] = useState(0);
  const sorted = useMemo(() => {
    if (!sort) {
      return rows;
    }
    const by = [...rows].sort((a, b) => compareCells(a[sort.column] ?? "", b[sort.column] ?? ""));
    return sort.down ? by.reverse() : by;
  }, [rows, sort]);
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
        <span className="kf-quiet">{t(truncated ? "rows: {0}, the file has more" : "rows: {0}", rows.length.toLocaleString())}</span>
        {pages > 1 && (
          <>
            <button type="button" disabled={page === 0} onClick={() => setPage(page - 1)}>{t("Previous")}</button>
            <span>{page + 1} / {pages}</span>
            <button type="button" disabled={page >= pages - 1} onClick={() => setPage(page + 1)}>{t("Next")}</button>
          </>
        )}
      </div>
    </div>
  );
}
