// data-adjusting: the words that a highlight stands on. Its ends move by handles in the text, by buttons and keys, or by
// typing; all of it fills the same form.

import { shown, spanOf } from "../article.js";
import { draw, erase } from "../chosen.js";
import { announce } from "./announcing.js";
import { fieldsOf, passagesIn } from "./marking.js";

/** @typedef {import("../anchoring.js").Span} Span */
/** @typedef {"start" | "end"} End */

const form = () => /** @type {HTMLFormElement | null} */ (document.querySelector("[data-adjusting]"));
const handles = () => /** @type {HTMLElement[]} */ ([...document.querySelectorAll("[data-handle]")]);

/** The passages in the form now. @returns {Span[]} */
function spans() {
  const place = form();
  return place ? passagesIn(place).map(spanOf) : [];
}

/**
 * Write the spans into the form and show them in the text.
 *
 * @param {Span[]} now
 */
function put(now) {
  const article = shown();
  const place = form();
  if (!article || !place || !now.length) return;
  const given = fieldsOf(now.map((span) => article.passage(span)));
  for (const [name, value] of Object.entries(given)) {
    const field = /** @type {HTMLInputElement | null} */ (place.querySelector(`[data-quote="${name}"]`));
    if (field && field.value !== value) field.value = value;
  }
  show();
}

/**
 * Which way the paragraph is read in which an offset lies.
 *
 * @param {number} offset
 */
function isRightToLeft(offset) {
  const article = shown();
  const block = article?.elements()[article.paragraphAt(offset)];
  return block ? getComputedStyle(block).direction === "rtl" : false;
}

/** The words as they would stand, and a handle at either end. */
function show() {
  const article = shown();
  const now = spans();
  for (const handle of handles()) handle.hidden = !now.length;
  if (!article || !now.length) {
    erase();
    return;
  }
  draw(now);
  const first = article.ranges(now[0])[0]?.getClientRects()[0];
  const last = article.ranges(now[now.length - 1]).at(-1)?.getClientRects();
  const bottom = last?.[last.length - 1];
  for (const handle of handles()) {
    const box = handle.dataset.handle === "start" ? first : bottom;
    if (!box) continue;
    const end = handle.dataset.handle === "end";
    const right = end !== isRightToLeft(end ? now[now.length - 1].end - 1 : now[0].start);
    handle.style.setProperty("--x", `${Math.round((right ? box.right : box.left) + scrollX)}px`);
    handle.style.setProperty("--y", `${Math.round(box.top + scrollY)}px`);
    handle.style.setProperty("--h", `${Math.round(box.height)}px`);
  }
}

/**
 * Move an end by a word or a character; it stops before the other end of its passage.
 *
 * @param {End} end
 * @param {1 | -1} direction in reading order
 * @param {boolean} [letter]
 */
function step(end, direction, letter = false) {
  const article = shown();
  const now = spans();
  if (!article || !now.length) return;
  const span = end === "start" ? now[0] : now[now.length - 1];
  const to = article.edge(span[end], end, direction, letter);
  moveTo(end, to);
  const words = article.words(spans()[end === "start" ? 0 : now.length - 1]).split(/\s+/u);
  const told = end === "start" ? `${words.slice(0, 4).join(" ")} …` : `… ${words.slice(-4).join(" ")}`;
  announce(`${form()?.dataset[end] ?? ""} ${told}`);
}

/**
 * @param {End} end
 * @param {number} to
 */
function moveTo(end, to) {
  const now = spans();
  if (!now.length) return;
  if (end === "start") {
    now[0] = { ...now[0], start: Math.min(Math.max(to, 0), now[0].end - 1) };
  } else {
    const last = now.length - 1;
    now[last] = { ...now[last], end: Math.max(to, now[last].start + 1) };
  }
  put(now);
}

/** @param {KeyboardEvent | MouseEvent} event */
function byCharacter(event) {
  return event.altKey || Boolean(/** @type {HTMLInputElement | null} */ (form()?.querySelector("[data-by-character]"))?.checked);
}

/** @param {PointerEvent} event */
function placeAt({ clientX, clientY }) {
  const article = shown();
  const caret = document.caretPositionFromPoint?.(clientX, clientY);
  if (!article || !caret || !article.root.contains(caret.offsetNode)) return null;
  const range = document.createRange();
  range.setStart(article.root, 0);
  range.setEnd(caret.offsetNode, caret.offset);
  return article.span(range)?.end ?? null;
}

document.addEventListener("pointerdown", (event) => {
  const handle = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest("[data-handle]"));
  if (!handle) return;
  event.preventDefault();
  handle.focus({ preventScroll: true });
  handle.setPointerCapture(event.pointerId);
  const end = /** @type {End} */ (handle.dataset.handle);
  const drag = (/** @type {PointerEvent} */ moved) => {
    // The text beneath is asked, not the handle itself.
    handle.classList.add("dragged");
    const at = placeAt(moved);
    handle.classList.remove("dragged");
    const article = shown();
    if (at === null || !article) return;
    const snapped = moved.altKey ? null : article.snapped({ start: Math.max(0, at - 1), end: at });
    if (snapped) moveTo(end, snapped[end]);
    else moveTo(end, moved.altKey ? at : article.edge(at, end, end === "end" ? -1 : 1));
  };
  const leave = () => {
    handle.removeEventListener("pointermove", drag);
    handle.removeEventListener("pointerup", leave);
    handle.removeEventListener("pointercancel", leave);
  };
  handle.addEventListener("pointermove", drag);
  handle.addEventListener("pointerup", leave);
  handle.addEventListener("pointercancel", leave);
});

document.addEventListener("keydown", (event) => {
  const handle = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest("[data-handle]"));
  if (!handle || !event.key.startsWith("Arrow")) {
    if (event.key === "Escape" && form() && (handle || form()?.contains(document.activeElement))) leave();
    return;
  }
  event.preventDefault();
  const end = /** @type {End} */ (handle.dataset.handle);
  const rightToLeft = isRightToLeft(spans()[0]?.[end] ?? 0);
  const forward = event.key === "ArrowDown" || event.key === (rightToLeft ? "ArrowLeft" : "ArrowRight");
  step(end, forward ? 1 : -1, byCharacter(event));
});

document.addEventListener("click", (event) => {
  const target = /** @type {Element} */ (event.target);
  const stepping = /** @type {HTMLElement | null} */ (target.closest("[data-step]"));
  if (stepping) step(/** @type {End} */ (stepping.dataset.end), stepping.dataset.step === "on" ? 1 : -1, byCharacter(event));
  if (target.closest("[data-leave-adjusting]") && form()?.closest(".card")) {
    event.preventDefault();
    leave();
  }
});

/** Back to what the card showed. */
function leave() {
  const card = form()?.closest(".card");
  erase();
  for (const handle of handles()) handle.hidden = true;
  if (!card) return;
  document.dispatchEvent(new CustomEvent("card:changed", { detail: card }));
  card.querySelector("summary")?.focus({ preventScroll: true });
}

// Typed words: their place is found by the server, and here when they stand once.
document.addEventListener("input", (event) => {
  const field = /** @type {HTMLInputElement} */ (event.target);
  const place = form();
  if (!place?.contains(field) || field.dataset.quote !== "exact") return;
  for (const name of ["prefix", "suffix", "start", "passages"]) {
    const other = /** @type {HTMLInputElement | null} */ (place.querySelector(`[data-quote="${name}"]`));
    if (other) other.value = "";
  }
  const found = shown()?.places(field.value) ?? [];
  if (found.length === 1 && shown()?.words(found[0]) === field.value) put(found);
  else show();
});

document.addEventListener("htmx:afterSettle", () => {
  const place = form();
  if (!place || place.dataset.begun) return;
  place.dataset.begun = "yes";
  place.querySelector("[data-steps]")?.removeAttribute("hidden");
  document.getElementById(`highlight-${place.dataset.adjusting}`)?.scrollIntoView({ block: "center" });
  show();
  /** @type {HTMLElement | null} */ (place.querySelector("[data-step]"))?.focus({ preventScroll: true });
});
for (const over of ["marked", "adjusting:ended"]) {
  document.addEventListener(over, () => {
    erase();
    for (const handle of handles()) handle.hidden = true;
  });
}
addEventListener("resize", () => {
  if (form()) show();
});
