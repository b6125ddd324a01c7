// TypeScript to what jest runs, by the bundler that is here already.

const { transformSync } = require("esbuild");

exports.process = (source, file) => {
  const { code, map } = transformSync(source, {
    loader: "ts",
    format: "cjs",
    target: "node20",
    // Within jest, a part of the program is required like the rest.
    supported: { "dynamic-import": false },
    sourcefile: file,
    sourcemap: true,
    define: { "import.meta.url": "importMetaUrl" },
    banner: 'const importMetaUrl = require("node:url").pathToFileURL(__filename).href;',
  });
  return { code, map };
};
