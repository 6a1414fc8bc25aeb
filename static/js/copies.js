/**
 * Copies of what is being typed, in this browser: by person and form, so that nobody is shown what somebody else typed.
 *
 * @typedef {{at: number, browser?: string, clock?: number, fields: Record<string, string>}} Copy  `at`: when it was typed, in
 *   milliseconds; `browser`: in which; `clock`: the same moment, moved on where two states would share one.
 */

import { lifeline } from "./connection.js";
import { uuid } from "./uuid.js";

const OLDEST = 30 * 24 * 60 * 60 * 1000;
const mine = () => `draft ${lifeline().person} `;

/** This page's, where the browser keeps nothing. */
const page = uuid();

/** Which browser this is: a random name that it keeps, so that what it sends is told from what another does. */
export function browser() {
  try {
    const known = localStorage.getItem("browser") ?? page;
    localStorage.setItem("browser", known);
    return known;
  } catch {
    return page;
  }
}

/**
 * Whether the browser kept it: it may have no room, or be told to keep nothing.
 *
 * @param {string} name
 * @param {Copy} copy
 */
export function store(name, copy) {
  try {
    localStorage.setItem(mine() + name, JSON.stringify(copy));
    return true;
  } catch {
    return false;
  }
}

/**
 * @param {string} name
 * @param {Copy} [kept] what the server has: a later copy stays
 */
export function remove(name, kept) {
  try {
    const stored = JSON.parse(localStorage.getItem(mine() + name) ?? "null");
    if (!kept || !(stored?.clock > (kept.clock ?? 0))) localStorage.removeItem(mine() + name);
  } catch {
    // Where nothing is kept, nothing need go.
  }
}

/** This person's copies by the form's name; anybody's that are too old go. @returns {[string, Copy][]} */
export function all() {
  /** @type {[string, Copy][]} */
  const found = [];
  try {
    for (const key of Object.keys(localStorage).filter((each) => each.startsWith("draft "))) {
      const copy = JSON.parse(localStorage.getItem(key) ?? "null");
      if (!(Date.now() - copy?.at < OLDEST)) localStorage.removeItem(key);
      else if (key.startsWith(mine())) found.push([key.slice(mine().length), copy]);
    }
  } catch {
    // Nothing is kept here.
  }
  return found;
}
