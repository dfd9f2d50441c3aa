import type { Direction } from "./protocol";

/** Places of the best values; none when it is not known what is better, or when all are the same. */
export function best(values: readonly (number | null)[], direction: Direction): Set<number> {
  const known = values.filter((value): value is number => value !== null);
  if (direction === "UNKNOWN" || known.length < 2 || known.every((value) => value === known[0])) {
    return new Set();
  }
  const wanted = direction === "UP" ? Math.max(...known) : Math.min(...known);
  return new Set(values.flatMap((value, i) => (value === wanted ? [i] : [])));
}
