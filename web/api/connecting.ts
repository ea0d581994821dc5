import type { QueryClient } from "@tanstack/react-query";
import type { ConnectionPageView, NewConnection } from "../../model/api/connections.ts";
import { ROUTES } from "../../model/api/routes.ts";
import type { CredentialConfig } from "../../model/workspace.ts";
import { keys } from "./keys.ts";
import type { Hub } from "./queries.ts";

/** What a person types into forms: the hub checks it against what the connector declares. */
export type Given = Readonly<Record<string, unknown>>;

/** What a person types into the form of a connection that is there. */
export interface ConnectionEdit {
  readonly name: string;
  readonly settings: Given;
  /** Base addresses of the account's own, by name; absent where it has none. */
  readonly baseUrls?: Readonly<Record<string, string>>;
}

/** What a person does to connections. Each names what it makes stale; all @throws HubProblem */
export function createConnectingActs({ call, workspaceId }: Hub, client: QueryClient) {
  const refresh = async (): Promise<void> => {
    const stale = [keys.connections(workspaceId), keys.overview(workspaceId), keys.operations(workspaceId)];
    await Promise.all(stale.map((queryKey) => client.invalidateQueries({ queryKey })));
  };
  const change = async (connectionId: string, { name, settings, baseUrls }: Partial<ConnectionEdit>) => {
    const { notes } = await call(ROUTES.changeConnection, {
      params: { workspaceId, connectionId },
      body: {
        ...(name !== undefined && { name }),
        ...(settings && { settings: { ...settings } }),
        ...(baseUrls && { baseUrls: { ...baseUrls } }),
      },
    });
    await refresh();
    return notes.join(" ") || "Saved.";
  };
  return {
    /** @returns the id of the new connection */
    async add(
      wanted: Pick<NewConnection, "connector" | "name"> & { readonly settings: Given; readonly credential?: Given },
    ) {
      const { credential, settings, ...rest } = wanted;
      const body = { ...rest, settings: { ...settings }, ...(credential && { credential: asCredential(credential) }) };
      const { connectionId } = await call(ROUTES.addConnection, { params: { workspaceId }, body });
      await refresh();
      return connectionId;
    },
    /** @returns the page of the hub that leads to the partner's own */
    async askToAgree(wanted: Pick<NewConnection, "connector"> & ConnectionEdit): Promise<string> {
      const body = { ...wanted, settings: { ...wanted.settings }, baseUrls: { ...wanted.baseUrls } };
      return (await call(ROUTES.askToAgree, { params: { workspaceId }, body })).path;
    },
    /** Makes a connection of one account of an agency. @returns its id */
    async connectAccount(
      agency: { readonly connectorId: string; readonly agencyId: string },
      chosen: { readonly account: string; readonly name: string },
    ): Promise<string> {
      const { connectionId } = await call(ROUTES.connectAccount, { params: { workspaceId, ...agency }, body: chosen });
      await Promise.all([refresh(), client.invalidateQueries({ queryKey: keys.agencies(workspaceId) })]);
      return connectionId;
    },
    async forgetAgency(agency: { readonly connectorId: string; readonly agencyId: string }): Promise<void> {
      await call(ROUTES.forgetAgency, { params: { workspaceId, ...agency } });
      await client.invalidateQueries({ queryKey: keys.agencies(workspaceId) });
    },
    change,
    /** Turns the writing of a connection on or off. */
    setWriting: ({ id, settings, writing }: Pick<ConnectionPageView, "id" | "settings" | "writing">, isOn: boolean) =>
      change(id, { settings: { ...settings, ...(writing && { [writing.setting]: isOn }) } }),
    async signIn(connectionId: string, credential: Given): Promise<string> {
      const params = { workspaceId, connectionId };
      await call(ROUTES.signInConnection, { params, body: asCredential(credential) });
      await refresh();
      return "It works, and is kept.";
    },
    async signOut(connectionId: string): Promise<string> {
      await call(ROUTES.forgetCredential, { params: { workspaceId, connectionId } });
      await refresh();
      return "Signed out.";
    },
    async remove(connectionId: string): Promise<void> {
      await call(ROUTES.removeConnection, { params: { workspaceId, connectionId } });
      await refresh();
    },
    async registerApp(connectorId: string, app: { readonly clientId: string; readonly clientSecret: string }) {
      const { notes } = await call(ROUTES.registerApp, { params: { workspaceId, connectorId }, body: app });
      await Promise.all([client.invalidateQueries({ queryKey: keys.apps(workspaceId) }), refresh()]);
      return notes.join(" ") || "Kept.";
    },
    async forgetApp(connectorId: string): Promise<string> {
      await call(ROUTES.forgetApp, { params: { workspaceId, connectorId } });
      await Promise.all([client.invalidateQueries({ queryKey: keys.apps(workspaceId) }), refresh()]);
      return "Forgotten.";
    },
  };
}
export type ConnectingActs = ReturnType<typeof createConnectingActs>;

/** What a form gave for a kind of credential. The hub answers in words where it is not one. */
function asCredential(given: Given): CredentialConfig {
  // The form was drawn from the shape of this kind; the hub parses it all the same.
  return given as CredentialConfig;
}
