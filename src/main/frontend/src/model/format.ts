import type { Json } from "./protocol";

/** "820 ms", "7.4 s", "3 min 05 s", "2 h 04 min", "3 d 4 h". */
export function duration(milliseconds: number): string {
  const ms = Math.max(0, milliseconds);
  if (ms < 1000) {
    return `${Math.round(ms)} ms`;
  }
  if (ms < 9950) {
    return `${(ms / 1000).toFixed(1)} s`;
  }
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) {
    return `${seconds} s`;
  }
  if (seconds < 3600) {
    return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, "0")} s`;
  }
  const minutes = Math.round(seconds / 60);
  if (minutes < 48 * 60) {
    return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, "0")} min`;
  }
  return `${Math.floor(minutes / 1440)} d ${Math.round((minutes % 1440) / 60)} h`;
}

/** Like `duration`, but in whole seconds while it ticks. */
export function ticking(milliseconds: number): string {
  return milliseconds < 60_000 ? `${Math.max(0, Math.floor(milliseconds / 1000))} s` : duration(milliseconds);
}

export function bytes(size: number): string {
  if (size < 1024) {
    return `${size} B`;
  }
  const units = ["KiB", "MiB", "GiB", "TiB"];
  let value = size / 1024;
  let unit = 0;
  while (value >= 1023.95 && unit < units.length - 1) {
    value /= 1024;
    unit++;
  }
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ${units[unit]}`;
}

/** Up to six significant digits, without losing the integer part. */
export function number(value: number): string {
  if (Number.isInteger(value) || !Number.isFinite(value)) {
    return String(value);
  }
  const text = Math.abs(value) >= 1e6 || Math.abs(value) < 1e-4 ? value.toExponential(4) : value.toPrecision(6);
  return text.includes("e") ? text : text.replace(/\.?0+$/, "");
}

export function json(value: Json, indent?: number): string {
  return typeof value === "string" ? value : JSON.stringify(value, null, indent) ?? "";
}

export function dateTime(iso: string): string {
  const at = new Date(iso);
  return Number.isNaN(at.getTime())
    ? iso
    : at.toLocaleString(undefined, { year: "numeric", month: "short", day: "numeric", hour: "2-digit", minute: "2-digit", second: "2-digit" });
}

export function clockTime(iso: string): string {
  const at = new Date(iso);
  return Number.isNaN(at.getTime()) ? iso : at.toLocaleTimeString(undefined, { hour: "2-digit", minute: "2-digit", second: "2-digit" });
}

/** "NUMBER_DOUBLE" as "number (double)", "system.Model" as "Model". */
export function typeName(type: string | undefined): string {
  const names: Record<string, string> = {
    NUMBER_DOUBLE: "double",
    NUMBER_INTEGER: "integer",
    STRING: "string",
    BOOLEAN: "boolean",
    LIST: "list",
    STRUCT: "struct",
    TASK_FINAL_STATUS: "final status",
  };
  return type === undefined ? "" : names[type] ?? type.replace(/^(system|google)\./, "");
}

/** Only what may stand behind a link: null for anything but http and https. */
export function safeLink(uri: string): string | null {
  return /^https?:\/\/[^\s]+$/i.test(uri) ? uri : null;
}
