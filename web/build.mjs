// Bundles styles, fonts and scripts into dist/, which the binary embeds. Baseline: Chrome 109.
import { build } from "esbuild";
import { copyFileSync, mkdirSync } from "node:fs";

mkdirSync("dist", { recursive: true });
await build({
  entryPoints: ["src/app.css", "src/app.ts"],
  bundle: true,
  minify: true,
  target: "chrome109",
  outdir: "dist",
  assetNames: "[name]-[hash]",
  loader: { ".woff2": "file", ".woff": "empty" },
  logLevel: "warning",
});
// Only the tests inject axe; it is never linked from a page.
copyFileSync("node_modules/axe-core/axe.min.js", "axe.min.js");
