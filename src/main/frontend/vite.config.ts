import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";
import { properties } from "./properties.mjs";

/** Which page to build: "report" (a run) or "runs" (several); build.mjs builds both. */
const page = process.env.KUBEFLOW_PAGE ?? "report";

/** One classic script and one style sheet for each: the report inlines them, the live page and Jenkins load them as files. */
export default defineConfig({
  plugins: [
    react(),
    properties,
    {
      // Inside an HTML document, "<!--" in a script would change how its end is found.
      name: "safe-to-inline",
      generateBundle(_, bundle) {
        for (const file of Object.values(bundle)) {
          if (file.type === "chunk") {
            file.code = file.code.replaceAll("<!--", "\\x3c!--");
          }
        }
      },
    },
  ],
  define: { "process.env.NODE_ENV": JSON.stringify(process.env.NODE_ENV ?? "production") },
  build: {
    outDir: "../../../target/frontend",
    emptyOutDir: false,
    target: "es2021",
    cssCodeSplit: false,
    modulePreload: false,
    lib: {
      entry: page === "report" ? "src/main.tsx" : "src/runs.tsx",
      formats: ["iife"],
      name: page === "report" ? "kubeflowRunPage" : "kubeflowRunsPage",
      fileName: () => `${page}.js`,
      cssFileName: page,
    },
  },
  test: { environment: "jsdom", include: ["test/**/*.test.{ts,tsx,mjs}"] },
});
