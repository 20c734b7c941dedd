// Every page for everybody: no violation that axe knows, light and dark, wide and narrow; all of it by keyboard; on paper; without motion.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";
import { browser, site } from "./stage.mjs";
import { look, PAGES } from "./support.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const DESKTOP = { viewport: { width: 1200, height: 900 } };
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

/** What axe finds on a page, in a line each. */
async function violations(page) {
  const light = await run(page, {});
  // in the dark, only colours are others
  await page.emulateMedia({ colorScheme: "dark" });
  const dark = await run(page, { runOnly: ["color-contrast"] });
  await page.emulateMedia({ colorScheme: "light" });
  return [...light, ...dark.map((line) => `dark: ${line}`)];
}

async function run(page, options) {
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axe);
  const found = await page.evaluate((options) => window.axe.run(document, { resultTypes: ["violations"], ...options }), options);
  return found.violations.flatMap(({ id, help, nodes }) => nodes.map((node) => `${id}: ${help}: ${node.target.flat().join(" ")} ${node.html.slice(0, 160)}`));
}

for (const [width, view] of Object.entries({ desktop: DESKTOP, phone: PHONE }))
  test(`axe finds nothing, light and dark: ${width}`, () =>
      look(browser, site.base, view, async (page, open) => {
        const wrong = [];
        for (const [name, path] of Object.entries(PAGES)) {
          await open(path);
          for (const line of await violations(page)) wrong.push(`${name}: ${line}`);
          const wide = await page.evaluate((wide) => document.documentElement.scrollWidth - wide, view.viewport.width);
          if (wide > 0) wrong.push(`${name}: ${wide} px too wide`);
        }
        // what opens on the page
        await open("/");
        await page.getByRole("combobox").fill("per");
        await page.getByRole("option").first().waitFor();
        for (const line of await violations(page)) wrong.push(`suggestions: ${line}`);
        await open(PAGES["two-states"]);
        await page.locator(".event").first().focus();
        await page.keyboard.press("Enter");
        await page.locator(".card article").waitFor();
        for (const line of await violations(page)) wrong.push(`card: ${line}`);
        await open(PAGES.document);
        await page.locator(".text a.to").first().focus();
        for (const line of await violations(page)) wrong.push(`told: ${line}`);
        await open("/question/visits-between-two-states");
        for (const name of ["Map", "Timeline", "Graph"]) {
          await page.getByRole("tab", { name }).click();
          await page.locator(`.view.${name.toLowerCase()} svg`).waitFor();
          for (const line of await violations(page)) wrong.push(`${name}: ${line}`);
        }
        await open("/question/visits-by-decade#chart");
        await page.locator(".view.chart svg").waitFor();
        for (const line of await violations(page)) wrong.push(`chart: ${line}`);
        assert.deepEqual(wrong, []);
      }));

test("each page is walked through with Tab: all that is reached is seen and has a name, and it ends", () =>
  look(browser, site.base, DESKTOP, async (page, open) => {
    for (const [name, path] of Object.entries(PAGES)) {
      await open(path);
      let steps = 0;
      const seen = new Set();
      for (; steps < 600; steps++) {
        await page.keyboard.press("Tab");
        const at = await page.evaluate(() => {
          let element = document.activeElement;
          while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
          if (!element || element === document.body) return null;
          const labels = element.labels ? [...element.labels].map((label) => label.textContent).join(" ") : "";
          const by = element.getAttribute("aria-labelledby");
          const name = `${element.getAttribute("aria-label") ?? ""}${by ? document.getElementById(by)?.textContent : ""}${element.textContent ?? ""}${labels}`;
          const box = element.getBoundingClientRect();
          element.dataset.walked ??= String(Math.random());
          const style = getComputedStyle(element);
          const ring = style.outlineStyle !== "none" || style.boxShadow !== "none" || element.closest("svg") !== null || element.closest(".cm-editor") !== null;
          return { id: element.dataset.walked, tag: element.outerHTML.slice(0, 120), name: name.trim(), shown: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight, ring };
        });
        if (at === null || seen.has(at.id)) break;
        seen.add(at.id);
        assert.ok(at.name !== "", `${name}: no name: ${at.tag}`);
        assert.ok(at.shown, `${name}: not seen: ${at.tag}`);
        assert.ok(at.ring, `${name}: nothing shows the focus: ${at.tag}`);
      }
      assert.ok(steps > 8 && steps < 600, `${name}: ${steps}`);
    }
  }));

test("on paper there is what is read, and nothing to press", () =>
  look(browser, site.base, DESKTOP, async (page, open) => {
    for (const path of [PAGES["two-states"], PAGES.document, PAGES.person, PAGES.home]) {
      await open(path);
      await page.emulateMedia({ media: "print" });
      for (const gone of ["nav.main", ".find", ".tools", ".chips", ".choose", ".pages"])
        for (const one of await page.locator(gone).all()) assert.equal(await one.isVisible(), false, `${path} ${gone}`);
      const quotes = page.locator("ol.timeline blockquote");
      if ((await quotes.count()) > 0) assert.ok(await quotes.first().isVisible(), `${path}: sentences are printed`);
      assert.equal(await page.evaluate(() => getComputedStyle(document.body).backgroundColor), "rgb(255, 255, 255)");
      await page.emulateMedia({ media: "screen" });
    }
  }));

test("nothing moves for those who do not want it", () =>
  look(browser, site.base, { ...DESKTOP, reducedMotion: "reduce" }, async (page, open) => {
    for (const path of ["/", PAGES["two-states"], PAGES.document]) {
      await open(path);
      const moving = await page.evaluate(() => {
        const still = getComputedStyle(document.documentElement).scrollBehavior === "auto";
        const moves = [...document.querySelectorAll("*")].filter((element) => {
          const style = getComputedStyle(element);
          return style.animationName !== "none" || style.transitionDuration.split(",").some((time) => parseFloat(time) > 0);
        });
        return { still, moves: moves.length };
      });
      assert.deepEqual(moving, { still: true, moves: 0 }, path);
    }
  }));

test("a page is small without the scripts, and is painted before them", () =>
  look(browser, site.base, DESKTOP, async (page, open, context) => {
    for (const [name, path] of Object.entries(PAGES)) {
      const text = await (await context.request.get(site.base + path, { headers: { accept: "text/html" } })).text();
      assert.ok(Buffer.byteLength(text) < 50_000, `${name}: ${Buffer.byteLength(text)}`);
    }
    // with the script held back, the page is painted
    let release;
    const held = new Promise((resolve) => (release = resolve));
    await page.route(/\/assets\/site-.*\.js$/, async (route) => {
      await held;
      await route.continue();
    });
    await page.goto(site.base, { waitUntil: "commit" });
    await page.waitForFunction(() => performance.getEntriesByName("first-contentful-paint").length > 0);
    assert.ok(await page.locator("h1").isVisible());
    release();
    await page.waitForLoadState();
  }));
