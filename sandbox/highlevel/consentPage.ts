import { escaped, page } from "../control/page.ts";
import type { Location } from "./locationRoutes.ts";
import { type Scope, scopeInWords } from "./scopes.ts";

/** What the page asks a person. */
export type Question = {
  readonly appName: string;
  readonly agencyName: string;
  readonly scopes: readonly Scope[];
  readonly locations: readonly Location[];
  /** What was asked for, to be sent along with the answer. */
  readonly asked: Readonly<Record<string, string>>;
  /** Where the browser goes after the answer. */
  readonly redirectUri: string;
};

/** The page on which a person chooses where the app is installed, and agrees or does not. */
export function consentPage(question: Question): string {
  const { appName, agencyName, scopes, locations } = question;
  const hidden = Object.entries(question.asked).map(
    ([name, value]) => `<input type="hidden" name="${escaped(name)}" value="${escaped(value)}">`,
  );
  return page(
    `Connect ${appName}`,
    `<h1>${escaped(appName)} asks for access</h1>
<form method="post">
${hidden.join("\n")}
<h2>It wants to</h2>
<ul>${scopes.map((scope) => `<li>${escaped(scopeInWords(scope))} <code>${escaped(scope)}</code></li>`).join("")}</ul>
<h2>Choose where</h2>
<fieldset><legend>One location</legend>
${locations.map((location, place) => locationChoice(location, place === 0)).join("\n")}
</fieldset>
<fieldset><legend>The agency</legend>
<label><input type="radio" name="choice" value="agency"> ${escaped(agencyName)} <small>the locations ticked here</small></label>
${locations.map(approval).join("\n")}
<label class="within"><input type="checkbox" name="future" value="on"> Also future locations</label>
</fieldset>
<div class="answers">
<button class="main" name="decision" value="grant">Allow access</button>
<button name="decision" value="deny">Deny</button>
</div>
</form>`,
  );
}

function locationChoice({ id, name, timezone }: Location, isFirst: boolean): string {
  const checked = isFirst ? " checked" : "";
  return `<label><input type="radio" name="choice" value="${escaped(id)}"${checked}> ${escaped(name)} <small>${escaped(timezone)}</small></label>`;
}

function approval({ id, name }: Location): string {
  return `<label class="within"><input type="checkbox" name="approved.${escaped(id)}" value="on" checked> ${escaped(name)}</label>`;
}
