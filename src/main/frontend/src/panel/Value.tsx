import { useState } from "react";
import { json } from "../model/format";
import type { Json } from "../model/protocol";
import { t } from "../text/text";

const SHORT = 240;

/** A parameter's value: long ones folded, with their whole text on demand. */
export function Value({ value, name }: { value: Json | undefined; name?: string }) {
  const [open, setOpen] = useState(false);
  if (value === undefined) {
    return <span className="kf-quiet">{t("no value")}</span>;
  }
  const flat = json(value);
  if (flat.length <= SHORT && !flat.includes("\n")) {
    return <code className="kf-value">{value === "" ? <span className="kf-quiet">{t("empty text")}</span> : flat}</code>;
  }
  const whole = json(value, 2);
  return (
    <div className="kf-long">
      <code className="kf-value" tabIndex={open ? 0 : undefined}>{open ? whole : `${flat.slice(0, SHORT).split("\n", 3).join("\n")} …`}</code>
      <span className="kf-long-tools">
        <button type="button" aria-expanded={open} onClick={() => setOpen(!open)}>{open ? t("Fold") : t("Show all ({0} characters)", whole.length.toLocaleString())}</button>
        <Copy text={whole} />
        <Download text={whole} name={name ?? "value"} />
      </span>
    </div>
  );
}

/** Saves a text as a file; it is here already, so nothing is asked of the server. */
function Download({ text, name }: { text: string; name: string }) {
  const save = () => {
    const url = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
    const link = Object.assign(document.createElement("a"), { href: url, download: `${name.replace(/[^\p{L}\p{N}._-]+/gu, "_").slice(0, 80)}.txt` });
    link.click();
    setTimeout(() => URL.revokeObjectURL(url), 10_000);
  };
  return <button type="button" onClick={save}>{t("Download")}</button>;
}

export function Copy({ text }: { text: string }) {
  const [done, setDone] = useState(false);
  if (typeof navigator === "undefined" || !navigator.clipboard) {
    return null;
  }
  return (
    <button
      type="button"
      onClick={() => navigator.clipboard.writeText(text).then(() => {
        setDone(true);
        setTimeout(() => setDone(false), 1500);
      }, () => setDone(false))}
    >
      {t(done ? "Copied" : "Copy")}
    </button>
  );
}
