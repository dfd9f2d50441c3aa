import de from "./texts_de.properties";
import ko from "./texts_ko.properties";

/** Catalogues by language; the English text is the key, and what stands where a catalogue has no entry. */
const CATALOGUES: Record<string, Record<string, string>> = { de, ko };

let catalogue: Record<string, string> = {};
let language = "en";

/** The language of the page's root element (Jenkins says it there), else the browser's first one that there is a catalogue for. */
export function chooseLanguage(wanted: readonly string[]): string {
  for (const each of wanted) {
    const short = each.toLowerCase().split(/[-_]/)[0];
    if (short === "en" || short in CATALOGUES) {
      language = short;
      catalogue = CATALOGUES[short] ?? {};
      return language;
    }
  }
  language = "en";
  catalogue = {};
  return language;
}

/** Languages in order of preference for a root element. */
export function languagesFor(element: HTMLElement): string[] {
  return [...(element.dataset.locale ? [element.dataset.locale] : []), ...(navigator.languages ?? [])];
}

/** The text in the page's language; `{0}`, `{1}` are replaced by the values. */
export function t(english: string, ...values: (string | number)[]): string {
  const text = Object.prototype.hasOwnProperty.call(catalogue, english) ? catalogue[english] : english;
  return values.length === 0 ? text : text.replace(/\{(\d)\}/g, (whole, i) => (values[Number(i)] === undefined ? whole : String(values[Number(i)])));
}
