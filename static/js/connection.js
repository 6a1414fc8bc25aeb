/**
 * The page's line to the server: whether it answers, and who is logged in there. What the page needs for it stands on the
 * element data-lifeline. Told on the document: "connection:lost", "connection:back", "login:out", "login:back", "login:other".
 */

/** What the page says of itself and in which words, by name. @returns {DOMStringMap} */
export function lifeline() {
  return /** @type {HTMLElement} */ (document.querySelector("[data-lifeline]"))?.dataset ?? {};
}

/** "ok", "lost" (the server does not answer), "out" (nobody is logged in) or "other" (somebody else is). */
let line = "ok";

/** Whether the server answers, to the person whose page this is. */
export const connected = () => line === "ok";

/** Whether somebody else is logged in now: nothing of this page is sent any more. */
export const closed = () => line === "other";

/** @param {"ok" | "lost" | "out" | "other"} now */
function becomes(now) {
  if (line === now || line === "other") return;
  const before = line;
  line = now;
  const told = { ok: before === "lost" ? "connection:back" : "login:back", lost: "connection:lost", out: "login:out", other: "login:other" };
  document.dispatchEvent(new CustomEvent(told[now]));
  if (now === "lost") wait(1);
}

/** @type {number | undefined} */
let timer;

/**
 * Knock again after some seconds, and more rarely the longer it takes.
 *
 * @param {number} seconds
 */
function wait(seconds) {
  clearTimeout(timer);
  timer = setTimeout(async () => {
    if (line === "lost" && (navigator.onLine ? !(await whoIsThere()) : true)) wait(Math.min(Math.max(seconds * 2, 1), 30));
  }, seconds * 1000);
}

addEventListener("online", () => line === "lost" && wait(0));
addEventListener("offline", () => becomes("lost"));
if (!navigator.onLine) queueMicrotask(() => becomes("lost"));

/**
 * Ask the server as a script; null when it does not answer.
 *
 * @param {string} address
 * @param {RequestInit} [how]
 */
export async function ask(address, how = {}) {
  try {
    const answer = await fetch(address, { ...how, headers: { "X-Requested-With": "XMLHttpRequest" } });
    if ([502, 503, 504].includes(answer.status)) throw new TypeError(String(answer.status));
    if (line === "lost") becomes("ok");
    return answer;
  } catch (error) {
    if (/** @type {Error} */ (error).name !== "AbortError") becomes("lost");
    return null;
  }
}

/** What an htmx request found out. */
document.addEventListener("htmx:sendError", () => becomes("lost"));
document.addEventListener("htmx:afterOnLoad", () => line === "lost" && becomes("ok"));

/**
 * Ask who is logged in, and give every form of the page the token that it needs from now on, unless that is somebody else.
 *
 * @returns {Promise<"me" | "nobody" | "other" | null>} null when the server does not answer
 */
export async function whoIsThere() {
  const answer = await ask(lifeline().session ?? "");
  if (!answer?.ok) return null;
  const { person, token } = await answer.json();
  const who = person === null ? "nobody" : String(person) === lifeline().person ? "me" : "other";
  if (who !== "other") renew(document, token);
  becomes(who === "me" ? "ok" : who === "nobody" ? "out" : "other");
  return who;
}

/**
 * @param {ParentNode} root
 * @param {string} token
 */
function renew(root, token) {
  for (const field of root.querySelectorAll("input[name=csrfmiddlewaretoken]")) {
    /** @type {HTMLInputElement} */ (field).value = token;
  }
  for (const template of root.querySelectorAll("template")) renew(template.content, token);
}

/**
 * Whether an answer was refused for who asks and not for what is asked: nobody is logged in, or the token is an old one.
 *
 * @param {number} status
 * @param {string | null} refused the header of that name
 */
export function forLogin(status, refused) {
  return status === 401 || (status === 403 && refused === "token");
}
