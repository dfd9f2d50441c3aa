const texts = new Intl.Collator(undefined, { numeric: true });

/** What a cell is compared by; read once for each, since tables are long. */
export interface SortKey {
  number: number;
  text: string;
}

export function sortKey(cell: string): SortKey {
  return { number: cell.trim() === "" ? NaN : Number(cell), text: cell };
}

/** Numbers by value and before texts, texts in natural order. */
export function compareKeys(a: SortKey, b: SortKey): number {
  const numbers = Number(Number.isNaN(a.number)) - Number(Number.isNaN(b.number));
  return numbers !== 0 ? numbers : Number.isNaN(a.number) ? texts.compare(a.text, b.text) : a.number - b.number;
}
