export interface GridShape {
  columns: number;
  rows: number;
  /** Side of a cell with its gap, in pixels. */
  cell: number;
}

/** The largest square cells with which `count` fit into the area; below three pixels the area scrolls instead. */
export function gridShape(count: number, width: number, height: number, most = 16): GridShape {
  if (count === 0 || width <= 0) {
    return { columns: 1, rows: 0, cell: most };
  }
  for (let cell = most; cell >= 4; cell--) {
    const columns = Math.max(1, Math.floor(width / cell));
    const rows = Math.ceil(count / columns);
    if (rows * cell <= height) {
      return { columns, rows, cell };
    }
  }
  const columns = Math.max(1, Math.floor(width / 4));
  return { columns, rows: Math.ceil(count / columns), cell: 4 };
}

export function cellAt(shape: GridShape, count: number, x: number, y: number): number | null {
  const column = Math.floor(x / shape.cell);
  const row = Math.floor(y / shape.cell);
  const index = row * shape.columns + column;
  return column < 0 || column >= shape.columns || row < 0 || index >= count ? null : index;
}
