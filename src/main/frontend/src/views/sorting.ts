/** Numbers by value and before texts, texts in natural order. */
export function compareCells(a: string, b: string): number {
  const x = a.trim() === "" ? NaN : Number(a);
  const y = b.trim() === "" ? NaN : Number(b);
  if (!Number.isNaN(x) && !Number.isNaN(y)) {
    return x - y;
  }
  if (Number.isNaN(x) !== Number.isNaN(y)) {
    return Number.isNaN(x) ? 1 : -1;
  }
  return a.localeCompare(b, undefined, { numeric: true });
}
