import { connectorFor } from "../../../kit/connector.ts";
import type { ConnectionView } from "../../../model/api/views.ts";
import { nounsOf } from "../../../model/kept.ts";
import type { ConnectionRow } from "../../../store/port.ts";
import { connectorView, listAccounts, listAgencies, listApps, listRow, pageFacts, rowOf } from "../../desk/index.ts";
import { presentConnection } from "../present/index.ts";
import type { Handlers } from "../serveRoute.ts";
import { type HandlerParts, workspaceOf } from "./parts.ts";

const DONE = { isDone: true } as const;

/** Connecting partners: what can be connected, what is, and changing it. */
export function connectionHandlers(
  parts: HandlerParts,
): Pick<
  Handlers,
  | "connectors"
  | "connections"
  | "connection"
  | "addConnection"
  | "changeConnection"
  | "removeConnection"
  | "signInConnection"
  | "forgetCredential"
  | "apps"
  | "registerApp"
  | "forgetApp"
  | "askToAgree"
  | "agencies"
  | "agencyAccounts"
  | "connectAccount"
  | "forgetAgency"
> {
  const { store, desk, deskParts } = parts;
  const viewOf = (row: ConnectionRow) => connectionView(parts, row);
  return {
    connectors: async () => [...parts.connectors.values()].map(connectorView),
    connections: async ({ params: { workspaceId } }) => {
      await workspaceOf(store, workspaceId);
      const rows = await store.connections(workspaceId);
      return Promise.all(rows.map((row) => listRow(deskParts, row, viewOf)));
    },
    connection: async ({ params: { workspaceId, connectionId } }) => {
      await workspaceOf(store, workspaceId);
      const row = await rowOf(deskParts, workspaceId, connectionId);
      const [shown, facts] = await Promise.all([
        listRow(deskParts, row, viewOf),
        store.syncs(workspaceId).then((syncs) => pageFacts(deskParts, row, syncs)),
      ]);
      return { ...shown, ...facts };
    },
    addConnection: async ({ params: { workspaceId }, body }) => {
      await workspaceOf(store, workspaceId);
      return desk.add(workspaceId, body);
    },
    changeConnection: ({ params: { workspaceId, connectionId }, body }) => desk.change(workspaceId, connectionId, body),
    removeConnection: async ({ params: { workspaceId, connectionId } }) => {
      await desk.remove(workspaceId, connectionId);
      return DONE;
    },
    signInConnection: ({ params: { workspaceId, connectionId }, body }) => desk.signIn(workspaceId, connectionId, body),
    forgetCredential: async ({ params: { workspaceId, connectionId } }) => {
      await desk.signOut(workspaceId, connectionId);
      return DONE;
    },
    apps: async ({ params: { workspaceId } }) => {
      await workspaceOf(store, workspaceId);
      return listApps(deskParts, workspaceId);
    },
    registerApp: async ({ params: { workspaceId, connectorId }, body }) => {
      await workspaceOf(store, workspaceId);
      return { notes: await desk.registerApp(workspaceId, connectorId, body) };
    },
    askToAgree: async ({ params: { workspaceId }, body: { connector, name, settings, baseUrls } }) => {
      await workspaceOf(store, workspaceId);
      const draft = { connectorId: connector, name, settings, baseUrls };
      return { path: await parts.consents.newPath(workspaceId, draft) };
    },
    agencies: async ({ params: { workspaceId } }) => {
      await workspaceOf(store, workspaceId);
      return listAgencies(deskParts, workspaceId);
    },
    agencyAccounts: ({ params: { workspaceId, ...agency } }) => listAccounts(deskParts, workspaceId, agency),
    connectAccount: ({ params: { workspaceId, ...agency }, body }) => desk.connectAccount(workspaceId, agency, body),
    forgetAgency: async ({ params: { workspaceId, ...agency } }) => {
      await desk.forgetAgency(workspaceId, agency);
      return DONE;
    },
    forgetApp: async ({ params: { workspaceId, connectorId } }) => {
      await desk.forgetApp(workspaceId, connectorId);
      return DONE;
    },
  };
}

/** A connection with its health and allowances, as every page shows it. */
export function connectionView(parts: HandlerParts, row: ConnectionRow): ConnectionView {
  const connector = connectorFor(parts.connectors, row);
  const partner = connector?.name ?? row.connectorId;
  const allowances = parts.registry.find(row.workspaceId, row.id)?.allowances() ?? [];
  const keeps = Object.entries(connector?.resources ?? {})
    .filter(([, { keptBy }]) => keptBy === "hub")
    .map(([resource, { noun = resource }]) => ({ resource, nouns: nounsOf(noun) }));
  const view = presentConnection(row, partner, parts.sandbox !== undefined, allowances);
  return {
    ...view,
    ...(keeps.length > 0 && { keeps }),
    ...(connector?.transcripts && { hasTranscripts: true as const }),
  };
}
