import { useEffect, useRef } from "react";
import { usePage, useChanges, useThemeVersion } from "../page/context";
import { look } from "../page/state";
import type { Layout } from "./layout";
import type { Viewport } from "./viewport";

const WIDTH = 168;
const HEIGHT = 112;

/** The whole graph in small, with the frame that is looked at; there only when not everything is in view. */
export function Minimap({ layout, view, size, move }: { layout: Layout; view: Viewport; size: { width: number; height: number }; move: (x: number, y: number) => void }) {
  const { store } = usePage();
  const tasks = useChanges();
  const theme = useThemeVersion();
  const canvas = useRef<HTMLCanvasElement>(null);
  const scale = Math.min(WIDTH / Math.max(1, layout.width), HEIGHT / Math.max(1, layout.height));
  const whole = view.x >= 0 && view.y >= 0 && view.x + layout.width * view.scale <= size.width && view.y + layout.height * view.scale <= size.height;
  const hidden = whole || size.width < 560;
  const left = (WIDTH - layout.width * scale) / 2;
  const top = (HEIGHT - layout.height * scale) / 2;

  useEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (!context || hidden) {
      return;
    }
    const ratio = window.devicePixelRatio || 1;
    canvas.current!.width = WIDTH * ratio;
    canvas.current!.height = HEIGHT * ratio;
    context.scale(ratio, ratio);
    context.translate(left, top);
    const style = getComputedStyle(canvas.current!);
    for (const box of layout.boxes) {
      const group = box.node.children !== null;
      context.globalAlpha = group ? 0.15 : 0.9;
      context.fillStyle = style.getPropertyValue(`--kf-${look(store.state(box.node.path))}`).trim() || "#888";
      context.fillRect(box.x * scale, box.y * scale, Math.max(1, box.width * scale), Math.max(1, box.height * scale));
    }
  }, [layout, tasks, theme, hidden, scale, left, top, store]);

  if (hidden) {
    return null;
  }
  const jump = (event: React.PointerEvent) => {
    if (event.buttons !== 1) {
      return;
    }
    const rect = event.currentTarget.getBoundingClientRect();
    const x = (event.clientX - rect.left - left) / scale;
    const y = (event.clientY - rect.top - top) / scale;
    move(size.width / 2 - x * view.scale, size.height / 2 - y * view.scale);
  };
  return (
    <div className="kf-minimap" onPointerDown={jump} onPointerMove={jump} aria-hidden="true">
      <canvas ref={canvas} style={{ width: WIDTH, height: HEIGHT }} />
      <div
        className="kf-minimap-frame"
        style={{
          left: left + (-view.x / view.scale) * scale,
          top: top + (-view.y / view.scale) * scale,
          width: (size.width / view.scale) * scale,
          height: (size.height / view.scale) * scale,
        }}
      />
    </div>
  );
}
