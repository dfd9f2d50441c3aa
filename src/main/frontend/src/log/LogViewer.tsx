import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import { bytes } from "../model/format";
import { usePage } from "../page/context";
import { PLAIN, spans, styleBefore, type Span } from "./ansi";
import { t } from "../text/text";
import { LogText, MOST_FOUND } from "./logText";

const ROW = 18;
/** Browsers draw nothing beyond some 33 million pixels. */
const TALLEST = 15_000_000;
const PART = 512 * 1024;
/** Milliseconds that a search may keep the page from anything else. */
const SLICE = 12;
/** Bytes of a log that is searched again whenever it grows. */
const SEARCHED_AGAIN = 2 << 20;

/** An attempt's log: its end first, earlier parts on demand, following what is written while the attempt runs. */
export function LogViewer({ path, attempt, running }: { path: string; attempt: number; running: boolean }) {
  const { source } = usePage();
  const [log, setLog] = useState(() => new LogText());
  const [, redraw] = useState(0);
  const [error, setError] = useState<string | null>(null);
  const [loaded, setLoaded] = useState(false);
  const [top, setTop] = useState(0);
  const [height, setHeight] = useState(400);
  const [follow, setFollow] = useState(true);
  const [query, setQuery] = useState("");
  const [found, setFound] = useState<number[]>([]);
  const [current, setCurrent] = useState(0);
  const [busy, setBusy] = useState(false);
  const [searching, setSearching] = useState(false);
  const searched = useRef(0);
  const box = useRef<HTMLDivElement>(null);

  useEffect(() => {
    let stopped = false;
    let timer = 0;
    const text = new LogText();
    setLog(text);
    setLoaded(false);
    setFollow(true);
    const next = async (first: boolean) => {
      let more = false;
      try {
        const part = await source.log(path, attempt, first ? -PART : text.end);
        if (stopped) {
          return;
        }
        if (part.bytes.length > 0 || first) {
          text.append(part);
          redraw((n) => n + 1);
        }
        more = part.more;
        setError(null);
      } catch (e) {
        setError(e instanceof Error ? e.message : String(e));
      }
      setLoaded(true);
      if (!stopped && source.live && (running || more)) {
        timer = window.setTimeout(() => next(false), more ? 0 : 1000);
      }
    };
    void next(true);
    return () => {
      stopped = true;
      window.clearTimeout(timer);
    };
  }, [source, path, attempt, running]);

  const lines = log.lineCount;
  const row = lines * ROW > TALLEST ? TALLEST / lines : ROW;

  useLayoutEffect(() => {
    const element = box.current!;
    setHeight(element.clientHeight);
    if (follow) {
      element.scrollTop = element.scrollHeight;
    }
  }, [lines, follow]);

  const show = useCallback((line: number) => {
    setFollow(false);
    box.current!.scrollTop = Math.max(0, line * row - box.current!.clientHeight / 2);
  }, [row]);

  const search = (text: string) => {
    setQuery(text);
    setFound([]);
    setCurrent(0);
    searched.current++;
    if (text.length > 1) {
      void look(text, searched.current);
    } else {
      setSearching(false);
    }
  };
  useEffect(() => () => {
    searched.current++;
  }, []);
  // what is written meanwhile is searched too
  useEffect(() => {
    if (running && query.length > 1 && !searching && log.end - log.from < SEARCHED_AGAIN) {
      setFound(log.search(query));
    }
  }, [lines]);
  /** Goes through the log in slices, until it is through or something else is looked for. */
  const look = async (text: string, mine: number) => {
    const hits: number[] = [];
    const pieces = log.searching(text);
    setSearching(true);
    for (let done = false; !done; ) {
      const until = performance.now() + SLICE;
      const before = hits.length;
      while (!done && performance.now() < until) {
        const piece = pieces.next();
        done = piece.done === true;
        hits.push(...(piece.value ?? []));
      }
      if (hits.length > before) {
        setFound([...hits]);
        if (before === 0) {
          show(hits[0]);
        }
      }
      await new Promise((later) => setTimeout(later, 0));
      if (searched.current !== mine) {
        return;
      }
    }
    setSearching(false);
  };
  const step = (by: number) => {
    if (found.length > 0) {
      const next = (current + by + found.length) % found.length;
      setCurrent(next);
      show(found[next]);
    }
  };

  const earlier = async (all: boolean) => {
    setBusy(true);
    try {
      do {
        const part = await source.log(path, attempt, Math.max(0, log.from - PART));
        const added = log.prepend(part);
        box.current!.scrollTop += added * row;
        redraw((n) => n + 1);
        if (added === 0) {
          break;
        }
      } while (all && log.from > 0);
    } catch (e) {
      setError(e instanceof Error ? e.message : String(e));
    }
    setBusy(false);
    if (query.length > 1) {
      search(query); // the lines have other numbers now, and there are more
    }
  };

  const first = Math.max(0, Math.floor(top / row) - 10);
  const count = Math.min(lines - first, Math.ceil(height / ROW) + 20);
  const hits = useMemo(() => new Set(found), [found]);
  const rows = styledRows(log, first, count);

  return (
    <div className="kf-log">
      <div className="kf-log-tools">
        <input type="search" value={query} placeholder={t("Search the log")} aria-label={t("Search the log")} onChange={(e) => search(e.target.value)} onKeyDown={(e) => e.key === "Enter" && step(e.shiftKey ? -1 : 1)} />
        {query.length > 1 && <span className="kf-quiet" role="status">
          {found.length > 0 ? t("{0} of {1}", current + 1, `${found.length.toLocaleString()}${found.length >= MOST_FOUND ? "+" : ""}`) : t(searching ? "Searching …" : "not found")}
          {log.from > 0 && ` ${t("in the last {0}", bytes(log.end - log.from))}`}
        </span>}
        <span className="kf-fill" />
        {log.from > 0 && source.live && (
          <>
            <button type="button" disabled={busy} onClick={() => earlier(false)}>{t("Earlier")}</button>
            <button type="button" disabled={busy} onClick={() => earlier(true)}>{t("All ({0})", bytes(log.end))}</button>
          </>
        )}
        {log.from > 0 && !source.live && <span className="kf-quiet">{t("the last {0} of {1}", bytes(log.end - log.from), bytes(log.end))}</span>}
        {!follow && <button type="button" onClick={() => setFollow(true)}>{t("To the end")}</button>}
        {running && follow && source.live && <span className="kf-live">{t("live")}</span>}
      </div>
      {error && <div className="kf-problem" role="alert">{error}</div>}
      <div
        className="kf-log-rows"
        ref={box}
        tabIndex={0}
        role="log"
        aria-label={t("Log of attempt {0}", attempt)}
        aria-live="off"
        onScroll={(event) => {
          const element = event.currentTarget;
          setTop(element.scrollTop);
          setHeight(element.clientHeight);
          setFollow(element.scrollTop + element.clientHeight >= element.scrollHeight - 4);
        }}
      >
        {loaded && lines === 0 && !error && <p className="kf-quiet kf-log-empty">{t(running ? "Nothing written yet." : "The log is empty.")}</p>}
        <div style={{ height: lines * row }} className="kf-log-space">
          <div className="kf-log-window" style={{ transform: `translateY(${first * row}px)` }}>
            {rows.map(({ index, spans }) => (
              <div key={index} className={`kf-log-row${hits.has(index) ? " kf-hit" : ""}${found[current] === index ? " kf-hit-current" : ""}`}>
                <span className="kf-log-number" aria-hidden="true">{log.from === 0 ? index + 1 : ""}</span>
                <Line spans={spans} />
              </div>
            ))}
          </div>
        </div>
      </div>
    </div>
  );
}

/** The rows in view; each begins in the style that the one before it ended with, as on a terminal. */
function styledRows(log: LogText, first: number, count: number): { index: number; spans: Span[] }[] {
  let style = count > 0 ? styleBefore(log, first) : PLAIN;
  return Array.from({ length: Math.max(0, count) }, (_, i) => {
    const line = spans(log.line(first + i), style);
    style = line.end;
    return { index: first + i, spans: line.spans };
  });
}

function Line({ spans }: { spans: Span[] }) {
  return (
    <span className="kf-log-text">
      {spans.map((span, i) =>
        span.classes === "" && !span.colour && !span.background ? (
          span.text
        ) : (
          <span key={i} className={span.classes} style={{ color: span.colour, backgroundColor: span.background }}>{span.text}</span>
        ),
      )}
    </span>
  );
}
