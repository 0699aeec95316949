// Pictures in a note, in place: chosen, pasted or dropped, a picture is sent and
// stands in the text where one was writing. Without this file the form is sent.
"use strict";

{
  const KINDS = ["image/jpeg", "image/png", "image/webp"];

  function told(part, text) {
    part.querySelector("[data-told]").textContent = text;
  }

  function put(area, written) {
    const before = area.value.slice(0, area.selectionStart);
    const behind = area.value.slice(area.selectionEnd);
    const above = before === "" || before.endsWith("\n\n") ? "" : before.endsWith("\n") ? "\n" : "\n\n";
    const below = behind === "" || behind.startsWith("\n") ? "\n" : "\n\n";
    area.setRangeText(above + written + below, area.selectionStart, area.selectionEnd, "end");
    area.dispatchEvent(new Event("input", { bubbles: true }));
  }

  async function answerTo(part, file) {
    const form = part.closest("form");
    const fields = new FormData();
    fields.append("picture", file);
    fields.append("alt", form.elements.alt.value);
    fields.append("picture_title", form.elements.picture_title.value);
    const answer = await fetch(part.dataset.picture, { method: "POST", body: fields });
    if ([200, 401, 422].includes(answer.status)) return answer.json();
    return { problem: "The picture was not taken. Try again." };
  }

  async function bring(part, file) {
    const area = part.closest("form").querySelector("textarea");
    const shows = part.querySelector("[name=alt]");
    part.open = true;
    if (!file) return told(part, "Choose a picture first.");
    if (!shows.value.trim()) {
      told(part, "Say what the picture shows, for who cannot see it.");
      return shows.focus();
    }
    if (part.hasAttribute("aria-busy")) return;
    part.setAttribute("aria-busy", "true");
    told(part, "The picture is being sent …");
    try {
      const { written, problem } = await answerTo(part, file);
      told(part, problem ?? "The picture stands in your text.");
      if (!written) return;
      put(area, written);
      for (const field of part.querySelectorAll("input")) field.value = "";
      area.focus();
    } catch {
      told(part, "The site does not answer. Your text is still here; try again.");
    } finally {
      part.removeAttribute("aria-busy");
    }
  }

  // A pasted or dropped file waits in the field until it is told what it shows.
  function offer(part, files, event) {
    const file = [...(files ?? [])].find((each) => KINDS.includes(each.type));
    if (!file) return;
    event.preventDefault();
    const held = new DataTransfer();
    held.items.add(file);
    part.querySelector("[type=file]").files = held.files;
    bring(part, file);
  }

  const partOf = (area) => area.closest?.("form")?.querySelector("[data-picture]");

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-picture] button");
    if (!button) return;
    event.preventDefault();
    const part = button.closest("[data-picture]");
    bring(part, part.querySelector("[type=file]").files[0]);
  });
  document.addEventListener("paste", (event) => {
    const part = event.target.matches?.("textarea") && partOf(event.target);
    if (part) offer(part, event.clipboardData?.files, event);
  });
  document.addEventListener("drop", (event) => {
    const part = event.target.matches?.("textarea") && partOf(event.target);
    if (part) offer(part, event.dataTransfer?.files, event);
  });
  // Enter in a field of the picture adds the picture, it does not post the note.
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !event.target.closest?.("[data-picture] input")) return;
    event.preventDefault();
    event.target.closest("[data-picture]").querySelector("button").click();
  });
}
