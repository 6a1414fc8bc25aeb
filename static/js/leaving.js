// data-log-out on a page outside the desk: what this browser keeps for the person goes with them.

import { all, remove } from "./copies.js";

document.querySelector("form[data-log-out]")?.addEventListener("submit", () => {
  for (const [name] of all()) remove(name);
});
