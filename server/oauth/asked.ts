import { z } from "zod";
import { type AppRegistration, checkedSettings, connectorFor, consentOf, signsInByItself } from "../../kit/index.ts";
import { Failure } from "../../model/errors.ts";
import type { ConnectionRow } from "../../store/port.ts";
import { appNameOf, ofMissing } from "../connections/index.ts";
import { type Connectable, ConnectionDraft, type ConsentFor, type ConsentParts } from "./parts.ts";

/** The hub's own page for connecting a connection. */
export function pathOf(workspaceId: string, connectionId: string): string {
  return `/connect/${encodeURIComponent(workspaceId)}/${encodeURIComponent(connectionId)}`;
}

/**
 * The hub's own page for connecting what is not there yet. What is to be made travels in the address, sealed: nobody else
 * can send the owner to a page that asks in their name for something of somebody's own choosing.
 */
export async function newPathOf(
  { vault, clock }: Pick<ConsentParts, "vault" | "clock">,
  workspaceId: string,
  draft: ConnectionDraft,
): Promise<string> {
  const until = clock.now() + DRAFT_MS;
  const sealed = await vault.seal(draftNameOf(workspaceId), JSON.stringify({ draft, until }));
  return `${NEW_PATH}/${encodeURIComponent(workspaceId)}?${new URLSearchParams({ draft: sealed })}`;
}

/** What an address of `newPathOf` holds. @throws Failure `not_found` for what is none of ours, or too old */
export async function draftOf(
  { vault, clock }: Pick<ConsentParts, "vault" | "clock">,
  workspaceId: string,
  sealed: string,
): Promise<ConnectionDraft> {
  const text = await vault.open(draftNameOf(workspaceId), sealed).catch(() => undefined);
  const kept = text === undefined ? undefined : Sealed.parse(JSON.parse(text));
  if (kept !== undefined && clock.now() < kept.until) return kept.draft;
  throw new Failure("not_found", "This address is not good any more. Begin again under Connections.");
}

/** Where new connections are asked for; no workspace has this id, as ids hold no underscore. */
export const NEW_PATH = "/connect/_new";
const DRAFT_MS = 3_600_000;
const Sealed = z.strictObject({ draft: ConnectionDraft, until: z.number() });

function draftNameOf(workspaceId: string): string {
  return `draft:${workspaceId}`;
}

/**
 * All that asking takes.
 * @throws Failure `not_found`, or `misconfigured` where there is no consent page, no app, or settings are wrong
 */
export function connectable(parts: ConsentParts, workspaceId: string, what: ConsentFor): Promise<Connectable> {
  return what.kind === "connection"
    ? connectableRow(parts, workspaceId, what.connectionId)
    : connectableDraft(parts, workspaceId, what.draft);
}

async function connectableRow(parts: ConsentParts, workspaceId: string, connectionId: string): Promise<Connectable> {
  const row = await parts.store.connection(workspaceId, connectionId);
  if (row === undefined) throw new Failure("not_found", `There is no connection ${connectionId} in ${workspaceId}.`);
  const connector = connectorFor(parts.connectors, row);
  const consent = connector && consentOf(connector, row);
  if (connector === undefined || consent === undefined) throw withoutPage(row.name);
  const settings = checkedSettings(connector, row);
  const app = await appOf(parts, row);
  const { name } = row;
  return { workspaceId, name, connector, settings, consent, app, path: pathOf(workspaceId, connectionId), row };
}

/** Stands for the account while it is not chosen; what is asked for does not depend on it. */
const UNCHOSEN = "unchosen";

async function connectableDraft(
  parts: ConsentParts,
  workspaceId: string,
  draft: ConnectionDraft,
): Promise<Connectable> {
  const { name, connectorId } = draft;
  const connector = connectorFor(parts.connectors, draft);
  if (connector === undefined) throw new Failure("not_found", `There is no ${connectorId} to connect.`);
  if (connector.oauth === undefined) throw withoutPage(name);
  const baseUrls = await parts.addressesFor(workspaceId, draft);
  const stand = {
    id: "new",
    name,
    settings: { ...draft.settings, [connector.oauth.accountSetting]: UNCHOSEN },
    baseUrls,
  };
  const consent = consentOf(connector, stand);
  if (consent === undefined) throw withoutPage(name);
  const settings = checkedSettings(connector, stand);
  const app = await registeredApp(parts, workspaceId, connectorId);
  if (app === undefined) throw withoutApp(connector.name);
  const path = await newPathOf(parts, workspaceId, draft);
  return { workspaceId, name, connector, settings, consent, app, path, draft: { ...draft, baseUrls: { ...baseUrls } } };
}

/** The operator's own app at the partner: the one registered in the dashboard, else the one that was applied. */
async function appOf(parts: ConsentParts, row: ConnectionRow): Promise<AppRegistration> {
  const registered = await registeredApp(parts, row.workspaceId, row.connectorId);
  if (registered !== undefined) return registered;
  const credential = await parts.credentials.read(row.workspaceId, row.id).catch(ofMissing);
  if (credential !== undefined && credential.kind !== "token") {
    return { clientId: credential.clientId, clientSecret: credential.clientSecret };
  }
  throw withoutApp(row.name);
}

async function registeredApp(
  { credentials }: ConsentParts,
  workspaceId: string,
  connectorId: string,
): Promise<AppRegistration | undefined> {
  const app = await credentials.read(workspaceId, appNameOf(connectorId)).catch(ofMissing);
  return app?.kind === "consent" ? { clientId: app.clientId, clientSecret: app.clientSecret } : undefined;
}

function withoutApp(name: string): Failure {
  return new Failure(
    "misconfigured",
    `To connect ${name} by consent, register your app's client id and secret under Connections, or apply the connection with \`credential: { kind: consent }\`.`,
  );
}

function withoutPage(name: string): Failure {
  return new Failure("misconfigured", `${name} has no consent page: it is signed in with a credential.`);
}

/** Why a connection should be signed in anew, in plain words, and how by command or page. */
export interface ReasonToConnect {
  readonly what: string;
  readonly how: string;
}

/** @returns `undefined` where nothing speaks for signing it in anew */
export async function reasonToConnect(
  parts: Pick<ConsentParts, "store" | "connectors" | "credentials">,
  workspaceId: string,
  connectionId: string,
): Promise<ReasonToConnect | undefined> {
  const row = await parts.store.connection(workspaceId, connectionId);
  const connector = row && connectorFor(parts.connectors, row);
  if (row === undefined || connector === undefined || signsInByItself(connector, row.settings)) return undefined;
  const consent = consentOf(connector, row);
  if (consent === undefined) return undefined;
  const { partner, scopes } = consent;
  const credential = await parts.credentials.read(workspaceId, connectionId).catch(ofMissing);
  const how = `run \`kith connect ${connectionId}\`, or connect it on its page`;
  if (credential === undefined || credential.kind === "consent")
    return { what: `it is not signed in to ${partner} yet`, how };
  if (credential.kind === "token" || credential.scopes === undefined) return undefined;
  const granted = new Set(credential.scopes);
  const missing = scopes.filter((scope) => !granted.has(scope));
  if (missing.length === 0) return undefined;
  return { what: `${partner} has not granted ${missing.join(", ")}, which its settings ask for`, how };
}
