import { useState } from "react";
import { t } from "../text/text";

/** Two pictures beside each other, laid over each other, or as what differs between them (black where they are the same). */
export function ImageDiff({ from, to, labels }: { from: string; to: string; labels: [string, string] }) {
  const [over, setOver] = useState<"beside" | "over" | "difference">("beside");
  const [share, setShare] = useState(50);
  const LABELS = { beside: "Side by side", over: "One over the other", difference: "Difference" };
  return (
    <div>
      <div className="kf-row" role="group" aria-label={t("How to compare")}>
        {(["beside", "over", "difference"] as const).map((each) => <button key={each} type="button" aria-pressed={over === each} onClick={() => setOver(each)}>{t(LABELS[each])}</button>)}
        {over === "over" && <label className="kf-field">{labels[0]} <input type="range" min={0} max={100} value={share} onChange={(event) => setShare(Number(event.target.value))} aria-label={t("How much of {0}", labels[1])} /> {labels[1]}</label>}
      </div>
      {over === "beside" ? (
        <div className="kf-beside">
          <figure><img className="kf-image" src={from} alt={labels[0]} /><figcaption>{labels[0]}</figcaption></figure>
          <figure><img className="kf-image" src={to} alt={labels[1]} /><figcaption>{labels[1]}</figcaption></figure>
        </div>
      ) : (
        <div className={`kf-stacked kf-stacked-${over}`}>
          <img className="kf-image" src={from} alt={labels[0]} />
          <img className="kf-image" src={to} alt={labels[1]} style={over === "over" ? { opacity: share / 100 } : undefined} />
        </div>
      )}
    </div>
  );
}
