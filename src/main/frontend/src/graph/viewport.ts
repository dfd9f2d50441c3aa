export interface Viewport {
  x: number;
  y: number;
  scale: number;
}

interface Size {
  width: number;
  height: number;
}

const SMALLEST = 0.04;
const LARGEST = 2.5;
const MARGIN = 36;
/** What lies over the lower end of a frame: the small map and the tools. */
const BELOW = 140;
const READABLE = 0.72;
const OVERVIEW = 0.16;

/** The whole graph, not larger than life. */
export function fit(graph: Size, frame: Size): Viewport {
  const whole = Math.min((frame.width - 2 * MARGIN) / Math.max(1, graph.width), (frame.height - 2 * MARGIN) / Math.max(1, graph.height), 1);
  const scale = Math.max(SMALLEST, whole);
  return {
    scale,
    x: (frame.width - graph.width * scale) / 2,
    y: Math.max(MARGIN, (frame.height - graph.height * scale) / 2),
  };
}

/** Where a page starts: the whole graph if it can be read so, else its top at a size that can; a very large one as a whole. */
export function firstView(graph: Size, frame: Size): Viewport {
  const whole = fit(graph, frame);
  if (whole.scale >= READABLE || whole.scale < OVERVIEW) {
    return whole;
  }
  const scale = Math.max(whole.scale, Math.min(READABLE, (frame.width - 2 * MARGIN) / graph.width));
  return { scale, x: (frame.width - graph.width * scale) / 2, y: Math.max(MARGIN, (frame.height - graph.height * scale) / 2) };
}

/** Zooms about a point of the frame. */
export function zoomed(view: Viewport, factor: number, x: number, y: number): Viewport {
  const scale = Math.min(LARGEST, Math.max(SMALLEST, view.scale * factor));
  const by = scale / view.scale;
  return { scale, x: x - (x - view.x) * by, y: y - (y - view.y) * by };
}

/** Moves as little as needed to have the box in the frame, and near enough to be read. */
export function centred(view: Viewport, box: { x: number; y: number; width: number; height: number }, frame: Size): Viewport {
  const scale = Math.max(view.scale, 0.5);
  const height = Math.min(box.height, 160);
  const at = scale === view.scale ? view : { scale, x: frame.width / 2 - (box.x + box.width / 2) * scale, y: frame.height / 2 - (box.y + height / 2) * scale };
  const left = box.x * scale + at.x;
  const top = box.y * scale + at.y;
  const shift = (start: number, length: number, end: number) =>
    start < MARGIN ? MARGIN - start : start + length > end ? Math.max(end - start - length, MARGIN - start) : 0;
  const bottom = frame.height - (frame.height > 3 * BELOW ? BELOW : MARGIN);
  return { scale, x: at.x + shift(left, box.width * scale, frame.width - MARGIN), y: at.y + shift(top, height * scale, bottom) };
}
