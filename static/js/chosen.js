/** Words that are chosen but not marked yet, drawn in the text without touching it. */

import { shown } from "./article.js";

/** @typedef {import("./anchoring.js").Span} Span */

/** @type {Span[]} */
let drawn = [];

/**
 * Draw these words, and no others, as chosen.
 *
 * @param {Span[]} spans
 */
export function draw(spans) {
  drawn = spans;
  const article = shown();
  const ranges = article ? spans.flatMap((span) => article.ranges(span)) : [];
  if (CSS.highlights) CSS.highlights.set("chosen", new Highlight(...ranges));
  else outline(ranges);
}

export function erase() {
  drawn = [];
  if (CSS.highlights) CSS.highlights.delete("chosen");
  else outline([]);
}

/**
 * For browsers that cannot draw ranges: boxes behind the eyes of screen readers, above the text.
 *
 * @param {Range[]} ranges
 */
function outline(ranges) {
  document.querySelector(".chosen-boxes")?.remove();
  if (!ranges.length) return;
  const layer = document.createElement("div");
  layer.className = "chosen-boxes";
  layer.setAttribute("aria-hidden", "true");
  for (const box of ranges.flatMap((range) => [...range.getClientRects()])) {
    const piece = document.createElement("div");
    piece.style.setProperty("--x", `${box.left + scrollX}px`);
    piece.style.setProperty("--y", `${box.top + scrollY}px`);
    piece.style.setProperty("inline-size", `${box.width}px`);
    piece.style.setProperty("block-size", `${box.height}px`);
    layer.append(piece);
  }
  document.body.append(layer);
}

if (!CSS.highlights) addEventListener("resize", () => draw(drawn));
