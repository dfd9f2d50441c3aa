import { useState } from "react";
import { t } from "../text/text";

/** Light or dark by hand; only where the page stands alone, since Jenkins has its own setting. */
export function ThemeButton() {
  const root = document.documentElement;
  const alone = root.hasAttribute("data-kubeflow-alone");
  const [theme, setTheme] = useState(() => root.getAttribute("data-theme"));
  if (!alone) {
    return null;
  }
  const dark = theme === null ? window.matchMedia?.("(prefers-color-scheme: dark)").matches : theme === "dark";
  return (
    <button
      type="button"
      className="kf-theme"
      aria-label={t(dark ? "Light colours" : "Dark colours")}
      title={t(dark ? "Light colours" : "Dark colours")}
      onClick={() => {
        const next = dark ? "light" : "dark";
        root.setAttribute("data-theme", next);
        setTheme(next);
      }}
    >
      <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true"><circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" strokeWidth="1.5" /><path d="M8 2a6 6 0 0 1 0 12z" fill="currentColor" /></svg>
    </button>
  );
}
