import type { Connector, StoredCredential } from "../../kit/index.ts";
import type { AppView } from "../../model/api/connections.ts";
import { Failure } from "../../model/errors.ts";
import { appNameOf, ofMissing } from "../connections/index.ts";
import { CALLBACK } from "../oauth/index.ts";
import { connectorOf, type DeskParts } from "./parts.ts";
import { hasSetting } from "./settings.ts";

/** The operator's own apps, of every partner that has a consent page. */
export async function listApps(parts: DeskParts, workspaceId: string): Promise<AppView[]> {
  const connectors = [...parts.connectors.values()].filter(({ oauth }) => oauth !== undefined);
  return Promise.all(connectors.map((connector) => appView(parts, workspaceId, connector)));
}

async function appView(
  { credentials, publicUrl }: DeskParts,
  workspaceId: string,
  connector: Connector,
): Promise<AppView> {
  const app = await credentials.read(workspaceId, appNameOf(connector.id)).catch(ofMissing);
  return {
    connectorId: connector.id,
    partner: connector.name,
    ...(app?.kind === "consent" && { clientId: app.clientId }),
    redirectUri: publicUrl + CALLBACK,
    ...(connector.webhooks && { webhookUrl: `${publicUrl}/hooks/${connector.id}` }),
    scopes: scopeGroups(connector),
  };
}

/** What an app must be allowed to ask for, by what it is for. Pure. */
export function scopeGroups(connector: Connector): AppView["scopes"] {
  const { oauth } = connector;
  if (oauth === undefined) return [];
  const asked = (more: object) => scopesWith(connector, { [oauth.accountSetting]: "any", ...more });
  const reading = asked({});
  const writing = hasSetting(connector, WRITING_SETTING) ? asked({ [WRITING_SETTING]: true }) : reading;
  return [
    { purpose: "reading" as const, scopes: [...reading] },
    { purpose: "writing" as const, scopes: writing.filter((scope) => !reading.includes(scope)) },
    { purpose: "agency" as const, scopes: [...agencyScopes(connector)] },
  ].filter(({ scopes }) => scopes.length > 0);
}

function agencyScopes({ oauth, settings }: Connector): readonly string[] {
  const parsed = settings.safeParse(oauth === undefined ? {} : { [oauth.accountSetting]: "any" });
  return parsed.success ? (oauth?.agency?.(parsed.data).needs.scopes ?? []) : [];
}

/** The setting by which a connection's writing is turned on, in connectors that ask for it. */
export const WRITING_SETTING = "writing";

/** What a connection with these settings asks for; nothing where they are wrong. */
export function scopesWith({ oauth, settings }: Connector, given: object): readonly string[] {
  const parsed = settings.safeParse(given);
  return oauth === undefined || !parsed.success ? [] : oauth.scopes(parsed.data);
}

/**
 * Keeps the operator's app. A new secret of the same app reaches every connection that is signed in by it.
 * @returns what a person should know
 */
export async function registerApp(
  parts: DeskParts,
  workspaceId: string,
  connectorId: string,
  app: { readonly clientId: string; readonly clientSecret: string },
): Promise<string[]> {
  const connector = connectorOf(parts, connectorId);
  if (connector.oauth === undefined) {
    throw new Failure("rejected", `${connector.name} has no consent page, and so no apps.`);
  }
  await parts.credentials.grant(workspaceId, appNameOf(connectorId), { kind: "consent", ...app });
  const rows = (await parts.store.connections(workspaceId)).filter((row) => row.connectorId === connectorId);
  const renewed: string[] = [];
  for (const row of rows) {
    if (!(await renewSecret(parts, workspaceId, row.id, app))) continue;
    await parts.registry.open(row);
    renewed.push(row.name);
  }
  return renewed.length === 0 ? [] : [`The new secret is used for ${renewed.join(", ")} from now on.`];
}

/** Forgets the operator's app. Tokens that were got by it hold what they need of it. */
export async function forgetApp(parts: DeskParts, workspaceId: string, connectorId: string): Promise<void> {
  connectorOf(parts, connectorId);
  await parts.credentials.forget(workspaceId, appNameOf(connectorId));
}

/** Puts another secret of the same app beside a connection's tokens. @returns whether there was anything to do */
async function renewSecret(
  parts: Pick<DeskParts, "credentials">,
  workspaceId: string,
  connectionId: string,
  app: { readonly clientId: string; readonly clientSecret: string },
): Promise<boolean> {
  const { credentials } = parts;
  const { clientId, clientSecret } = app;
  const access = credentials.accessOf(workspaceId, connectionId);
  const isOld = (held: StoredCredential | undefined) =>
    held !== undefined && held.kind !== "token" && held.clientId === clientId && held.clientSecret !== clientSecret;
  const held = await access.load().catch(ofMissing);
  if (held === undefined || !isOld(held)) return false;
  if (held.kind === "consent") await credentials.grant(workspaceId, connectionId, { ...held, clientSecret });
  // Tokens may be exchanged at this very moment: theirs stays then, and is looked at again.
  else if (held.kind !== "token") await access.store({ ...held, clientSecret });
  const isStillOld = isOld(await credentials.read(workspaceId, connectionId));
  return isStillOld ? renewSecret(parts, workspaceId, connectionId, app) : true;
}
