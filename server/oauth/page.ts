import { createHash } from "node:crypto";
import type { ConsentOutcome, ConsentQuestion } from "./flows.ts";

const STYLE = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { margin: 0; background: light-dark(#f6f7f9, #101318); color: light-dark(#1b2230, #e8ebf0); }
main { max-width: 36rem; margin: 8vh auto; padding: 0 1.25rem; overflow-wrap: anywhere; }
h1 { font-size: 1.5rem; line-height: 1.25; }
h2 { font-size: 1rem; margin: 1.5rem 0 0.25rem; }
ul { margin: 0; padding-left: 1.2rem; }
code { font-size: 0.9em; }
code.copy { display: block; padding: 0.6rem 0.8rem; border-radius: 8px; background: light-dark(#e9ecf1, #1c222b); user-select: all; }
button, a.button { display: inline-block; margin-top: 1.5rem; padding: 0.65rem 1.4rem; border: 0; border-radius: 8px;
  font: inherit; color: #fff; background: #1f5fd6; text-decoration: none; cursor: pointer; }
button:focus-visible, a:focus-visible { outline: 3px solid #7fa8f5; outline-offset: 2px; }
`;

const STYLE_HASH = createHash("sha256").update(STYLE).digest("base64");

/** Headers of a page without scripts, whose form may lead to the partner's pages only. */
export function consentHeaders(consentOrigin?: string): Readonly<Record<string, string>> {
  const targets = ["'self'", ...(consentOrigin === undefined ? [] : [consentOrigin])].join(" ");
  return {
    "content-type": "text/html; charset=utf-8",
    "cache-control": "no-store",
    // Nothing goes to other sites. With `no-referrer` the page's own form would come without an origin, and be refused.
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
    "content-security-policy": `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; form-action ${targets}; base-uri 'none'; frame-ancestors 'none'`,
  };
}

/** What is about to be asked, with the button that leads to the partner. */
export function questionPage({ name, partner, scopes, redirectUri }: ConsentQuestion): string {
  return page(
    `Connect ${name}`,
    `<p>${escaped(partner)} will ask you to choose an account and to agree. Nothing changes before you do.</p>
<h2>Kith asks for</h2>
<ul>${scopes.map((scope) => `<li><code>${escaped(scope)}</code></li>`).join("")}</ul>
<h2>Redirect address</h2>
<p>It must stand in your app's settings at ${escaped(partner)}:</p>
<code class="copy">${escaped(redirectUri)}</code>
<form method="post"><button>Continue to ${escaped(partner)}</button></form>`,
  );
}

/** What came of it, in plain words with what to do. */
export function outcomePage(outcome: ConsentOutcome): string {
  switch (outcome.kind) {
    case "connected":
      return page(
        outcome.problem === undefined ? `${outcome.name} is connected` : `${outcome.name} is signed in, but not ready`,
        outcome.problem === undefined
          ? `<p>${escaped(outcome.partner)} lets Kith in. What waited for it goes on by itself.</p>${others(outcome.others)}${link(connectionPath(outcome.connectionId), "Go to the connection")}`
          : `<p>${escaped(outcome.problem)}</p>${link(connectionPath(outcome.connectionId), "Go to the connection")}`,
      );
    case "agency":
      return page(
        "The agency is connected",
        `<p>${escaped(outcome.partner)} lets Kith in for its accounts. Choose which of them become connections here.</p>${others(outcome.others)}${link(agencyPath(outcome), "Choose accounts")}`,
      );
    case "denied":
      return page(
        `${outcome.name} is not connected`,
        `<p>You did not agree at ${escaped(outcome.partner)}, so nothing was changed.</p>${link(outcome.again, "Connect again")}`,
      );
    case "failed":
      return page(
        "Not connected",
        `<p>${escaped(outcome.message)}</p>${outcome.again === undefined ? link("/", "Go to the overview") : link(outcome.again, "Connect again")}`,
      );
    default:
      return outcome satisfies never;
  }
}

/** Addresses of the dashboard. */
function connectionPath(connectionId: string): string {
  return `/connections/${encodeURIComponent(connectionId)}`;
}

function agencyPath({ connectorId, agencyId }: { readonly connectorId: string; readonly agencyId: string }): string {
  return `/partners/${encodeURIComponent(connectorId)}/agencies/${encodeURIComponent(agencyId)}`;
}

/** Asks whoever is not signed in to the hub to do so first. */
export function signInPage(): string {
  return page(
    "Sign in first",
    "<p>Only the owner of this hub can connect accounts. Run <code>kith link</code> where the hub runs, open the link in this browser, and come back here.</p>",
  );
}

/** The other connections that the same consent signed in. */
function others(names: readonly string[]): string {
  if (names.length === 0) return "";
  return `<h2>Also connected</h2><ul>${names.map((name) => `<li>${escaped(name)}</li>`).join("")}</ul>`;
}

function link(path: string, words: string): string {
  return `<a class="button" href="${escaped(path)}">${escaped(words)}</a>`;
}

function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)} - Kith</title><style>${STYLE}</style></head>
<body><main><h1>${escaped(title)}</h1>
${body}
</main></body></html>`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}
