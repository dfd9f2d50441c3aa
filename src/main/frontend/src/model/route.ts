/** What the page shows, as its URL hash says it: `#/`, `#/tasks`, `#/overview`, `#/spec`, each with `…/task/<path>/<tab>/<attempt>`. */
export interface Route {
  page: Page;
  task: string | null;
  tab: string | null;
  attempt: number | null;
}

export type Page = "graph" | "tasks" | "overview" | "spec";

const PAGES: readonly string[] = ["graph", "tasks", "overview", "spec"];

export function parseRoute(hash: string): Route {
  const parts = hash.replace(/^#?\/?/, "").split("/").filter((part) => part !== "");
  const route: Route = { page: "graph", task: null, tab: null, attempt: null };
  if (parts.length > 0 && PAGES.includes(parts[0])) {
    route.page = parts.shift() as Page;
  }
  if (parts[0] === "task" && parts.length > 1) {
    route.task = decoded(parts[1]);
    route.tab = parts[2] ?? null;
    route.attempt = /^\d+$/.test(parts[3] ?? "") ? Number(parts[3]) : null;
  }
  return route;
}

export function formatRoute(route: Route): string {
  const parts: string[] = route.page === "graph" ? [] : [route.page];
  if (route.task !== null) {
    parts.push("task", encodeURIComponent(route.task));
    if (route.tab) {
      parts.push(route.tab);
      if (route.attempt !== null) {
        parts.push(String(route.attempt));
      }
    }
  }
  return `#/${parts.join("/")}`;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (e) {
    if (e instanceof URIError) {
      return text;
    }
    throw e;
  }
}
