// data-counter="75": how many characters are written, of those that are advised. It advises, it does not forbid.
// maxlength: as many as are allowed, shown when the end is near.
// The count belongs to the field's description; only that it became too long is announced, and once the typing pauses.

import { announce } from "./announcing.js";

const NEAR = 0.9;

/** @param {HTMLTextAreaElement | HTMLInputElement} field */
function count(field) {
  const advised = Number(field.dataset.counter ?? 0);
  const allowed = field.maxLength > 0 ? field.maxLength : Infinity;
  const written = Array.from(field.value.trim()).length;
  const isNear = written >= NEAR * allowed;
  const counter = counterOf(field, Boolean(advised) || isNear);
  if (!counter) return;
  const max = isNear ? allowed : advised;
  counter.hidden = !max;
  const [seen, heard] = counter.children;
  seen.textContent = `${written} / ${max}`;
  heard.textContent = said(isNear ? "counted" : "advised", written, max);
  const over = Boolean(max) && (isNear || written > max);
  if (over && !counter.classList.contains("over") && document.activeElement === field) warn(field, written, max, isNear);
  counter.classList.toggle("over", over);
}

/** @param {HTMLElement} field @param {boolean} isWanted */
function counterOf(field, isWanted) {
  const known = field.parentElement?.querySelector(":scope > .counter");
  if (known || !isWanted) return /** @type {HTMLElement | null} */ (known);
  const counter = document.createElement("p");
  counter.className = "counter";
  counter.id = `${field.id || field.getAttribute("name")}_counter`;
  const seen = document.createElement("span");
  seen.ariaHidden = "true";
  const heard = document.createElement("span");
  heard.className = "visually-hidden";
  counter.append(seen, heard);
  field.after(counter);
  const described = (field.getAttribute("aria-describedby") ?? "").split(" ").filter((id) => id && id !== counter.id);
  field.setAttribute("aria-describedby", [...described, counter.id].join(" "));
  return counter;
}

let timer = 0;
/** @param {HTMLElement} field @param {number} written @param {number} max @param {boolean} isNear */
function warn(field, written, max, isNear) {
  clearTimeout(timer);
  timer = setTimeout(() => {
    if (field.isConnected) announce(said(isNear ? "counted" : "over", written, max));
  }, 1000);
}

/** @param {string} what @param {number} n @param {number} max */
function said(what, n, max) {
  const words = document.querySelector("[data-live]")?.getAttribute(`data-${what}`) ?? "";
  return words.replace("{n}", String(n)).replace("{max}", String(max));
}

/** @param {EventTarget | null} target */
const counted = (target) =>
  target instanceof Element && target.matches("[data-counter], .form :is(input, textarea)[maxlength]");

// "count" tells of a field that the program has filled.
for (const kind of ["input", "count"]) {
  document.addEventListener(kind, (event) => {
    if (counted(event.target)) count(/** @type {HTMLTextAreaElement} */ (event.target));
  });
}

function countAll() {
  for (const field of document.querySelectorAll("[data-counter]")) count(/** @type {HTMLTextAreaElement} */ (field));
}

document.addEventListener("reset", () => setTimeout(countAll));
document.addEventListener("marked", () => setTimeout(countAll));
document.addEventListener("htmx:afterSettle", countAll);
countAll();
