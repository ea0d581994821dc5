import type { QueryClient } from "@tanstack/react-query";
import { ROUTES } from "../../model/api/routes.ts";
import type { SandboxContact, ValueView } from "../../model/api/views.ts";
import { keys, type SandboxPartner } from "./keys.ts";
import type { Hub } from "./queries.ts";

/**
 * What changes the hub. Each names what it makes stale; those with a sentence to say resolve with it.
 */
export function createActs({ call, workspaceId }: Hub, client: QueryClient) {
  const refresh = (queryKey: readonly unknown[]): Promise<void> => client.invalidateQueries({ queryKey });
  return {
    async checkConnection(connectionId: string): Promise<string> {
      const { message, status } = await call(ROUTES.checkConnection, { params: { workspaceId, connectionId } });
      await refresh(keys.overview(workspaceId));
      return message !== "" ? message : status === "working" ? "It works." : "It does not work.";
    },
    async pauseWorkspace(isPaused: boolean): Promise<string> {
      await call(ROUTES.pauseWorkspace, { params: { workspaceId }, body: { isPaused } });
      await refresh(keys.overview(workspaceId));
      return "";
    },
    async pauseConnection(connectionId: string, isPaused: boolean): Promise<string> {
      await call(ROUTES.pauseConnection, { params: { workspaceId, connectionId }, body: { isPaused } });
      await refresh(keys.overview(workspaceId));
      return "";
    },
    async pauseSync(syncId: string, isPaused: boolean): Promise<string> {
      await call(ROUTES.pauseSync, { params: { workspaceId, syncId }, body: { isPaused } });
      await refresh(keys.overview(workspaceId));
      return "";
    },
    async sweepSync(syncId: string): Promise<string> {
      await call(ROUTES.sweepSync, { params: { workspaceId, syncId } });
      await refresh(keys.overview(workspaceId));
      return "Started.";
    },
    async allowDeletions(syncId: string): Promise<string> {
      await call(ROUTES.allowDeletions, { params: { workspaceId, syncId } });
      await refresh(keys.overview(workspaceId));
      return "They are being carried out.";
    },
    async retry(troubleKeys?: readonly string[]): Promise<string> {
      const body = troubleKeys === undefined ? {} : { keys: [...troubleKeys] };
      const { count } = await call(ROUTES.retry, { params: { workspaceId }, body });
      await Promise.all([refresh(keys.troubles(workspaceId)), refresh(keys.overview(workspaceId))]);
      return count === 0 ? "Nothing left to try." : "Trying again.";
    },
    async reconcileLink(linkId: string): Promise<string> {
      await call(ROUTES.reconcileLink, { params: { workspaceId, linkId } });
      await refresh(keys.link(workspaceId, linkId));
      return "Both sides are being read.";
    },
  };
}
export type Acts = ReturnType<typeof createActs>;

/** Field values of a contact in the sandbox; an empty one clears the field. */
export type SandboxFields = Readonly<Record<string, ValueView>>;

/** What a person does inside an emulated partner. */
export function createSandboxActs({ call }: Hub, client: QueryClient) {
  const refresh = (): Promise<void> => client.invalidateQueries({ queryKey: keys.sandbox() });
  return {
    async create(partner: SandboxPartner, fields: SandboxFields): Promise<SandboxContact> {
      const made = await call(ROUTES.createSandboxContact, { params: { partner }, body: { fields } });
      void refresh();
      return made;
    },
    async edit(partner: SandboxPartner, id: string, fields: SandboxFields): Promise<SandboxContact> {
      const edited = await call(ROUTES.editSandboxContact, { params: { partner, id }, body: { fields } });
      void refresh();
      return edited;
    },
    async remove(partner: SandboxPartner, id: string): Promise<void> {
      await call(ROUTES.deleteSandboxContact, { params: { partner, id } });
      void refresh();
    },
  };
}
export type SandboxActs = ReturnType<typeof createSandboxActs>;
