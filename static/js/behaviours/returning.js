// data-login-again: the login ran out. Log in again in a dialog and go on: what was asked for is asked for again.

import { ask, forLogin, lifeline, whoIsThere } from "../connection.js";
import { announce } from "./announcing.js";

const dialog = () => /** @type {HTMLDialogElement | null} */ (document.querySelector("[data-login-again]"));

/** @type {Promise<boolean> | null} */
let asked = null;

/**
 * See to it that the person whose page this is is logged in, by asking them if need be; whether they are.
 */
export async function regain() {
  const who = await whoIsThere();
  if (who !== "nobody") return who === "me";
  asked ??= letIn().finally(() => {
    asked = null;
  });
  return asked;
}

/** @returns {Promise<boolean>} */
function letIn() {
  const place = dialog();
  if (!place) return Promise.resolve(false);
  say("");
  place.returnValue = "";
  place.showModal();
  return new Promise((resolve) => {
    place.addEventListener("close", () => resolve(place.returnValue === "in"), { once: true });
  });
}

/** @param {string} words what is wrong; "" for nothing */
function say(words) {
  const line = /** @type {HTMLElement | null | undefined} */ (dialog()?.querySelector("[data-wrong]"));
  if (!line) return;
  line.hidden = !words;
  line.textContent = words;
}

/** @param {HTMLFormElement} form */
async function logIn(form) {
  const password = /** @type {HTMLInputElement} */ (form.elements.namedItem("password"));
  const send = () => ask(form.action, { method: "POST", body: new FormData(form) });
  let answer = await send();
  // Somebody logged in or out elsewhere meanwhile: once more, with the token of now.
  if (answer?.status === 403 && (await whoIsThere())) answer = await send();
  password.value = "";
  if (!answer) return say(lifeline().unreached ?? "");
  if (answer.status === 429) return say(lifeline().locked ?? "");
  if (answer.ok && (await whoIsThere()) === "me") {
    announce(lifeline().welcome ?? "");
    dialog()?.close("in");
    return;
  }
  const { form: told } = await answer.json().catch(() => ({}));
  const wrong = [...(told?.errors ?? []), ...Object.values(told?.fields ?? {}).flatMap((field) => field.errors)];
  say(wrong.join(" ") || ((answer.ok ? lifeline().shut : lifeline().unreached) ?? ""));
  password.focus();
}

// On the dialog, before what listens for every form of the page.
dialog()?.addEventListener("submit", (event) => {
  event.preventDefault();
  event.stopPropagation();
  logIn(/** @type {HTMLFormElement} */ (event.target));
});

document.addEventListener("click", (event) => {
  const target = /** @type {Element} */ (event.target);
  if (target.closest("[data-log-in]")) regain();
  if (target.closest("[data-not-now]")) dialog()?.close();
});

// Somebody else is logged in: their page, not this one. An address alone, since a reload could send a form again.
document.addEventListener("login:other", () => location.replace(location.pathname + location.search));

document.addEventListener("htmx:responseError", async (event) => {
  const { xhr, elt, requestConfig } = /** @type {CustomEvent} */ (event).detail;
  if (!forLogin(xhr.status, xhr.getResponseHeader("Refused"))) return;
  // What nobody asked for does not interrupt anybody: a banner tells.
  const back = requestConfig.triggeringEvent ? await regain() : (await whoIsThere()) === "me";
  if (!back || !elt.isConnected) return;
  const { verb, path, target, triggeringEvent } = requestConfig;
  window.htmx.ajax(verb, path, { source: elt, target, event: triggeringEvent });
});
