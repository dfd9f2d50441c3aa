import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

/** One classic script and one style sheet: the report inlines them, the live page and Jenkins load them as files. */
export default defineConfig({
  plugins: [
    react(),
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
    emptyOutDir: true,
    target: "es2021",
    cssCodeSplit: false,
    modulePreload: false,
    lib: { entry: "src/main.tsx", formats: ["iife"], name: "kubeflowRunPage", fileName: () => "report.js", cssFileName: "report" },
  },
  test: { environment: "jsdom", include: ["test/**/*.test.{ts,tsx}"] },
});
