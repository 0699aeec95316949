// The box for notes: the count while typing, the preview and the frame in place, and
// drafts that survive a closed tab. Without this file all of it is done by sending the
// form, but for the count.
"use strict";

{
  const form = document.getElementById("note-box");
  const HINTS = "hints of notes";
  const SENT = "note that was sent";
  const KEEP_HERE_MS = 400;
  const KEEP_THERE_MS = 2500;
  const TELL_MS = 1200;

  if (form) {
    const text = form.elements.namedItem("text");
    const path = new URL(form.action).pathname;
    const place = (owner) => `draft of a note: ${owner} ${path}`;
    const own = place(form.dataset.owner);
    const places = own === place("visitor") ? [own] : [own, place("visitor")];
    const told = form.querySelector(".note-told");
    let signedIn = form.dataset.signedIn === "yes";

    const kind = () => form.querySelector("input[name=kind]:checked");
    const tell = (sentence) => {
      told.hidden = false;
      told.textContent = sentence;
    };

    // Storage may be full or forbidden; the box works without it.
    const stored = (action) => {
      try {
        return action();
      } catch {
        return null;
      }
    };

    // Counting

    const counted = form.querySelector(".note-counted");
    const spoken = document.createElement("span");
    spoken.className = "hidden";
    spoken.setAttribute("role", "status");
    counted.after(spoken);
    let speaking;

    function count() {
      if (typeof noteLength !== "function") return;
      const { value, dataset } = kind();
      const headings = value === "summary" ? "second" : "none";
      const left = Number(dataset.limit) - noteLength(text.value, headings);
      const number = left.toLocaleString("en").replace("-", "\u2212");
      const sentence = `${number} character${Math.abs(left) === 1 ? "" : "s"} remaining`;
      counted.hidden = false;
      counted.textContent = sentence;
      counted.classList.toggle("too-long", left < 0);
      return sentence;
    }

    function countAndSpeak() {
      const sentence = count();
      clearTimeout(speaking);
      speaking = setTimeout(() => {
        spoken.textContent = sentence;
      }, TELL_MS);
    }

    // Drafts: in this browser, and with the site for whoever is signed in

    const kept = document.createElement("span");
    kept.className = "meta note-kept";
    form.querySelector(".note-under").append(kept);
    let keepingHere;
    let keepingThere;
    let saving = null;
    let sent = false;

    function keepHere() {
      const chosen = form.querySelector("input[name=audience]:checked");
      const draft = { text: text.value, kind: kind().value, audience: chosen?.value };
      stored(() =>
        text.value.trim()
          ? localStorage.setItem(own, JSON.stringify(draft))
          : localStorage.removeItem(own),
      );
    }

    function fields(deed) {
      const values = new FormData(form);
      values.append("do", deed);
      return new URLSearchParams(values);
    }

    async function keepThere() {
      let answer;
      try {
        answer = await fetch(form.action, {
          method: "POST",
          body: fields("draft"),
          headers: { "X-In-Place": "draft" },
          redirect: "manual",
        });
      } catch {
        kept.textContent = "Kept in this browser";
        return; // no network: the next change tries again
      }
      if (answer.type === "opaqueredirect") {
        signedIn = false;
        kept.textContent = "You were signed out. This browser keeps your draft.";
        return;
      }
      if (!answer.ok) {
        kept.textContent = "Kept in this browser";
        return;
      }
      const { draft } = await answer.json();
      remember(draft);
      kept.textContent = draft ? "Draft kept" : "";
      stored(() => localStorage.removeItem(own));
    }

    function remember(draft) {
      let field = form.elements.namedItem("draft");
      if (!field) {
        field = document.createElement("input");
        field.type = "hidden";
        field.name = "draft";
        form.append(field);
      }
      field.value = draft ?? "";
    }

    function keep() {
      clearTimeout(keepingHere);
      keepingHere = setTimeout(keepHere, KEEP_HERE_MS);
      if (!signedIn) return;
      clearTimeout(keepingThere);
      keepingThere = setTimeout(() => {
        saving = keepThere().finally(() => {
          saving = null;
        });
      }, KEEP_THERE_MS);
    }

    function putBack(draft) {
      text.value = draft.text;
      for (const [name, value] of [["kind", draft.kind], ["audience", draft.audience]]) {
        const field = [...form.querySelectorAll(`input[name=${name}]`)];
        const same = field.find((each) => each.value === value);
        if (same) same.checked = true;
      }
      changed();
    }

    function offer(draft) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "button quiet";
      const start = draft.text.trim().slice(0, 40);
      button.textContent = `Put back what this browser kept: “${start}…”`;
      button.addEventListener("click", () => {
        putBack(draft);
        button.remove();
        text.focus();
      });
      told.before(button);
    }

    const forget = () =>
      places.forEach((each) => stored(() => localStorage.removeItem(each)));
    const same = (one, other) => one.replace(/\r\n?/g, "\n") === other.replace(/\r\n?/g, "\n");

    function recall() {
      const sent = stored(() => sessionStorage.getItem(SENT));
      stored(() => sessionStorage.removeItem(SENT));
      if (sent === path && /^#note-\d+$/.test(location.hash)) forget();
      for (const each of places) {
        const draft = stored(() => JSON.parse(localStorage.getItem(each)));
        if (typeof draft?.text !== "string" || !draft.text.trim()) continue;
        if (same(draft.text, text.value)) {
          if (form.elements.namedItem("draft")) {
            stored(() => localStorage.removeItem(each));
          }
        } else if (text.value.trim()) {
          offer(draft);
        } else {
          putBack(draft);
          tell("Your draft is back, as this browser kept it.");
        }
      }
    }

    // Preview and frame in place

    async function preview(button) {
      const shown = document.querySelector("[data-preview]");
      button.setAttribute("aria-busy", "true");
      try {
        const answer = await fetch(form.action, {
          method: "POST",
          body: fields("preview"),
          headers: { "X-In-Place": "preview" },
        });
        const body = await answer.text();
        if (!answer.headers.get("Content-Type")?.startsWith("text/html")) {
          tell(body);
          return;
        }
        const part = new DOMParser().parseFromString(body, "text/html");
        shown.replaceChildren(...part.body.childNodes);
        shown.hidden = false;
        shown.focus();
      } catch {
        tell("The preview did not come. Is there a network?");
      } finally {
        button.removeAttribute("aria-busy");
      }
    }

    function frame(button) {
      const before = text.value.trim() ? `${text.value.trimEnd()}\n\n` : "";
      text.value = before + button.dataset.frame;
      form.querySelector("input[name=kind][value=summary]").checked = true;
      const first = text.value.indexOf("\n", before.length) + 1;
      text.focus();
      text.setSelectionRange(first, first);
      changed();
    }

    function changed() {
      countAndSpeak();
      keep();
    }

    text.addEventListener("input", changed);
    form.addEventListener("change", (event) => {
      if (event.target.matches("input[type=radio]")) changed();
    });
    form.addEventListener("submit", async (event) => {
      const button = event.submitter;
      const deed = button?.value ?? "post";
      if (deed === "preview" || deed === "frame") {
        event.preventDefault();
        await (deed === "preview" ? preview(button) : frame(button));
        return;
      }
      clearTimeout(keepingThere);
      if (sent) {
        event.preventDefault(); // the second click of two
        return;
      }
      if (saving) {
        // or its draft would come into being after the note
        event.preventDefault();
        await saving;
        form.requestSubmit(button);
        return;
      }
      clearTimeout(keepingHere);
      if (deed === "discard") forget();
      else keepHere();
      stored(() => sessionStorage.setItem(SENT, path));
      sent = true;
    });
    window.addEventListener("pageshow", () => {
      sent = false; // one may come back to it
    });
    window.addEventListener("pagehide", () => {
      if (!sent && keepingHere) keepHere();
    });

    // Hints: whether they stand open is remembered

    const hints = form.querySelector(".note-hints");
    hints.open = stored(() => localStorage.getItem(HINTS)) === "open";
    hints.addEventListener("toggle", () =>
      stored(() => localStorage.setItem(HINTS, hints.open ? "open" : "closed")),
    );

    form.classList.add("scripted");
    recall();
    count();
  }
}
