// What a reader does with the site, done in a browser.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { browser, site } from "./stage.mjs";
import { look, PAGES, ready, TOKEN } from "./support.mjs";

/** Writes into the editor, over what is there, by keys as a reader does. */
async function write(field, text) {
  await field.press("Control+a");
  await field.pressSequentially(text);
}

const see = (act, options) => look(browser, site.base, options, act);

test("search answers as one types, by keyboard", () =>
  see(async (page, open) => {
    await open("/");
    const box = page.getByRole("combobox");
    await box.fill("perou");
    const first = page.getByRole("option").first();
    await first.waitFor();
    assert.match(await first.textContent(), /Peru/);
    assert.equal(await box.getAttribute("aria-expanded"), "true");
    await box.press("ArrowDown");
    assert.equal(await first.getAttribute("aria-selected"), "true");
    assert.equal(await box.getAttribute("aria-activedescendant"), await first.getAttribute("id"));
    await box.press("Escape");
    assert.equal(await box.getAttribute("aria-expanded"), "false");
    await box.press("ArrowDown");
    await first.waitFor();
    await box.press("ArrowDown");
    await box.press("Enter");
    await page.waitForURL("**/page/state/peru");
  }));

test("a line of the map leads to two states, a mark to a state", () =>
  see(async (page, open) => {
    await open("/");
    assert.ok((await page.locator(".world .link").count()) >= 2);
    await page.locator(".world").getByRole("link", { name: /^France: / }).focus();
    await page.keyboard.press("Enter");
    await page.waitForURL("**/relations/FRA");
    await page.goBack();
    await page.locator(".world a:has(.link)").last().dispatchEvent("click");
    await page.waitForURL("**/relations/*/*");
  }));

test("from a timeline entry to its sentence in the document", () =>
  see(async (page, open) => {
    await open("/relations/FRA/PER");
    const band = page.locator("[data-island=timeline]");
    const entry = band.getByRole("button", { name: /1964: Visit/ });
    await entry.focus();
    await page.keyboard.press("Enter");
    const card = band.locator(".card");
    assert.match(await card.locator("blockquote").first().textContent(), /1964/);
    await card.locator("figcaption a").first().click();
    await page.waitForURL(/\/document\/.*#c-/);
    const place = page.locator(`[id="${new URL(page.url()).hash.slice(1)}"]`);
    assert.equal(await place.count(), 1);
    const top = await place.evaluate((element) => element.getBoundingClientRect().top);
    assert.ok(top >= -5 && top < 900, `${top}`);
    // the same without the drawing
    await page.goBack();
    const line = page.locator("ol.timeline li.line", { hasText: "1964" }).first();
    await line.locator("summary").click();
    assert.match(await line.locator("blockquote").first().textContent(), /1964/);
  }));

test("a mission's moves on a map", () =>
  see(async (page, open) => {
    await open(PAGES["mission-moved"]);
    const map = page.locator(".map.moves");
    assert.equal(await map.locator(".dot").count(), 2);
    assert.equal(await map.locator(".link").count(), 1);
    const first = map.getByRole("link", { name: /Rio de Janeiro: 1911–1971/ });
    await first.focus();
    await page.keyboard.press("Enter");
    await page.waitForURL("**/page/phase/**");
  }));

test("two states: kinds, directions, nearer and farther", () =>
  see(async (page, open) => {
    await open("/relations/FRA/PER");
    const band = page.locator("[data-island=timeline]");
    const events = band.locator(".event");
    const all = await events.count();
    const visits = band.getByRole("button", { name: /^Visits/ });
    await visits.click();
    assert.equal(await visits.getAttribute("aria-pressed"), "false");
    await page.waitForFunction((n) => document.querySelectorAll(".event").length < n, all);
    await visits.click();
    await page.waitForFunction((n) => document.querySelectorAll(".event").length === n, all);
    const heights = async (name) => {
      const box = await band.getByRole("button", { name }).first().boundingBox();
      return box.y;
    };
    assert.ok((await heights(/Charles de Gaulle/)) < (await heights(/Manuel Prado/)), "the second way hangs below");
    await band.getByRole("button", { name: "Nearer" }).click();
    await page.waitForFunction((n) => document.querySelectorAll(".event").length < n, all);
    await band.getByRole("button", { name: "All", exact: true }).click();
    await page.waitForFunction((n) => document.querySelectorAll(".event").length === n, all);
    // one tab stop, arrows inside
    await events.first().focus();
    await page.keyboard.press("ArrowRight");
    assert.equal(await page.evaluate(() => document.activeElement === document.querySelectorAll(".event")[1]), true);
    // the form filters the list
    await page.getByLabel("Direction").selectOption("b");
    await page.getByRole("button", { name: "Show" }).click();
    await page.waitForURL(/way=b/);
    assert.equal(await page.locator("ol.timeline li[data-way=a]").count(), 0);
    assert.ok((await page.locator("ol.timeline li[data-way=b]").count()) > 3);
  }));

test("a stranger finds when a Peruvian president was last in France, and who says so", () =>
  see(async (page, open) => {
    await open("/");
    await page.getByRole("main").getByRole("link", { name: "France – Peru" }).first().click();
    await page.waitForURL("**/relations/FRA/PER");
    const visit = page.locator("ol.timeline li[data-kind=Visit][data-way=b]").first();
    assert.match(await visit.textContent(), /2017/);
    await visit.locator("summary").click();
    const source = visit.locator("figcaption a").first();
    assert.ok(await source.isVisible());
    assert.match(await source.getAttribute("href"), /^\/document\//);
  }));

test("a document's marks tell their facts, by pointer and by keyboard, and back", () =>
  see(async (page, open) => {
    await open(PAGES.document);
    const mark = page.locator(".text mark", { hasText: "In 1964" }).first();
    await mark.hover();
    const card = page.getByRole("tooltip");
    assert.ok(await card.isVisible());
    const told = await card.textContent();
    for (const part of [/Visit/, /Charles de Gaulle/, /rule/, /asserted/, /confidence/]) assert.match(told, part);
    assert.equal(await page.locator(".claims li.lit").count() > 0, true);
    await page.mouse.move(0, 0);
    assert.equal(await card.isVisible(), false);
    const number = page.locator(".text a.to").first();
    await number.focus();
    assert.ok(await card.isVisible());
    await page.keyboard.press("Escape");
    assert.equal(await card.isVisible(), false);
    const claim = (await number.getAttribute("href")).slice(3);
    await number.press("Enter");
    assert.equal(new URL(page.url()).hash, `#f-${claim}`);
    await page.locator(`#f-${claim} .head a.kind`).click();
    assert.equal(new URL(page.url()).hash, `#c-${claim}`);
    assert.ok((await page.locator(".text .gap").count()) > 0, "what was not understood is marked");
  }));

test("a document's marks answer to a tap", () =>
  see(
    async (page, open) => {
      await open(PAGES.document);
      await page.locator(".text mark", { hasText: "In 1964" }).first().tap();
      assert.ok(await page.getByRole("tooltip").isVisible());
      await page.locator("h1").tap();
      assert.equal(await page.getByRole("tooltip").isVisible(), false);
    },
    { viewport: { width: 390, height: 800 }, hasTouch: true, isMobile: true },
  ));

test("a question of the catalogue as a map and as a timeline", () =>
  see(async (page, open) => {
    await open("/sparql");
    await page.getByLabel("From the catalogue").selectOption({ label: "Which visits did two states pay each other, on one timeline?" });
    const answer = page.locator("section.answer[data-ready]");
    await answer.waitFor();
    await answer.getByRole("tab", { name: "Map" }).click();
    await answer.locator(".view.map .dot").first().waitFor();
    assert.equal(await answer.locator(".view.map .dot").count(), 2);
    assert.ok((await answer.locator(".view.map .link").count()) >= 2);
    await answer.getByRole("tab", { name: "Map" }).press("ArrowRight");
    await answer.locator(".view.timeline .event").first().waitFor();
    assert.ok((await answer.locator(".view.timeline .event").count()) > 8);
    assert.equal(await answer.getByRole("tab", { name: "Timeline" }).getAttribute("aria-selected"), "true");
    // the address shares both the question and how its answer is shown
    const address = page.url();
    assert.match(address, /#timeline$/);
    await page.goto("about:blank");
    await page.goto(address);
    await page.locator(".view.timeline .event").first().waitFor();
    const [download] = await Promise.all([page.waitForResponse(/format=csv/), page.evaluate(() => fetch(document.querySelector(".answer a[href*='format=csv']").href))]);
    assert.equal(download.status(), 200);
  }));

test("numbers of an answer as a chart, pairs as a graph", () =>
  see(async (page, open) => {
    await open("/question/visits-by-decade");
    await page.getByRole("tab", { name: "Chart" }).click();
    await page.locator(".view.chart .bar").first().waitFor();
    assert.ok((await page.locator(".view.chart .bar").count()) > 2);
    const pairs = "PREFIX dip: <https://w3id.org/chancery/ontology#> SELECT ?a ?b { ?v dip:visitor ?a ; dip:to ?b }";
    await open(`/sparql?query=${encodeURIComponent(pairs)}#graph`);
    await page.locator(".view.graph .node").first().waitFor();
    assert.ok((await page.locator(".view.graph .edge").count()) > 5);
  }));

test("the editor completes, adds prefixes, and shows an error at its place", () =>
  see(async (page, open) => {
    await open("/sparql");
    const field = page.getByRole("textbox", { name: "Query" });
    await write(field, "SELECT ?x {\n  ?x ?x ?x ?x");
    await field.press("Control+Enter");
    await page.waitForFunction(() => document.querySelector(".wrong .meaning") !== null);
    assert.match(await page.locator(".wrong").textContent(), /not valid/);
    assert.equal(await page.locator(".cm-lintRange-error").textContent(), "}");
    // the bracket closes itself, Enter takes what is offered
    await write(field, "SELECT ?x {\n  ?x a dip:Visi");
    const options = page.getByRole("option");
    await options.filter({ hasText: "dip:Visit" }).first().waitFor();
    await page.waitForTimeout(120);
    await field.press("Enter");
    await field.press("Control+Enter");
    await page.locator("section.answer[data-ready]").waitFor();
    assert.match(await page.locator("section.answer").textContent(), /12 rows/);
    assert.match(new URL(page.url()).searchParams.get("query"), /^PREFIX dip: /);
    // entities by any of their names
    await write(field, "SELECT * { ?v ?p perou");
    await page.keyboard.press("Control+Space");
    await options.filter({ hasText: "Peru" }).first().waitFor();
    await page.waitForTimeout(120);
    await field.press("Enter");
    assert.match(await page.locator("textarea#query").inputValue(), /<https:\/\/w3id.org\/chancery\/id\/state\/peru>/);
    // nobody is caught in it
    await page.keyboard.press("Escape");
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => document.activeElement.tagName), "SELECT");
  }));

test("review with the keyboard", () =>
  see(async (page, open) => {
    await open("/review?list=apart");
    const entries = page.locator("ol.review li[data-named]:has(select)");
    const n = await entries.count();
    assert.ok(n > 1, `${n}`);
    await entries.first().focus();
    await page.keyboard.press("a");
    assert.equal(await entries.first().getAttribute("data-choice"), "same");
    assert.equal(await page.evaluate(() => document.activeElement === document.querySelectorAll("ol.review li[data-named]")[1]), true);
    await page.keyboard.press("r");
    assert.equal(await entries.nth(1).getAttribute("data-choice"), "different");
    await page.keyboard.press("u");
    assert.equal(await entries.nth(1).getAttribute("data-choice"), "");
    await page.keyboard.press("s");
    await page.keyboard.press("k");
    await page.getByLabel("Who decides").fill("Ana");
    await page.getByLabel("Credential of this server").fill(TOKEN);
    await page.getByLabel("Credential of this server").press("Enter");
    await page.waitForURL(/written=1/);
    assert.match(await page.locator(".done").textContent(), /1 decision was written/);
    assert.equal(readFileSync(site.decisions, "utf8").trim().split("\n").length, 2);
  }));

test("the language follows the browser, and the switch", () =>
  see(
    async (page, open) => {
      await open("/relations/FRA/PER");
      assert.equal(await page.locator("html").getAttribute("lang"), "fr");
      await page.getByRole("button", { name: "Plus près" }).waitFor();
      await page.getByRole("link", { name: "Español" }).click();
      await page.waitForURL(/lang=es/);
      await page.getByRole("button", { name: "Más cerca" }).waitFor();
      // it is kept
      await page.locator("ol.timeline a.kind").first().click();
      await page.waitForURL(/\/page\/.*lang=es/);
      await ready(page);
      assert.equal(await page.locator("html").getAttribute("lang"), "es");
      const box = page.getByRole("combobox");
      await box.fill("peru");
      await page.getByRole("option").first().click();
      await page.waitForURL(/\/page\/state\/.*lang=es/);
      await ready(page);
      // what is wrong is told in it too
      await page.goto(`${site.base}/page/person/nobody?lang=es`);
      assert.match(await page.locator(".lead").textContent(), /dirección/);
    },
    { locale: "fr-FR" },
  ));

test("everything is there without scripts", () =>
  see(
    async (page, open) => {
      for (const [name, path] of Object.entries(PAGES)) {
        await open(path);
        assert.ok((await page.locator("main").innerText()).length > 60, name);
        assert.ok(await page.locator("h1").first().isVisible(), name);
      }
      await open("/");
      assert.ok(await page.getByRole("link", { name: "France – Peru" }).first().isVisible());
      assert.ok(await page.locator(".bars svg").isVisible());
      await page.getByRole("searchbox").fill("humala");
      await page.getByRole("searchbox").press("Enter");
      await page.waitForURL("**/search?q=humala**");
      await page.locator(".results a.name").first().click();
      await page.waitForURL("**/page/person/**");
      await open("/sparql");
      await page.getByRole("button", { name: "Ask" }).click();
      assert.ok((await page.locator("table[data-table=answer] tr").count()) > 10);
      await open(PAGES.error);
      assert.ok(await page.locator(".fault mark").isVisible(), "the fault is shown at its place");
      assert.ok(await page.locator("textarea#query").isVisible());
    },
    { javaScriptEnabled: false },
  ));
