import {
  type Connector,
  connectorFor,
  mayWrite,
  oncePer,
  type StoredCredential,
  signsInByItself,
} from "../../kit/index.ts";
import type { ConnectionListRow, ConnectionPageView, ConnectorView } from "../../model/api/connections.ts";
import type { ConnectionView } from "../../model/api/views.ts";
import { CredentialConfig } from "../../model/workspace.ts";
import type { ConnectionRow, SyncRow } from "../../store/port.ts";
import { appNameOf, ofMissing } from "../connections/index.ts";
import { pathOf } from "../oauth/index.ts";
import { scopesWith, WRITING_SETTING } from "./apps.ts";
import { accountOf, type DeskParts } from "./parts.ts";
import { formSchema, hasSetting, settingsSchema, shownSettings } from "./settings.ts";

/** A partner that can be connected, as forms want it. Declarations never change, so it is made once for each. */
export const connectorView = oncePer((connector: Connector): ConnectorView => {
  const { id, name, oauth, ownHosts, resources, operations = [] } = connector;
  return {
    id,
    name,
    credentials: connector.credentials.map(({ kind, label, help }) => ({
      ...{ kind, label, help },
      ...givenFor(kind, connector),
    })),
    settings: settingsSchema(connector),
    ...(oauth && { accountSetting: oauth.accountSetting }),
    ...(asksForWriting(connector) && { writingSetting: WRITING_SETTING }),
    ...(oauth?.agency && hasSetting(connector, AGENCY_SETTING) && { agencySetting: AGENCY_SETTING }),
    ...(ownHosts && { ownHosts: { ...ownHosts } }),
    ...(connector.describedBy && { isDescribed: true as const }),
    resources: Object.keys(resources),
    operations: operations.length,
  };
});

/** The setting by which an agency may be chosen at the consent page. */
const AGENCY_SETTING = "viaAgency";

/** What a person gives for a kind of credential: all that the workspace file has for it, but for its kind. */
function givenFor(
  kind: StoredCredential["kind"],
  { ownGrant }: Connector,
): { readonly schema?: Record<string, unknown> } {
  const shape = CredentialConfig.options.find((option) => option.shape.kind.value === kind);
  // At the partner's page nothing is given here, and the app is registered apart; unless the app signs in by itself.
  if (shape === undefined || (kind === "consent" && ownGrant === undefined)) return {};
  const { properties, required, ...schema } = formSchema(shape);
  const { kind: _kind, ...given } = Object(properties);
  const must = Array.isArray(required) ? required.filter((key) => key !== "kind") : [];
  return { schema: { ...schema, properties: given, required: must } };
}

function asksForWriting(connector: Connector): boolean {
  return connector.canWrite !== undefined && hasSetting(connector, WRITING_SETTING);
}

/** One connection as the list shows it. */
export async function listRow(
  parts: DeskParts,
  row: ConnectionRow,
  connectionView: (row: ConnectionRow) => ConnectionView,
): Promise<ConnectionListRow> {
  const credential = await credentialOf(parts, row);
  return { ...connectionView(row), ...rowFacts(parts, row), signIn: signInOf(credential) };
}

function rowFacts({ connectors, registry }: DeskParts, row: ConnectionRow) {
  const connector = connectorFor(connectors, row);
  const account = connector && accountOf(connector, row.settings);
  const heardAt = registry.find(row.workspaceId, row.id)?.heardAt();
  return {
    ...(account !== undefined && { account }),
    mayWrite: connector === undefined || mayWrite(connector, row.settings),
    ...(heardAt !== undefined && { heardAt }),
    isFromFile: row.isFromFile,
  };
}

function credentialOf(
  { credentials }: DeskParts,
  { workspaceId, id }: ConnectionRow,
): Promise<StoredCredential | undefined> {
  return credentials.read(workspaceId, id).catch(ofMissing);
}

function signInOf(credential: StoredCredential | undefined): ConnectionListRow["signIn"] {
  switch (credential?.kind) {
    case undefined:
      return "none";
    case "consent":
      return "waiting";
    case "minted":
      return "agency";
    case "token":
    case "oauth":
      return credential.kind;
    default:
      return credential satisfies never;
  }
}

/** What the page of one connection shows beside what the list does. */
export async function pageFacts(
  parts: DeskParts,
  row: ConnectionRow,
  syncs: readonly SyncRow[],
): Promise<Omit<ConnectionPageView, keyof ConnectionListRow>> {
  const connector = connectorFor(parts.connectors, row);
  const named = syncs.filter(({ config }) => config.left === row.id || config.right === row.id);
  const taking = { syncs: named.map(({ config: { id, name } }) => ({ id, name })) };
  if (connector === undefined) return { settings: {}, held: [], baseUrls: { ...row.baseUrls }, ...taking };
  const credential = await credentialOf(parts, row);
  const granted = grantedTo(credential);
  const consent = await consentView(parts, connector, row, credential);
  return {
    ...shownSettings(connector, row.settings),
    baseUrls: { ...row.baseUrls },
    ...(granted && { granted: [...granted] }),
    ...(consent && { consent }),
    ...writingView(connector, row),
    ...(connector.webhooks && { webhooks: await webhooksView(parts, connector, row, credential) }),
    ...taking,
  };
}

function grantedTo(credential: StoredCredential | undefined): readonly string[] | undefined {
  return credential?.kind === "oauth" || credential?.kind === "minted" ? credential.scopes : undefined;
}

async function consentView(
  { credentials }: DeskParts,
  connector: Connector,
  row: ConnectionRow,
  credential: StoredCredential | undefined,
): Promise<ConnectionPageView["consent"]> {
  if (connector.oauth === undefined || signsInByItself(connector, row.settings)) return undefined;
  const app = await credentials.read(row.workspaceId, appNameOf(connector.id)).catch(ofMissing);
  const hasOwn = credential !== undefined && credential.kind !== "token";
  const scopes = scopesWith(connector, Object(row.settings));
  const granted = grantedTo(credential);
  return {
    path: pathOf(row.workspaceId, row.id),
    hasApp: app !== undefined || hasOwn,
    scopes: [...scopes],
    missing: granted === undefined ? [] : scopes.filter((scope) => !granted.includes(scope)),
  };
}

async function webhooksView(
  { store, publicUrl }: DeskParts,
  { id: connectorId, credentials, hasGivenAddresses }: Connector,
  { workspaceId, id }: ConnectionRow,
  credential: StoredCredential | undefined,
): Promise<NonNullable<ConnectionPageView["webhooks"]>> {
  const lastAt = await store.lastDeliveryAt(workspaceId, id);
  const reasonForNone = credentials.find(({ kind }) => kind === credential?.kind)?.noMessages;
  return {
    ...(lastAt !== undefined && { lastAt }),
    ...(reasonForNone !== undefined && { reasonForNone }),
    ...(hasGivenAddresses && { address: `${publicUrl}/hooks/${connectorId}/${id}` }),
  };
}

function writingView(connector: Connector, row: ConnectionRow): Pick<ConnectionPageView, "writing"> {
  if (!asksForWriting(connector)) return {};
  const settings = Object(row.settings);
  const [off, on] = [false, true].map((isOn) => scopesWith(connector, { ...settings, [WRITING_SETTING]: isOn }));
  const asks = on?.filter((scope) => off?.includes(scope) !== true) ?? [];
  return { writing: { setting: WRITING_SETTING, isOn: mayWrite(connector, row.settings), asks } };
}
