import type { LiveEvent } from "../../model/api/views.ts";

/** The name of a cached answer; a shorter key names all that begin with it. */
export type Key = readonly unknown[];

export { SANDBOX_PARTNERS, type SandboxPartner } from "../../model/api/views.ts";

/** Names of all cached answers. Called with fewer arguments, each names the whole family. */
export const keys = {
  workspaces: (): Key => ["workspaces"],
  overview: (workspaceId: string): Key => ["workspace", workspaceId, "overview"],
  links: (workspaceId: string, ...query: readonly unknown[]): Key => ["workspace", workspaceId, "links", ...query],
  link: (workspaceId: string, ...linkId: readonly string[]): Key => ["workspace", workspaceId, "link", ...linkId],
  linkOf: (workspaceId: string, ...record: readonly unknown[]): Key => ["workspace", workspaceId, "linkOf", ...record],
  preview: (workspaceId: string, ...wanted: readonly unknown[]): Key => [
    "workspace",
    workspaceId,
    "preview",
    ...wanted,
  ],
  fields: (workspaceId: string, ...syncId: readonly string[]): Key => ["workspace", workspaceId, "fields", ...syncId],
  wantedFields: (workspaceId: string, syncId: string): Key => ["workspace", workspaceId, "wantedFields", syncId],
  journal: (workspaceId: string): Key => ["workspace", workspaceId, "journal"],
  deliveries: (workspaceId: string): Key => ["workspace", workspaceId, "deliveries"],
  troubles: (workspaceId: string): Key => ["workspace", workspaceId, "troubles"],
  connectors: (): Key => ["connectors"],
  connections: (workspaceId: string, ...rest: readonly string[]): Key => [
    "workspace",
    workspaceId,
    "connections",
    ...rest,
  ],
  agencies: (workspaceId: string, ...rest: readonly string[]): Key => ["workspace", workspaceId, "agencies", ...rest],
  apps: (workspaceId: string): Key => ["workspace", workspaceId, "apps"],
  handCalls: (workspaceId: string, ...rest: readonly string[]): Key => ["workspace", workspaceId, "handCalls", ...rest],
  operations: (workspaceId: string, ...rest: readonly string[]): Key => [
    "workspace",
    workspaceId,
    "operations",
    ...rest,
  ],
  kept: (workspaceId: string, ...rest: readonly unknown[]): Key => ["workspace", workspaceId, "kept", ...rest],
  transcripts: (workspaceId: string, ...rest: readonly unknown[]): Key => [
    "workspace",
    workspaceId,
    "transcripts",
    ...rest,
  ],
  sandbox: (...rest: readonly unknown[]): Key => ["sandbox", ...rest],
} as const;

/** Which cached answers a live event makes stale. */
export function staleKeys(workspaceId: string, event: LiveEvent): readonly Key[] {
  switch (event.kind) {
    case "overview":
      return [
        keys.overview(workspaceId),
        keys.fields(workspaceId),
        keys.troubles(workspaceId),
        ...connecting(workspaceId),
      ];
    case "link":
      return [
        keys.overview(workspaceId),
        keys.troubles(workspaceId),
        keys.journal(workspaceId),
        keys.deliveries(workspaceId),
        keys.links(workspaceId),
        keys.link(workspaceId, event.linkId),
        keys.kept(workspaceId),
        keys.transcripts(workspaceId),
        keys.sandbox(),
      ];
    default:
      return event satisfies never;
  }
}

/** What shows how connections stand. */
function connecting(workspaceId: string): readonly Key[] {
  return [keys.connections(workspaceId), keys.agencies(workspaceId)];
}
