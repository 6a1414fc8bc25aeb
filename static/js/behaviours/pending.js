// The words chosen for a claim are drawn at once, dashed; the server's answer draws them for good, or they go again.

import { draw, erase } from "../drawing.js";

const KEY = "pending";
const root = () => document.querySelector("[data-blocks]");

function drop() {
  const text = root();
  if (text?.querySelector(`[data-highlight="${KEY}"]`)) erase(text, KEY);
}

/** @param {{start: number, end?: number, exact: string}[]} passages */
function show(passages) {
  const text = root();
  drop();
  if (!text || !passages.length) return;
  const spans = passages.map(({ start, end, exact }) => ({ start, end: end ?? start + Array.from(exact).length }));
  const marks = draw(text, { key: KEY, spans, open: true, number: undefined }, "pending");
  // There is no card yet that tells of them.
  marks[0]?.removeAttribute("aria-details");
}

document.addEventListener("words:chosen", (event) => show(/** @type {CustomEvent} */ (event).detail.passages));
document.addEventListener("words:dropped", drop);
// Before the real one is drawn in its place.
document.addEventListener("htmx:beforeSwap", (event) => {
  const { target, xhr, requestConfig } = /** @type {CustomEvent} */ (event).detail;
  const marks = requestConfig?.elt?.matches("[data-marking], [data-same-claim]");
  const offered = requestConfig?.elt?.matches(".matches button");
  if ((marks || offered) && target?.id === "arrived") drop();
  else if (marks && xhr.status >= 400) drop();
});
