import { useRef, useState, type ReactNode } from "react";
import { t } from "../text/text";

const LEAST = 300;

/** The page beside its panel, with a border to drag. */
export function PanelSplit({ open, panel, children }: { open: boolean; panel: ReactNode; children: ReactNode }) {
  const [width, setWidth] = useState(480);
  const box = useRef<HTMLDivElement>(null);
  const limited = (value: number) => Math.max(LEAST, Math.min(value, (box.current?.clientWidth ?? 1200) - LEAST));
  return (
    <div className="kf-split" ref={box}>
      <main className="kf-main">{children}</main>
      {open && (
        <>
          <div
            className="kf-splitter"
            role="separator"
            aria-orientation="vertical"
            aria-label={t("Width of the panel")}
            aria-valuenow={width}
            tabIndex={0}
            onKeyDown={(event) => {
              if (event.key === "ArrowLeft" || event.key === "ArrowRight") {
                setWidth(limited(width + (event.key === "ArrowLeft" ? 32 : -32)));
                event.preventDefault();
              }
            }}
            onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
            onPointerMove={(event) => {
              if (event.buttons === 1) {
                setWidth(limited(box.current!.getBoundingClientRect().right - event.clientX));
              }
            }}
          />
          <div className="kf-panel-slot" style={{ flexBasis: width }}>{panel}</div>
        </>
      )}
    </div>
  );
}
