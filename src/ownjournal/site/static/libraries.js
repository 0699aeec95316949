// The reader's libraries: links to an article by way of each, and the dialog in
// which they are chosen. Without this file the same is done by pages of their own.
//
// Where a reader works stays in this browser, or in the reader's account: the
// whole list of libraries is fetched and searched here, and links are made here.
// The first part makes links as ownjournal/pubmed/libraries.py does; both are
// held to tests/pubmed/data/libraries.json.
"use strict";

const libraries = (() => {
  const MISSING = {
    doi: "a DOI", pmid: "a PMID", pmcid: "a PMCID", url: "a DOI", issn: "an ISSN",
    title: "a title", journal: "a journal", volume: "a volume", issue: "an issue",
    page: "a page", year: "a year", author: "an author",
  };
  const LONGEST = 500;
  const PLACE = /^https:\/\/((?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)(?::([1-9][0-9]{0,4}))?\//;
  const SIGNS = /^(?:[A-Za-z0-9._~!$&()*+,;=:@/?{}[\]-]|%[0-9A-Fa-f]{2})*$/;
  const KEY = /\{([^{}]*)\}/g;
  const LIBKEY = /^https:\/\/libkey\.io\/(?:libraries\/[0-9]{1,9}\/)?$/;
  const DOI = /^10\.[0-9]{4,9}(?:\.[0-9]+)*\/\S+$/;

  const encode = (text) =>
    encodeURIComponent(text).replace(
      /[!'()*]/g,
      (sign) => "%" + sign.charCodeAt(0).toString(16).toUpperCase(),
    );
  const encodePath = (text) => encode(text).replaceAll("%2F", "/");
  const keysOf = (text) => [...text.matchAll(KEY)].map((found) => found[1]);
  const has = (object, key) => Object.hasOwn(object, key);

  // Whether a template is in the form in which the server keeps it. What lies in
  // local storage is no more trusted than what comes from elsewhere.
  function isTemplate(kind, template) {
    if (typeof template !== "string" || template.length > LONGEST) return false;
    const place = PLACE.exec(template);
    if (!place || /\.(?:[0-9]+|0x[0-9a-f]*)$/.test(place[1])) return false;
    if (place[2] && (Number(place[2]) > 65535 || place[2] === "443")) return false;
    if (!SIGNS.test(template.slice(place[0].length))) return false;
    const keys = keysOf(template);
    const braces = template.split(/[{}]/).length - 1;
    if (braces !== 2 * keys.length) return false;
    if (!keys.every((key) => has(MISSING, key))) return false;
    const marks = template.split("$@").length - 1;
    if (kind === "openurl") return keys.length + marks === 0;
    if (kind === "libkey") return LIBKEY.test(template);
    if (kind === "template") return keys.length > 0 && marks === 0;
    if (kind !== "proxy") return false;
    const only = keys.every((key) => key === "url");
    return only && keys.length + marks === 1 && (!marks || template.endsWith("$@"));
  }

  function valuesOf(article) {
    const pairs = {};
    const ids = {};
    for (const [key, value] of new URLSearchParams(article.openurl)) {
      if (key !== "rft_id") {
        pairs[key.replace(/^rft\./, "")] = value;
        continue;
      }
      const [, name, id] = /^(?:info:)?([^/]*)\/(.*)$/s.exec(value) ?? [];
      if (name) ids[name] = id;
    }
    return {
      doi: ids.doi,
      pmid: ids.pmid,
      pmcid: article.pmcid,
      url: DOI.test(ids.doi ?? "") ? "https://doi.org/" + encodePath(ids.doi) : undefined,
      issn: pairs.issn || pairs.eissn,
      title: pairs.atitle || pairs.btitle,
      journal: pairs.jtitle || pairs.btitle,
      volume: pairs.volume,
      issue: pairs.issue,
      page: pairs.spage || pairs.artnum,
      year: pairs.date?.slice(0, 4),
      author: pairs.aulast || pairs.aucorp,
    };
  }

  const missing = (key) => ({
    url: null,
    reason: `This link needs ${MISSING[key]}, which the article does not have.`,
  });

  function filled(template, values) {
    if (template.endsWith("$@")) {
      if (!values.url) return missing("url");
      return { url: template.slice(0, -2) + values.url, reason: null };
    }
    const place = template.indexOf("?");
    const path = place < 0 ? template : template.slice(0, place);
    const query = place < 0 ? "" : template.slice(place);
    for (const key of keysOf(path)) if (!values[key]) return missing(key);
    const asked = keysOf(query);
    if (asked.length && !keysOf(path).length && !asked.some((key) => values[key])) {
      return missing(asked[0]);
    }
    const url =
      path.replace(KEY, (_, key) => encodePath(values[key])) +
      query.replace(KEY, (_, key) => encode(values[key] ?? ""));
    return { url, reason: null };
  }

  // { url, reason }: one of them is null. The template must be one.
  function way(kind, template, article) {
    if (kind === "openurl") {
      const mark = /[?&]$/.test(template) ? "" : template.includes("?") ? "&" : "?";
      const url = `${template}${mark}url_ver=Z39.88-2004&${article.openurl}`;
      return { url, reason: null };
    }
    const values = valuesOf(article);
    if (kind === "libkey") {
      return { url: template + encodePath(values.doi || values.pmid), reason: null };
    }
    return filled(template, values);
  }

  return { isTemplate, way };
})();

// What a browser keeps, for whoever has no account.
const kept = (() => {
  const KEY = "ownjournal.libraries";
  const MOST = 20;

  const isLibrary = (each) =>
    each !== null && typeof each === "object" && Number.isSafeInteger(each.id) &&
    typeof each.name === "string" && each.name.length <= 200 &&
    libraries.isTemplate(each.kind, each.template);

  function read() {
    try {
      const list = JSON.parse(localStorage.getItem(KEY));
      return Array.isArray(list) ? list.filter(isLibrary).slice(0, MOST) : [];
    } catch {
      return []; // no storage, or not ours
    }
  }

  function write(list) {
    const plain = list.map(({ id, name, kind, template }) => ({ id, name, kind, template }));
    try {
      if (plain.length) localStorage.setItem(KEY, JSON.stringify(plain));
      else localStorage.removeItem(KEY);
      return true;
    } catch {
      return false;
    }
  }

  return { MOST, isLibrary, read, write };
})();

// What the server keeps, for whoever is signed in.
const account = (() => {
  async function answer(response) {
    if (!response.ok) throw new Error(`status ${response.status}`);
    return (await response.json()).libraries.filter(kept.isLibrary);
  }

  const read = async (address) =>
    answer(await fetch(address, { headers: { Accept: "application/json" } }));

  async function write(address, list) {
    const token = document.querySelector("input[name=csrfmiddlewaretoken]");
    return answer(await fetch(address, {
      method: "POST",
      headers: { "X-CSRFToken": token ? token.value : "" },
      body: new URLSearchParams(list.map((each) => ["library", each.id])),
    }));
  }

  return { read, write };
})();

// The words of a name or a search in their plainest form; as readers/institutions/
// words.py has them.
function wordsOf(text) {
  const PLAIN = { ø: "o", ł: "l", đ: "d", ð: "d", þ: "th", æ: "ae", œ: "oe", ı: "i", ß: "ss" };
  return text.normalize("NFKD").toLowerCase()
    .replace(/[øłđðþæœıß]/g, (sign) => PLAIN[sign])
    .replace(/\p{M}/gu, "")
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
}

function element(name, properties, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key in made) made[key] = value;
    else made.setAttribute(key, value);
  }
  made.append(...children.filter((child) => child !== null));
  return made;
}

const quiet = (text) => element("span", { className: "meta" }, text);
const unseen = (text) => element("span", { className: "hidden" }, text);

// A link as the server writes it, or the reason why there is none.
function linkTo(library, article) {
  const { url, reason } = libraries.way(library.kind, library.template, article);
  if (url === null) return quiet(`${library.name}: ${reason}`);
  return element(
    "a",
    { className: "button quiet", href: url, rel: "noopener noreferrer" },
    library.name,
  );
}

class Picker {
  static SHOWN = 30;
  static KINDS = {
    openurl: "Link resolver", proxy: "Proxy", libkey: "LibKey", template: "Search page",
  };

  constructor(place) {
    this.place = place;
    this.list = place.querySelector(".ways");
    this.mine = place.dataset.mine;
    this.article = place.dataset.openurl
      ? { openurl: place.dataset.openurl, pmcid: place.dataset.pmcid || undefined }
      : null;
    this.chosen = [];
    this.registry = null;
    const opener = place.querySelector("[data-choose]");
    opener.hidden = false;
    opener.setAttribute("aria-haspopup", "dialog");
    opener.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      this.open();
    });
  }

  // The server has written the links of whoever is signed in; the first time after
  // signing in, those of the browser join them.
  async begin() {
    const here = kept.read();
    if (!this.mine) {
      this.chosen = here;
      this.render();
    } else if (here.length) {
      try {
        const there = await account.read(this.mine);
        const ids = new Set(there.map((each) => each.id));
        this.chosen = await account.write(
          this.mine, [...there, ...here.filter((each) => !ids.has(each.id))],
        );
        kept.write([]);
        this.render();
      } catch {
        // they stay in the browser, for the next time
      }
    }
  }

  render() {
    const items = this.chosen.map((library) =>
      element("li", {}, this.article ? linkTo(library, this.article) : library.name));
    this.list.replaceChildren(...items);
  }

  async open() {
    if (!this.dialog) this.build();
    this.dialog.showModal();
    if (this.registry) return;
    this.say("Loading the list of libraries…");
    try {
      if (this.mine) this.chosen = await account.read(this.mine);
      const response = await fetch(this.place.dataset.registry);
      if (!response.ok) throw new Error(`status ${response.status}`);
      this.takeIn(await response.json());
      this.say("");
    } catch {
      this.say("The list could not be loaded. Please try again later.");
    }
    this.renderChosen();
    this.renderFound();
  }

  takeIn({ known, institutions }) {
    this.known = known;
    this.registry = new Map();
    for (const [id, name, country, kind, template, others, note] of institutions) {
      const library = { id, name, country, kind, template, note };
      if (!kept.isLibrary(library)) continue;
      library.words = " " + wordsOf([name, others ?? "", country ?? ""].join(" ")).join(" ");
      this.registry.set(id, library);
    }
    // a link that the operator has mended is mended here too
    this.chosen = this.chosen.map((each) => this.registry.get(each.id) ?? each);
    if (!this.mine) {
      kept.write(this.chosen);
      this.render();
    }
  }

  build() {
    this.query = element("input", {
      id: "library-search", type: "search", autocomplete: "off", maxLength: 100,
      autofocus: true,
    });
    this.query.addEventListener("input", () => {
      if (this.registry) this.say("");
      this.renderFound();
    });
    this.status = element("p", { className: "help", role: "status" });
    this.ordered = element("ol", { className: "picks" });
    this.found = element("ul", { className: "picks" });
    const close = element("button", { type: "button", className: "button" }, "Done");
    close.addEventListener("click", () => this.dialog.close());
    const where = this.mine
      ? "Your list is kept in your account."
      : "Your list stays in this browser and is told to nobody, us included.";
    this.dialog = element(
      "dialog",
      { className: "picker", "aria-labelledby": "picker-title" },
      element(
        "div", { className: "picker-head" },
        element("h2", { id: "picker-title" }, "Your libraries"), close,
      ),
      this.ordered,
      element("label", { htmlFor: "library-search" }, "Name or country of your institution"),
      this.query,
      this.status,
      this.found,
      element(
        "p", { className: "help" }, where, " Is yours missing? ",
        element("a", { href: "/libraries/propose" }, "Propose it."),
      ),
    );
    document.body.append(this.dialog);
  }

  say(text) {
    this.status.textContent = text;
  }

  // Keep the new list and show it; `said` is told to whoever cannot see it.
  async change(list, said) {
    const before = this.chosen;
    this.chosen = list;
    this.renderChosen();
    this.renderFound();
    try {
      if (this.mine) await account.write(this.mine, list);
      else if (!kept.write(list)) throw new Error("no storage");
      this.say(said);
    } catch {
      this.chosen = before;
      this.renderChosen();
      this.renderFound();
      this.say("This could not be saved.");
    }
    this.render();
  }

  renderChosen() {
    this.ordered.hidden = this.chosen.length === 0;
    this.ordered.replaceChildren(...this.chosen.map((library, place) =>
      element(
        "li", {},
        element("span", {}, library.name, " ", this.about(library)),
        element(
          "span", { className: "actions" },
          place ? this.mover(library, place, -1, "Up") : null,
          place < this.chosen.length - 1 ? this.mover(library, place, 1, "Down") : null,
          this.remover(library, place),
        ),
      )));
  }

  about(library) {
    const facts = [library.country, Picker.KINDS[library.kind], library.note].filter(Boolean);
    const told = quiet(facts.join(" · "));
    if (this.known && this.chosen.includes(library)) {
      const { url } = libraries.way(library.kind, library.template, {
        openurl: this.known.openurl, pmcid: this.known.pmcid ?? undefined,
      });
      if (url) {
        told.append(" · ", element(
          "a", { href: url, target: "_blank", rel: "noopener noreferrer" },
          "Test", unseen(` ${library.name} in a new window`),
        ));
      }
      told.append(" · ", element(
        "a", { href: `/libraries/${library.id}/report` },
        "Report a broken link", unseen(` of ${library.name}`),
      ));
    }
    return told;
  }

  button(text, library, act) {
    const made = element(
      "button", { type: "button", className: "button quiet" },
      text, unseen(` ${library.name}`),
    );
    made.addEventListener("click", act);
    return made;
  }

  mover(library, place, step, text) {
    return this.button(text, library, () => {
      const list = [...this.chosen];
      list.splice(place, 1);
      list.splice(place + step, 0, library);
      this.change(list, `${library.name} is number ${place + step + 1} of ${list.length}.`);
      const buttons = [...this.ordered.children[place + step].querySelectorAll("button")];
      (buttons.find((each) => each.textContent.startsWith(text)) ?? buttons[0]).focus();
    });
  }

  remover(library, place) {
    return this.button("Remove", library, () => {
      const list = this.chosen.filter((each) => each !== library);
      this.change(list, `${library.name} is removed.`);
      const next = this.ordered.children[Math.min(place, list.length - 1)];
      (next ? next.querySelector("button:last-child") : this.query).focus();
    });
  }

  renderFound() {
    const wanted = wordsOf(this.query.value).slice(0, 10);
    const ids = new Set(this.chosen.map((each) => each.id));
    const all = wanted.length && this.registry
      ? [...this.registry.values()].filter((library) =>
          !ids.has(library.id) && wanted.every((word) => library.words.includes(` ${word}`)))
      : [];
    const shown = all.slice(0, Picker.SHOWN);
    this.found.hidden = shown.length === 0;
    this.found.replaceChildren(...shown.map((library) =>
      element(
        "li", {},
        element("span", {}, library.name, " ", this.about(library)),
        this.adder(library),
      )));
    if (!this.registry) return;
    if (!this.registry.size) this.say("This site lists no library yet. Propose yours below.");
    if (!wanted.length || !this.registry.size) return;
    const more = all.length > shown.length ? ` The first ${shown.length} are shown.` : "";
    this.say(`${all.length} found.${more}`);
  }

  adder(library) {
    return this.button("Add", library, () => {
      if (this.chosen.length >= kept.MOST) {
        this.say(`You have ${kept.MOST} libraries, which is the most there can be.`);
        return;
      }
      this.change([...this.chosen, library], `${library.name} is added.`);
      this.query.focus();
    });
  }
}

for (const place of document.querySelectorAll("[data-libraries]")) {
  new Picker(place).begin();
}
