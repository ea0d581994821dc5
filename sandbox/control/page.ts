import { createHash } from "node:crypto";

const STYLE = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { margin: 0; background: light-dark(#f2f4f7, #14171c); color: light-dark(#1c2430, #e6e9ee); }
main { max-width: 34rem; margin: 3rem auto; padding: 2rem; border-radius: 12px; background: light-dark(#fff, #1e232b);
  box-shadow: 0 1px 3px rgb(0 0 0 / 0.2); }
h1 { margin-top: 0; font-size: 1.35rem; }
h2 { font-size: 1rem; margin: 1.5rem 0 0.5rem; }
ul { padding-left: 1.2rem; margin: 0; }
code { color: light-dark(#5b6675, #9aa5b4); font-size: 0.8rem; }
fieldset { border: 1px solid light-dark(#d5dae1, #39414d); border-radius: 8px; margin: 0 0 0.75rem; padding: 0.75rem 1rem; }
label { display: block; padding: 0.25rem 0; }
label.within { padding-left: 1.75rem; }
small { color: light-dark(#5b6675, #9aa5b4); }
.answers { display: flex; gap: 0.75rem; margin-top: 1.5rem; }
button { font: inherit; padding: 0.55rem 1.4rem; border-radius: 8px; border: 1px solid light-dark(#b9c1cc, #4a5462);
  background: none; color: inherit; cursor: pointer; }
button.main { background: #155eef; border-color: #155eef; color: #fff; }
button:focus-visible, input:focus-visible { outline: 3px solid #84adff; outline-offset: 2px; }
`;

const STYLE_HASH = createHash("sha256").update(STYLE).digest("base64");

/** Headers of a page that runs no scripts and sends its form only to where the answer goes. */
export function pageHeaders(redirectUri?: string): Readonly<Record<string, string>> {
  const targets = ["'self'", ...(redirectUri === undefined ? [] : [new URL(redirectUri).origin])].join(" ");
  return {
    "content-type": "text/html; charset=utf-8",
    "cache-control": "no-store",
    "referrer-policy": "no-referrer",
    "content-security-policy": `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; form-action ${targets}; base-uri 'none'; frame-ancestors 'none'`,
  };
}

/** A page of an emulated product. `content` is HTML: texts in it have gone through `escaped`. */
export function page(title: string, content: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
${content}
</main>
</body>
</html>
`;
}

/** A page that says what is wrong with the link that led here. `code` is what the product itself prints, if known. */
export function problemPage(code: string, words: string): string {
  return page("Something is wrong with this link", `<h1>${escaped(code)}</h1>\n<p>${escaped(words)}</p>`);
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** A text as it may stand in a page. */
export function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (letter) => ENTITIES[letter] ?? letter);
}
