import { z } from "zod";
import { PREVIEW_KINDS } from "../../model/api/previews.ts";
import { SANDBOX_PARTNERS } from "../../model/api/views.ts";
import { START_MODES } from "../../model/sync.ts";
import { OPERATION_KINDS } from "../text/operations.ts";

/** What the records page can be narrowed to. */
export const SHOWN = ["all", "linked", "waiting", "attention", "unlinked", "deleted"] as const;
export type Shown = (typeof SHOWN)[number];

/** The records page's part of the URL. Anything unknown or wrong falls back, so that no address is an error. */
export const RecordsSearch = z.object({
  text: z.string().max(200).catch("").default(""),
  show: z.enum(SHOWN).catch("all").default("all"),
  /** Id of the sync whose records are shown; empty for those of all. */
  of: z.string().max(40).catch("").default(""),
  sort: z.enum(["updated", "title"]).catch("updated").default("updated"),
  page: z.coerce.number().int().min(1).catch(1).default(1),
});
export type RecordsSearch = z.infer<typeof RecordsSearch>;

/** The part of the URL of the page before a start: for which mode, what the list is narrowed to, and where it begins. */
export const StartSearch = z.object({
  mode: z.enum(START_MODES).optional().catch(undefined),
  kind: z.enum(PREVIEW_KINDS).optional().catch(undefined),
  after: z.string().max(100).optional().catch(undefined),
});
export type StartSearch = z.infer<typeof StartSearch>;

const SearchText = z.string().max(200).catch("").default("");
const PageNumber = z.coerce.number().int().min(1).catch(1).default(1);

/** The sandbox page's part of the URL: what stands beside HighLevel, and what is searched for, and the page, in each. */
export const SandboxSearch = z.object({
  with: z.enum(SANDBOX_PARTNERS).exclude(["highlevel"]).catch("salesmate").default("salesmate"),
  highlevel: SearchText,
  salesmate: SearchText,
  trustmary: SearchText,
  trustpilot: SearchText,
  trint: SearchText,
  daybook: SearchText,
  highlevelPage: PageNumber,
  salesmatePage: PageNumber,
  trustmaryPage: PageNumber,
  trustpilotPage: PageNumber,
  trintPage: PageNumber,
  daybookPage: PageNumber,
});
export type SandboxSearch = z.infer<typeof SandboxSearch>;

/** The part of the URL of what a connection can do: what is searched for, and which kind is shown. */
export const OperationsSearch = z.object({
  text: z.string().max(200).catch("").default(""),
  kind: z.enum(OPERATION_KINDS).catch("all").default("all"),
});
export type OperationsSearch = z.infer<typeof OperationsSearch>;

/** The part of the URL of what the hub keeps for a connection: which kind, what is searched for, and the page. */
export const KeptSearch = z.object({
  kind: z.string().max(50).catch("").default(""),
  text: z.string().max(200).catch("").default(""),
  page: z.coerce.number().int().min(1).catch(1).default(1),
});
export type KeptSearch = z.infer<typeof KeptSearch>;

/** What the page of transcripts shows. */
export const TranscriptsSearch = z.object({
  text: z.string().max(200).catch("").default(""),
  page: z.coerce.number().int().min(1).catch(1).default(1),
});
export type TranscriptsSearch = z.infer<typeof TranscriptsSearch>;

/** The sign-in page's part of the URL: what the hub said when a link did not work. */
export const SignInSearch = z.object({ error: z.string().max(100).optional().catch(undefined) });

/** Search parameters from a URL's query, all of them text; each page's schema decides what they mean. */
export function parseQuery(query: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(query));
}

/** The query for these parameters: those with a value, and a `?` before them when there are any. */
export function formatQuery(search: Readonly<Record<string, unknown>>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(search)) {
    if (value !== undefined && value !== "") query.set(name, String(value));
  }
  const text = query.toString();
  return text === "" ? "" : `?${text}`;
}

/** Address of the first page. */
export const OVERVIEW = "/";

/** Address of what waits for a person. */
export const WAITING = "/waiting";

/** Address of the webhooks that came. */
export const WEBHOOKS = "/webhooks";

/** Address of the page on which a sync is looked at and started. */
export function startAddress(syncId: string, search: StartSearch = {}): string {
  return `/start/${encodeURIComponent(syncId)}${formatQuery(search)}`;
}

/** Address of the custom fields of a sync that are not what they were. */
export function fieldsAddress(syncId: string): string {
  return `/fields/${encodeURIComponent(syncId)}`;
}

/** Address of the list of connections. */
export const CONNECTIONS = "/connections";

/** Address where a partner is chosen for a new connection. */
export const PARTNERS = "/partners";

/** Address of one connection. */
export function connectionAddress(connectionId: string): string {
  return `${CONNECTIONS}/${encodeURIComponent(connectionId)}`;
}

/** Address where a new connection to a partner is made. */
export function newConnectionAddress(connectorId: string): string {
  return `${PARTNERS}/${encodeURIComponent(connectorId)}`;
}

/** Address of the operator's own app at a partner. */
export function appAddress(connectorId: string): string {
  return `${newConnectionAddress(connectorId)}/app`;
}

/** Address of the accounts of an agency. */
export function agencyAddress(connectorId: string, agencyId: string): string {
  return `${newConnectionAddress(connectorId)}/agencies/${encodeURIComponent(agencyId)}`;
}

/** Address of what a connection can do. */
export function operationsAddress(connectionId: string, search: Partial<OperationsSearch> = {}): string {
  return `${connectionAddress(connectionId)}/operations${formatQuery(withoutDefaults(OperationsSearch, search))}`;
}

/** Address of one thing that a connection can do; keeps the list's narrowing, so that the way back leads there. */
export function operationAddress(
  connectionId: string,
  operationId: string,
  search: Partial<OperationsSearch> = {},
): string {
  const path = `${connectionAddress(connectionId)}/operations/${encodeURIComponent(operationId)}`;
  return path + formatQuery(withoutDefaults(OperationsSearch, search));
}

/** Address of what the hub keeps for a connection. */
export function keptAddress(connectionId: string, search: Partial<KeptSearch> = {}): string {
  return `/kept/${encodeURIComponent(connectionId)}${formatQuery(withoutDefaults(KeptSearch, search))}`;
}

/** Address of the transcripts of a connection. */
export function transcriptsAddress(connectionId: string, search: Partial<TranscriptsSearch> = {}): string {
  return `${connectionAddress(connectionId)}/transcripts${formatQuery(withoutDefaults(TranscriptsSearch, search))}`;
}

/** Address of one transcript. */
export function transcriptAddress(connectionId: string, transcriptId: string): string {
  return `${connectionAddress(connectionId)}/transcripts/${encodeURIComponent(transcriptId)}`;
}

/** Address of the sandbox page. */
export function sandboxAddress(search: Partial<SandboxSearch> = {}): string {
  return `/sandbox${formatQuery(withoutDefaults(SandboxSearch, search))}`;
}

/** Address of the records page narrowed so. */
export function recordsAddress(search: Partial<RecordsSearch> = {}): string {
  return `/records${formatQuery(withoutDefaults(RecordsSearch, search))}`;
}

/** Address of one record; keeps the list's narrowing, so that the way back leads to the same list. */
export function recordAddress(linkId: string, search: Partial<RecordsSearch> = {}): string {
  return `/records/${encodeURIComponent(linkId)}${formatQuery(withoutDefaults(RecordsSearch, search))}`;
}

function withoutDefaults(schema: z.ZodType<object>, search: object): Record<string, unknown> {
  const defaults = new Map(Object.entries(schema.parse({})));
  return Object.fromEntries(Object.entries(search).filter(([name, value]) => value !== defaults.get(name)));
}
