// Lints the workflows that are named, with the npm package in the current folder.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const { createLinter } = await import(pathToFileURL(`${process.cwd()}/node.mjs`));
const lint = await createLinter();
const found = process.argv.slice(2).flatMap((path) => lint(readFileSync(path, "utf8"), path));
for (const problem of found) {
  console.log(`${problem.file}:${problem.line}:${problem.column}: ${problem.message}`);
}
process.exit(found.length ? 1 : 0);
