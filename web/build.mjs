// src/ and the words of ../data/site/ → dist/: site.js, what it loads when it needs it (chunks/), and the licences of what is in them.

import { build } from "esbuild";
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parse } from "smol-toml";

const here = dirname(fileURLToPath(import.meta.url));
const dist = join(here, "dist");

// `import words from "words:script"`: the section [script] of each language
const words = {
  name: "words",
  setup(build) {
    build.onResolve({ filter: /^words:/ }, ({ path }) => ({ path: path.slice(6), namespace: "words" }));
    build.onLoad({ filter: /.*/, namespace: "words" }, ({ path }) => {
      const files = ["en", "fr", "es"].map((language) => [language, join(here, "../data/site", `${language}.toml`)]);
      const sections = files.map(([language, file]) => [language, parse(readFileSync(file, "utf8"))[path]]);
      return { contents: JSON.stringify(Object.fromEntries(sections)), loader: "json", watchFiles: files.map(([, file]) => file) };
    });
  },
};

/** The packages that a bundle is made of, with their licences, as one text. */
function licences(inputs) {
  const names = new Set();
  for (const input of inputs) {
    const match = /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input);
    if (match) names.add(match[1]);
  }
  const parts = [...names].sort().map((name) => {
    const folder = join(here, "node_modules", name);
    const { version, license, homepage } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    const file = readdirSync(folder).find((file) => /^licen[cs]e/i.test(file));
    const text = file ? readFileSync(join(folder, file), "utf8").trim() : `${license}`;
    return `${name} ${version} (${license}) ${homepage ?? ""}\n\n${text}\n`;
  });
  const line = `\n${"-".repeat(80)}\n\n`;
  return `The scripts of the site contain these packages. The map's shapes are those of Natural Earth, which is in the public domain.\n${line}${parts.join(line)}`;
}

if (!existsSync(join(here, "node_modules"))) {
  console.error("run `npm ci` in web/ first");
  process.exit(2);
}
rmSync(dist, { recursive: true, force: true });
const { metafile } = await build({
  absWorkingDir: here,
  entryPoints: ["src/site.ts"],
  outdir: dist,
  bundle: true,
  splitting: true,
  format: "esm",
  target: "es2022",
  minify: true,
  legalComments: "none",
  chunkNames: "chunks/[name]-[hash]",
  plugins: [words],
  metafile: true,
  logLevel: "warning",
});
writeFileSync(join(dist, "LICENSES.txt"), licences(Object.keys(metafile.inputs)));
for (const [name, { bytes }] of Object.entries(metafile.outputs)) console.log(`${name}  ${bytes} bytes`);
