// The first script of every page: the search box, and what else the page holds for scripts.

import { start } from "./islands";
import { suggest } from "./suggest";

for (const input of document.querySelectorAll<HTMLInputElement>("input[data-suggest]")) suggest(input);
void start(document.querySelectorAll<HTMLElement>("[data-island]"));
