// data-live: the one polite region that tells what happened. The server says it with the event "marked" {claim, says}.

/** @param {string} words */
export function announce(words) {
  const region = document.querySelector("[data-live]");
  if (region) region.textContent = words;
}

document.addEventListener("marked", (event) => {
  const { claim, says } = /** @type {CustomEvent} */ (event).detail;
  const card = document.getElementById(`claim-${claim}`);
  announce(says);
  document.querySelectorAll(`mark[data-claims~="${claim}"]`).forEach((mark) => mark.classList.add("fresh"));
  const place = card?.querySelector("summary");
  place?.focus({ preventScroll: true });
  card?.scrollIntoView({ block: "nearest" });
});

document.addEventListener("htmx:sendError", () => announce(connectionLost()));
document.addEventListener("htmx:responseError", (event) => {
  const { xhr } = /** @type {CustomEvent} */ (event).detail;
  announce(xhr.responseText.length < 300 ? xhr.responseText : connectionLost());
});

function connectionLost() {
  return document.querySelector("[data-live]")?.getAttribute("data-lost") ?? "";
}
