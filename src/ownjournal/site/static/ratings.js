// One tap rates: what is chosen is sent at once, and what is told of all readers
// follows. Without this file the form has a button.
"use strict";

{
  let turn = Promise.resolve(); // one after another, however fast one taps

  async function send(form, fields) {
    const answer = await fetch(form.getAttribute("action"), {
      method: "POST",
      body: fields,
      headers: { "X-In-Place": "rating" },
    });
    if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
    return new DOMParser().parseFromString(await answer.text(), "text/html");
  }

  function put(form, page, removed) {
    const told = page.querySelector("[data-told]");
    form.closest(".rating").querySelector("[data-told]").replaceWith(told);
    form.querySelector("[data-remove]").hidden = removed;
    form.querySelector("[role=status]").textContent = removed ? "Removed." : "Kept.";
  }

  function change(form, button) {
    const fields = new URLSearchParams(new FormData(form));
    const removed = button?.value === "remove";
    if (removed) {
      fields.append("do", "remove");
      form.querySelectorAll("input:checked").forEach((each) => (each.checked = false));
      form.querySelector("input[type=radio]").focus({ preventScroll: true });
    }
    turn = turn
      .then(() => send(form, fields))
      .then((page) => put(form, page, removed))
      .catch(() => location.reload()); // it shows what holds, or how to sign in
  }

  document.querySelectorAll("form[data-rating]").forEach((form) => {
    form.querySelector("[data-without-script]").remove();
    form.addEventListener("change", () => change(form, null));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      change(form, event.submitter);
    });
  });
}
