import type { ConfusionMatrix, RocPoint } from "../model/protocol";

/** Area under the curve by trapezoids, over the points in order of the false positive rate; null for fewer than two points. */
export function areaUnder(points: readonly RocPoint[]): number | null {
  if (points.length < 2) {
    return null;
  }
  const sorted = [...points].sort((a, b) => a.falsePositiveRate - b.falsePositiveRate || a.truePositiveRate - b.truePositiveRate);
  let area = 0;
  for (let i = 1; i < sorted.length; i++) {
    area += ((sorted[i].falsePositiveRate - sorted[i - 1].falsePositiveRate) * (sorted[i].truePositiveRate + sorted[i - 1].truePositiveRate)) / 2;
  }
  return area;
}

export interface ClassMeasures {
  label: string;
  count: number;
  precision: number | null;
  recall: number | null;
}

/** Rows are the true classes. A class that never occurs has no recall, one that is never predicted no precision. */
export function classMeasures(matrix: ConfusionMatrix): { accuracy: number | null; classes: ClassMeasures[] } {
  let right = 0;
  let all = 0;
  matrix.rows.forEach((row, i) => row.forEach((value, j) => {
    all += value;
    right += i === j ? value : 0;
  }));
  const classes = matrix.labels.map((label, i) => {
    const count = (matrix.rows[i] ?? []).reduce((sum, value) => sum + value, 0);
    const predicted = matrix.rows.reduce((sum, row) => sum + (row[i] ?? 0), 0);
    const hit = matrix.rows[i]?.[i] ?? 0;
    return { label, count, precision: predicted > 0 ? hit / predicted : null, recall: count > 0 ? hit / count : null };
  });
  return { accuracy: all > 0 ? right / all : null, classes };
}
