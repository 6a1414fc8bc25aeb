// name="key": a form that comes back by the Back button is a new form, so it gets a new key; a double click keeps the old one.

addEventListener("pageshow", (event) => {
  const [visit] = performance.getEntriesByType("navigation");
  const back = event.persisted || (visit instanceof PerformanceNavigationTiming && visit.type === "back_forward");
  if (!back) return;
  for (const field of document.querySelectorAll("input[name=key]")) {
    /** @type {HTMLInputElement} */ (field).value = uuid();
  }
});

// "key:spent": what the form was sent with is saved; sent once more, it is another.
document.addEventListener("key:spent", (event) => {
  const key = /** @type {Element} */ (event.target).querySelector("input[name=key]");
  if (key) /** @type {HTMLInputElement} */ (key).value = uuid();
});

/** A random UUID (RFC 9562, version 4); crypto.randomUUID is missing where there is no TLS. */
export function uuid() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
