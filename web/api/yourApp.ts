import type { QueryClient } from "@tanstack/react-query";
import type { AppRead, AppSource, AppTrialView } from "../../model/api/apps.ts";
import { ROUTES } from "../../model/api/routes.ts";
import type { AppDeclaration } from "../../model/declaration.ts";
import type { Resource } from "../../model/record.ts";
import type { CredentialConfig } from "../../model/workspace.ts";
import { keys } from "./keys.ts";
import type { Hub } from "./queries.ts";

/** What connecting an app of the user's own asks of the hub. All @throws HubProblem */
export function createYourAppActs({ call, workspaceId }: Hub, client: QueryClient) {
  return {
    /** Reads a document or a saved description. Stores nothing. */
    read: (source: AppSource): Promise<AppRead> => call(ROUTES.readApp, { body: source }),
    /** Runs one entry of the app's catalogue that only looks. Stores nothing. */
    tryOut: (trial: {
      readonly app: AppDeclaration;
      readonly credential: CredentialConfig;
      readonly operation: string;
      readonly input: Record<string, unknown>;
    }): Promise<AppTrialView> => call(ROUTES.tryApp, { params: { workspaceId }, body: trial }),
    /** Adds syncs, which read both sides and wait to be started. */
    async keepInStep(
      name: string,
      syncs: readonly {
        readonly id: string;
        readonly name: string;
        readonly left: string;
        readonly right: string;
        readonly resource: Resource;
        readonly parent?: string;
      }[],
    ): Promise<void> {
      const body = { workspace: { id: workspaceId, name }, syncs: syncs.map((sync) => ({ ...sync })) };
      await call(ROUTES.applyWorkspace, { params: { workspaceId }, body });
      await client.invalidateQueries({ queryKey: keys.overview(workspaceId) });
    },
  };
}
