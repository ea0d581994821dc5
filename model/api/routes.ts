import { z } from "zod";
import { FieldAnswer } from "../fieldFindings.ts";
import { LINK_STATES } from "../link.ts";
import { START_MODES } from "../sync.ts";
import { CredentialConfig, WorkspaceConfig } from "../workspace.ts";
import {
  AppRegistrationBody,
  AppView,
  ConnectionChange,
  ConnectionDone,
  ConnectionListRow,
  ConnectionPageView,
  ConnectorView,
  NewConnection,
} from "./connections.ts";
import { FieldChoiceView } from "./fields.ts";
import { KEPT_ROUTES } from "./kept.ts";
import { HandCallView, OperationRunView, OperationsView, OperationView } from "./operations.ts";
import { PREVIEW_KINDS, PreviewPage, PreviewView } from "./previews.ts";
import { route } from "./route.ts";
import {
  Decision,
  DeliveryView,
  DueView,
  JournalView,
  LinkRow,
  LinkView,
  OverviewView,
  ReplayView,
  SANDBOX_CHILD_KINDS,
  SandboxChild,
  SandboxChildren,
  SandboxContact,
  StartView,
  TroubleView,
  ValueView,
  VerifyView,
} from "./views.ts";

const Done = z.object({ isDone: z.literal(true) });
/** Work that was taken on; `due` tells by the key how it goes. */
const Taken = z.object({ key: z.string() });
/** A decision that was taken on: what is looked at because of it, by its key. */
const Decided = Taken.extend({
  /** The record itself, once more. */
  next: z.string(),
  /** Records with a question that hangs together with this one, and may be settled with it. */
  others: z.array(z.object({ linkId: z.string(), key: z.string() })),
});
const Limit = z.coerce.number().int().min(1).max(200).default(50);
const InWorkspace = z.object({ workspaceId: z.string() });
const LinkParams = InWorkspace.extend({ linkId: z.string() });
const SyncParams = InWorkspace.extend({ syncId: z.string() });
const ConnectionParams = InWorkspace.extend({ connectionId: z.string() });
const ConnectorParams = InWorkspace.extend({ connectorId: z.string() });
const OperationParams = ConnectionParams.extend({ operationId: z.string() });
const SandboxParams = z.object({ partner: z.enum(["highlevel", "salesmate"]) });
const SandboxContactParams = SandboxParams.extend({ id: z.string() });
const SandboxKind = z.object({ kind: z.enum(SANDBOX_CHILD_KINDS) });
const SandboxChildBody = z.object({ fields: z.record(z.string(), z.string()) });
const Page = z.object({ before: z.string().optional(), limit: Limit });

/** Every route of the hub, by name. The order is that of the API description. */
export const ROUTES = {
  signInLink: route({
    method: "POST",
    path: "/api/sign-in-links",
    tag: "Sign-in",
    summary: "Makes a link that signs the owner in once, within fifteen minutes.",
    answer: z.object({ url: z.string() }),
  }),
  workspaces: route({
    method: "GET",
    path: "/api/workspaces",
    tag: "Workspaces",
    summary: "Lists the workspaces of this hub.",
    answer: z.array(z.object({ id: z.string(), name: z.string() })),
  }),
  applyWorkspace: route({
    method: "PUT",
    path: "/api/workspaces/:workspaceId",
    tag: "Workspaces",
    summary: "Creates or updates a workspace with its connections and syncs from one document; tells what changed.",
    params: InWorkspace,
    body: WorkspaceConfig,
    /** `warnings` are there when something was applied that does nothing as it stands. */
    answer: z.object({ changes: z.array(z.string()), warnings: z.array(z.string()).optional() }),
  }),
  overview: route({
    method: "GET",
    path: "/api/workspaces/:workspaceId/overview",
    tag: "Workspaces",
    summary: "Shows the state of every connection and sync, recent activity and what waits.",
    params: InWorkspace,
    answer: OverviewView,
  }),
  pauseWorkspace: route({
    method: "PUT",
    path: "/api/workspaces/:workspaceId/paused",
    tag: "Workspaces",
    summary: "Pauses or resumes everything; what changes meanwhile is caught up with on resuming.",
    params: InWorkspace,
    body: z.object({ isPaused: z.boolean() }),
    answer: Done,
  }),
  connectors: route({
    method: "GET",
    path: "/api/connectors",
    tag: "Connections",
    summary: "Lists the partners that can be connected, with what each needs to be told, as JSON Schema.",
    answer: z.array(ConnectorView),
  }),
  connections: route({
    method: "GET",
    path: "/api/workspaces/:workspaceId/connections",
    tag: "Connections",
    summary: "Lists the connections: whose account each is, how it stands, and whether it may write.",
    params: InWorkspace,
    answer: z.array(ConnectionListRow),
  }),
  addConnection: route({
    method: "POST",
    path: "/api/workspaces/:workspaceId/connections",
    tag: "Connections",
    summary: "Adds a connection. A credential is tried first, and nothing is stored where the partner refuses it.",
    params: InWorkspace,
    body: NewConnection,
    answer: ConnectionDone,
  }),
  connection: route({
    method: "GET",
    path: "/api/workspaces/:workspaceId/connections/:connectionId",
    tag: "Connections",
    summary: "Shows one connection with its settings, without any secret.",
    params: ConnectionParams,
    answer: ConnectionPageView,
  }),
  changeConnection: route({
    method: "PATCH",
    path: "/api/workspaces/:workspaceId/connections/:connectionId",
    tag: "Connections",
    summary: "Changes the name or the settings of a connection.",
    params: ConnectionParams,
    body: ConnectionChange,
    answer: ConnectionDone,
  }),
  removeConnection: route({
    method: "DELETE",
    path: "/api/workspaces/:workspaceId/connections/:connectionId",
    tag: "Connections",
    summary: "Forgets a connection that no sync names, with its credential.",
    params: ConnectionParams,
    answer: Done,
  }),
  signInConnection: route({
    method: "PUT",
    path: "/api/workspaces/:workspaceId/connections/:connectionId/credential",
    tag: "Connections",
    summary: "Signs a connection in with a credential, which is tried first and kept only where it works.",
    params: ConnectionParams,
    body: CredentialConfig,
    answer: ConnectionDone,
  }),
  forgetCredential: route({
    method: "DELETE",
    path: "/api/workspaces/:workspaceId/connections/:connectionId/credential",
    tag: "Connections",
    summary: "Signs a connection out: its credential is forgotten here, and its work waits.",
    params: ConnectionParams,
    answer: Done,
  }),
  apps: route({
    method: "GET",
    path: "/api/workspaces/:workspaceId/apps",
    tag: "Connections",
    summary:
      "Lists the partners with a consent page: the operator's own app there, and what it must be registered with.",
    params: InWorkspace,
    answer: z.array(AppView),
  }),
  registerApp: route({
    method: "PUT",
    path: "/api/workspaces/:workspaceId/apps/:connectorId",
    tag: "Connections",
    summary: "Keeps the client id and secret of the operator's own app at a partner.",
    params: ConnectorParams,
    body: AppRegistrationBody,
    answer: ConnectionDone.pick({ notes: true }),
  }),
  forgetApp: route({
    method: "DELETE",
    path: "/api/workspaces/:workspaceId/apps/:connectorId",
    tag: "Connections",
    summary: "Forgets the operator's own app at a partner; connections that are signed in by it stay so.",
    params: ConnectorParams,
    answer: Done,
  }),
  checkConnection: route({
    method: "POST",
    path: "/api/workspaces/:workspaceId/connections/:connectionId/check",
    tag: "Connections",
    summary: "Tries the connection with its cheapest call and says whether it works.",
    params: ConnectionParams,
    answer: z.object({ status: z.enum(["working", "broken"]), message: z.string() }),
  }),
  connect: route({
    method: "POST",
    path: "/api/workspaces/:workspaceId/connections/:connectionId/connect",
    tag: "Connections",
    summary:
      "Makes a link that signs the owner in once and leads to where this connection is signed in to its partner, by the partner's own page.",
    params: ConnectionParams,
    answer: z.object({ url: z.string(), redirectUri: z.string(), scopes: z.array(z.string()) }),
  }),
  pauseConnection: route({
    method: "PUT",
    path: "/api/workspaces/:workspaceId/connections/:connectionId/paused",
    tag: "Connections",
    summary: "Pauses or resumes all work that needs this connection.",
    params: ConnectionParams,
    body: z.object({ isPaused: z.boolean() }),
    answer: Done,
  }),
  operations: route({
    method: "GET",
    path: "/api/workspaces/:workspaceId/connections/:connectionId/operations",
    tag: "Operations",
    summary:
      "Lists all that can be asked of a connection's partner and that it tells of, with what the credential may do.",
    params: ConnectionParams,
    answer: OperationsView,
  }),
  operation: route({
    method: "GET",
    path: "/api/workspaces/:workspaceId/connections/:connectionId/operations/:operationId",
    tag: "Operations",
    summary: "Shows one operation: what it takes and gives as JSON Schema, an example, and the requests it makes.",
    params: OperationParams,
    answer: OperationView,
  }),
  runOperation: route({
    method: "POST",
    path: "/api/workspaces/:workspaceId/connections/:connectionId/operations/:operationId",
    tag: "Operations",
    summary: "Runs one operation, once. Nothing is repeated: where its outcome is not known, the answer says so.",
    params: OperationParams,
    body: z.object({ input: z.record(z.string(), z.unknown()).default({}) }),
    answer: OperationRunView,
  }),
  handCalls: route({
    method: "GET",
    path: "/api/workspaces/:workspaceId/connections/:connectionId/calls",
    tag: "Operations",
    summary: "Lists the operations that were run by hand, by page, command or program, newest first.",
    params: ConnectionParams,
    query: Page.extend({ operationId: z.string().optional() }),
    answer: z.array(HandCallView),
  }),
  ...KEPT_ROUTES,
  pauseSync: route({
    method: "PUT",
    path: "/api/workspaces/:workspaceId/syncs/:syncId/paused",
    tag: "Syncs",
    summary: "Pauses or resumes a sync; what changes meanwhile is caught up with on resuming.",
    params: SyncParams,
    body: z.object({ isPaused: z.boolean() }),
    answer: Done,
  }),
  verifySync: route({
    method: "POST",
    path: "/api/workspaces/:workspaceId/syncs/:syncId/verify",
    tag: "Syncs",
    summary: "Reads both sides in full and lists every difference between linked records.",
    params: SyncParams,
    answer: VerifyView,
  }),
  sweepSync: route({
    method: "POST",
    path: "/api/workspaces/:workspaceId/syncs/:syncId/sweep",
    tag: "Syncs",
    summary: "Starts a full comparison of both sides now.",
    params: SyncParams,
    answer: Done,
  }),
  previewSync: route({
    method: "GET",
    path: "/api/workspaces/:workspaceId/syncs/:syncId/preview",
    tag: "Syncs",
    summary:
      "Counts what starting a sync would do: pairs, updates, creates, conflicts and what cannot be carried over.",
    params: SyncParams,
    query: z.object({ mode: z.enum(START_MODES).optional() }),
    answer: PreviewView,
  }),
  previewRows: route({
    method: "GET",
    path: "/api/workspaces/:workspaceId/syncs/:syncId/preview/rows",
    tag: "Syncs",
    summary: "Lists what starting a sync would do, record by record and field by field.",
    params: SyncParams,
    query: z.object({
      mode: z.enum(START_MODES).optional(),
      kind: z.enum(PREVIEW_KINDS).optional(),
      after: z.string().optional(),
      limit: Limit,
    }),
    answer: PreviewPage,
  }),
  beginSync: route({
    method: "POST",
    path: "/api/workspaces/:workspaceId/syncs/:syncId/begin",
    tag: "Syncs",
    summary: "Starts a sync that waits for it, once, in the mode given or else the one that is configured.",
    params: SyncParams,
    body: z.object({ mode: z.enum(START_MODES).optional() }),
    /** `isNew` is false where it had been started before, which stays as it is. */
    answer: StartView.extend({ isNew: z.boolean() }),
  }),
  fieldFindings: route({
    method: "GET",
    path: "/api/workspaces/:workspaceId/syncs/:syncId/fields",
    tag: "Syncs",
    summary:
      "Lists the mapped custom fields that are not what they were, each with the fields that could take its place.",
    params: SyncParams,
    answer: z.array(FieldChoiceView),
  }),
  answerField: route({
    method: "POST",
    path: "/api/workspaces/:workspaceId/syncs/:syncId/fields",
    tag: "Syncs",
    summary:
      "Says what becomes of such a field: left out, replaced by another, taken as it is, or looked at again. Carried out afterwards, once.",
    params: SyncParams,
    body: FieldAnswer,
    answer: Taken,
    status: 202,
  }),
  allowDeletions: route({
    method: "POST",
    path: "/api/workspaces/:workspaceId/syncs/:syncId/deletions/allow",
    tag: "Syncs",
    summary: "Carries out the deletions that are held because many came at once; later ones are counted anew.",
    params: SyncParams,
    answer: Done,
  }),
  links: route({
    method: "GET",
    path: "/api/workspaces/:workspaceId/links",
    tag: "Records",
    summary: "Searches linked records by name, e-mail or phone, those of all syncs or of one.",
    params: InWorkspace,
    query: z.object({
      sync: z.string().min(1).max(40).optional(),
      text: z.string().max(200).optional(),
      state: z.enum(LINK_STATES).optional(),
      attention: z.enum(["true", "false"]).optional(),
      sort: z.enum(["updated", "title"]).default("updated"),
      offset: z.coerce.number().int().min(0).default(0),
      limit: Limit,
    }),
    answer: z.object({ links: z.array(LinkRow), total: z.int() }),
  }),
  link: route({
    method: "GET",
    path: "/api/workspaces/:workspaceId/links/:linkId",
    tag: "Records",
    summary:
      "Shows both sides of one link, field by field, with its recent history; of one that has joined another, that other.",
    params: LinkParams,
    answer: LinkView,
  }),
  reconcileLink: route({
    method: "POST",
    path: "/api/workspaces/:workspaceId/links/:linkId/reconcile",
    tag: "Records",
    summary: "Reads both sides of one link as soon as possible and brings them to agreement.",
    params: LinkParams,
    answer: Taken,
    status: 202,
  }),
  decide: route({
    method: "POST",
    path: "/api/workspaces/:workspaceId/links/:linkId/decisions",
    tag: "Records",
    summary: "Settles what waits for a person: who is who, or whose value counts. Carried out afterwards, once.",
    params: LinkParams,
    body: Decision,
    answer: Decided,
    status: 202,
  }),
  due: route({
    method: "GET",
    path: "/api/workspaces/:workspaceId/due/:key",
    tag: "Records",
    summary: "Tells how work stands that was taken on: still to be done, done, or why it failed.",
    params: InWorkspace.extend({ key: z.string() }),
    answer: DueView,
  }),
  journal: route({
    method: "GET",
    path: "/api/workspaces/:workspaceId/journal",
    tag: "History",
    summary: "Lists what the hub decided and did, newest first.",
    params: InWorkspace,
    query: Page,
    answer: z.array(JournalView),
  }),
  replayJournal: route({
    method: "GET",
    path: "/api/workspaces/:workspaceId/journal/replay",
    tag: "History",
    summary: "Makes a page of the journal's decisions anew from what is kept of them, and shows those that differ.",
    params: InWorkspace,
    query: Page.extend({ linkId: z.string().optional(), since: z.coerce.number().optional() }),
    answer: ReplayView,
  }),
  troubles: route({
    method: "GET",
    path: "/api/workspaces/:workspaceId/troubles",
    tag: "History",
    summary: "Lists keys that failed: those set aside for a person, or those waiting for another attempt.",
    params: InWorkspace,
    query: Page.extend({ state: z.enum(["due", "dead"]).default("dead") }),
    answer: z.array(TroubleView),
  }),
  retry: route({
    method: "POST",
    path: "/api/workspaces/:workspaceId/troubles/retry",
    tag: "History",
    summary: "Makes keys that were set aside due again; all of them when none are named.",
    params: InWorkspace,
    body: z.object({ keys: z.array(z.string()).max(1_000).optional() }),
    answer: z.object({ count: z.int() }),
  }),
  deliveries: route({
    method: "GET",
    path: "/api/workspaces/:workspaceId/deliveries",
    tag: "History",
    summary: "Lists the webhooks that were proved, newest first, each with what it led to.",
    params: InWorkspace,
    query: Page,
    answer: z.array(DeliveryView),
  }),
  sandboxContacts: route({
    method: "GET",
    path: "/api/sandbox/:partner/contacts",
    tag: "Sandbox",
    summary: "Lists the contacts inside an emulated partner, as its own users would see them.",
    params: SandboxParams,
    query: z.object({
      query: z.string().max(200).optional(),
      offset: z.coerce.number().int().min(0).default(0),
      limit: Limit,
    }),
    answer: z.object({ contacts: z.array(SandboxContact), total: z.int() }),
  }),
  createSandboxContact: route({
    method: "POST",
    path: "/api/sandbox/:partner/contacts",
    tag: "Sandbox",
    summary: "Creates a contact inside an emulated partner, as a person would.",
    params: SandboxParams,
    body: z.object({ fields: z.record(z.string(), ValueView) }),
    answer: SandboxContact,
  }),
  editSandboxContact: route({
    method: "PATCH",
    path: "/api/sandbox/:partner/contacts/:id",
    tag: "Sandbox",
    summary: "Edits a contact inside an emulated partner; an empty value clears the field.",
    params: SandboxContactParams,
    body: z.object({ fields: z.record(z.string(), ValueView) }),
    answer: SandboxContact,
  }),
  deleteSandboxContact: route({
    method: "DELETE",
    path: "/api/sandbox/:partner/contacts/:id",
    tag: "Sandbox",
    summary: "Deletes a contact inside an emulated partner.",
    params: SandboxContactParams,
    answer: Done,
  }),
  sandboxChildren: route({
    method: "GET",
    path: "/api/sandbox/:partner/contacts/:id/children",
    tag: "Sandbox",
    summary: "Lists the notes, tasks and appointments of a contact inside an emulated partner.",
    params: SandboxContactParams,
    answer: SandboxChildren,
  }),
  createSandboxChild: route({
    method: "POST",
    path: "/api/sandbox/:partner/contacts/:id/children/:kind",
    tag: "Sandbox",
    summary: "Writes a note, task or appointment under a contact inside an emulated partner, as a person would.",
    params: SandboxContactParams.extend(SandboxKind.shape),
    body: SandboxChildBody,
    answer: SandboxChild,
  }),
  editSandboxChild: route({
    method: "PATCH",
    path: "/api/sandbox/:partner/children/:kind/:id",
    tag: "Sandbox",
    summary: "Edits a note, task or appointment inside an emulated partner; an empty text clears the field.",
    params: SandboxContactParams.extend(SandboxKind.shape),
    body: SandboxChildBody,
    answer: SandboxChild,
  }),
  deleteSandboxChild: route({
    method: "DELETE",
    path: "/api/sandbox/:partner/children/:kind/:id",
    tag: "Sandbox",
    summary: "Deletes a note, task or appointment inside an emulated partner.",
    params: SandboxContactParams.extend(SandboxKind.shape),
    answer: Done,
  }),
} as const;

/** The name of a route. */
export type RouteName = keyof typeof ROUTES;
