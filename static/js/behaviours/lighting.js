// data-workspace: pointing at a highlight or a card, or focusing one, lights the other. A click on a highlight opens its card;
// where several lie, they are offered, the shortest first.

import { keysAt } from "../drawing.js";

/** @type {string} */
let shown = "";

/** @param {EventTarget | null} target */
function highlightsAt(target) {
  if (!(target instanceof Element) || !target.closest("[data-workspace], [data-chooser]")) return [];
  const card = target.closest("[data-highlight]:not(mark)");
  if (card) return [String(card.getAttribute("data-highlight"))];
  return target.closest("mark[data-highlight], [data-of]") ? keysAt(target) : [];
}

/** @param {EventTarget | null} target */
function light(target) {
  // The text takes the focus of every click into it: that tells nothing.
  if (target instanceof Element && target.id === "workspace-text") return;
  const keys = highlightsAt(target);
  if (keys.join() === shown) return;
  shown = keys.join();
  for (const element of document.querySelectorAll("[data-workspace] .lit")) element.classList.remove("lit");
  for (const key of keys) {
    document.getElementById(`card-${key}`)?.classList.add("lit");
    for (const mark of document.querySelectorAll(`mark[data-highlight="${key}"]`)) mark.classList.add("lit");
  }
}

/**
 * Opens the card of a highlight and goes there.
 *
 * @param {string} key
 * @param {{unfold?: boolean}} [how]
 */
export function openCard(key, { unfold = true } = {}) {
  const card = document.getElementById(`card-${key}`);
  const details = card?.querySelector("details");
  if (!card || !details) return;
  card.hidden = false;
  for (const other of document.querySelectorAll(".card.peeked")) other.classList.remove("peeked");
  card.classList.add("peeked");
  document.dispatchEvent(new CustomEvent("sheet:open", { detail: "peek" }));
  if (unfold) details.open = true;
  const summary = details.querySelector("summary");
  summary?.focus({ preventScroll: true });
  card.scrollIntoView({ block: "nearest" });
}

/**
 * @param {string[]} keys
 * @param {{clientX: number, clientY: number}} at
 */
function offer(keys, { clientX, clientY }) {
  const place = /** @type {HTMLElement | null} */ (document.querySelector("[data-chooser]"));
  const offered = place?.querySelector("ul");
  if (!place || !offered) return;
  offered.replaceChildren(
    ...keys.map((key) => {
      const card = document.getElementById(`card-${key}`);
      const button = document.createElement("button");
      button.type = "button";
      button.dataset.highlight = key;
      const verdict = card?.querySelector(".verdict")?.cloneNode(true);
      const wording = document.createElement("span");
      wording.className = "wording";
      wording.dir = "auto";
      wording.textContent = card?.querySelector(".wording")?.textContent ?? "";
      if (verdict) button.append(verdict);
      button.append(wording);
      button.className = [...(card?.classList ?? [])].find((name) => name.startsWith("hue-")) ?? "";
      const item = document.createElement("li");
      item.append(button);
      return item;
    }),
  );
  place.showPopover();
  const { offsetWidth: width, offsetHeight: height } = place;
  const below = clientY + 12 + height < innerHeight;
  place.style.setProperty("--x", `${Math.max(8, Math.min(clientX - 24, document.documentElement.clientWidth - width - 8))}px`);
  place.style.setProperty("--y", `${Math.max(8, below ? clientY + 12 : clientY - 12 - height)}px`);
  offered.querySelector("button")?.focus({ preventScroll: true });
}

document.addEventListener("pointerover", (event) => light(event.target));
document.addEventListener("focusin", (event) => light(event.target));

document.addEventListener("click", (event) => {
  const target = /** @type {Element} */ (event.target);
  const chosen = target.closest("[data-chooser] button[data-highlight]");
  if (chosen) {
    /** @type {HTMLElement} */ (chosen.closest("[data-chooser]")).hidePopover();
    openCard(String(chosen.getAttribute("data-highlight")));
    return;
  }
  if (!target.closest("[data-workspace] mark[data-highlight], [data-workspace] [data-of]") || !getSelection()?.isCollapsed) return;
  const keys = keysAt(target).filter((key) => document.getElementById(`card-${key}`));
  if (keys.length > 1) offer(keys, event);
  else if (keys.length) openCard(keys[0]);
});

// "Show in the text": the words come before the eyes, wherever they are.
document.addEventListener("click", (event) => {
  const link = /** @type {Element} */ (event.target).closest("[data-show-words]");
  const key = link?.closest(".card")?.getAttribute("data-highlight");
  if (!key) return;
  document.dispatchEvent(new CustomEvent("sheet:open", { detail: "closed" }));
  for (const mark of document.querySelectorAll(`mark[data-highlight="${key}"]`)) mark.classList.add("fresh");
});

// A link to a highlight opens its card.
function follow() {
  const key = /^#highlight-(\d+)$/.exec(location.hash)?.[1];
  if (key && document.querySelector("[data-workspace]")) openCard(key);
}
addEventListener("hashchange", follow);
// When the browser has gone there itself, or it would take the focus away again.
if (document.readyState === "complete") follow();
else addEventListener("load", () => setTimeout(follow));
