import { useState } from "react";
import { bytes } from "../model/format";
import type { View } from "../model/protocol";
import { useLoaded, usePage } from "../page/context";
import { t } from "../text/text";
import { ArtifactView, type ArtifactPlace } from "./ArtifactView";

type Directory = Extract<View, { kind: "directory" }>;

/** The files of a directory artifact; folders and files open in place. */
export function DirectoryView({ view, from }: { view: Directory; from: ArtifactPlace }) {
  const { source } = usePage();
  const missing = view.entries.some((entry) => !source.opens(from.path, from.name, from.index, inside(from, entry.name)));
  return (
    <>
      <ul className="kf-files">
        {view.entries.map((entry) => <Entry key={entry.name} entry={entry} from={{ ...from, file: inside(from, entry.name) }} />)}
        {view.entries.length === 0 && <li className="kf-quiet">{t("an empty folder")}</li>}
      </ul>
      {missing && <p className="kf-quiet">{t("What cannot be opened is not part of this report.")}</p>}
      {view.truncated && <p className="kf-quiet">{t("The folder has more files.")}</p>}
    </>
  );
}

const inside = (from: ArtifactPlace, name: string) => (from.file === "" ? name : `${from.file}/${name}`);

function Entry({ entry, from }: { entry: Directory["entries"][0]; from: ArtifactPlace }) {
  const { source } = usePage();
  const [open, setOpen] = useState(false);
  const url = source.artifactUrl(from.path, from.name, from.index, from.file);
  const label = entry.directory ? `${entry.name}/` : entry.name;
  return (
    <li>
      {!source.opens(from.path, from.name, from.index, from.file) ? label : <button type="button" className="kf-link" aria-expanded={open} onClick={() => setOpen(!open)}>{label}</button>}
      {!entry.directory && <span className="kf-quiet"> {bytes(entry.size)}</span>}
      {!entry.directory && url !== null && <> <a href={url} download>{t("Download")}</a></>}
      {open && <Content from={from} name={entry.name} />}
    </li>
  );
}

function Content({ from, name }: { from: ArtifactPlace; name: string }) {
  const { source } = usePage();
  const views = useLoaded(() => source.view(from.path, from.name, from.index, from.file), from.path, `${from.name} ${from.index} ${from.file}`);
  if (views.error) {
    return <p className="kf-problem" role="alert">{views.error}</p>;
  }
  if (views.loading) {
    return <p className="kf-quiet">{t("Loading …")}</p>;
  }
  return (
    <div className="kf-file">
      {views.value!.map((view, i) => <ArtifactView key={i} view={view} name={name} from={from} />)}
      {views.value!.length === 0 && <p className="kf-quiet">{t("The file is not there any more.")}</p>}
    </div>
  );
}
