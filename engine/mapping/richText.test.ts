import fc from "fast-check";
import { expect, test } from "vitest";
import { normalForm } from "./normalForm.ts";
import { formOfReaderText, htmlOf, plainText, readerText } from "./richText.ts";

/** `KITH_RUNS` raises how many invented texts are tried. */
const RUNS = { numRuns: Number(process.env.KITH_RUNS ?? 300) };

const CASES: readonly [rule: string, html: string, seen: string][] = [
  ["N10: emphasis is not seen", "<p>Call <b>Ana</b> <i>soon</i></p>", "Call Ana soon"],
  ["N10: paragraphs are lines", "<p>one</p><p>two</p>", "one\ntwo"],
  ["N10: a break is a line break", "one<br>two<br/>three<BR />four", "one\ntwo\nthree\nfour"],
  ["N10: list items are lines", "<ul><li>one</li><li>two</li></ul>", "one\ntwo"],
  ["N10: cells of a row stand apart", "<tr><td>a</td><td>b</td></tr>", "a b"],
  ["N10: empty paragraphs are not seen", "<p>one</p><p><br></p><p>&nbsp;</p><p>two</p>", "one\ntwo"],
  ["N10: blanks and line breaks of the source are one blank", "<p>one\n   two&nbsp; three</p>", "one two three"],
  [
    "N10: characters written by name or number are characters",
    "&lt;b&gt; &amp; &eacute;&#233;&#xE9; &euro;",
    "<b> & ééé €",
  ],
  ["N10: what is written by an unknown name stays", "AT&T &unknown; &#1114112;", "AT&T &unknown; &#1114112;"],
  [
    "N10: comments, scripts and styles are not seen",
    "a<!-- <b> --><script>if (a<b) x()</script><style>p{}</style>b",
    "ab",
  ],
  ["N10: attributes are not seen, whatever they hold", '<a href="x" title="a > b">link</a>', "link"],
  ["N10: an angle that opens no tag is text", "1 < 2 and <3, a <b", "1 < 2 and <3, a <b"],
  ["N10: text without a tag keeps its own lines", "one\r\n\r\ntwo &amp; more", "one\ntwo & more"],
];

test.each(CASES)("%s", (_rule, html, seen) => {
  expect(readerText(html)).toBe(seen);
});

test("N10: plain text beside formatted text is read as it stands", () => {
  const html = normalForm("richText", "<p>a &lt;b&gt; &amp;amp;</p><p>c</p>", "US");
  const plain = normalForm("richText", "a <b> &amp;\n\n c ", "US", "longText");
  expect(html).toBe(plain);
});

/** Texts full of what could be taken for markup. */
const pieces = [
  "a",
  "b c",
  " ",
  "\n",
  "<",
  ">",
  "&",
  ";",
  "&lt;",
  "&amp;",
  "amp;",
  "lt;",
  "&#60;",
  "#60;",
  "<b>",
  "</p>",
];
const someText = fc.oneof(
  fc.string(),
  fc
    .array(fc.constantFrom(...pieces, "<!--", "-->", "<p>", "<br", '"', "&nbsp;", "é", "e\u0301", "\u0338"), {
      maxLength: 12,
    })
    .map((parts) => parts.join("")),
);

test("N10: the HTML made of a text shows that text", () => {
  fc.assert(
    fc.property(someText, (text) => {
      expect(readerText(htmlOf(text))).toBe(plainText(text));
    }),
    RUNS,
  );
});

test("N1: the form of a formatted text, read as formatted text, is that form", () => {
  fc.assert(
    fc.property(someText, (html) => {
      const form = formOfReaderText(readerText(html));
      expect(formOfReaderText(readerText(form))).toBe(form);
      expect(readerText(form)).toBe(readerText(html));
    }),
    RUNS,
  );
});

test.each([
  ["<a ", "<a <a"],
  ["<!--", "<!--<!--"],
  ["<script>", ""],
  ["<a '\"", ""],
  ["&#", "&#&#"],
])("N10: a long text made of %s is read without looking ahead over and over", (piece, begins) => {
  // Sixty thousand repetitions take minutes where each looks for its own end, and the test's time is over long before.
  const text = readerText(piece.repeat(60_000));
  expect(text.slice(0, begins.length)).toBe(begins);
});
