// The buttons beside an article, in place: what they do is sent, and the form comes
// back as it is then. Without this file the form is sent and the page comes back.
"use strict";

{
  const told = document.createElement("p");
  told.className = "hidden";
  told.setAttribute("role", "status");
  document.addEventListener("DOMContentLoaded", () => document.body.append(told));

  async function send(form, button) {
    const fields = new FormData(form);
    fields.append(button.name, button.value);
    const address = button.getAttribute("formaction") ?? form.getAttribute("action");
    const answer = await fetch(address, {
      method: "POST",
      body: new URLSearchParams(fields),
      headers: { "X-In-Place": form.dataset.inPlace },
    });
    if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
    return new DOMParser().parseFromString(await answer.text(), "text/html").forms[0];
  }

  // The same button of the new form, by its place in its row.
  function put(form, other, button) {
    const place = [...form.querySelectorAll("button")].indexOf(button);
    const before = form.querySelectorAll("button").length;
    const opened = form.querySelector("details")?.open;
    form.replaceWith(other);
    if (opened) other.querySelector("details").open = true;
    const buttons = [...other.querySelectorAll("button")];
    const name = button.textContent;
    const same =
      buttons.length === before
        ? buttons[place]
        : buttons.find((each) => each.textContent === name);
    same?.focus({ preventScroll: true });
    const pressed = same?.getAttribute("aria-pressed") === "true";
    told.textContent = `${name}: ${pressed ? "done" : "taken back"}`;
  }

  document.addEventListener("submit", async (event) => {
    const form = event.target.closest("form[data-in-place]");
    const button = event.submitter;
    if (!form || !button) return;
    event.preventDefault();
    if (form.hasAttribute("aria-busy")) return;
    form.setAttribute("aria-busy", "true");
    try {
      put(form, document.importNode(await send(form, button), true), button);
    } catch {
      location.reload(); // it shows what holds, or how to sign in
    }
  });

  // The second click of two is not another wish.
  document.addEventListener("click", (event) => {
    if (event.detail > 1 && event.target.closest("form[data-in-place] button")) {
      event.preventDefault();
    }
  });
}
