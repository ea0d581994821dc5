import { z } from "zod";
import { CredentialConfig } from "../workspace.ts";
import { ConnectionView } from "./views.ts";

/** Connecting partners, as it enters and leaves the hub. No secret ever leaves. */

/** A shape as JSON Schema; forms are drawn from it. What is `writeOnly` there is taken and never shown. */
const SchemaView = z.record(z.string(), z.unknown());

/** A way of signing in to a partner. */
export const CredentialFormView = z.object({
  kind: z.string(),
  label: z.string(),
  /** How a person obtains it, one sentence. */
  help: z.string(),
  /** What is given: nothing where a person agrees at the partner's own page. */
  schema: SchemaView.optional(),
});
export type CredentialFormView = z.infer<typeof CredentialFormView>;

/** A partner that can be connected, as its connector declares it. */
export const ConnectorView = z.object({
  id: z.string(),
  name: z.string(),
  credentials: z.array(CredentialFormView),
  settings: SchemaView,
  /** The setting that a person answers at the partner's own page instead, by choosing an account there. */
  accountSetting: z.string().optional(),
  /** The setting without which the hub only reads there; absent where nothing of the kind is asked. */
  writingSetting: z.string().optional(),
  /** The setting by which an agency may be chosen at the partner's page, where the partner has agencies. */
  agencySetting: z.string().optional(),
  /** Base addresses that an account may have of its own, by name, each with a sentence for its form. */
  ownHosts: z.record(z.string(), z.string()).optional(),
  /** Whether its settings describe an app of the user's own, which is done step by step and not in one form. */
  isDescribed: z.literal(true).optional(),
  /** What can be kept in step with it. */
  resources: z.array(z.string()),
  /** How many operations its catalogue has. */
  operations: z.int(),
});
export type ConnectorView = z.infer<typeof ConnectorView>;

/** How a connection is signed in: not at all, waiting for a person to agree, or by what. */
export const SIGN_IN_KINDS = ["none", "waiting", "token", "oauth", "agency"] as const;

/** One row of the list of connections. */
export const ConnectionListRow = ConnectionView.extend({
  /** The account at the partner; absent while the settings do not say. */
  account: z.string().optional(),
  signIn: z.enum(SIGN_IN_KINDS),
  /** Whether the hub may change anything there. */
  mayWrite: z.boolean(),
  /** When the partner last answered a call, epoch ms. */
  heardAt: z.number().optional(),
  /** Whether a workspace file describes it. */
  isFromFile: z.boolean(),
});
export type ConnectionListRow = z.infer<typeof ConnectionListRow>;

/** The partner's own page on which a person agrees. */
const ConsentView = z.object({
  /** Where the hub asks before it leads there. */
  path: z.string(),
  /** Whether the operator's app at the partner is known, without which nobody can be asked. */
  hasApp: z.boolean(),
  /** The permissions that are asked for. */
  scopes: z.array(z.string()),
  /** Those of them that are known not to be granted. */
  missing: z.array(z.string()),
});

/** One connection in full. */
export const ConnectionPageView = ConnectionListRow.extend({
  /** As configured, without what is never shown. */
  settings: z.record(z.string(), z.unknown()),
  /** Base addresses that stand in the place of the partner's own, by name. */
  baseUrls: z.record(z.string(), z.string()),
  /** Settings that are never shown and that are set. */
  held: z.array(z.string()),
  /** What the partner said that it granted; absent where it did not say. */
  granted: z.array(z.string()).optional(),
  consent: ConsentView.optional(),
  /** Of a connection whose writing can be turned on and off: how it stands, and what more is asked for with it. */
  writing: z.object({ setting: z.string(), isOn: z.boolean(), asks: z.array(z.string()) }).optional(),
  /** Of a connection whose partner sends webhooks: when one last came, and why none come where that is known. */
  webhooks: z
    .object({
      lastAt: z.number().optional(),
      reasonForNone: z.string().optional(),
      /** Where they are to be sent, where the connection has an address of its own. */
      address: z.string().optional(),
    })
    .optional(),
  /** The syncs that it takes part in. */
  syncs: z.array(z.object({ id: z.string(), name: z.string() })),
});
export type ConnectionPageView = z.infer<typeof ConnectionPageView>;

/** A new connection. Without a credential it is there and waits to be signed in. */
export const NewConnection = z.object({
  connector: z.string().min(1),
  name: z.string().trim().min(1).max(100),
  settings: z.record(z.string(), z.unknown()).default({}),
  baseUrls: z.record(z.string(), z.url()).default({}),
  credential: CredentialConfig.optional(),
});
export type NewConnection = z.infer<typeof NewConnection>;

/** What is changed of a connection. Settings are given whole; those never shown stay where they are left out. */
export const ConnectionChange = z.object({
  name: z.string().trim().min(1).max(100).optional(),
  settings: z.record(z.string(), z.unknown()).optional(),
  /** Those of the connector's own hosts, given whole; other base addresses stay as they are. */
  baseUrls: z.record(z.string(), z.url()).optional(),
});
export type ConnectionChange = z.infer<typeof ConnectionChange>;

/** What was done, and what a person should know or do next. */
export const ConnectionDone = z.object({ connectionId: z.string(), notes: z.array(z.string()) });
export type ConnectionDone = z.infer<typeof ConnectionDone>;

/** The operator's own app at a partner, by which people agree at its page. Its secret is never shown. */
export const AppView = z.object({
  connectorId: z.string(),
  partner: z.string(),
  /** Absent until it is registered here. */
  clientId: z.string().optional(),
  /** To be registered with the app at the partner. */
  redirectUri: z.string(),
  /** Where the partner sends webhooks of the app; absent where it sends none. */
  webhookUrl: z.string().optional(),
  /** The permissions to tick there, by what each group is for; without one, what it is for is not to be had. */
  scopes: z.array(z.object({ purpose: z.enum(["reading", "writing", "agency"]), scopes: z.array(z.string()) })),
});
export type AppView = z.infer<typeof AppView>;

export const AppRegistrationBody = z.object({
  clientId: z.string().trim().min(1).max(200),
  clientSecret: z.string().trim().min(1).max(500).meta({ writeOnly: true }),
});

/** An agency that has agreed, with its accounts. */
export const AgencyView = z.object({
  connectorId: z.string(),
  partner: z.string(),
  agencyId: z.string(),
  grantedAt: z.number(),
});
export type AgencyView = z.infer<typeof AgencyView>;

/** One account of an agency at which the app is installed, and the connection that it has here, if any. */
export const AgencyAccountView = z.object({
  account: z.string(),
  name: z.string(),
  connectionId: z.string().optional(),
});
export type AgencyAccountView = z.infer<typeof AgencyAccountView>;
