import { memo, useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import { ancestors, iterationIndex, parentPath } from "../model/paths";
import { useTasks, usePage } from "../page/context";
import { t } from "../text/text";
import { criticalPath } from "./critical";
import { EdgeLines } from "./EdgeLines";
import { layout, type Box } from "./layout";
import { Minimap } from "./Minimap";
import { NodeBox } from "./NodeBox";
import { allGroups, tree, type Opened } from "./tree";
import { centred, firstView, fit, zoomed, type Viewport } from "./viewport";

/** With more tasks than this the groups start closed. */
const OPEN_AT_MOST = 80;

export function GraphView({ search }: { search: string }) {
  const { graph, store, route, go } = usePage();
  const frame = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState({ width: 0, height: 0 });
  const [view, setView] = useState<Viewport>({ x: 0, y: 0, scale: 1 });
  const [opened, setOpened] = useState<Opened>(() => startOpened());
  const [critical, setCritical] = useState(false);
  const [moved, setMoved] = useState(false);

  function startOpened(): Opened {
    const iterations = new Map<string, number>();
    const worst = new Map<string, string>();
    for (const task of store.all()) {
      const index = iterationIndex(task.path);
      if (index !== null && (task.state === "FAILED" || task.state === "RUNNING")) {
        const loop = parentPath(task.path);
        if (!worst.has(loop) || (task.state === "FAILED" && worst.get(loop) !== "FAILED")) {
          worst.set(loop, task.state);
          iterations.set(loop, index);
        }
      }
    }
    return { iterations, groups: allGroups(graph, iterations, OPEN_AT_MOST) ?? new Set() };
  }

  // A link into a closed group or another iteration opens the way to it.
  useEffect(() => {
    if (route.task === null) {
      return;
    }
    const way = ancestors(route.task);
    if (iterationIndex(route.task) !== null) {
      way.push(route.task);
    }
    setOpened((before) => {
      const groups = new Set(before.groups);
      const iterations = new Map(before.iterations);
      let changed = false;
      for (const path of way) {
        const index = iterationIndex(path);
        if (index === null) {
          changed ||= !groups.has(path);
          groups.add(path);
        } else if ((iterations.get(parentPath(path)) ?? 0) !== index) {
          iterations.set(parentPath(path), index);
          changed = true;
        }
      }
      return changed ? { groups, iterations } : before;
    });
  }, [route.task]);

  const nodes = useMemo(() => tree(graph, opened), [graph, opened]);
  const drawn = useMemo(() => layout(nodes), [nodes]);
  const byPath = useMemo(() => new Map(drawn.boxes.map((box) => [box.node.path, box])), [drawn]);

  useLayoutEffect(() => {
    const element = frame.current!;
    const measure = () => setSize({ width: element.clientWidth, height: element.clientHeight });
    measure();
    if (typeof ResizeObserver === "undefined") {
      return;
    }
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  useLayoutEffect(() => {
    if (size.width > 0 && !moved) {
      setView(firstView(drawn, size));
    }
  }, [drawn, size, moved]);

  const toggle = useCallback((path: string) => {
    setOpened((before) => {
      const groups = new Set(before.groups);
      if (!groups.delete(path)) {
        groups.add(path);
      }
      return { ...before, groups };
    });
  }, []);
  const pick = useCallback((loop: string, index: number) => {
    setOpened((before) => ({ ...before, iterations: new Map(before.iterations).set(loop, index) }));
    go({ task: `${loop}[${index}]`, tab: null, attempt: null });
  }, [go]);
  const select = useCallback((path: string) => go({ task: path, tab: null, attempt: null }), [go]);

  useEffect(() => {
    const element = frame.current!;
    const wheel = (event: WheelEvent) => {
      event.preventDefault();
      setMoved(true);
      const rect = element.getBoundingClientRect();
      if (event.ctrlKey || event.metaKey || Math.abs(event.deltaY) >= 50 && event.deltaX === 0) {
        const factor = Math.exp(-event.deltaY * (event.ctrlKey ? 0.01 : 0.0016));
        setView((v) => zoomed(v, factor, event.clientX - rect.left, event.clientY - rect.top));
      } else {
        setView((v) => ({ ...v, x: v.x - event.deltaX, y: v.y - event.deltaY }));
      }
    };
    element.addEventListener("wheel", wheel, { passive: false });
    return () => element.removeEventListener("wheel", wheel);
  }, []);

  const drag = useRef<{ x: number; y: number; pointers: Map<number, { x: number; y: number }> }>({ x: 0, y: 0, pointers: new Map() });
  const onPointerDown = (event: React.PointerEvent) => {
    if (event.button !== 0 || (event.target as Element).closest("button, .kf-node, .kf-minimap, canvas")) {
      return;
    }
    drag.current.pointers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    event.currentTarget.setPointerCapture(event.pointerId);
  };
  const onPointerMove = (event: React.PointerEvent) => {
    const pointers = drag.current.pointers;
    const last = pointers.get(event.pointerId);
    if (!last) {
      return;
    }
    setMoved(true);
    const now = { x: event.clientX, y: event.clientY };
    if (pointers.size === 2) {
      const other = [...pointers].find(([id]) => id !== event.pointerId)![1];
      const before = Math.hypot(last.x - other.x, last.y - other.y);
      const after = Math.hypot(now.x - other.x, now.y - other.y);
      const rect = frame.current!.getBoundingClientRect();
      setView((v) => zoomed(v, before > 0 ? after / before : 1, (now.x + other.x) / 2 - rect.left, (now.y + other.y) / 2 - rect.top));
    } else {
      setView((v) => ({ ...v, x: v.x + now.x - last.x, y: v.y + now.y - last.y }));
    }
    pointers.set(event.pointerId, now);
  };
  const onPointerUp = (event: React.PointerEvent) => {
    drag.current.pointers.delete(event.pointerId);
  };

  const zoomBy = (factor: number) => {
    setMoved(true);
    setView((v) => zoomed(v, factor, size.width / 2, size.height / 2));
  };
  const fitAll = () => {
    setMoved(true);
    setView(fit(drawn, size));
  };

  // a loop then shows the iteration that the path goes through
  const switchCritical = () => {
    setCritical(!critical);
    if (!critical) {
      const path = criticalPath(graph, (p) => store.task(p), (p) => store.childPaths(p));
      setOpened((before) => {
        const iterations = new Map(before.iterations);
        for (const each of path) {
          const index = each.includes("\n") ? null : iterationIndex(each);
          if (index !== null) {
            iterations.set(parentPath(each), index);
          }
        }
        return { ...before, iterations };
      });
    }
  };

  // What is selected comes into view.
  useEffect(() => {
    const box = route.task === null ? undefined : byPath.get(route.task) ?? byPath.get(parentPath(route.task));
    if (box && size.width > 0) {
      setView((v) => centred(v, box, size));
      setMoved(true);
    }
  }, [route.task, byPath, size.width > 0]);

  const selected = route.task === null ? null : iterationIndex(route.task) === null ? route.task : parentPath(route.task);
  // by keyboard, the focus goes where the selection goes
  const byKey = useRef(false);
  useEffect(() => {
    if (byKey.current) {
      byKey.current = false;
      frame.current?.querySelector<HTMLElement>(".kf-node.kf-selected")?.focus({ preventScroll: true });
    }
  }, [selected]);
  const wanted = search.trim().toLowerCase();
  const matches = useCallback((box: Box) => wanted !== "" && (box.node.task.name.toLowerCase().includes(wanted) || box.node.path.toLowerCase().includes(wanted)), [wanted]);

  const onKeyDown = (event: React.KeyboardEvent) => {
    const key = event.key;
    if (key === "+" || key === "=") {
      zoomBy(1.25);
    } else if (key === "-") {
      zoomBy(0.8);
    } else if (key === "0") {
      fitAll();
    } else if (key.startsWith("Arrow")) {
      const from = selected === null ? drawn.boxes[0] : byPath.get(selected) ?? drawn.boxes[0];
      const to = from && (selected === null ? from : nearest(drawn.boxes, from, key));
      if (to) {
        byKey.current = true;
        select(to.node.path);
      }
    } else if ((key === " " || key === "Enter") && selected !== null && byPath.get(selected)?.node.group) {
      toggle(selected);
    } else {
      return;
    }
    event.preventDefault();
  };

  const margin = 200;
  const visible = drawn.boxes.filter(
    (box) =>
      (box.x + box.width) * view.scale + view.x > -margin &&
      box.x * view.scale + view.x < size.width + margin &&
      (box.y + box.height) * view.scale + view.y > -margin &&
      box.y * view.scale + view.y < size.height + margin,
  );
  const detail = view.scale < 0.32 ? "far" : "near";
  const bare = view.scale < 0.22;

  return (
    <div
      className={`kf-graph kf-${detail}`}
      ref={frame}
      tabIndex={0}
      role="application"
      aria-label={t("Graph of the run: arrow keys move between tasks, plus and minus zoom, 0 fits")}
      onKeyDown={onKeyDown}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={onPointerUp}
      onPointerCancel={onPointerUp}
    >
      <div className="kf-plane" style={{ transform: `translate(${view.x}px, ${view.y}px) scale(${view.scale})`, width: drawn.width, height: drawn.height }}>
        <CriticalLayer on={critical}>
          {(onPath) => (
            <>
              {visible.filter((box) => box.node.children !== null).map((box) => (
                <NodeBox key={box.node.path} box={box} bare={bare} selected={selected === box.node.path} dimmed={wanted !== "" && !matches(box)} found={matches(box)} critical={onPath.has(box.node.path)} iteration={opened.iterations.get(box.node.path) ?? 0} toggle={toggle} select={select} pick={pick} />
              ))}
              <EdgeLines layout={drawn} byPath={byPath} critical={onPath} />
              {visible.filter((box) => box.node.children === null).map((box) => (
                <NodeBox key={box.node.path} box={box} bare={bare} selected={selected === box.node.path} dimmed={wanted !== "" && !matches(box)} found={matches(box)} critical={onPath.has(box.node.path)} iteration={0} toggle={toggle} select={select} pick={pick} />
              ))}
            </>
          )}
        </CriticalLayer>
      </div>
      <div className="kf-tools" role="toolbar" aria-label={t("View of the graph")}>
        <button type="button" onClick={() => zoomBy(1.25)} title={`${t("Zoom in")} (+)`} aria-label={t("Zoom in")}>+</button>
        <button type="button" onClick={() => zoomBy(0.8)} title={`${t("Zoom out")} (−)`} aria-label={t("Zoom out")}>−</button>
        <button type="button" onClick={fitAll} title={`${t("Fit the whole graph")} (0)`} aria-label={t("Fit the whole graph")}>
          <svg width="14" height="14" viewBox="0 0 14 14" aria-hidden="true"><path d="M1 5V1h4M9 1h4v4M13 9v4H9M5 13H1V9" fill="none" stroke="currentColor" strokeWidth="1.5" /></svg>
        </button>
        <span className="kf-zoom" aria-live="off">{Math.round(view.scale * 100)}%</span>
        <button type="button" className="kf-wide" aria-pressed={critical} onClick={switchCritical} title={t("The tasks that made the run last as long as it did")}>{t("Critical path")}</button>
        <GroupButton opened={opened} setOpened={setOpened} />
      </div>
      <Minimap layout={drawn} view={view} size={size} move={(x, y) => { setMoved(true); setView((v) => ({ ...v, x, y })); }} />
    </div>
  );
}

function GroupButton({ opened, setOpened }: { opened: Opened; setOpened: (o: Opened) => void }) {
  const { graph } = usePage();
  const groups = useMemo(() => allGroups(graph, opened.iterations, 2000), [graph, opened.iterations]);
  if (groups === null || groups.size === 0) {
    return null;
  }
  const close = opened.groups.size > 0;
  return (
    <button type="button" className="kf-wide" onClick={() => setOpened({ ...opened, groups: close ? new Set() : groups })}>
      {t(close ? "Close groups" : "Open groups")}
    </button>
  );
}

const NOTHING: ReadonlySet<string> = new Set();

/** Computes the critical path only while it is shown. */
const CriticalLayer = memo(function CriticalLayer({ on, children }: { on: boolean; children: (path: ReadonlySet<string>) => React.ReactNode }) {
  return on ? <CriticalOn>{children}</CriticalOn> : <>{children(NOTHING)}</>;
});

function CriticalOn({ children }: { children: (path: ReadonlySet<string>) => React.ReactNode }) {
  const { graph, store } = usePage();
  const tasks = useTasks();
  const path = useMemo(() => criticalPath(graph, (p) => store.task(p), (p) => store.childPaths(p)), [graph, store, tasks]);
  return <>{children(path)}</>;
}

/** The nearest box in an arrow's direction. */
function nearest(boxes: readonly Box[], from: Box, key: string): Box | null {
  const centre = (box: Box) => ({ x: box.x + box.width / 2, y: box.y + (box.node.children ? 20 : box.height / 2) });
  const a = centre(from);
  let best: Box | null = null;
  let least = Infinity;
  for (const box of boxes) {
    if (box === from) {
      continue;
    }
    const b = centre(box);
    const dx = b.x - a.x;
    const dy = b.y - a.y;
    const along = key === "ArrowRight" ? dx : key === "ArrowLeft" ? -dx : key === "ArrowDown" ? dy : -dy;
    const across = key === "ArrowRight" || key === "ArrowLeft" ? Math.abs(dy) : Math.abs(dx);
    if (along > 4 && along + 2 * across < least) {
      least = along + 2 * across;
      best = box;
    }
  }
  return best;
}
