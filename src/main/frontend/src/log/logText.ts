import type { LogPart } from "../model/source";

const NEWLINE = 10;
const ESCAPE = 27;
/** A search ends with so many lines. */
export const MOST_FOUND = 10_000;

/**
 * A log, or its end, as bytes with the places of its lines. Lines become text only when they are looked at, so that 100 MB are bytes
 * and not strings. Grows at both ends.
 */
export class LogText {
  private chunks: { bytes: Uint8Array; starts: Uint32Array }[] = [];
  /** Number of lines before each chunk. */
  private before: number[] = [0];
  /** Bytes after the last newline so far. */
  private rest: Uint8Array = new Uint8Array();
  private readonly decoder = new TextDecoder();
  from = 0;
  end = 0;

  get lineCount(): number {
    return this.before[this.before.length - 1] + (this.rest.length > 0 ? 1 : 0);
  }

  /** Adds what follows; a first part from the middle of a file loses its torn first line. */
  append(part: LogPart): void {
    if (this.end === this.from && this.chunks.length === 0 && this.rest.length === 0) {
      const cut = part.from === 0 ? 0 : part.bytes.indexOf(NEWLINE) + 1;
      this.from = part.from + cut;
      this.end = part.end;
      this.add(part.bytes.subarray(cut));
      return;
    }
    const known = Math.max(0, this.end - part.from);
    if (known >= part.bytes.length && part.bytes.length > 0) {
      return;
    }
    this.end = part.end;
    this.add(part.bytes.subarray(known));
  }

  private add(bytes: Uint8Array) {
    const all = joined(this.rest, bytes);
    const last = all.lastIndexOf(NEWLINE);
    if (last < 0) {
      this.rest = all;
      return;
    }
    this.push(all.subarray(0, last + 1), false);
    this.rest = all.slice(last + 1);
  }

  /** Adds what stands before; returns how many lines that makes. */
  prepend(part: LogPart): number {
    const bytes = part.bytes.subarray(0, Math.max(0, this.from - part.from));
    const cut = part.from === 0 ? 0 : bytes.indexOf(NEWLINE) + 1;
    if (bytes.length === 0 || (cut === 0 && part.from !== 0)) {
      return 0;
    }
    this.from = part.from + cut;
    return this.push(bytes.subarray(cut), true);
  }

  private push(bytes: Uint8Array, atStart: boolean): number {
    const starts: number[] = [];
    for (let at = 0; at < bytes.length; ) {
      starts.push(at);
      const newline = bytes.indexOf(NEWLINE, at);
      at = newline < 0 ? bytes.length : newline + 1;
    }
    const chunk = { bytes, starts: Uint32Array.from(starts) };
    if (atStart) {
      this.chunks.unshift(chunk);
      this.before = [0, ...this.before.map((count) => count + starts.length)];
    } else {
      this.chunks.push(chunk);
      this.before.push(this.before[this.before.length - 1] + starts.length);
    }
    return starts.length;
  }

  /** The line without its end; at most `most` bytes of it. */
  line(index: number, most = 8192): string {
    const chunkIndex = this.chunkOf(index);
    if (chunkIndex === this.chunks.length) {
      return this.decoder.decode(this.rest.subarray(0, most)) + (this.rest.length > most ? " …" : "");
    }
    const { bytes, starts } = this.chunks[chunkIndex];
    const at = index - this.before[chunkIndex];
    const start = starts[at];
    let end = at + 1 < starts.length ? starts[at + 1] : bytes.length;
    if (bytes[end - 1] === NEWLINE) {
      end--;
    }
    return this.decoder.decode(bytes.subarray(start, Math.min(end, start + most))) + (end - start > most ? " …" : "");
  }

  /** Whether a line has an escape sequence; without making text of it. */
  hasEscape(index: number): boolean {
    const chunkIndex = this.chunkOf(index);
    if (chunkIndex === this.chunks.length) {
      return this.rest.includes(ESCAPE);
    }
    const { bytes, starts } = this.chunks[chunkIndex];
    const at = index - this.before[chunkIndex];
    return bytes.subarray(starts[at], at + 1 < starts.length ? starts[at + 1] : bytes.length).includes(ESCAPE);
  }

  /** Lines that contain the text, whatever its case; at most `most`. */
  search(text: string, most = MOST_FOUND): number[] {
    const found: number[] = [];
    for (const some of this.searching(text, most)) {
      found.push(...some);
    }
    return found;
  }

  /** The same piece by piece, for who has other things to do meanwhile. */
  *searching(text: string, most = MOST_FOUND): Generator<number[]> {
    const wanted = text.toLowerCase();
    let left = wanted === "" ? 0 : most;
    for (let c = 0; c <= this.chunks.length && left > 0; c++) {
      const found: number[] = [];
      const bytes = c < this.chunks.length ? this.chunks[c].bytes : this.rest;
      const whole = this.decoder.decode(bytes).toLowerCase();
      let line = this.before[c];
      let lineStart = 0;
      for (let at = whole.indexOf(wanted); at >= 0 && found.length < left; at = whole.indexOf(wanted, at)) {
        for (let newline = whole.indexOf("\n", lineStart); newline >= 0 && newline < at; newline = whole.indexOf("\n", lineStart)) {
          line++;
          lineStart = newline + 1;
        }
        found.push(line);
        const next = whole.indexOf("\n", at);
        if (next < 0) {
          break;
        }
        at = next;
      }
      left -= found.length;
      yield found;
    }
  }

  private chunkOf(line: number): number {
    let low = 0;
    let high = this.chunks.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.before[middle + 1] <= line) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  if (a.length === 0) {
    return b;
  }
  const all = new Uint8Array(a.length + b.length);
  all.set(a);
  all.set(b, a.length);
  return all;
}
