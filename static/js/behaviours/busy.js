// A form on its way: its button says so and cannot be pressed a second time. Coming back by the Back button frees it.

document.addEventListener("submit", (event) => {
  const form = /** @type {HTMLFormElement} */ (event.target);
  if (form.method !== "post" || form.hasAttribute("hx-post")) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  const button = /** @type {SubmitEvent} */ (event).submitter;
  button?.setAttribute("aria-busy", "true");
  if (button && form.dataset.busy) button.textContent = form.dataset.busy;
});

addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) {
    form.removeAttribute("data-sent");
    form.querySelector("[aria-busy]")?.removeAttribute("aria-busy");
  }
});
