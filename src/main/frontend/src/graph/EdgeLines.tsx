import { memo } from "react";
import { criticalEdge } from "./critical";
import { edgePath, type Box, type Layout } from "./layout";

/** All edges: one path for the many, separate ones for what is highlighted. Independent of states, so drawn once per layout. */
export const EdgeLines = memo(function EdgeLines({ layout, byPath, critical }: { layout: Layout; byPath: Map<string, Box>; critical: ReadonlySet<string> }) {
  const plain: string[] = [];
  const strong: string[] = [];
  const heads: { x: number; y: number; strong: boolean }[] = [];
  for (const edge of layout.edges) {
    const to = byPath.get(edge.to);
    const points = edge.points.map((p) => p);
    if (to) {
      points[points.length - 1] = [points[points.length - 1][0], to.y - 5];
    }
    const isCritical = critical.has(criticalEdge(edge.from, edge.to));
    (isCritical ? strong : plain).push(edgePath(points));
    const [x, y] = points[points.length - 1];
    heads.push({ x, y, strong: isCritical });
  }
  const head = (list: typeof heads) => list.map(({ x, y }) => `M${x - 3.5} ${y - 1}L${x} ${y + 4}L${x + 3.5} ${y - 1}Z`).join("");
  return (
    <svg className="kf-edges" width={Math.max(1, layout.width)} height={Math.max(1, layout.height)} aria-hidden="true">
      <path className="kf-edge" d={plain.join("")} />
      <path className="kf-edge-head" d={head(heads.filter((h) => !h.strong))} />
      <path className="kf-edge kf-critical" d={strong.join("")} />
      <path className="kf-edge-head kf-critical" d={head(heads.filter((h) => h.strong))} />
    </svg>
  );
});
