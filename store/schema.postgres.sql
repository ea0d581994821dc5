-- Made by store/schema.test.ts from the migrations; do not edit.

CREATE TABLE account (
  id text not null,
  "accountId" text not null,
  "providerId" text not null,
  "userId" text not null,
  "accessToken" text,
  "refreshToken" text,
  "idToken" text,
  "accessTokenExpiresAt" timestamp with time zone,
  "refreshTokenExpiresAt" timestamp with time zone,
  scope text,
  password text,
  "createdAt" timestamp with time zone not null,
  "updatedAt" timestamp with time zone not null,
  constraint account_pkey PRIMARY KEY (id),
  constraint "account_userId_fkey" FOREIGN KEY ("userId") REFERENCES "user"(id) ON DELETE CASCADE
);
CREATE INDEX account_by_user ON public.account USING btree ("userId");

CREATE TABLE agencies (
  workspace_id text collate "C" not null,
  connector_id text collate "C" not null,
  agency_id text collate "C" not null,
  settings text not null,
  base_urls text not null,
  granted_at bigint not null,
  constraint agencies_pk PRIMARY KEY (workspace_id, connector_id, agency_id)
);

CREATE TABLE allowances (
  workspace_id text collate "C" not null,
  connection_id text collate "C" not null,
  kept text not null,
  constraint allowances_pk PRIMARY KEY (workspace_id, connection_id)
);

CREATE TABLE bookmarks (
  workspace_id text collate "C" not null,
  connection_id text collate "C" not null,
  name text collate "C" not null,
  text text not null,
  constraint bookmarks_pk PRIMARY KEY (workspace_id, connection_id, name)
);

CREATE TABLE checkpoints (
  workspace_id text collate "C" not null,
  sync_id text collate "C" not null,
  side text not null,
  kind text not null,
  cursor text,
  high_water bigint,
  started_at bigint,
  finished_at bigint,
  seen bigint not null,
  total bigint,
  mode text,
  constraint checkpoints_pk PRIMARY KEY (workspace_id, sync_id, side, kind)
);

CREATE TABLE connections (
  workspace_id text collate "C" not null,
  id text collate "C" not null,
  connector_id text collate "C" not null,
  name text not null,
  settings text not null,
  base_urls text not null,
  is_paused integer not null,
  health text not null,
  created_at bigint not null,
  is_from_file integer not null,
  constraint connections_pk PRIMARY KEY (workspace_id, id)
);
CREATE INDEX connections_by_connector ON public.connections USING btree (connector_id, workspace_id, id);

CREATE TABLE consents (
  id text collate "C" not null,
  sealed text not null,
  expires_at bigint not null,
  constraint consents_pk PRIMARY KEY (id)
);

CREATE TABLE deliveries (
  workspace_id text collate "C" not null,
  id text collate "C" not null,
  connection_id text collate "C" not null,
  delivery_id text collate "C" not null,
  received_at bigint not null,
  type text not null,
  occurred_at bigint,
  scheme text not null,
  external_ids text not null,
  due_keys text not null,
  repeats bigint not null,
  constraint deliveries_pk PRIMARY KEY (workspace_id, id)
);
CREATE INDEX deliveries_by_time ON public.deliveries USING btree (workspace_id, received_at);
CREATE UNIQUE INDEX deliveries_once ON public.deliveries USING btree (workspace_id, connection_id, delivery_id);

CREATE TABLE due (
  workspace_id text collate "C" not null,
  key text collate "C" not null,
  state text not null,
  priority integer not null,
  due_at bigint not null,
  reason text not null,
  generation bigint not null,
  attempts integer not null,
  error_kind text,
  error_message text,
  failed_at bigint,
  sync_id text collate "C" not null,
  quiet_at bigint,
  cap_at bigint,
  plain_at bigint,
  plan text,
  constraint due_pk PRIMARY KEY (workspace_id, key)
);
CREATE INDEX due_by_failure ON public.due USING btree (workspace_id, state, failed_at, key) WHERE (failed_at IS NOT NULL);
CREATE INDEX due_by_urgency ON public.due USING btree (workspace_id, state, sync_id, priority, due_at);

CREATE TABLE field_watches (
  workspace_id text collate "C" not null,
  sync_id text collate "C" not null,
  content text not null,
  constraint field_watches_pk PRIMARY KEY (workspace_id, sync_id)
);

CREATE TABLE hand_calls (
  workspace_id text collate "C" not null,
  id text collate "C" not null,
  connection_id text collate "C" not null,
  operation_id text collate "C" not null,
  at bigint not null,
  detail text not null,
  constraint hand_calls_pk PRIMARY KEY (workspace_id, id)
);
CREATE INDEX hand_calls_by_time ON public.hand_calls USING btree (workspace_id, connection_id, id);

CREATE TABLE intent_claims (
  workspace_id text collate "C" not null,
  sync_id text collate "C" not null,
  side text not null,
  claim text collate "C" not null,
  intent_id text collate "C" not null,
  constraint intent_claims_pk PRIMARY KEY (workspace_id, sync_id, side, claim)
);
CREATE INDEX intent_claims_by_intent ON public.intent_claims USING btree (workspace_id, intent_id);

CREATE TABLE intents (
  workspace_id text collate "C" not null,
  id text collate "C" not null,
  link_id text collate "C" not null,
  sync_id text collate "C" not null,
  side text not null,
  claims text not null,
  find_by text not null,
  sent text not null,
  started_at bigint not null,
  horizon_at bigint not null,
  state text not null,
  parent_id text,
  constraint intents_pk PRIMARY KEY (workspace_id, id)
);
CREATE INDEX intents_by_link ON public.intents USING btree (workspace_id, link_id);

CREATE TABLE joined_links (
  workspace_id text collate "C" not null,
  link_id text collate "C" not null,
  into_id text collate "C" not null,
  constraint joined_links_pk PRIMARY KEY (workspace_id, link_id)
);
CREATE INDEX joined_links_into ON public.joined_links USING btree (workspace_id, into_id);

CREATE TABLE journal (
  workspace_id text collate "C" not null,
  id text collate "C" not null,
  at bigint not null,
  sync_id text collate "C" not null,
  link_id text collate "C",
  reason text not null,
  verdict text not null,
  summary text not null,
  detail text not null,
  duration_ms double precision not null,
  constraint journal_pk PRIMARY KEY (workspace_id, id)
);
CREATE INDEX journal_by_link ON public.journal USING btree (workspace_id, link_id, id);
CREATE INDEX journal_by_time ON public.journal USING btree (workspace_id, at, verdict);

CREATE TABLE kept_records (
  workspace_id text collate "C" not null,
  connection_id text collate "C" not null,
  resource text collate "C" not null,
  external_id text collate "C" not null,
  parent_id text collate "C",
  fields text not null,
  origin text not null,
  page_url text,
  created_at bigint not null,
  changed_at bigint not null,
  deleted_by text,
  search_text text not null,
  constraint kept_records_pk PRIMARY KEY (workspace_id, connection_id, resource, external_id)
);
CREATE INDEX kept_records_by_change ON public.kept_records USING btree (workspace_id, connection_id, resource, changed_at, external_id) WHERE (deleted_by IS NULL);
CREATE INDEX kept_records_by_parent ON public.kept_records USING btree (workspace_id, connection_id, parent_id, resource, changed_at, external_id) WHERE (deleted_by IS NULL);
CREATE INDEX kept_records_deleted ON public.kept_records USING btree (workspace_id, changed_at) WHERE (deleted_by IS NOT NULL);

CREATE TABLE kept_values (
  workspace_id text collate "C" not null,
  connection_id text collate "C" not null,
  resource text collate "C" not null,
  external_id text collate "C" not null,
  field text collate "C" not null,
  value text collate "C" not null,
  constraint kept_values_pk PRIMARY KEY (workspace_id, connection_id, resource, external_id, field)
);
CREATE INDEX kept_values_by_value ON public.kept_values USING btree (workspace_id, connection_id, resource, field, value);

CREATE TABLE known_scopes (
  workspace_id text collate "C" not null,
  connection_id text collate "C" not null,
  content text not null,
  constraint known_scopes_pk PRIMARY KEY (workspace_id, connection_id)
);

CREATE TABLE lanes (
  workspace_id text collate "C" not null,
  epoch bigint not null,
  holder text not null,
  taken_at bigint not null,
  constraint lanes_pk PRIMARY KEY (workspace_id)
);

CREATE TABLE link_keys (
  workspace_id text collate "C" not null,
  sync_id text collate "C" not null,
  side text not null,
  match_key text collate "C" not null,
  link_id text collate "C" not null,
  constraint link_keys_pk PRIMARY KEY (workspace_id, sync_id, side, match_key, link_id)
);
CREATE INDEX link_keys_by_link ON public.link_keys USING btree (workspace_id, link_id, side);

CREATE TABLE links (
  workspace_id text collate "C" not null,
  id text collate "C" not null,
  sync_id text collate "C" not null,
  state text not null,
  left_external_id text collate "C",
  right_external_id text collate "C",
  left_as_of bigint,
  right_as_of bigint,
  left_gone_at bigint,
  right_gone_at bigint,
  left_seen_at bigint,
  right_seen_at bigint,
  left_side text,
  right_side text,
  base text not null,
  conflicts text not null,
  findings text not null,
  ambiguity text,
  has_conflicts integer not null,
  has_findings integer not null,
  needs_attention integer not null,
  is_deletion integer not null,
  title text not null,
  title_folded text collate "C" not null,
  search_text text not null,
  created_at bigint not null,
  updated_at bigint not null,
  refused text,
  parent_link_id text,
  held_back text,
  kept_alone_at bigint,
  constraint links_pk PRIMARY KEY (workspace_id, id)
);
CREATE INDEX links_by_attention ON public.links USING btree (workspace_id, updated_at, id) WHERE (needs_attention = 1);
CREATE INDEX links_by_deletion ON public.links USING btree (workspace_id, updated_at) WHERE (is_deletion = 1);
CREATE INDEX links_by_parent ON public.links USING btree (workspace_id, sync_id, parent_link_id, id) WHERE (parent_link_id IS NOT NULL);
CREATE INDEX links_by_state ON public.links USING btree (workspace_id, state, sync_id, id);
CREATE INDEX links_by_title ON public.links USING btree (workspace_id, title_folded, id);
CREATE INDEX links_by_update ON public.links USING btree (workspace_id, updated_at, id);
CREATE INDEX links_held_back ON public.links USING btree (workspace_id, sync_id, held_back, state) WHERE (held_back IS NOT NULL);
CREATE INDEX links_kept_alone ON public.links USING btree (workspace_id, sync_id, state) WHERE (kept_alone_at IS NOT NULL);
CREATE UNIQUE INDEX links_left ON public.links USING btree (workspace_id, left_external_id, sync_id);
CREATE UNIQUE INDEX links_right ON public.links USING btree (workspace_id, right_external_id, sync_id);

CREATE TABLE mappings (
  workspace_id text collate "C" not null,
  sync_id text collate "C" not null,
  version text collate "C" not null,
  content text not null,
  used_at bigint not null,
  constraint mappings_pk PRIMARY KEY (workspace_id, sync_id, version)
);

CREATE TABLE schema_migrations (
  number integer not null,
  name text not null,
  constraint schema_migrations_pkey PRIMARY KEY (number)
);

CREATE TABLE secret_holds (
  workspace_id text collate "C" not null,
  name text collate "C" not null,
  holder text collate "C" not null,
  held_until bigint not null,
  constraint secret_holds_pk PRIMARY KEY (workspace_id, name)
);

CREATE TABLE secrets (
  workspace_id text collate "C" not null,
  name text collate "C" not null,
  sealed text not null,
  constraint secrets_pk PRIMARY KEY (workspace_id, name)
);

CREATE TABLE session (
  id text not null,
  "expiresAt" timestamp with time zone not null,
  token text not null,
  "createdAt" timestamp with time zone not null,
  "updatedAt" timestamp with time zone not null,
  "ipAddress" text,
  "userAgent" text,
  "userId" text not null,
  constraint session_pkey PRIMARY KEY (id),
  constraint session_token_key UNIQUE (token),
  constraint "session_userId_fkey" FOREIGN KEY ("userId") REFERENCES "user"(id) ON DELETE CASCADE
);
CREATE INDEX session_by_user ON public.session USING btree ("userId");

CREATE TABLE syncs (
  workspace_id text collate "C" not null,
  id text collate "C" not null,
  config text not null,
  version text not null,
  is_paused integer not null,
  created_at bigint not null,
  constraint syncs_pk PRIMARY KEY (workspace_id, id)
);

CREATE TABLE user (
  id text not null,
  name text not null,
  email text not null,
  "emailVerified" boolean not null,
  image text,
  "createdAt" timestamp with time zone not null,
  "updatedAt" timestamp with time zone not null,
  constraint user_email_key UNIQUE (email),
  constraint user_pkey PRIMARY KEY (id)
);

CREATE TABLE verification (
  id text not null,
  identifier text not null,
  value text not null,
  "expiresAt" timestamp with time zone not null,
  "createdAt" timestamp with time zone not null,
  "updatedAt" timestamp with time zone not null,
  constraint verification_pkey PRIMARY KEY (id)
);
CREATE INDEX verification_by_identifier ON public.verification USING btree (identifier);

CREATE TABLE workspaces (
  workspace_id text collate "C" not null,
  name text not null,
  created_at bigint not null,
  is_paused integer not null,
  constraint workspaces_pk PRIMARY KEY (workspace_id)
);
