// The order of a collection in place: Up and Down move an article where it stands, and
// it can be dragged. Without this file each is a form, and the page comes back.
"use strict";

{
  const told = document.querySelector("[data-told]");

  function renumber(list) {
    const rows = [...list.children];
    const first = list.start;
    rows.forEach((row, at) => {
      row.dataset.place = String(first + at);
      row.querySelector("[data-number]").textContent = String(first + at);
      row.querySelector("[name=place]").value = String(first + at);
      const before = at > 0 || first > 1;
      row.querySelector("[value=up]").disabled = !before;
      row.querySelector("[value=down]").disabled =
        at === rows.length - 1 && !list.hasAttribute("data-more");
    });
  }

  async function send(form, deed, place) {
    const fields = new FormData(form);
    fields.append("do", deed);
    if (place !== undefined) fields.set("place", String(place));
    const answer = await fetch(form.getAttribute("action"), {
      method: "POST",
      body: new URLSearchParams(fields),
      headers: { "X-In-Place": "arrange" },
    });
    if (answer.status !== 204) throw new Error(String(answer.status));
  }

  function say(row) {
    const name = row.querySelector("a").textContent;
    if (told) told.textContent = `${name}: now at place ${row.dataset.place}`;
  }

  async function step(row, form, button) {
    const up = button.value === "up";
    const other = up ? row.previousElementSibling : row.nextElementSibling;
    await send(form, button.value);
    if (up) other.before(row);
    else other.after(row);
    renumber(row.parentElement);
    button.disabled
      ? row.querySelector(up ? "[value=down]" : "[value=up]").focus()
      : button.focus({ preventScroll: true });
    say(row);
  }

  document.addEventListener("submit", async (event) => {
    const button = event.submitter;
    const row = event.target.closest("[data-arrange] > li");
    if (!row || !["up", "down"].includes(button?.value)) return;
    const up = button.value === "up";
    const other = up ? row.previousElementSibling : row.nextElementSibling;
    if (!other) return; // it goes to another page
    event.preventDefault();
    if (row.hasAttribute("aria-busy")) return;
    row.setAttribute("aria-busy", "true");
    try {
      await step(row, event.target, button);
      row.removeAttribute("aria-busy");
    } catch {
      location.reload(); // it shows what holds
    }
  });

  let dragged = null;
  for (const row of document.querySelectorAll("[data-arrange] > li")) {
    const head = row.querySelector(".arrange-head");
    head.draggable = true;
    head.addEventListener("dragstart", (event) => {
      dragged = row;
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", row.dataset.place); // Firefox asks for it
    });
    row.addEventListener("dragover", (event) => {
      if (dragged?.parentElement === row.parentElement) event.preventDefault();
    });
    row.addEventListener("drop", async (event) => {
      event.preventDefault();
      if (!dragged || dragged === row) return;
      const place = Number(row.dataset.place);
      const below = Number(dragged.dataset.place) < place;
      try {
        await send(dragged.querySelector("form"), "place", place);
        if (below) row.after(dragged);
        else row.before(dragged);
        renumber(row.parentElement);
        say(dragged);
      } catch {
        location.reload();
      }
      dragged = null;
    });
  }
}
