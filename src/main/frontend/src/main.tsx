import { Component, StrictMode, type ReactNode } from "react";
import { createRoot } from "react-dom/client";
import type { EmbeddedData } from "./model/protocol";
import { EmbeddedSource, HttpSource, type RunSource } from "./model/source";
import { RunStore } from "./model/store";
import { RunPage } from "./page/RunPage";
import { chooseLanguage, languagesFor, t } from "./text/text";
import "./style/index.css";

/** Draws the run into `#kubeflow-run`: from the page's own data block if there is one, else over HTTP from `data-base`. */
async function start(element: HTMLElement) {
  chooseLanguage(languagesFor(element));
  const root = createRoot(element);
  const data = document.getElementById("kubeflow-data");
  const alone = document.body.firstElementChild === element;
  if (alone) {
    document.documentElement.setAttribute("data-kubeflow-alone", "");
  }
  try {
    const source: RunSource = data ? new EmbeddedSource(JSON.parse(data.textContent ?? "") as EmbeddedData) : new HttpSource(element.dataset.base ?? "./");
    const [graph, state] = await Promise.all([source.graph(), source.state(0)]);
    const store = new RunStore();
    if (state) {
      store.apply(state, Date.now());
    }
    root.render(<StrictMode><Barrier><RunPage source={source} store={store} graph={graph} /></Barrier></StrictMode>);
  } catch (e) {
    root.render(<div className="kf kf-fatal" role="alert">{t("The run cannot be shown: {0}", e instanceof Error ? e.message : String(e))}</div>);
  }
}

/** What goes wrong in drawing is said on the page. */
class Barrier extends Component<{ children: ReactNode }, { error: string | null }> {
  state = { error: null as string | null };

  static getDerivedStateFromError(error: unknown) {
    return { error: error instanceof Error ? error.message : String(error) };
  }

  render() {
    return this.state.error === null ? this.props.children : <div className="kf kf-fatal" role="alert">{t("The page failed: {0}", this.state.error)}</div>;
  }
}

const element = document.getElementById("kubeflow-run");
if (element) {
  void start(element);
}
