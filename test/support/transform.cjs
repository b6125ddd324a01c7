// TypeScript to what jest runs, by the bundler that is here already.

const { transformSync } = require("esbuild");

exports.process = (source, file) => {
  const { code, map } = transformSync(source, {
    loader: "ts",
    format: "cjs",
    target: "node20",
    sourcefile: file,
    sourcemap: true,
    define: { "import.meta.url": "importMetaUrl" },
    banner: 'const importMetaUrl = require("node:url").pathToFileURL(__filename).href;',
  });
  return { code, map };
};
