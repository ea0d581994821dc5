/**
 * Formatted text (HTML) as a reader sees it: lines of words. Emphasis, links, lists and the space between paragraphs are
 * not seen; where a paragraph, a list item or a table row begins, a line begins. Nothing here makes HTML safe to show.
 */

/**
 * A declaration or a tag; quoted attributes may hold angles. What does not end is text, as written: an angle outside of
 * quotes ends the search, so that reading takes time that grows with the length and not with its square.
 */
const MARKUP = /<![a-zA-Z[][^<>]*>|<\?[^<>]*>|<\/?([a-zA-Z][\w:-]*)(?:[\s/](?:[^<>"']|"[^"]*"|'[^']*')*)?>/g;
const BLOCK =
  /^(?:address|article|aside|blockquote|br|dd|div|dl|dt|figcaption|figure|footer|form|h[1-6]|header|hr|li|main|nav|ol|p|pre|section|table|tbody|tfoot|thead|tr|ul)$/i;
const CELL = /^t[dh]$/i;
/** Where something begins that is not shown. */
const HIDDEN = /<!--|<(script|style|head|title|template)(?=[\s>])/gi;

const NAMED: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: " ",
  shy: "\u00AD",
  ndash: "–",
  mdash: "—",
  hellip: "…",
  lsquo: "‘",
  rsquo: "’",
  sbquo: "‚",
  ldquo: "“",
  rdquo: "”",
  bdquo: "„",
  laquo: "«",
  raquo: "»",
  bull: "•",
  middot: "·",
  copy: "©",
  reg: "®",
  trade: "™",
  euro: "€",
  pound: "£",
  yen: "¥",
  cent: "¢",
  sect: "§",
  deg: "°",
  plusmn: "±",
  times: "×",
  divide: "÷",
  frac12: "½",
  iexcl: "¡",
  iquest: "¿",
  szlig: "ß",
  aelig: "æ",
  AElig: "Æ",
  oelig: "œ",
  OElig: "Œ",
  oslash: "ø",
  Oslash: "Ø",
  aring: "å",
  Aring: "Å",
  eth: "ð",
  ETH: "Ð",
  thorn: "þ",
  THORN: "Þ",
};
/** Letters with a mark are named by both, for instance `eacute`. */
const MARKS: Readonly<Record<string, string>> = {
  grave: "\u0300",
  acute: "\u0301",
  circ: "\u0302",
  tilde: "\u0303",
  uml: "\u0308",
  cedil: "\u0327",
  caron: "\u030C",
};
const ENTITY = /&(?:#(\d{1,7})|#[xX]([\da-fA-F]{1,6})|([a-zA-Z]\w{1,7}));/g;

/**
 * The lines that a reader of HTML sees, joined by line breaks. A text without any tag is read as plain text with its own
 * line breaks, since partners keep such in the same fields. Pure; throws never.
 */
export function readerText(html: string): string {
  const shown = withoutHidden(html);
  if (shown.search(MARKUP) === -1) return lines(shown.split(/\r\n|\r|\n/).map(decoded));
  const found: string[] = [];
  let line = "";
  let end = 0;
  for (const match of shown.matchAll(MARKUP)) {
    const name = match[1] ?? "";
    line += decoded(shown.slice(end, match.index)) + (CELL.test(name) ? " " : "");
    end = match.index + match[0].length;
    if (!BLOCK.test(name)) continue;
    found.push(line);
    line = "";
  }
  return lines([...found, line + decoded(shown.slice(end))]);
}

/** HTML without comments, scripts and the like; what does not end is left as it is. */
function withoutHidden(html: string): string {
  const unclosed = new Set<string>();
  let shown = "";
  let end = 0;
  for (const match of html.matchAll(HIDDEN)) {
    const name = match[1]?.toLowerCase() ?? "";
    if (match.index < end || unclosed.has(name)) continue;
    const closing = name === "" ? /-->/g : new RegExp(`</${name}\\s*>`, "gi");
    closing.lastIndex = match.index;
    if (closing.exec(html) === null) {
      unclosed.add(name);
      continue;
    }
    shown += html.slice(end, match.index);
    end = closing.lastIndex;
  }
  return shown + html.slice(end);
}

/** Plain text as a reader sees it: the same lines, without blanks that nobody sees. */
export function plainText(text: string): string {
  return lines(text.split(/\r\n|\r|\n/));
}

/** Plain text as HTML that shows the same lines: one paragraph each. */
export function htmlOf(text: string): string {
  const paragraphs = plainText(text).split("\n");
  return paragraphs.map((line) => `<p>${escaped(line)}</p>`).join("");
}

/**
 * Reader's text in the form in which formatted texts are compared: the text itself, but that what could be read as markup
 * is escaped, so that the form read as HTML is the same text again (N1).
 */
export function formOfReaderText(text: string): string {
  return text
    .replaceAll(ENTITY, (entity) => (decoded(entity) === entity ? entity : `&amp;${entity.slice(1)}`))
    .replaceAll(/<(?=[a-zA-Z/!?])/g, "&lt;");
}

function lines(texts: readonly string[]): string {
  const seen = texts.map((text) => text.normalize("NFC").replaceAll(/\s+/g, " ").trim());
  return seen.filter((line) => line !== "").join("\n");
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/** Character references by their characters; an unknown one stays as written. */
function decoded(text: string): string {
  return text.replaceAll(ENTITY, (entity, decimal?: string, hex?: string, name?: string) => {
    if (name !== undefined) return named(name) ?? entity;
    return character(decimal === undefined ? Number.parseInt(hex ?? "", 16) : Number(decimal)) ?? entity;
  });
}

function named(name: string): string | undefined {
  if (Object.hasOwn(NAMED, name)) return NAMED[name];
  const mark = name.slice(1);
  return Object.hasOwn(MARKS, mark) ? `${name[0]}${MARKS[mark]}`.normalize("NFC") : undefined;
}

function character(code: number): string | undefined {
  const isShown = code === 9 || code === 10 || code === 13 || (code >= 32 && code <= 0x10ffff);
  return isShown && !(code >= 0xd800 && code <= 0xdfff) ? String.fromCodePoint(code) : undefined;
}
