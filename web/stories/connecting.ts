import type { AppView, ConnectionListRow, ConnectionPageView, ConnectorView } from "../../model/api/connections.ts";
import type { HandCallView } from "../../model/api/operations.ts";
import { aConnection, STORY_NOW } from "./builders.ts";

/** One row of the list of connections: a HighLevel location that is read and not written. */
export function aConnectionRow(different: Partial<ConnectionListRow> = {}): ConnectionListRow {
  return {
    ...aConnection({ isSandbox: false }),
    account: "ve9EPM428h8vShlRW1KT",
    signIn: "oauth",
    mayWrite: false,
    heardAt: STORY_NOW - 4_000,
    isFromFile: false,
    ...different,
  };
}

/** One connection in full. */
export function aConnectionPage(different: Partial<ConnectionPageView> = {}): ConnectionPageView {
  return {
    ...aConnectionRow(),
    settings: { locationId: "ve9EPM428h8vShlRW1KT" },
    baseUrls: {},
    held: [],
    consent: { path: "/connect/w/highlevel", hasApp: true, scopes: ["contacts.readonly"], missing: [] },
    writing: { setting: "writing", isOn: false, asks: ["contacts.write"] },
    webhooks: { lastAt: STORY_NOW - 90_000 },
    syncs: [{ id: "contacts", name: "Contacts" }],
    ...different,
  };
}

/** What HighLevel declares, in short. */
export function aConnector(different: Partial<ConnectorView> = {}): ConnectorView {
  return {
    id: "highlevel",
    name: "HighLevel",
    credentials: [
      { kind: "consent", label: "Consent page", help: "By an app of your own." },
      {
        kind: "token",
        label: "Private integration token",
        help: "It begins with pit- and is shown once.",
        schema: { properties: { token: { type: "string", writeOnly: true } }, required: ["token"] },
      },
    ],
    settings: {
      properties: {
        locationId: { type: "string", description: "Id of the location." },
        writing: { type: "boolean", default: false, description: "Whether the hub may change things there." },
        viaAgency: { type: "boolean", default: false, description: "Whether the agency may be chosen." },
        country: { type: "string", default: "US", description: "Country of phones." },
        workflowSecret: { type: "string", writeOnly: true, description: "Secret of workflows." },
      },
      required: ["locationId"],
    },
    accountSetting: "locationId",
    writingSetting: "writing",
    agencySetting: "viaAgency",
    ownHosts: { marketplace: "Where the consent page is." },
    resources: ["contact", "note"],
    operations: 153,
    ...different,
  };
}

/** The operator's app at HighLevel, registered. */
export function anApp(different: Partial<AppView> = {}): AppView {
  return {
    connectorId: "highlevel",
    partner: "HighLevel",
    clientId: "665f00000000000000000001-kith",
    redirectUri: "https://kith.example/connect/callback",
    webhookUrl: "https://kith.example/hooks/highlevel",
    scopes: [
      { purpose: "reading", scopes: ["contacts.readonly", "locations.readonly"] },
      { purpose: "writing", scopes: ["contacts.write"] },
    ],
    ...different,
  };
}

/** A note that somebody made by hand. */
export function aHandCall(different: Partial<HandCallView> = {}): HandCallView {
  return {
    id: "call-1",
    operationId: "note.create",
    title: "Create a note",
    at: STORY_NOW - 60_000,
    by: "program",
    effect: "creates",
    outcome: "done",
    input: { contactId: "ocQHyuzH", body: "Prefers mornings." },
    calls: [{ method: "POST", path: "/contacts/ocQHyuzH/notes", status: 201, ms: 41 }],
    ms: 44,
    ...different,
  };
}
