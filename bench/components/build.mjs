// SPDX-License-Identifier: AGPL-3.0-only

// Builds what bench/run measures into bench/target/components, with the tools of apps/: components,
// core modules, and what `jco transpile` makes of the components. Does nothing when nothing changed.

import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import asc from "../../apps/node_modules/assemblyscript/dist/asc.js";
import * as bindgen from "../../apps/node_modules/@bytecodealliance/jco-transpile/vendor/js-component-bindgen-component.js";
import * as jco from "../../apps/node_modules/@bytecodealliance/jco-transpile/dist/wasm-tools.js";
import { workSource } from "./work.mjs";

const HERE = path.dirname(fileURLToPath(import.meta.url));
const ROOT = path.join(HERE, "..", "..");
const TARGET = path.join(HERE, "..", "target", "components");
const STAMP = path.join(TARGET, "sources.sha256");
const PACKAGE = "myrhiza:bench";
const VERSION = "@0.1.0";

/** Pages of 64 KiB that the guests may have: 16 MiB. */
const MOST_PAGES = 256;

/** Pages for the generated components, whose functions are all in a table. */
const WORK_PAGES = 4;

/** Functions of the generated components: about 50 KB and 1 MB of code. */
const WORK = { "work-50k": 125, "work-1m": 2550 };

/** Gives exports the names that the Canonical ABI wants. */
function renaming(names) {
  return class {
    afterCompile(module) {
      for (const [from, to] of Object.entries(names)) {
        const info = this.binaryen.getExportInfo(module.getExport(from));
        module.removeExport(from);
        module.addFunctionExport(info.value, to);
      }
    }
  };
}

/** Compiles one source to a core module. */
async function core(source, options = {}) {
  const { text, names = {}, pages = 1, level = "-O3" } = options;
  let binary;
  const messages = [];
  const { error } = await asc.main(
    [path.relative(ROOT, path.join(HERE, source)), "--outFile", "core.wasm", "--runtime", "stub",
      level, "--use", "abort=", "--initialMemory", String(pages),
      "--maximumMemory", String(MOST_PAGES)],
    {
      readFile: (name, base) => {
        const file = path.resolve(base, name);
        if (text !== undefined && file === path.join(HERE, source)) return text;
        return fs.existsSync(file) ? fs.readFileSync(file, "utf8") : null;
      },
      writeFile: (name, content) => {
        if (name.endsWith(".wasm")) binary = content;
      },
      listFiles: () => [],
      stderr: { write: (message) => messages.push(message) },
      transforms: [renaming(names)],
    },
  );
  if (error || messages.length > 0) {
    throw new Error(`${source}: ${error ? error.message : "warnings"}\n${messages.join("")}`);
  }
  return binary;
}

/** Compiles one source to a component with one exported interface. */
async function component(source, face, functions, options = {}) {
  const inside = `${PACKAGE}/${face}${VERSION}#`;
  const names = Object.fromEntries(Object.entries(functions).map(([from, to]) =>
    [from, to.startsWith("cabi_post_") ? `cabi_post_${inside}${to.slice(10)}` : inside + to]));
  const embedded = await jco.componentEmbed({
    witSource: fs.readFileSync(path.join(HERE, "worlds.wit"), "utf8"),
    world: `${face}-component`,
    binary: await core(source, { ...options, names }),
    stringEncoding: "utf8",
  });
  return jco.componentNew(embedded, []);
}

/**
 * What `jco transpile` makes of a component, by the options that it has when none are given, but
 * that core modules are files of their own at any size. Its own wrapper is not used, since it wants
 * a minifier whose binaries not every system has; nothing is minified when no option says so.
 */
async function transpiled(name, binary) {
  await bindgen.$init;
  const { files } = bindgen.generate(binary, {
    name,
    map: [],
    base64Cutoff: 0,
    noComponentErrorWrapping: true,
    validLiftingOptimization: false,
    noNodejsCompat: false,
    noTypescript: true,
    tlaCompat: false,
    noNamespacedExports: false,
    tracing: false,
    multiMemory: false,
    bindgenEnableWasmExnref: false,
    strict: false,
    flagsAsBigint: false,
    variantsInlineCases: false,
    useNamespaceObjects: false,
    enumValuesScreamingSnakeCase: false,
    idlImports: false,
    asmjs: false,
  });
  return files;
}

async function buildAll() {
  const built = new Map();
  const components = {
    calls: await component("calls.ts", "calls", {
      apply: "apply", add: "add", take: "take", swap: "swap", swapDone: "cabi_post_swap",
    }),
    tallies: await component("tallies.ts", "tallies", {
      make: "[constructor]tally", add: "[method]tally.add",
    }),
  };
  for (const [name, binary] of Object.entries(components)) {
    built.set(`${name}.wasm`, binary);
    for (const [file, content] of await transpiled(name, binary)) {
      built.set(`jco/${file}`, content);
    }
  }
  built.set("kernels-1.wasm", await core("kernels.ts"));
  built.set("kernels-17.wasm", await core("kernels.ts", { pages: 17 }));
  for (const [name, functions] of Object.entries(WORK)) {
    const options = { text: workSource(functions), level: "-O1", pages: WORK_PAGES };
    built.set(`${name}.wasm`, await component("work.ts", "work", { run: "run" }, options));
  }
  return built;
}

/** One hash over everything that the output depends on. */
function sourcesHash() {
  const hash = createHash("sha256");
  const apps = path.join(ROOT, "apps");
  const files = fs.readdirSync(HERE).sort().map((name) => path.join(HERE, name));
  files.push(path.join(apps, "package-lock.json"));
  files.push(path.join(apps, "sdk", "assemblyscript", "memory.ts"));
  for (const file of files) {
    const content = fs.readFileSync(file);
    hash.update(`${path.relative(ROOT, file)}\0${content.length}\0`).update(content);
  }
  return hash.digest("hex");
}

async function main() {
  process.chdir(ROOT);
  const hash = sourcesHash();
  if (fs.existsSync(STAMP) && fs.readFileSync(STAMP, "utf8").trim() === hash) return;
  const built = await buildAll();
  fs.rmSync(TARGET, { recursive: true, force: true });
  for (const [to, content] of built) {
    const file = path.join(TARGET, to);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, content);
    process.stderr.write(`${String(content.length).padStart(8)} ${to}\n`);
  }
  fs.writeFileSync(STAMP, `${hash}\n`);
}

try {
  await main();
} catch (failure) {
  process.stderr.write(`bench: ${failure.message}\n`);
  process.exit(1);
}
