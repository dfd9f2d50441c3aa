/** A stretch of a line in one style. Classes name the sixteen colours, which follow the theme; `colour` is for the others. */
export interface Span {
  text: string;
  classes: string;
  colour?: string;
  background?: string;
}

export interface Style {
  foreground: string | null;
  background: string | null;
  bold: boolean;
  dim: boolean;
  italic: boolean;
  underline: boolean;
  inverse: boolean;
}

export const PLAIN: Style = { foreground: null, background: null, bold: false, dim: false, italic: false, underline: false, inverse: false };

const ESCAPE = /\u001b(?:\[([0-9;:?<=>]*)[ -/]*([@-~])|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[()#][0-9A-Za-z]|[^[\]()#]|$)/g;
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f\u0080-\u009f]/g;

/** What a terminal would show of a line: a carriage return starts it again. */
export function overwritten(line: string): string {
  const text = line.endsWith("\r") ? line.slice(0, -1) : line;
  const at = text.lastIndexOf("\r");
  return at < 0 ? text : text.slice(at + 1);
}

/** One line in spans. Sequences other than colours are dropped; nothing is interpreted as markup. */
export function spans(line: string, start: Style = PLAIN): { spans: Span[]; end: Style } {
  const text = overwritten(line);
  if (!text.includes("\u001b")) {
    const clean = text.replace(CONTROL, "");
    return { spans: clean === "" ? [] : [span(clean, start)], end: start };
  }
  const list: Span[] = [];
  let style = start;
  let last = 0;
  const add = (part: string) => {
    const clean = part.replace(CONTROL, "");
    if (clean !== "") {
      list.push(span(clean, style));
    }
  };
  for (const match of text.matchAll(ESCAPE)) {
    add(text.slice(last, match.index));
    last = match.index + match[0].length;
    if (match[2] === "m") {
      style = select(style, match[1]);
    }
  }
  add(text.slice(last));
  return { spans: list, end: style };
}

/** The style in which a line begins: what the lines before it left switched on. Looks back a bounded way. */
export function styleBefore(log: { line(index: number): string; hasEscape(index: number): boolean }, index: number, back = 2000): Style {
  let style = PLAIN;
  for (let i = Math.max(0, index - back); i < index; i++) {
    if (log.hasEscape(i)) {
      style = spans(log.line(i), style).end;
    }
  }
  return style;
}

function span(text: string, style: Style): Span {
  const foreground = style.inverse ? style.background ?? "inverse" : style.foreground;
  const background = style.inverse ? style.foreground ?? "inverse" : style.background;
  const classes: string[] = [];
  const result: Span = { text, classes: "" };
  if (foreground?.startsWith("#")) {
    result.colour = foreground;
  } else if (foreground !== null) {
    classes.push(`kf-fg-${foreground}`);
  }
  if (background?.startsWith("#")) {
    result.background = background;
  } else if (background !== null) {
    classes.push(`kf-bg-${background}`);
  }
  for (const name of ["bold", "dim", "italic", "underline"] as const) {
    if (style[name]) {
      classes.push(`kf-${name}`);
    }
  }
  result.classes = classes.join(" ");
  return result;
}

function select(style: Style, parameters: string): Style {
  const codes = parameters === "" ? [0] : parameters.split(/[;:]/).map((code) => (code === "" ? 0 : Number(code)));
  let next = { ...style };
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i];
    if (code === 0) next = { ...PLAIN };
    else if (code === 1) next.bold = true;
    else if (code === 2) next.dim = true;
    else if (code === 3) next.italic = true;
    else if (code === 4) next.underline = true;
    else if (code === 7) next.inverse = true;
    else if (code === 22) next.bold = next.dim = false;
    else if (code === 23) next.italic = false;
    else if (code === 24) next.underline = false;
    else if (code === 27) next.inverse = false;
    else if (code >= 30 && code <= 37) next.foreground = String(code - 30);
    else if (code >= 90 && code <= 97) next.foreground = String(code - 82);
    else if (code === 39) next.foreground = null;
    else if (code >= 40 && code <= 47) next.background = String(code - 40);
    else if (code >= 100 && code <= 107) next.background = String(code - 92);
    else if (code === 49) next.background = null;
    else if (code === 38 || code === 48) {
      const colour = codes[i + 1] === 5 ? palette(codes[i + 2]) : codes[i + 1] === 2 ? hex(codes[i + 2], codes[i + 3], codes[i + 4]) : null;
      i += codes[i + 1] === 5 ? 2 : codes[i + 1] === 2 ? 4 : 0;
      if (code === 38) next.foreground = colour;
      else next.background = colour;
    }
  }
  return next;
}

function palette(index: number): string | null {
  if (!(index >= 0 && index <= 255)) {
    return null;
  }
  if (index < 16) {
    return String(index);
  }
  if (index >= 232) {
    const grey = 8 + (index - 232) * 10;
    return hex(grey, grey, grey);
  }
  const level = (value: number) => (value === 0 ? 0 : 55 + value * 40);
  const cube = index - 16;
  return hex(level(Math.floor(cube / 36)), level(Math.floor(cube / 6) % 6), level(cube % 6));
}

function hex(...channels: (number | undefined)[]): string {
  return `#${channels.map((value) => Math.min(255, Math.max(0, value || 0)).toString(16).padStart(2, "0")).join("")}`;
}
