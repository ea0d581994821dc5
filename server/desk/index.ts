import type { ConnectionChange, ConnectionDone, NewConnection } from "../../model/api/connections.ts";
import type { CredentialConfig } from "../../model/workspace.ts";
import { addConnection, addSignedIn, type Wanted } from "./adding.ts";
import { type AgencyId, connectAccount, forgetAgency } from "./agencies.ts";
import { forgetApp, registerApp } from "./apps.ts";
import { changeConnection, forgetCredential, removeConnection, signInConnection } from "./changing.ts";
import type { DeskParts } from "./parts.ts";

export { addressesFor } from "./adding.ts";
export { listAccounts, listAgencies } from "./agencies.ts";
export { listApps } from "./apps.ts";
export { connectorOf, type DeskParts, rowOf } from "./parts.ts";
export { connectorView, listRow, pageFacts } from "./views.ts";

/** What a person does to the connections of a workspace without a file. */
export interface Desk {
  readonly add: (workspaceId: string, wanted: NewConnection) => Promise<ConnectionDone>;
  /** Adds one whose credential a partner has just given. @returns its id */
  readonly addSignedIn: (workspaceId: string, wanted: Wanted) => Promise<string>;
  /** Makes a connection of one account of an agency. */
  readonly connectAccount: (
    workspaceId: string,
    agency: AgencyId,
    chosen: { readonly account: string; readonly name: string },
  ) => Promise<ConnectionDone>;
  readonly forgetAgency: (workspaceId: string, agency: AgencyId) => Promise<void>;
  readonly change: (workspaceId: string, connectionId: string, change: ConnectionChange) => Promise<ConnectionDone>;
  readonly signIn: (workspaceId: string, connectionId: string, credential: CredentialConfig) => Promise<ConnectionDone>;
  readonly signOut: (workspaceId: string, connectionId: string) => Promise<void>;
  readonly remove: (workspaceId: string, connectionId: string) => Promise<void>;
  readonly registerApp: (
    workspaceId: string,
    connectorId: string,
    app: { readonly clientId: string; readonly clientSecret: string },
  ) => Promise<string[]>;
  readonly forgetApp: (workspaceId: string, connectorId: string) => Promise<void>;
}

/** A desk. What is done there is done one after the other, so that two who add at once do not get one id. */
export function createDesk(parts: DeskParts): Desk {
  let last: Promise<unknown> = Promise.resolve();
  const inTurn =
    <Given extends readonly unknown[], Result>(act: (parts: DeskParts, ...given: Given) => Promise<Result>) =>
    (...given: Given): Promise<Result> => {
      const turn = last.then(() => act(parts, ...given));
      // The next waits for this one, whatever came of it; its caller hears of the failure.
      last = turn.catch(() => undefined);
      return turn;
    };
  return {
    add: inTurn(addConnection),
    addSignedIn: inTurn(addSignedIn),
    connectAccount: inTurn(connectAccount),
    forgetAgency: inTurn(forgetAgency),
    change: inTurn(changeConnection),
    signIn: inTurn(signInConnection),
    signOut: inTurn(forgetCredential),
    remove: inTurn(removeConnection),
    registerApp: inTurn(registerApp),
    forgetApp: inTurn(forgetApp),
  };
}
