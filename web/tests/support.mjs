// A real server over the demo's documents, and a browser that looks at it. Nothing may leave 127.0.0.1, and nothing may be told on the console.

import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { accessSync, constants, mkdtempSync, rmSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

export const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
export const TOKEN = "a long enough secret";

const target = process.env.CARGO_TARGET_DIR ?? join(homedir(), ".cache/chancery-target");
const QUIET = { stdio: ["ignore", "ignore", "pipe"] };
const program = process.env.CHANCERY ?? join(target, "debug/chancery");

/** Where the browser is. */
function browserPath() {
  if (process.env.CHROMIUM) return process.env.CHROMIUM;
  for (const folder of (process.env.PATH ?? "").split(delimiter))
    for (const name of ["chromium", "chromium-browser", "google-chrome"])
      try {
        accessSync(join(folder, name), constants.X_OK);
        return join(folder, name);
      } catch {
        // not here
      }
  throw new Error("no Chromium; install it (scripts/set-up web), or name it in CHROMIUM");
}

/** Builds the demo's documents, and those of tests/documents, into a store. */
export function build(store) {
  const documents = [join(root, "data/documents"), join(root, "web/tests/documents")];
  execFileSync(program, ["build", ...documents, "--store", store], QUIET);
}

/** Serves a store: one that is there (`over`), or one of the demo's documents; `stop` ends the server and removes what was built. */
export async function serve({ link = false, over, args = [] } = {}) {
  const folder = mkdtempSync(join(tmpdir(), "chancery-site-"));
  const store = over ?? join(folder, "store");
  if (!over) build(store);
  if (link) execFileSync(program, ["link", "--store", store], QUIET);
  const decisions = join(folder, "decisions.csv");
  const server = spawn(
    program,
    ["serve", "--store", store, "--bind", "127.0.0.1:0", "--writable", "--decisions", decisions, ...args],
    { env: { ...process.env, CHANCERY_TOKEN: TOKEN }, stdio: ["ignore", "pipe", "pipe"] },
  );
  const base = await new Promise((resolve, reject) => {
    let said = "";
    const hear = (bytes) => {
      said += bytes;
      const address = /http:\/\/[\d.]+:\d+/.exec(said);
      if (address) resolve(address[0]);
    };
    server.stdout.on("data", hear);
    server.stderr.on("data", hear);
    server.on("exit", () => reject(new Error(`the server ended: ${said}`)));
  });
  const stop = async () => {
    const ended = new Promise((resolve) => server.on("exit", resolve));
    server.kill("SIGTERM");
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  return { base, decisions, stop };
}

/** Starts a browser. As root, it has no sandbox. */
export function browser() {
  const args = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  return chromium.launch({ executablePath: browserPath(), args });
}

/** Opens a page in a context of its own, has something done with it, and looks at what was asked and told meanwhile. */
export async function look(browser, base, options, act) {
  const context = await browser.newContext({ locale: "en-GB", viewport: { width: 1200, height: 900 }, reducedMotion: "reduce", ...options });
  const page = await context.newPage();
  const wrong = [];
  page.on("console", (message) => {
    // a refused request is told where a test asks for one
    if (["error", "warning"].includes(message.type()) && !/status of 4\d\d/.test(message.text())) wrong.push(message.text());
  });
  page.on("pageerror", (error) => wrong.push(error.message));
  page.on("request", (request) => {
    if (!request.url().startsWith(`${base}/`) && !request.url().startsWith("data:")) wrong.push(`asked ${request.url()}`);
  });
  const open = async (path) => {
    await page.goto(base + path);
    if (options?.javaScriptEnabled !== false) await ready(page);
  };
  try {
    await act(page, open, context);
  } finally {
    await context.close();
  }
  assert.deepEqual(wrong, []);
}

/** Waits until the islands of a page are there. */
export async function ready(page) {
  await page.waitForFunction(() =>
    [...document.querySelectorAll("[data-island]")].every((element) => element.dataset.ready !== undefined),
  );
  const failed = await page.locator("[data-ready=failed]").count();
  assert.equal(failed, 0, page.url());
}

/** Pages of every kind. */
export const PAGES = {
  home: "/",
  search: "/search?q=per",
  "search-nothing": "/search?q=nobody+at+all",
  documents: "/documents",
  document: "/document/france-peru-relations.txt",
  "document-french": "/document/france-perou-point-de-presse.txt",
  relations: "/relations",
  partners: "/relations/FRA",
  "two-states": "/relations/FRA/PER",
  "two-states-table": "/relations/FRA/PER?view=table",
  "two-states-nothing": "/relations/CHE/COL",
  list: "/list/Visit",
  conflicts: "/conflicts",
  review: "/review?list=apart",
  links: "/review",
  sparql: "/sparql",
  answer: `/sparql?query=${encodeURIComponent("PREFIX dip: <https://w3id.org/chancery/ontology#> SELECT ?visit ?date { ?visit a dip:Visit ; dip:date ?date } ORDER BY ?date")}`,
  error: `/sparql?query=${encodeURIComponent("SELECT ?x {\n  ?x a \n}")}`,
  state: "/page/state/peru",
  person: "/page/person/ollanta-humala",
  mission: "/page/mission/peru-france-paris-consulate-general",
  "mission-moved": "/page/mission/portugal-brazil-embassy",
  treaty: "/page/treaty/colombia-european-union-peru-2012-free-trade-agreement",
  organisation: "/page/organisation/european-union",
  city: "/page/city/paris",
  visit: "/page/visit/france-peru-1964-charles-de-gaulle",
  missing: "/page/person/nobody-at-all",
};
