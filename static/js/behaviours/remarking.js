// data-remark-bar: words selected in the verdict that is reviewed (by mouse, touch or caret) bring up a button; it opens the form
// of a remark with the words filled in, or with the source whose words they are. By keyboard alone there is the form.

import { CONTEXT } from "../anchoring.js";
import { snapped } from "../segmenting.js";
import { announce } from "./announcing.js";

const GAP = 8;
// What is no part of the rationale as the server reads it (prose.passages): references, and the links to what was said of it.
const BESIDE = "sup, .remarked-by";

/** What a remark is about: words with their surroundings, or words of a source. @typedef {{exact: string, prefix: string, suffix: string, citation: string}} About */

/** @type {About | null} */
let chosen = null;
let selecting = false;
let timer = 0;

const bar = () => /** @type {HTMLElement | null} */ (document.querySelector("[data-remark-bar]"));
const form = () => /** @type {HTMLFormElement | null} */ (document.querySelector("[data-remark]"));

/** The selection, if it lies in the verdict. */
function selectedRange() {
  const selection = getSelection();
  if (!bar() || !form() || !selection || selection.isCollapsed || !selection.rangeCount) return null;
  return selection.getRangeAt(0);
}

/** @param {Range} range @returns {About | null} */
function about(range) {
  const at = range.commonAncestorContainer;
  const element = /** @type {Element | null} */ (at instanceof Element ? at : at.parentElement);
  const source = /** @type {HTMLElement | null} */ (element?.closest("#verdict .source[id]"));
  if (source) {
    const exact = range.toString().replace(/\s+/g, " ").trim();
    return exact ? { exact, prefix: "", suffix: "", citation: source.id.replace("source-", "") } : null;
  }
  const prose = document.querySelector("#verdict .prose");
  return prose && range.intersectsNode(prose) ? words(prose, range) : null;
}

/**
 * What a range covers of the rationale, grown to whole words, and what stands around it.
 *
 * @param {Element} prose
 * @param {Range} range
 * @returns {About | null}
 */
function words(prose, range) {
  const walker = document.createTreeWalker(prose, NodeFilter.SHOW_TEXT);
  let [text, start, end] = ["", -1, -1];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node.parentElement?.closest(BESIDE) || !range.intersectsNode(node)) {
      if (!node.parentElement?.closest(BESIDE)) text += node.data;
      continue;
    }
    if (start < 0) start = text.length + (node === range.startContainer ? range.startOffset : 0);
    end = text.length + (node === range.endContainer ? range.endOffset : node.data.length);
    text += node.data;
  }
  const found = start < end ? snapped(text, { start, end }, prose.closest("[lang]")?.getAttribute("lang") ?? "") : null;
  if (!found) return null;
  return {
    exact: text.slice(found.start, found.end),
    prefix: [...text.slice(0, found.start)].slice(-CONTEXT).join(""),
    suffix: [...text.slice(found.end)].slice(0, CONTEXT).join(""),
    citation: "",
  };
}

function take() {
  clearTimeout(timer);
  const range = selectedRange();
  const found = range && about(range);
  const place = bar();
  if (!place || (!found && place.contains(document.activeElement))) return;
  const news = found && place.hidden;
  chosen = found;
  place.hidden = !found;
  if (found) stand();
  if (news) announce(place.dataset.says ?? "");
}

/** Under the words, else over them; where it docks, the style sheet says. */
function stand() {
  const place = bar();
  const boxes = [...(selectedRange()?.getClientRects() ?? [])].filter((box) => box.width && box.bottom > 0 && box.top < innerHeight);
  if (!place || place.hidden || !boxes.length) return;
  const [top, bottom] = [Math.min(...boxes.map((box) => box.top)), Math.max(...boxes.map((box) => box.bottom))];
  const below = bottom + GAP + place.offsetHeight <= innerHeight - GAP;
  const line = boxes.filter((box) => (below ? box.bottom > bottom - 4 : box.top < top + 4));
  const middle = (Math.min(...line.map((box) => box.left)) + Math.max(...line.map((box) => box.right))) / 2;
  const x = Math.max(GAP, Math.min(middle - place.offsetWidth / 2, document.documentElement.clientWidth - place.offsetWidth - GAP));
  const y = below ? bottom + GAP : Math.max(GAP, top - GAP - place.offsetHeight);
  place.dataset.dock = bottom > innerHeight - place.offsetHeight - GAP && top > place.offsetHeight ? "start" : "end";
  place.style.setProperty("--x", `${Math.round(x)}px`);
  place.style.setProperty("--y", `${Math.round(y)}px`);
}

function hide() {
  const place = bar();
  if (place) place.hidden = true;
  chosen = null;
}

/** @param {About} said */
function fill(said) {
  const place = form();
  if (!place) return;
  const details = place.closest("details");
  if (details) details.open = true;
  const text = /** @type {HTMLTextAreaElement} */ (place.elements.namedItem("text"));
  const values = said.citation ? { exact: "", prefix: "", suffix: "", citation: said.citation } : said;
  for (const [name, value] of Object.entries(values)) {
    const field = /** @type {HTMLInputElement | null} */ (place.elements.namedItem(name));
    if (field) field.value = value;
  }
  // Of a source the words are quoted in the remark itself; what has been typed there stays.
  if (said.citation && !text.value.trim()) text.value = `> ${said.exact}\n\n`;
  text.dispatchEvent(new InputEvent("input", { bubbles: true }));
  getSelection()?.removeAllRanges();
  text.focus({ preventScroll: true });
  text.setSelectionRange(text.value.length, text.value.length);
  (details ?? place).scrollIntoView({ block: "nearest" });
}

document.addEventListener("selectionchange", () => {
  clearTimeout(timer);
  if (!selecting && bar()) timer = setTimeout(take, 150);
});
document.addEventListener("pointerdown", (event) => {
  if (/** @type {Element} */ (event.target).closest("[data-remark-bar]")) return;
  // Fingers select by the browser's handles, which send no events of their own.
  selecting = event.pointerType === "mouse" || event.pointerType === "pen";
});
for (const name of ["pointerup", "pointercancel", "dragend"]) {
  document.addEventListener(name, (event) => {
    if (!selecting) return;
    selecting = false;
    if (!(/** @type {Element} */ (event.target).closest?.("[data-remark-bar]"))) take();
  });
}
// The bar takes the selection away only when it is used.
document.addEventListener("mousedown", (event) => {
  if (/** @type {Element} */ (event.target).closest("[data-remark-bar]")) event.preventDefault();
});
document.addEventListener("click", (event) => {
  if (!chosen || !(/** @type {Element} */ (event.target).closest("[data-remark-bar] button"))) return;
  const said = chosen;
  hide();
  fill(said);
});
document.addEventListener("keydown", (event) => {
  const place = bar();
  if (!place || place.hidden || event.defaultPrevented) return;
  if (event.key === "Escape") hide();
  else if (event.key === "Tab" && !event.shiftKey && !place.contains(document.activeElement)) {
    // Next after the words, wherever it stands in the page.
    event.preventDefault();
    place.querySelector("button")?.focus({ preventScroll: true });
  }
});
// Words that somebody types stand wherever they do: their surroundings are not those of what was selected.
document.addEventListener("input", (event) => {
  const field = /** @type {HTMLInputElement} */ (event.target);
  if (field.name !== "exact" || !field.form?.matches("[data-remark]")) return;
  for (const name of ["prefix", "suffix"]) {
    const around = /** @type {HTMLInputElement | null} */ (field.form.elements.namedItem(name));
    if (around) around.value = "";
  }
});
let frame = 0;
for (const name of ["scroll", "resize"]) {
  addEventListener(
    name,
    () => {
      if (!chosen) return;
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(stand);
    },
    { passive: true },
  );
}
