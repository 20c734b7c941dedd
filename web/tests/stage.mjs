// The browser and the demo's site that the tests of a file share.

import { after, before } from "node:test";
import { browser as launch, serve } from "./support.mjs";

export let browser;
export let site;

before(async () => {
  [browser, site] = await Promise.all([launch(), serve({ link: true })]);
});
after(async () => {
  await browser?.close();
  await site?.stop();
});
