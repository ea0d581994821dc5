/**
 * The tables as Kysely sees them; the same in both databases. Times are epoch milliseconds, JSON is text, booleans are
 * 0 and 1. What each column holds and which indexes exist is in `migrations/`.
 */
export interface Tables extends AuthTables {
  workspaces: { workspace_id: string; name: string; created_at: number; is_paused: number };
  lanes: { workspace_id: string; epoch: number; holder: string; taken_at: number };
  connections: ConnectionsTable;
  secrets: { workspace_id: string; name: string; sealed: string };
  secret_holds: { workspace_id: string; name: string; holder: string; held_until: number };
  consents: { id: string; sealed: string; expires_at: number };
  allowances: { workspace_id: string; connection_id: string; kept: string };
  syncs: SyncsTable;
  links: LinksTable;
  joined_links: { workspace_id: string; link_id: string; into_id: string };
  link_keys: { workspace_id: string; sync_id: string; side: string; match_key: string; link_id: string };
  due: DueTable;
  intents: IntentsTable;
  intent_claims: { workspace_id: string; sync_id: string; side: string; claim: string; intent_id: string };
  journal: JournalTable;
  mappings: MappingsTable;
  field_watches: FieldWatchesTable;
  known_scopes: KnownScopesTable;
  checkpoints: CheckpointsTable;
  deliveries: DeliveriesTable;
  kept_records: KeptRecordsTable;
  kept_values: KeptValuesTable;
  bookmarks: { workspace_id: string; connection_id: string; name: string; text: string };
  agencies: AgenciesTable;
  hand_calls: HandCallsTable;
  schema_migrations: { number: number; name: string };
}

export interface ConnectionsTable {
  workspace_id: string;
  id: string;
  connector_id: string;
  name: string;
  settings: string;
  base_urls: string;
  is_paused: number;
  health: string;
  created_at: number;
  is_from_file: number;
}

export interface KeptRecordsTable {
  workspace_id: string;
  connection_id: string;
  resource: string;
  external_id: string;
  parent_id: string | null;
  fields: string;
  origin: string;
  page_url: string | null;
  created_at: number;
  changed_at: number;
  deleted_by: string | null;
  search_text: string;
}

export interface KeptValuesTable {
  workspace_id: string;
  connection_id: string;
  resource: string;
  external_id: string;
  field: string;
  value: string;
}

export interface AgenciesTable {
  workspace_id: string;
  connector_id: string;
  agency_id: string;
  settings: string;
  base_urls: string;
  granted_at: number;
}

export interface HandCallsTable {
  workspace_id: string;
  id: string;
  connection_id: string;
  operation_id: string;
  at: number;
  detail: string;
}

export interface SyncsTable {
  workspace_id: string;
  id: string;
  config: string;
  version: string;
  is_paused: number;
  created_at: number;
}

export interface LinksTable {
  workspace_id: string;
  id: string;
  sync_id: string;
  state: string;
  /** The sides' ids, reading times and deletions, taken out of `left_side` and `right_side` to be searched. */
  left_external_id: string | null;
  right_external_id: string | null;
  left_as_of: number | null;
  right_as_of: number | null;
  left_gone_at: number | null;
  right_gone_at: number | null;
  /** When a list page last showed the record. */
  left_seen_at: number | null;
  right_seen_at: number | null;
  left_side: string | null;
  right_side: string | null;
  base: string;
  conflicts: string;
  findings: string;
  ambiguity: string | null;
  refused: string | null;
  parent_link_id: string | null;
  held_back: string | null;
  /** When a person said that it stays on its one side. */
  kept_alone_at: number | null;
  has_conflicts: number;
  has_findings: number;
  needs_attention: number;
  /** Whether it is a tombstone or unlinked. */
  is_deletion: number;
  title: string;
  /** The beginning of the title in lower case, for sorting. */
  title_folded: string;
  /** Title, e-mails and phones of both sides in lower case. */
  search_text: string;
  created_at: number;
  updated_at: number;
}

export interface DueTable {
  workspace_id: string;
  key: string;
  sync_id: string;
  state: string;
  priority: number;
  due_at: number;
  reason: string;
  generation: number;
  attempts: number;
  error_kind: string | null;
  error_message: string | null;
  failed_at: number | null;
  /** While edits settle: until when nothing more must be seen, and when it is due in any case. */
  quiet_at: number | null;
  cap_at: number | null;
  /** While edits settle: the time of a mark that waits for nothing, if there is one. */
  plain_at: number | null;
  /** Of a dead key: what was to be written, as JSON. */
  plan: string | null;
}

export interface IntentsTable {
  workspace_id: string;
  id: string;
  link_id: string;
  sync_id: string;
  side: string;
  claims: string;
  find_by: string;
  sent: string;
  started_at: number;
  horizon_at: number;
  state: string;
  parent_id: string | null;
}

export interface JournalTable {
  workspace_id: string;
  id: string;
  at: number;
  sync_id: string;
  link_id: string | null;
  reason: string;
  verdict: string;
  summary: string;
  detail: string;
  duration_ms: number;
}

export interface MappingsTable {
  workspace_id: string;
  sync_id: string;
  version: string;
  content: string;
  used_at: number;
}

export interface FieldWatchesTable {
  workspace_id: string;
  sync_id: string;
  content: string;
}

export interface KnownScopesTable {
  workspace_id: string;
  connection_id: string;
  content: string;
}

export interface CheckpointsTable {
  workspace_id: string;
  sync_id: string;
  side: string;
  kind: string;
  cursor: string | null;
  high_water: number | null;
  started_at: number | null;
  finished_at: number | null;
  seen: number;
  total: number | null;
  mode: string | null;
}

export interface DeliveriesTable {
  workspace_id: string;
  id: string;
  connection_id: string;
  delivery_id: string;
  received_at: number;
  type: string;
  occurred_at: number | null;
  scheme: string;
  external_ids: string;
  due_keys: string;
  repeats: number;
}

/**
 * The tables of better-auth, with its own column names. It writes ISO text and 0 or 1 to SQLite, and dates and
 * booleans to PostgreSQL, hence `unknown`. Source: better-auth.com/docs/concepts/database
 */
export interface AuthTables {
  user: AuthTable;
  session: AuthTable;
  account: AuthTable;
  verification: AuthTable;
}

/** A table that only better-auth reads and writes. */
export interface AuthTable {
  id: string;
  [column: string]: unknown;
}
