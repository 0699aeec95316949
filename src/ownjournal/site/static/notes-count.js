// How long a note is, as a person counts: noteLength(text, headings). The rule is that
// of the server, notes/dialect/counting.py, and so is the reading of the text: both
// are tested with the same cases. This file only counts; it shows nothing.
"use strict";

const noteLength = (() => {
  const MAX_LISTS = 3;
  const MAX_DEPTH = 50;
  const MAX_ADDRESS = 2000;
  const DEFINITION = /^ {0,3}\[\^((?:(?![[\]])[\S\uFEFF]){1,40})\]:([^]*)$/u;
  const HEADING = /^ {0,3}(#{1,6})(?: +|$)/;
  const ITEM = /^( *)([-*]|[0-9]{1,3}\.)( +|$)/;
  const LABEL = /\[\^((?:(?![[\]])[\S\uFEFF]){1,40})\]/uy;
  const TAG = /<(su[pb])>/iy;
  const PAIRED = /\\[^]|[[\]()]|<(\/?)(su[pb])>/gi;
  const ESCAPED = /\\([\\*_[\]()<!#`.-])/g;
  const TARGET =
    /^[ \n]*([\S\uFEFF]+)(?:[ \n]+(?:"[^"]*"|'[^']*'))?[ \n]*$/;
  const SHORT =
    /pmid: ?[1-9][0-9]{0,7}(?![0-9])|doi: ?10\.[0-9]{4,9}(?:\.[0-9]+)*\/(?:(?![[\]"<>])[\S\uFEFF]){1,400}/iuy;
  const WEB =
    /^https?:\/\/(?:[^/?#@\\]*@)?([^/?#@:[\]\\]+|\[[0-9a-f:.]+\])(?::([0-9]{0,5}))?(?:[/?#][^\\<>"]*)?$/i;
  const HOST = /^(?:[a-z0-9_-]+(?:\.[a-z0-9_-]+)*\.?|\[[0-9a-f:.]+\])$/;
  const MAILBOX = /^[A-Za-z0-9_.!#$%&'*+/=?^`{|}~-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)+$/i;
  const DOI = /^10\.[0-9]{4,9}(?:\.[0-9]+)*\/[\S\uFEFF]+$/;
  const MEDIA = /^\/media(?:\/[A-Za-z0-9_-][A-Za-z0-9._-]*)+$/;
  const UNREADABLE =
    /[\0-\x08\x0e-\x1f\x7f-\x9f\u202d\u202e\p{Cs}\p{Noncharacter_Code_Point}]/gu;
  const SPACES = /[\t\n \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/g;
  const WHITE = /^[\t-\r \u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]$/;
  const PUNCTUATION = /^[\p{P}\p{S}]$/u;
  const LETTER_OR_DIGIT = /^[\p{L}\p{N}]$/u;
  const UNSEEN = /^\p{Default_Ignorable_Code_Point}+$/u;

  const readable = (text) =>
    text
      .replace(/\r\n?/g, "\n")
      .replace(/[\v\f]/g, " ")
      .replace(UNREADABLE, "\ufffd");

  const isBlank = (text) => !/[\S\uFEFF]/.test(text);
  const indentOf = (text) => text.length - text.replace(/^ +/, "").length;

  // Not by a pattern, which would look for the end from every place.
  function withoutEnd(text, mark) {
    let end = text.length;
    while (end > 0 && text[end - 1] === mark) end -= 1;
    return text.slice(0, end);
  }

  const trimmed = (text) => withoutEnd(text.replace(/^ +/, ""), " ");

  // Tabs to the next of every fourth column.
  function withoutTabs(line) {
    let column = 0;
    let done = "";
    for (const character of line) {
      const width = character === "\t" ? 4 - (column % 4) : 1;
      done += character === "\t" ? " ".repeat(width) : character;
      column += width;
    }
    return done;
  }

  function itemOf(text) {
    const found = ITEM.exec(text);
    if (!found) return null;
    let rest = text.slice(found[0].length);
    let space = found[3].length;
    if (!rest || space > 4) {
      rest = " ".repeat(Math.max(space - 1, 0)) + rest;
      space = 1;
    }
    return {
      kind: found[2].slice(-1),
      number: found[2].length > 1 ? Number(found[2].slice(0, -1)) : null,
      width: found[1].length + found[2].length + space,
      rest: trimmed(rest) ? rest : "",
    };
  }

  // The texts of paragraphs and headings in order; labels of footnotes go into `labels`.
  function blocksOf(text, headings) {
    const labels = new Set();
    const texts = [];

    function heading(line) {
      const found = HEADING.exec(line);
      if (!found || headings === "all") return found;
      return headings === "second" && found[1] === "##" ? found : null;
    }

    function withoutClosing(line) {
      const text = withoutEnd(line, " ");
      const without = withoutEnd(text, "#");
      return without === "" || without.endsWith(" ") ? without.trimEnd() : text;
    }

    const afterBlanks = (lines, at) => {
      while (at < lines.length && !trimmed(lines[at])) at += 1;
      return at;
    };

    function define(lines, at, found) {
      let end = at + 1;
      let after;
      while ((after = afterBlanks(lines, end)) < lines.length) {
        if (indentOf(lines[after]) < 2) break;
        end = after + 1;
      }
      const body = [found[2], ...lines.slice(at + 1, end)];
      if (body.some(trimmed)) labels.add(found[1]);
      return end;
    }

    function inParagraph(line) {
      let item;
      while ((item = itemOf(line))) line = item.rest;
      return trimmed(line) !== "" && !DEFINITION.test(line) && !heading(line);
    }

    const begins = (line) => DEFINITION.test(line) || heading(line) || itemOf(line);

    function endOfItem(lines, start, item) {
      let at = start + 1;
      let last = item.rest;
      let after;
      while ((after = afterBlanks(lines, at)) < lines.length) {
        const line = lines[after];
        if (!last && after > start + 1 && at === start + 1) break;
        const goesOn = after === at && inParagraph(last) && !begins(line);
        if (indentOf(line) < item.width && !goesOn) break;
        last = line;
        at = after + 1;
      }
      return at;
    }

    function list(lines, at, first, depth) {
      let item = first;
      for (;;) {
        const end = endOfItem(lines, at, item);
        const width = item.width;
        const inside = lines
          .slice(at + 1, end)
          .map((line) => line.slice(Math.min(width, indentOf(line))));
        read([item.rest, ...inside], depth + 1);
        at = end;
        const after = afterBlanks(lines, at);
        item = after < lines.length ? itemOf(lines[after]) : null;
        if (!item || item.kind !== first.kind) return at;
        at = after;
      }
    }

    function interrupts(line, depth) {
      if (!trimmed(line) || DEFINITION.test(line) || heading(line)) return true;
      const item = depth < MAX_LISTS ? itemOf(line) : null;
      return item && item.rest !== "" && (item.number === null || item.number === 1);
    }

    function read(lines, depth) {
      let at = 0;
      while ((at = afterBlanks(lines, at)) < lines.length) {
        const line = lines[at];
        const definition = DEFINITION.exec(line);
        const head = heading(line);
        const item = depth < MAX_LISTS ? itemOf(line) : null;
        if (definition) {
          at = define(lines, at, definition);
        } else if (head) {
          texts.push(withoutClosing(line.slice(head[0].length)));
          at += 1;
        } else if (item) {
          at = list(lines, at, item, depth);
        } else {
          const first = at;
          at += 1;
          while (at < lines.length && !interrupts(lines[at], depth)) at += 1;
          texts.push(lines.slice(first, at).map(trimmed).join("\n"));
        }
      }
    }

    read(text.split("\n").map(withoutTabs), 0);
    return { texts, labels };
  }

  function pairsOf(text) {
    const pairs = new Map();
    const opened = { "[": [], "(": [] };
    const tags = [];
    for (const found of text.matchAll(PAIRED)) {
      const mark = found[0];
      const name = found[2]?.toLowerCase();
      if (mark === "[" || mark === "(") {
        opened[mark].push(found.index);
      } else if (mark === "]" || mark === ")") {
        const around = opened[mark === "]" ? "[" : "("];
        if (around.length) pairs.set(around.pop(), found.index);
      } else if (name && !found[1]) {
        tags.push([name, found.index]);
      } else if (name && tags.length && tags.at(-1)[0] === name) {
        pairs.set(tags.pop()[1], found.index);
      }
    }
    return pairs;
  }

  const unescaped = (text) => text.replace(ESCAPED, "$1");

  function isHost(typed) {
    const host = /^[\0-\x7f]*$/.test(typed)
      ? typed
      : typed.normalize("NFKC").replaceAll("\u3002", ".");
    const label = (each) => (/^[\0-\x7f]*$/.test(each) ? each : `xn--${each}`);
    const labels = host.toLowerCase().split(".").map(label).join(".");
    return HOST.test(labels.replace(/[^\0-\x7f]/g, ""));
  }

  function leads(typed) {
    if (typed.length > MAX_ADDRESS || typed.includes("\ufffd")) return false;
    const [, scheme, rest] = /^([^:]*):?([^]*)$/.exec(typed);
    switch (scheme.toLowerCase()) {
      case "http":
      case "https": {
        const found = WEB.exec(typed);
        return Boolean(found) && isHost(found[1]) && Number(found[2] || 0) <= 65535;
      }
      case "mailto":
        return MAILBOX.test(rest.split("?")[0]);
      case "pmid":
        return /^[1-9][0-9]{0,7}$/.test(rest);
      case "doi":
        return DOI.test(rest);
      default:
        return false;
    }
  }

  function withoutStop(typed) {
    for (;;) {
      let kept = typed.replace(/[.,;:!?'*_]+$/, "");
      const count = (mark) => kept.split(mark).length;
      if (kept.endsWith(")") && count(")") > count("(")) kept = kept.slice(0, -1);
      if (kept === typed) return typed;
      typed = kept;
    }
  }

  // CommonMark's pairs of delimiters, in the form that takes time in proportion to them.
  function pairUp(delimiters) {
    const bottoms = new Map();
    const jumps = [];
    let head = 0;
    let lastPiece = -2;
    delimiters.forEach((closer, closerAt) => {
      jumps.push(0);
      const apart = lastPiece !== closer.piece - 1;
      if (delimiters[head].marker !== closer.marker || apart) head = closerAt;
      lastPiece = closer.piece;
      if (!closer.close) return;
      const key = `${closer.marker}${closer.open}${closer.length % 3}`;
      const bottom = bottoms.get(key) ?? -1;
      let at = head - jumps[head] - 1;
      let newBottom = at;
      while (at > bottom) {
        const opener = delimiters[at];
        const fits =
          opener.marker === closer.marker && opener.open && opener.end < 0;
        const odd =
          (opener.close || closer.open) &&
          (opener.length + closer.length) % 3 === 0 &&
          (opener.length % 3 !== 0 || closer.length % 3 !== 0);
        if (fits && !odd) {
          const jump = at > 0 && !delimiters[at - 1].open ? jumps[at - 1] + 1 : 0;
          jumps[closerAt] = closerAt - at + jump;
          jumps[at] = jump;
          closer.open = false;
          opener.end = closerAt;
          opener.close = false;
          newBottom = -1;
          lastPiece = -2;
          break;
        }
        at -= jumps[at] + 1;
      }
      if (newBottom !== -1) bottoms.set(key, newBottom);
    });
  }

  // What is seen of a paragraph.
  function seenOf(source, labels) {
    const pairs = pairsOf(source);
    const pieces = [];

    const characterBefore = (at) => {
      const two = at > 1 ? source.codePointAt(at - 2) : 0;
      if (two > 0xffff) return String.fromCodePoint(two);
      return at > 0 ? source[at - 1] : " ";
    };

    const characterAt = (at, end) =>
      at < end ? String.fromCodePoint(source.codePointAt(at)) : " ";

    // Reads a part; returns what it has shown in `pieces`.
    function read(start, end, inLink, depth) {
      const delimiters = [];
      let at = start;
      let shortEnd = start; // of the last short form

      const closed = (from) => {
        const found = pairs.get(from);
        return found !== undefined && found < end ? found : null;
      };

      const matched = (pattern, from) => {
        pattern.lastIndex = from;
        const found = pattern.exec(source);
        return found && from + found[0].length <= end ? found : null;
      };

      const typed = (text) => {
        pieces.push(text);
        return true;
      };

      function emphasis() {
        const marker = source[at];
        let after = at;
        while (after < end && source[after] === marker) after += 1;
        const length = after - at;
        const before = characterBefore(at);
        const next = characterAt(after, end);
        const star =
          length === 1 && LETTER_OR_DIGIT.test(before) && /[0-9]/.test(next);
        if (marker === "*" ? star : length > 1) {
          at = after;
          return typed(marker.repeat(length));
        }
        const spaceBefore = WHITE.test(before);
        const spaceAfter = WHITE.test(next);
        const markBefore = PUNCTUATION.test(before);
        const markAfter = PUNCTUATION.test(next);
        const left = !(spaceAfter || (markAfter && !(spaceBefore || markBefore)));
        const right = !(spaceBefore || (markBefore && !(spaceAfter || markAfter)));
        const open = left && (marker === "*" || !right || markBefore);
        const close = right && (marker === "*" || !left || markAfter);
        for (let count = 0; count < length; count += 1) {
          delimiters.push({ marker, length, open, close, end: -1, piece: pieces.length });
          pieces.push(marker);
        }
        at = after;
        return true;
      }

      function raised() {
        const found = matched(TAG, at);
        const until = found ? closed(at) : null;
        if (until === null || until === at + found[0].length) return false;
        read(at + found[0].length, until, inLink, depth + 1);
        at = until + "</sup>".length;
        return true;
      }

      function footnote() {
        const found = inLink ? null : matched(LABEL, at);
        if (!found) return false;
        const after = at + found[0].length;
        const until = source[after] === "(" ? closed(after) : null;
        if (until !== null && !isBlank(source.slice(after + 1, until))) {
          at = until + 1;
          return typed("");
        }
        if (!labels.has(found[1])) return false;
        at = after;
        return typed("");
      }

      // The address in the parentheses that follow, and where they end.
      function target(after) {
        const until = source[after] === "(" ? closed(after) : null;
        if (until === null || until - after > 2 * MAX_ADDRESS) return null;
        const found = TARGET.exec(source.slice(after + 1, until));
        return found ? { address: unescaped(found[1]), end: until + 1 } : null;
      }

      function link() {
        const until = inLink ? null : closed(at);
        const to = until === null ? null : target(until + 1);
        if (!to || !leads(to.address) || isBlank(source.slice(at + 1, until))) {
          return false;
        }
        read(at + 1, until, true, depth + 1);
        at = to.end;
        return true;
      }

      function picture() {
        const until = source[at + 1] === "[" ? closed(at + 1) : null;
        const to = until === null ? null : target(until + 1);
        if (!to) return false;
        const alt = unescaped(source.slice(at + 2, until));
        const remote = /^http/i.test(to.address) && leads(to.address);
        const own = to.address.length <= MAX_ADDRESS && MEDIA.test(to.address);
        const shown = !isBlank(alt) && (own || remote);
        at = shown ? to.end : at + 2;
        return typed(shown ? alt : "![");
      }

      function shortForm() {
        if (inLink) return false;
        const name = /(?:pmid|doi)$/i.exec(source.slice(Math.max(at - 4, start), at));
        if (!name) return false;
        const from = at - name[0].length;
        if (from < shortEnd || LETTER_OR_DIGIT.test(characterBefore(from))) return false;
        const found = matched(SHORT, from);
        const text = found ? withoutStop(found[0]) : "";
        if (!leads(text.replaceAll(" ", ""))) return false;
        at = from + text.length;
        shortEnd = at;
        return typed(text.slice(name[0].length));
      }

      function escaped() {
        if (!/[\\*_[\]()<!#`.-]/.test(source[at + 1] ?? "") || at + 1 >= end) return false;
        at += 2;
        return typed(source[at - 1]);
      }

      const rules = {
        "*": emphasis,
        _: emphasis,
        "<": raised,
        "[": () => footnote() || link(),
        "!": picture,
        ":": shortForm,
        "\\": escaped,
      };
      while (at < end) {
        const rule = depth < MAX_DEPTH ? rules[source[at]] : null;
        if (rule?.()) continue;
        let after = at + 1;
        while (after < end && !(source[after] in rules)) after += 1;
        pieces.push(source.slice(at, after));
        at = after;
      }
      pairUp(delimiters);
      for (const each of delimiters) {
        if (each.end < 0) continue;
        pieces[each.piece] = "";
        pieces[delimiters[each.end].piece] = "";
      }
    }

    read(0, source.length, false, 0);
    return pieces.join("");
  }

  function clusters(text) {
    if (/^[\0-\x7f]*$/.test(text)) return text.length;
    const found = Intl.Segmenter
      ? Array.from(new Intl.Segmenter("en").segment(text), (each) => each.segment)
      : Array.from(text);
    return found.filter((each) => !UNSEEN.test(each)).length;
  }

  // headings: "none", "second" for `##` only, or "all"
  return (text, headings = "none") => {
    const { texts, labels } = blocksOf(readable(text), headings);
    const seen = texts.map((each) => seenOf(each, labels)).join("\n");
    return clusters(seen.replace(SPACES, " ").replace(/^ | $/g, ""));
  };
})();
