import { t } from "../text/text";

/** Which two of several. */
export function FromTo({ labels, left, right, setLeft, setRight }: { labels: string[]; left: number; right: number; setLeft: (i: number) => void; setRight: (i: number) => void }) {
  const pick = (value: number, set: (value: number) => void, label: string) => (
    <label>{label} <select value={value} onChange={(event) => set(Number(event.target.value))}>{labels.map((each, i) => <option key={i} value={i}>{each}</option>)}</select></label>
  );
  return <p className="kf-row kf-spaced">{pick(left, setLeft, t("From"))} {pick(right, setRight, t("to"))}</p>;
}
