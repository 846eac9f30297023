// SPDX-License-Identifier: AGPL-3.0-only

// Builds every app and fixture component into target/, byte for byte the same from the same
// sources. A folder with a manifest.toml is an app: each component `X.wasm` that the manifest names
// is made of `X.ts` beside it, for the world that is its profile.
//
//   node build.mjs            builds when a source is newer than what was built from it
//   node build.mjs --force    builds in any case
//   node build.mjs --verify   builds twice and fails when one byte differs

import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parse } from "smol-toml";
import { FIXTURES, VARIANTS } from "./fixtures/fixtures.mjs";
import { convert } from "./wast.mjs";

const APPS = path.dirname(fileURLToPath(import.meta.url));
const WIT = path.join(APPS, "..", "wit");
const SDK = path.join(APPS, "sdk", "assemblyscript");
const TARGET = path.join(APPS, "target");
/** External vectors beside the repository, which need not be there. */
const SCRIPTS = path.join(APPS, "..", "..", "shared", "vectors", "component-model");
const OWN_SCRIPTS = path.join(APPS, "fixtures", "scripts");
const STAMP = path.join(TARGET, "sources.sha256");

/** 16 MiB: the greatest event, its text form and a page of state fit several times. */
const DEFAULT_MEMORY_PAGES = 256;

const PROFILES = ["state-apply", "state-propose", "interaction"];

/** All files below a folder, sorted, without what is built or fetched. */
function filesBelow(folder) {
  return fs
    .readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.name !== "target" && entry.name !== "node_modules")
    .flatMap((entry) => {
      const file = path.join(folder, entry.name);
      return entry.isDirectory() ? filesBelow(file) : [file];
    })
    .sort();
}

/** The component scripts that tests run: our own, and those of the vectors if they are there. */
function scripts() {
  return [OWN_SCRIPTS, SCRIPTS]
    .filter((folder) => fs.existsSync(folder))
    .flatMap(filesBelow)
    .filter((file) => file.endsWith(".wast"));
}

/** What a script is called in the output. */
function scriptName(file) {
  const own = file.startsWith(OWN_SCRIPTS);
  const name = path.relative(own ? OWN_SCRIPTS : SCRIPTS, file).replaceAll(path.sep, "/");
  return own ? `own/${name}` : name;
}

/** One hash over the names and contents of everything that the output depends on. */
function sourcesHash() {
  const hash = createHash("sha256");
  for (const file of new Set([...filesBelow(WIT), ...filesBelow(APPS), ...scripts()])) {
    if (file.endsWith(".md")) continue;
    const content = fs.readFileSync(file);
    hash.update(`${path.relative(APPS, file)}\0${content.length}\0`).update(content);
  }
  return hash.digest("hex");
}

/** The WIT packages as the one text that the embedding takes. */
function witText() {
  const files = [...filesBelow(WIT).filter((file) => file.endsWith(".wit")),
    path.join(APPS, "fixtures", "worlds.wit")];
  const texts = files.map((file) => fs.readFileSync(file, "utf8"));
  const header = /^package myrhiza:kernel@[0-9.]+;$/m;
  return texts.map((text, i) => (i === 0 ? text : text.replace(header, ""))).join("\n");
}

/** Gives exports the names of WIT: creationForm is creation-form. The compiler sets the fields. */
class KebabExports {
  afterCompile(module) {
    for (let i = module.getNumExports() - 1; i >= 0; i--) {
      const info = this.binaryen.getExportInfo(module.getExportByIndex(i));
      const name = info.name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
      if (name !== info.name) {
        module.removeExport(info.name);
        module.addFunctionExport(info.value, name);
      }
    }
  }
}

/** Compiles one app file with the entry of a profile to a core module. */
async function compile(asc, job) {
  const { source, profile, replaced = {}, memoryPages = DEFAULT_MEMORY_PAGES } = job;
  const entry = path.join("sdk", "assemblyscript", "entry", `${profile}.ts`);
  const app = path.relative(path.dirname(entry), source).replace(/\.ts$/, "");
  const inMemory = new Map([
    [path.join("sdk", "assemblyscript", "entry", "app.ts"), `export * from "${app}";\n`],
    ...Object.entries(replaced),
  ]);
  let core;
  const messages = [];
  const { error } = await asc.main(
    [entry, "--outFile", "core.wasm", "--runtime", "stub", "-O3", "--use", "abort=",
      "--maximumMemory", String(memoryPages)],
    {
      readFile: (name, base) => {
        const file = path.resolve(base, name);
        const replacement = inMemory.get(path.relative(APPS, file));
        if (replacement !== undefined) return replacement;
        return fs.existsSync(file) ? fs.readFileSync(file, "utf8") : null;
      },
      writeFile: (name, content) => {
        core = content;
      },
      listFiles: () => [],
      stderr: { write: (text) => messages.push(text) },
      transforms: [KebabExports],
    },
  );
  if (error || messages.length > 0) {
    throw new Error(`${source}: ${error ? error.message : "warnings"}\n${messages.join("")}`);
  }
  return core;
}

/** Compiles one component. */
async function component(tools, job) {
  const core = await compile(tools.asc, job);
  const world = job.world ?? job.profile;
  const embedded = await tools.jco.componentEmbed({
    witSource: tools.wit, world, binary: core, stringEncoding: "utf8",
  });
  return tools.jco.componentNew(embedded, []);
}

/** What has to be built for one app: its files by path below target/. */
function appJobs(app, folder, replaced = {}) {
  const toml = fs.readFileSync(path.join(APPS, app, "manifest.toml"), "utf8");
  const manifest = parse(toml);
  const jobs = [
    { to: `${folder}/manifest.toml`, content: toml },
    { to: `${folder}/manifest.json`, content: `${JSON.stringify(manifest, null, 2)}\n` },
  ];
  for (const profile of PROFILES) {
    const name = manifest.components[profile].path;
    const source = path.join(app, name.replace(/\.wasm$/, ".ts"));
    jobs.push({ to: `${folder}/${name}`, source, profile, replaced });
  }
  return jobs;
}

/** Everything to build. */
function allJobs() {
  const apps = fs
    .readdirSync(APPS)
    .filter((name) => fs.existsSync(path.join(APPS, name, "manifest.toml")))
    .sort();
  return [
    ...apps.flatMap((app) => appJobs(app, app)),
    ...VARIANTS.flatMap(({ name, app, replaced }) => appJobs(app, name, replaced)),
    ...FIXTURES.map(({ name, ...job }) => ({
      profile: "state-apply", ...job, to: `fixtures/${name}.wasm`,
      source: path.join("fixtures", job.source ?? `${name}.ts`),
    })),
  ];
}

/** Builds everything in memory: contents by path below target/. */
async function buildAll(tools) {
  const built = new Map();
  for (const file of scripts()) {
    const name = scriptName(file);
    const script = await convert(name, fs.readFileSync(file, "utf8"));
    built.set(`wast/${name}.json`, Buffer.from(`${JSON.stringify(script)}\n`));
  }
  for (const job of allJobs()) {
    built.set(job.to, Buffer.from(job.content ?? (await component(tools, job))));
  }
  return built;
}

/** The tools, loaded only when something has to be built. */
async function load() {
  const asc = await import("assemblyscript/asc");
  const jco = await import("@bytecodealliance/jco-transpile/wasm-tools");
  return { asc, jco, wit: witText() };
}

/** Fails when a second build differs from the first. */
function compare(first, second) {
  for (const [to, content] of first) {
    if (!content.equals(second.get(to))) throw new Error(`two builds of ${to} differ`);
  }
}

/**
 * Replaces target/ by what was built, in one move: a build at the same time or one that was cut
 * short leaves no mixture. What is not complete is below node_modules, which Git ignores.
 */
function write(built, hash) {
  const staging = path.join(APPS, "node_modules", `.built-${process.pid}`);
  for (const [to, content] of built) {
    const file = path.join(staging, to);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, content);
  }
  fs.writeFileSync(path.join(staging, path.basename(STAMP)), `${hash}\n`);
  const old = `${staging}-old`;
  if (fs.existsSync(TARGET)) fs.renameSync(TARGET, old);
  fs.renameSync(staging, TARGET);
  fs.rmSync(old, { recursive: true, force: true });
}

async function main(options) {
  process.chdir(APPS);
  const hash = sourcesHash();
  const stamp = fs.existsSync(STAMP) ? fs.readFileSync(STAMP, "utf8").trim() : "";
  if (stamp === hash && options.length === 0) return;
  const tools = await load();
  const built = await buildAll(tools);
  if (options.includes("--verify")) compare(built, await buildAll(tools));
  write(built, hash);
  for (const [to, content] of built) {
    if (to.endsWith(".wasm")) process.stderr.write(`${String(content.length).padStart(7)} ${to}\n`);
  }
}

const options = process.argv.slice(2);
const unknown = options.find((option) => option !== "--force" && option !== "--verify");
if (unknown !== undefined) {
  process.stderr.write(`unknown option ${unknown}: --force and --verify are known\n`);
  process.exit(2);
}
try {
  await main(options);
} catch (failure) {
  process.stderr.write(`apps: ${failure.message}\n`);
  process.exit(1);
}
