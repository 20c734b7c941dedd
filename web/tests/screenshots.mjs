// Takes a picture of each page, at the width of a desk and of a phone, into docs/screenshots.

import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { browser as launch, look, PAGES, root, serve } from "./support.mjs";

const folder = join(root, "docs/screenshots");
const LEFT_OUT = ["document-french", "two-states-nothing", "links"];
const VIEWS = {
  desktop: { viewport: { width: 1200, height: 900 } },
  phone: { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true },
};

/** What is shown of a page beyond its beginning. */
const ACTS = {
  search: async (page) => {
    await page.getByRole("combobox").fill("per");
    await page.getByRole("option").first().waitFor();
  },
  document: async (page) => {
    const mark = page.locator(".text a.to").nth(7);
    await mark.evaluate((element) => element.scrollIntoView({ block: "center" }));
    await mark.focus();
  },
  "two-states": async (page) => {
    await page.getByRole("button", { name: /1964: Visit/ }).focus();
    await page.keyboard.press("Enter");
  },
  answer: async (page) => {
    await page.getByRole("tab", { name: "Timeline" }).click();
    await page.locator("section.answer").evaluate((element) => element.scrollIntoView());
  },
  "answer-map": async (page) => {
    await page.getByRole("tab", { name: "Map" }).click();
    await page.locator(".view.map .dot").first().waitFor();
    await page.locator("section.answer").evaluate((element) => element.scrollIntoView());
  },
  review: async (page) => {
    await page.locator("ol.review li").first().focus();
    await page.keyboard.press("a");
  },
};

const [browser, site] = await Promise.all([launch(), serve({ link: true })]);
mkdirSync(folder, { recursive: true });
for (const file of readdirSync(folder)) if (file.endsWith(".webp")) rmSync(join(folder, file));
let bytes = 0;
try {
  const pages = { ...PAGES, "answer-map": "/question/visits-between-two-states", "home-dark": "/" };
  for (const [view, options] of Object.entries(VIEWS))
    for (const [name, path] of Object.entries(pages)) {
      if (LEFT_OUT.includes(name)) continue;
      const colorScheme = name.endsWith("-dark") ? "dark" : "light";
      await look(browser, site.base, { ...options, colorScheme }, async (page, open, context) => {
        await open(path);
        await ACTS[name]?.(page);
        const devtools = await context.newCDPSession(page);
        const { data } = await devtools.send("Page.captureScreenshot", { format: "webp", quality: 55 });
        const picture = Buffer.from(data, "base64");
        bytes += picture.length;
        writeFileSync(join(folder, `${name}-${view}.webp`), picture);
      });
    }
} finally {
  await browser.close();
  await site.stop();
}
console.log(`${folder}: ${bytes} bytes`);
