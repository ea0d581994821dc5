import { z } from "zod";
import { SyncConfig } from "./sync.ts";

const Id = z.string().regex(/^[a-z0-9-]{1,40}$/, "use lower-case letters, digits and hyphens, at most 40");

/** A text that is taken and kept, and never shown again; forms hide what is typed. */
const Secret = z.string().min(1).meta({ writeOnly: true });

/**
 * A credential in a workspace file. Values may be written `${env:NAME}`; the command line replaces them before sending,
 * so that no secret need stand in the file.
 */
export const CredentialConfig = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("token"), token: Secret }),
  z.strictObject({
    kind: z.literal("oauth"),
    accessToken: Secret,
    refreshToken: Secret,
    expiresAt: z.number().describe("When the access token ends, epoch milliseconds; 0 has it renewed at once."),
    clientId: z.string().min(1).describe("Of the app that the tokens belong to."),
    clientSecret: Secret,
    tokenUrl: z.url().describe("Where the partner gives tokens in the place of old ones."),
    scopes: z.array(z.string()).optional(),
  }),
  /** An app registered at the partner: the tokens are fetched once a person has agreed at the partner's own page. */
  z.strictObject({ kind: z.literal("consent"), clientId: z.string().min(1), clientSecret: Secret }),
]);
export type CredentialConfig = z.infer<typeof CredentialConfig>;

/** One connection of a workspace file. `settings` are checked by the connector. */
export const ConnectionConfig = z.strictObject({
  id: Id,
  connector: z.string().min(1),
  name: z.string().min(1),
  settings: z.record(z.string(), z.unknown()).default({}),
  baseUrls: z.record(z.string(), z.url()).default({}),
  /** Left out where the connection is signed in on its page of the dashboard; applying then leaves that alone. */
  credential: CredentialConfig.optional(),
});
export type ConnectionConfig = z.infer<typeof ConnectionConfig>;

/** A whole workspace: what `kith apply workspace.yaml` reads and `PUT /api/workspaces/:id` takes. */
export const WorkspaceConfig = z.strictObject({
  workspace: z.strictObject({ id: Id, name: z.string().min(1) }),
  connections: z.array(ConnectionConfig).default([]),
  syncs: z.array(SyncConfig).default([]),
});
export type WorkspaceConfig = z.infer<typeof WorkspaceConfig>;
