import { useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import { bytes } from "../model/format";
import { usePage } from "../page/context";
import { PLAIN, spans, styleBefore, type Span } from "./ansi";
import { t } from "../text/text";
import { LogText } from "./logText";

const ROW = 18;
/** Browsers draw nothing beyond some 33 million pixels. */
const TALLEST = 15_000_000;
const PART = 512 * 1024;

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
    const hits = text.length < 2 ? [] : log.search(text);
    setFound(hits);
    setCurrent(0);
    if (hits.length > 0) {
      show(hits[0]);
    }
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
  };

  const first = Math.max(0, Math.floor(top / row) - 10);
  const count = Math.min(lines - first, Math.ceil(height / ROW) + 20);
  const hits = new Set(found);
  const rows = styledRows(log, first, count);

  return (
    <div className="kf-log">
      <div className="kf-log-tools">
        <input type="search" value={query} placeholder={t("Search the log")} aria-label={t("Search the log")} onChange={(e) => search(e.target.value)} onKeyDown={(e) => e.key === "Enter" && step(e.shiftKey ? -1 : 1)} />
        {query.length > 1 && <span className="kf-quiet" role="status">{found.length === 0 ? t("not found") : t("{0} of {1}", current + 1, found.length)}</span>}
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
