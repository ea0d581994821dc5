import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { pageHeaders, problemPage } from "../control/page.ts";
import type { Settings } from "../control/settings.ts";
import type { Access } from "./access.ts";
import type { Agency } from "./agency.ts";
import { consentPage } from "./consentPage.ts";
import type { Right } from "./grants.ts";
import type { App } from "./installations.ts";
import { asTexts, type Texts } from "./oauthRoutes.ts";
import type { Quirks } from "./quirks.ts";
import { isScope, type Scope } from "./scopes.ts";

/** What the consent page works with. */
export type ConsentParts = {
  readonly access: Access;
  readonly agency: Agency;
  readonly app: Settings<App>;
  readonly clientId: string;
  readonly quirks: () => Quirks;
};

/** A request for consent in which nothing is wrong. */
type Asked = { readonly scopes: readonly Scope[]; readonly redirectUri: string; readonly state: string | undefined };

/** What is wrong with one: shown to the person, as nobody else can be trusted with it. */
type Problem = { readonly problem: string; readonly words: string };

/**
 * Registers the page where a person chooses a location or the agency, under both of its addresses, and what follows the
 * answer: back to the app with a code, or with the word that access was denied.
 */
export function consentRoutes(app: FastifyInstance, parts: ConsentParts): void {
  for (const path of ["/oauth/chooselocation", "/v2/oauth/chooselocation"]) {
    app.get(path, (request, reply) => ask(request, reply, parts));
    app.post(path, (request, reply) => answer(request, reply, parts));
  }
}

function ask(request: FastifyRequest, reply: FastifyReply, parts: ConsentParts): FastifyReply {
  const sent = asTexts(request.query);
  const asked = askedFor(sent, parts);
  if ("problem" in asked) return tellProblem(reply, asked);
  const { agency, app } = parts;
  const html = consentPage({
    appName: app.get().name,
    agencyName: agency.name,
    scopes: asked.scopes,
    locations: agency.locations(),
    asked: onlyAsked(sent),
    redirectUri: asked.redirectUri,
  });
  return reply.headers(pageHeaders(asked.redirectUri)).send(html);
}

function answer(request: FastifyRequest, reply: FastifyReply, parts: ConsentParts): FastifyReply {
  // The link's own query goes along with the form, so that an answer says all that was asked even when typed by hand.
  const sent = { ...asTexts(request.query), ...asTexts(request.body) };
  const asked = askedFor(sent, parts);
  if ("problem" in asked) return tellProblem(reply, asked);
  if (sent.decision === "deny") return sendBack(reply, asked, { error: "access_denied" }, parts);
  const right = rightFor(sent, asked, parts);
  if ("problem" in right) return tellProblem(reply, right);
  return sendBack(reply, asked, { code: parts.access.consent(right) }, parts);
}

function tellProblem(reply: FastifyReply, { problem, words }: Problem): FastifyReply {
  return reply.code(400).headers(pageHeaders()).send(problemPage(problem, words));
}

function sendBack(
  reply: FastifyReply,
  { redirectUri, state }: Asked,
  outcome: Readonly<Record<string, string>>,
  { quirks }: ConsentParts,
): FastifyReply {
  const address = new URL(redirectUri);
  for (const [name, value] of Object.entries(outcome)) address.searchParams.set(name, value);
  if (state !== undefined && quirks().stateEcho === "always") address.searchParams.set("state", state);
  return reply.redirect(address.toString(), 303);
}

function askedFor(sent: Texts, { app, clientId, quirks }: ConsentParts): Asked | Problem {
  const { versionId, redirectUris, scopes: allowed } = app.get();
  if (sent.response_type !== "code") return { problem: "error.responsetype", words: "response_type must be code." };
  if (sent.client_id !== clientId) return { problem: "error.noappfound", words: "No app has this client_id." };
  const version = sent.version_id ?? "";
  const isUnknown = version === "" ? quirks().versionIdAs === "required" : version !== versionId;
  if (isUnknown) return { problem: "error.noversionid", words: "version_id must name a version of the app." };
  const redirectUri = sent.redirect_uri ?? "";
  if (!isRegistered(redirectUri, redirectUris)) {
    return { problem: "error.redirecturi", words: "redirect_uri is not among those registered for the app." };
  }
  const named = (sent.scope ?? "").split(/[ +]/).filter((text) => text !== "");
  const scopes = named.filter(isScope).filter((scope) => allowed.includes(scope));
  if (scopes.length === 0 || scopes.length < named.length) {
    return { problem: "error.scope", words: "scope must name scopes that the app may have, separated by spaces." };
  }
  return { scopes, redirectUri, state: sent.state };
}

const THIS_MACHINE = ["localhost", "127.0.0.1", "[::1]"];

function isRegistered(address: string, registered: readonly string[]): boolean {
  if (!URL.canParse(address)) return false;
  return registered.length > 0 ? registered.includes(address) : THIS_MACHINE.includes(new URL(address).hostname);
}

function rightFor(sent: Texts, { scopes, redirectUri }: Asked, { agency }: ConsentParts): Right | Problem {
  const { companyId } = agency;
  if (sent.choice === "agency") {
    const approvedLocations = agency.locations().flatMap(({ id }) => (sent[`approved.${id}`] === "on" ? [id] : []));
    const installToFuture = sent.future === "on";
    if (approvedLocations.length === 0 && !installToFuture) {
      return { problem: "Nothing was chosen", words: "Tick at least one location of the agency." };
    }
    return { userType: "Company", companyId, scopes, redirectUri, approvedLocations, installToFuture };
  }
  const location = agency.find(sent.choice ?? "");
  if (location === undefined) return { problem: "Nothing was chosen", words: "Choose a location, or the agency." };
  return { userType: "Location", companyId, scopes, redirectUri, locationId: location.id };
}

const ASKED = ["response_type", "client_id", "redirect_uri", "scope", "version_id", "state"];

function onlyAsked(sent: Texts): Record<string, string> {
  return Object.fromEntries(ASKED.flatMap((name) => (sent[name] === undefined ? [] : [[name, sent[name]]])));
}
