/** Makes the HTML that the product's editor stores for a text as typed: a paragraph for each line. */
export function htmlOfTyped(text: string): string {
  return text
    .split("\n")
    .map((line) => `<p>${escaped(line) || "<br>"}</p>`)
    .join("");
}

/** The text that a screen shows for such HTML: a line for each paragraph and line end, without marks. */
export function shownText(html: string): string {
  return html
    .replaceAll(/\s*\n\s*/g, "")
    .replaceAll("<p><br></p>", "<p></p>")
    .replaceAll(/<br ?\/?>|<\/p>(?=.)|<\/div>(?=.)/gi, "\n")
    .replaceAll(/<[^>]*>/g, "")
    .replaceAll("&nbsp;", " ")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&amp;", "&");
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
