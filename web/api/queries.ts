import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { PreviewKind } from "../../model/api/previews.ts";
import { ROUTES } from "../../model/api/routes.ts";
import type { LinkState } from "../../model/link.ts";
import type { StartMode } from "../../model/sync.ts";
import type { Call } from "./client.ts";
import { keys, type SandboxPartner } from "./keys.ts";

/**
 * The reading side of the API as cached queries. What changes the hub is in mutations.ts.
 * Lists keep showing the page before while the next is read, so that nothing jumps.
 */

/** How a page reaches the hub, and whose work it shows. */
export interface Hub {
  readonly call: Call;
  readonly workspaceId: string;
}

/** Even without live events a page is never older than this. */
const SAFETY_MS = 30_000;

/** The workspaces of this hub; refused with 401 until somebody has signed in. */
export function workspacesQuery(call: Call) {
  return queryOptions({
    queryKey: keys.workspaces(),
    queryFn: ({ signal }) => call(ROUTES.workspaces, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** State of connections and syncs. */
export function overviewQuery({ call, workspaceId }: Hub) {
  return queryOptions({
    queryKey: keys.overview(workspaceId),
    queryFn: ({ signal }) => call(ROUTES.overview, { params: { workspaceId }, signal }),
    refetchInterval: SAFETY_MS,
  });
}

/** The newest decisions of the journal. */
export function journalQuery({ call, workspaceId }: Hub) {
  return queryOptions({
    queryKey: keys.journal(workspaceId),
    queryFn: ({ signal }) => call(ROUTES.journal, { params: { workspaceId }, query: { limit: 40 }, signal }),
  });
}

/** The newest webhooks, with what each led to. */
export function deliveriesQuery({ call, workspaceId }: Hub) {
  return queryOptions({
    queryKey: keys.deliveries(workspaceId),
    queryFn: ({ signal }) => call(ROUTES.deliveries, { params: { workspaceId }, query: { limit: 50 }, signal }),
    refetchInterval: SAFETY_MS,
  });
}

/** Keys that were set aside for a person. */
export function troublesQuery({ call, workspaceId }: Hub) {
  return queryOptions({
    queryKey: keys.troubles(workspaceId),
    queryFn: ({ signal }) =>
      call(ROUTES.troubles, { params: { workspaceId }, query: { state: "dead", limit: 50 }, signal }),
  });
}

/** What the page before a start asks for. */
export interface PreviewWanted {
  readonly mode?: StartMode;
  readonly kind?: PreviewKind;
  readonly after?: string;
}

/** How much starting a sync would do, by kind. */
export function previewQuery({ call, workspaceId }: Hub, syncId: string, { mode }: PreviewWanted) {
  return queryOptions({
    queryKey: keys.preview(workspaceId, syncId, "counts", mode),
    queryFn: ({ signal }) =>
      call(ROUTES.previewSync, { params: { workspaceId, syncId }, query: mode === undefined ? {} : { mode }, signal }),
    placeholderData: keepPreviousData,
    refetchInterval: SAFETY_MS,
  });
}

/** The custom fields of a sync that are not what they were, with what there is to choose. */
export function fieldFindingsQuery({ call, workspaceId }: Hub, syncId: string) {
  return queryOptions({
    queryKey: keys.fields(workspaceId, syncId),
    queryFn: ({ signal }) => call(ROUTES.fieldFindings, { params: { workspaceId, syncId }, signal }),
    refetchInterval: SAFETY_MS,
  });
}

/** The custom fields that a side of a sync could have for what the other side tells. */
export function wantedFieldsQuery({ call, workspaceId }: Hub, syncId: string) {
  return queryOptions({
    queryKey: keys.wantedFields(workspaceId, syncId),
    queryFn: ({ signal }) => call(ROUTES.wantedFields, { params: { workspaceId, syncId }, signal }),
  });
}

/** A page of what starting a sync would do, record by record. */
export function previewRowsQuery(
  { call, workspaceId }: Hub,
  syncId: string,
  wanted: PreviewWanted & { limit: number },
) {
  return queryOptions({
    queryKey: keys.preview(workspaceId, syncId, "rows", wanted),
    queryFn: ({ signal }) => call(ROUTES.previewRows, { params: { workspaceId, syncId }, query: wanted, signal }),
    placeholderData: keepPreviousData,
  });
}

/** What the records page asks for. */
export interface LinksWanted {
  /** Id of the one sync whose records are wanted. */
  readonly sync?: string;
  readonly text: string;
  readonly state?: LinkState;
  readonly attention?: "true";
  readonly sort: "updated" | "title";
  readonly offset: number;
  readonly limit: number;
}

/** What waits for a person, as far as it is shown in one place; the records page has the rest. */
export const WAITING_WANTED = { text: "", attention: "true", sort: "updated", offset: 0, limit: 50 } as const;

/** One page of linked records. */
export function linksQuery({ call, workspaceId }: Hub, wanted: LinksWanted) {
  return queryOptions({
    queryKey: keys.links(workspaceId, wanted),
    queryFn: ({ signal }) => call(ROUTES.links, { params: { workspaceId }, query: wanted, signal }),
    placeholderData: keepPreviousData,
  });
}

/** One link with both sides and its history. */
export function linkQuery({ call, workspaceId }: Hub, linkId: string) {
  return queryOptions({
    queryKey: keys.link(workspaceId, linkId),
    queryFn: ({ signal }) => call(ROUTES.link, { params: { workspaceId, linkId }, signal }),
  });
}

/** What can be asked of a connection's partner, and what its credential may do. */
export function operationsQuery({ call, workspaceId }: Hub, connectionId: string) {
  return queryOptions({
    queryKey: keys.operations(workspaceId, connectionId),
    queryFn: ({ signal }) => call(ROUTES.operations, { params: { workspaceId, connectionId }, signal }),
  });
}

/** One operation in full. */
export function operationQuery({ call, workspaceId }: Hub, connectionId: string, operationId: string) {
  return queryOptions({
    queryKey: keys.operations(workspaceId, connectionId, operationId),
    queryFn: ({ signal }) => call(ROUTES.operation, { params: { workspaceId, connectionId, operationId }, signal }),
  });
}

/** The kinds of record that the hub keeps for a connection. */
export function keptQuery({ call, workspaceId }: Hub, connectionId: string) {
  return queryOptions({
    queryKey: keys.kept(workspaceId, connectionId),
    queryFn: ({ signal }) => call(ROUTES.kept, { params: { workspaceId, connectionId }, signal }),
  });
}

/** What is asked of the records that the hub keeps. */
export interface KeptWanted {
  readonly text?: string;
  readonly parentId?: string;
  readonly offset: number;
  readonly limit: number;
}

/** One page of records that the hub keeps, newest change first. */
export function keptRecordsQuery(
  { call, workspaceId }: Hub,
  connectionId: string,
  resource: string,
  wanted: KeptWanted,
) {
  return queryOptions({
    queryKey: keys.kept(workspaceId, connectionId, resource, wanted),
    queryFn: ({ signal }) =>
      call(ROUTES.keptRecords, { params: { workspaceId, connectionId, resource }, query: wanted, signal }),
    placeholderData: keepPreviousData,
    enabled: resource !== "",
  });
}

/** One page of transcripts, newest first. */
export function transcriptsQuery(
  { call, workspaceId }: Hub,
  connectionId: string,
  wanted: Omit<KeptWanted, "parentId">,
) {
  return queryOptions({
    queryKey: keys.transcripts(workspaceId, connectionId, wanted),
    queryFn: ({ signal }) => call(ROUTES.transcripts, { params: { workspaceId, connectionId }, query: wanted, signal }),
    placeholderData: keepPreviousData,
  });
}

/** A transcript with everything that is kept beside it. */
export function transcriptQuery({ call, workspaceId }: Hub, connectionId: string, transcriptId: string) {
  return queryOptions({
    queryKey: keys.transcripts(workspaceId, connectionId, transcriptId),
    queryFn: ({ signal }) => call(ROUTES.transcript, { params: { workspaceId, connectionId, transcriptId }, signal }),
  });
}

/** The partners that can be connected. They change with the hub's version alone. */
export function connectorsQuery({ call }: Hub) {
  return queryOptions({
    queryKey: keys.connectors(),
    queryFn: ({ signal }) => call(ROUTES.connectors, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** All connections. */
export function connectionsQuery({ call, workspaceId }: Hub) {
  return queryOptions({
    queryKey: keys.connections(workspaceId),
    queryFn: ({ signal }) => call(ROUTES.connections, { params: { workspaceId }, signal }),
  });
}

/** One connection with its settings. */
export function connectionQuery({ call, workspaceId }: Hub, connectionId: string) {
  return queryOptions({
    queryKey: keys.connections(workspaceId, connectionId),
    queryFn: ({ signal }) => call(ROUTES.connection, { params: { workspaceId, connectionId }, signal }),
  });
}

/** The operator's own apps at partners. */
export function appsQuery({ call, workspaceId }: Hub) {
  return queryOptions({
    queryKey: keys.apps(workspaceId),
    queryFn: ({ signal }) => call(ROUTES.apps, { params: { workspaceId }, signal }),
  });
}

/** The agencies that have agreed. */
export function agenciesQuery({ call, workspaceId }: Hub) {
  return queryOptions({
    queryKey: keys.agencies(workspaceId),
    queryFn: ({ signal }) => call(ROUTES.agencies, { params: { workspaceId }, signal }),
  });
}

/** The accounts of an agency, as its partner tells them now. */
export function agencyAccountsQuery({ call, workspaceId }: Hub, connectorId: string, agencyId: string) {
  return queryOptions({
    queryKey: keys.agencies(workspaceId, connectorId, agencyId),
    queryFn: ({ signal }) => call(ROUTES.agencyAccounts, { params: { workspaceId, connectorId, agencyId }, signal }),
  });
}

/** What was run by hand on a connection lately, or of one operation of it. */
export function handCallsQuery({ call, workspaceId }: Hub, connectionId: string, operationId?: string) {
  const query = { limit: HAND_CALLS, ...(operationId !== undefined && { operationId }) };
  return queryOptions({
    queryKey: keys.handCalls(workspaceId, connectionId, ...(operationId === undefined ? [] : [operationId])),
    queryFn: ({ signal }) => call(ROUTES.handCalls, { params: { workspaceId, connectionId }, query, signal }),
  });
}

const HAND_CALLS = 10;

/** One page of the contacts inside an emulated partner. */
export function sandboxQuery(
  { call }: Hub,
  partner: SandboxPartner,
  wanted: { readonly query: string; readonly offset: number; readonly limit: number },
) {
  return queryOptions({
    queryKey: keys.sandbox(partner, wanted),
    queryFn: ({ signal }) => call(ROUTES.sandboxContacts, { params: { partner }, query: wanted, signal }),
    placeholderData: keepPreviousData,
  });
}

/** What belongs to a contact inside an emulated partner. */
export function sandboxChildrenQuery({ call }: Hub, partner: SandboxPartner, id: string) {
  return queryOptions({
    queryKey: keys.sandbox("children", partner, id),
    queryFn: ({ signal }) => call(ROUTES.sandboxChildren, { params: { partner, id }, signal }),
  });
}
