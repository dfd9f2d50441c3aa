import { useEffect, useRef, useState } from "react";
import { useChildCounts, usePage, useTask, useThemeVersion } from "../page/context";
import { look, stateLabel, why } from "../page/state";
import { t } from "../text/text";
import { cellAt, gridShape } from "./gridShape";

interface Props {
  loop: string;
  width: number;
  height: number;
  selected: number | null;
  pick: (loop: string, index: number) => void;
  cell?: number;
}

/** Pixels that a cell must have to be seen. */
const SEEN = 6;

/** All iterations of a loop as cells of a canvas, so that ten thousand cost as little as ten. */
export function IterationGrid({ loop, width, height, selected, pick, cell = 16 }: Props) {
  const { store } = usePage();
  const canvas = useRef<HTMLCanvasElement>(null);
  const task = useTask(loop);
  const counts = useChildCounts(loop);
  const theme = useThemeVersion();
  const [hint, setHint] = useState("");
  const total = task?.iterations ?? 0;
  const shape = gridShape(total, width, height, cell);
  const drawnHeight = shape.rows * shape.cell;

  useEffect(() => {
    const element = canvas.current;
    const context = element?.getContext("2d");
    if (!element || !context) {
      return;
    }
    const ratio = window.devicePixelRatio || 1;
    element.width = Math.max(1, width * ratio);
    element.height = Math.max(1, drawnHeight * ratio);
    context.scale(ratio, ratio);
    const style = getComputedStyle(element);
    const colours = new Map<string, string>();
    const gap = shape.cell > 8 ? 2 : 1;
    const failed: number[] = [];
    for (let i = 0; i < total; i++) {
      const kind = look(store.state(`${loop}[${i}]`));
      if (kind === "failed") {
        failed.push(i);
      }
      let colour = colours.get(kind);
      if (colour === undefined) {
        colour = style.getPropertyValue(`--kf-${kind}`).trim() || "#888";
        colours.set(kind, colour);
      }
      const x = (i % shape.columns) * shape.cell;
      const y = Math.floor(i / shape.columns) * shape.cell;
      context.fillStyle = colour;
      context.globalAlpha = kind === "pending" ? 0.3 : kind === "skipped" ? 0.55 : 1;
      if (shape.cell > 8) {
        context.beginPath();
        context.roundRect(x, y, shape.cell - gap, shape.cell - gap, Math.min(3, shape.cell / 4));
        context.fill();
      } else {
        context.fillRect(x, y, shape.cell - gap, shape.cell - gap);
      }
      if (i === selected) {
        context.globalAlpha = 1;
        context.strokeStyle = style.getPropertyValue("--kf-text").trim() || "#000";
        context.lineWidth = 2;
        context.strokeRect(x + 1, y + 1, shape.cell - gap - 2, shape.cell - gap - 2);
      }
    }
    // one that failed is seen among ten thousand
    if (shape.cell < SEEN) {
      context.globalAlpha = 1;
      context.fillStyle = colours.get("failed") ?? "#888";
      for (const i of failed) {
        const centre = (shape.cell - gap) / 2 - SEEN / 2;
        context.fillRect((i % shape.columns) * shape.cell + centre, Math.floor(i / shape.columns) * shape.cell + centre, SEEN, SEEN);
      }
    }
  }, [store, loop, counts, total, width, drawnHeight, selected, theme, shape.cell, shape.columns]);

  const at = (event: React.MouseEvent) => {
    const rect = canvas.current!.getBoundingClientRect();
    const scale = rect.width / width || 1;
    return cellAt(shape, total, (event.clientX - rect.left) / scale, (event.clientY - rect.top) / scale);
  };
  const move = (by: number) => {
    const next = Math.min(total - 1, Math.max(0, (selected ?? -1) + by));
    if (total > 0) {
      pick(loop, next);
    }
  };
  if (total === 0) {
    return null;
  }
  return (
    <div className="kf-grid" style={{ maxHeight: height }}>
      <canvas
        ref={canvas}
        style={{ width, height: drawnHeight }}
        tabIndex={0}
        role="slider"
        aria-label={t("Iterations: arrow keys go through them")}
        aria-valuemin={0}
        aria-valuemax={total - 1}
        aria-valuenow={selected ?? 0}
        aria-valuetext={`${t("Iteration {0}", selected ?? 0)}: ${stateLabel(store.state(`${loop}[${selected ?? 0}]`))}`}
        title={hint}
        onMouseMove={(event) => {
          const index = at(event);
          const iteration = index === null ? undefined : store.task(`${loop}[${index}]`);
          const reason = why(iteration);
          setHint(index === null ? "" : `[${index}] ${stateLabel(iteration?.state)}${reason ? `: ${reason}` : ""}`);
        }}
        onClick={(event) => {
          event.stopPropagation();
          const index = at(event);
          if (index !== null) {
            pick(loop, index);
          }
        }}
        onKeyDown={(event) => {
          const by = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: shape.columns, ArrowUp: -shape.columns, Home: -total, End: total }[event.key];
          if (by !== undefined) {
            event.preventDefault();
            event.stopPropagation();
            move(by);
          }
        }}
      />
    </div>
  );
}
