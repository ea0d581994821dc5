-- Made by store/schema.test.ts from the migrations; do not edit.

CREATE TABLE "account" (
  "id" text not null primary key,
  "accountId" text not null,
  "providerId" text not null,
  "userId" text not null references "user" ("id") on delete cascade,
  "accessToken" text,
  "refreshToken" text,
  "idToken" text,
  "accessTokenExpiresAt" text,
  "refreshTokenExpiresAt" text,
  "scope" text,
  "password" text,
  "createdAt" text not null,
  "updatedAt" text not null
) strict;

CREATE INDEX "account_by_user" on "account" ("userId");

CREATE TABLE "agencies" (
  "workspace_id" text not null,
  "connector_id" text not null,
  "agency_id" text not null,
  "settings" text not null,
  "base_urls" text not null,
  "granted_at" integer not null,
  constraint "agencies_pk" primary key ("workspace_id", "connector_id", "agency_id")
) strict;

CREATE TABLE "allowances" (
  "workspace_id" text not null,
  "connection_id" text not null,
  "kept" text not null,
  constraint "allowances_pk" primary key ("workspace_id", "connection_id")
) strict;

CREATE TABLE "bookmarks" (
  "workspace_id" text not null,
  "connection_id" text not null,
  "name" text not null,
  "text" text not null,
  constraint "bookmarks_pk" primary key ("workspace_id", "connection_id", "name")
) strict;

CREATE TABLE "checkpoints" (
  "workspace_id" text not null,
  "sync_id" text not null,
  "side" text not null,
  "kind" text not null,
  "cursor" text,
  "high_water" integer,
  "started_at" integer,
  "finished_at" integer,
  "seen" integer not null,
  "total" integer,
  "mode" text,
  constraint "checkpoints_pk" primary key ("workspace_id", "sync_id", "side", "kind")
) strict, without rowid;

CREATE TABLE "connections" (
  "workspace_id" text not null,
  "id" text not null,
  "connector_id" text not null,
  "name" text not null,
  "settings" text not null,
  "base_urls" text not null,
  "is_paused" integer not null,
  "health" text not null,
  "created_at" integer not null,
  "is_from_file" integer default 1 not null,
  constraint "connections_pk" primary key ("workspace_id", "id")
) strict, without rowid;

CREATE INDEX "connections_by_connector" on "connections" ("connector_id", "workspace_id", "id");

CREATE TABLE "consents" (
  "id" text not null,
  "sealed" text not null,
  "expires_at" integer not null,
  constraint "consents_pk" primary key ("id")
) strict;

CREATE TABLE "deliveries" (
  "workspace_id" text not null,
  "id" text not null,
  "connection_id" text not null,
  "delivery_id" text not null,
  "received_at" integer not null,
  "type" text not null,
  "occurred_at" integer,
  "scheme" text not null,
  "external_ids" text not null,
  "due_keys" text default '[]' not null,
  "repeats" integer default 0 not null,
  constraint "deliveries_pk" primary key ("workspace_id", "id")
) strict;

CREATE INDEX "deliveries_by_time" on "deliveries" ("workspace_id", "received_at");

CREATE UNIQUE INDEX "deliveries_once" on "deliveries" ("workspace_id", "connection_id", "delivery_id");

CREATE TABLE "due" (
  "workspace_id" text not null,
  "key" text not null,
  "state" text not null,
  "priority" integer not null,
  "due_at" integer not null,
  "reason" text not null,
  "generation" integer not null,
  "attempts" integer not null,
  "error_kind" text,
  "error_message" text,
  "failed_at" integer,
  "sync_id" text default '' not null,
  "quiet_at" integer,
  "cap_at" integer,
  "plain_at" integer,
  "plan" text,
  constraint "due_pk" primary key ("workspace_id", "key")
) strict, without rowid;

CREATE INDEX "due_by_failure" on "due" ("workspace_id", "state", "failed_at", "key") where "failed_at" is not null;

CREATE INDEX "due_by_urgency" on "due" ("workspace_id", "state", "sync_id", "priority", "due_at");

CREATE TABLE "field_watches" (
  "workspace_id" text not null,
  "sync_id" text not null,
  "content" text not null,
  constraint "field_watches_pk" primary key ("workspace_id", "sync_id")
) strict;

CREATE TABLE "hand_calls" (
  "workspace_id" text not null,
  "id" text not null,
  "connection_id" text not null,
  "operation_id" text not null,
  "at" integer not null,
  "detail" text not null,
  constraint "hand_calls_pk" primary key ("workspace_id", "id")
) strict;

CREATE INDEX "hand_calls_by_time" on "hand_calls" ("workspace_id", "connection_id", "id");

CREATE TABLE "intent_claims" (
  "workspace_id" text not null,
  "sync_id" text not null,
  "side" text not null,
  "claim" text not null,
  "intent_id" text not null,
  constraint "intent_claims_pk" primary key ("workspace_id", "sync_id", "side", "claim")
) strict, without rowid;

CREATE INDEX "intent_claims_by_intent" on "intent_claims" ("workspace_id", "intent_id");

CREATE TABLE "intents" (
  "workspace_id" text not null,
  "id" text not null,
  "link_id" text not null,
  "sync_id" text not null,
  "side" text not null,
  "claims" text not null,
  "find_by" text not null,
  "sent" text not null,
  "started_at" integer not null,
  "horizon_at" integer not null,
  "state" text not null,
  "parent_id" text,
  constraint "intents_pk" primary key ("workspace_id", "id")
) strict, without rowid;

CREATE INDEX "intents_by_link" on "intents" ("workspace_id", "link_id");

CREATE TABLE "joined_links" (
  "workspace_id" text not null,
  "link_id" text not null,
  "into_id" text not null,
  constraint "joined_links_pk" primary key ("workspace_id", "link_id")
) strict;

CREATE INDEX "joined_links_into" on "joined_links" ("workspace_id", "into_id");

CREATE TABLE "journal" (
  "workspace_id" text not null,
  "id" text not null,
  "at" integer not null,
  "sync_id" text not null,
  "link_id" text,
  "reason" text not null,
  "verdict" text not null,
  "summary" text not null,
  "detail" text not null,
  "duration_ms" real not null,
  constraint "journal_pk" primary key ("workspace_id", "id")
) strict;

CREATE INDEX "journal_by_link" on "journal" ("workspace_id", "link_id", "id");

CREATE INDEX "journal_by_time" on "journal" ("workspace_id", "at", "verdict");

CREATE TABLE "kept_records" (
  "workspace_id" text not null,
  "connection_id" text not null,
  "resource" text not null,
  "external_id" text not null,
  "parent_id" text,
  "fields" text not null,
  "origin" text not null,
  "page_url" text,
  "created_at" integer not null,
  "changed_at" integer not null,
  "deleted_by" text,
  "search_text" text not null,
  constraint "kept_records_pk" primary key ("workspace_id", "connection_id", "resource", "external_id")
) strict;

CREATE INDEX "kept_records_by_change" on "kept_records" ("workspace_id", "connection_id", "resource", "changed_at", "external_id") where "deleted_by" is null;

CREATE INDEX "kept_records_by_parent" on "kept_records" ("workspace_id", "connection_id", "parent_id", "resource", "changed_at", "external_id") where "deleted_by" is null;

CREATE INDEX "kept_records_deleted" on "kept_records" ("workspace_id", "changed_at") where "deleted_by" is not null;

CREATE TABLE "kept_values" (
  "workspace_id" text not null,
  "connection_id" text not null,
  "resource" text not null,
  "external_id" text not null,
  "field" text not null,
  "value" text not null,
  constraint "kept_values_pk" primary key ("workspace_id", "connection_id", "resource", "external_id", "field")
) strict, without rowid;

CREATE INDEX "kept_values_by_value" on "kept_values" ("workspace_id", "connection_id", "resource", "field", "value");

CREATE TABLE "known_scopes" (
  "workspace_id" text not null,
  "connection_id" text not null,
  "content" text not null,
  constraint "known_scopes_pk" primary key ("workspace_id", "connection_id")
) strict;

CREATE TABLE "lanes" (
  "workspace_id" text not null,
  "epoch" integer not null,
  "holder" text not null,
  "taken_at" integer not null,
  constraint "lanes_pk" primary key ("workspace_id")
) strict, without rowid;

CREATE TABLE "link_keys" (
  "workspace_id" text not null,
  "sync_id" text not null,
  "side" text not null,
  "match_key" text not null,
  "link_id" text not null,
  constraint "link_keys_pk" primary key ("workspace_id", "sync_id", "side", "match_key", "link_id")
) strict, without rowid;

CREATE INDEX "link_keys_by_link" on "link_keys" ("workspace_id", "link_id", "side");

CREATE TABLE "links" (
  "workspace_id" text not null,
  "id" text not null,
  "sync_id" text not null,
  "state" text not null,
  "left_external_id" text,
  "right_external_id" text,
  "left_as_of" integer,
  "right_as_of" integer,
  "left_gone_at" integer,
  "right_gone_at" integer,
  "left_seen_at" integer,
  "right_seen_at" integer,
  "left_side" text,
  "right_side" text,
  "base" text not null,
  "conflicts" text not null,
  "findings" text not null,
  "ambiguity" text,
  "has_conflicts" integer not null,
  "has_findings" integer not null,
  "needs_attention" integer not null,
  "is_deletion" integer not null,
  "title" text not null,
  "title_folded" text not null,
  "search_text" text not null,
  "created_at" integer not null,
  "updated_at" integer not null,
  "refused" text,
  "parent_link_id" text,
  "held_back" text,
  "kept_alone_at" integer,
  constraint "links_pk" primary key ("workspace_id", "id")
) strict;

CREATE INDEX "links_by_attention" on "links" ("workspace_id", "updated_at", "id") where "needs_attention" = 1;

CREATE INDEX "links_by_deletion" on "links" ("workspace_id", "updated_at") where "is_deletion" = 1;

CREATE INDEX "links_by_parent" on "links" ("workspace_id", "sync_id", "parent_link_id", "id") where "parent_link_id" is not null;

CREATE INDEX "links_by_state" on "links" ("workspace_id", "state", "sync_id", "id");

CREATE INDEX "links_by_title" on "links" ("workspace_id", "title_folded", "id");

CREATE INDEX "links_by_update" on "links" ("workspace_id", "updated_at", "id");

CREATE INDEX "links_held_back" on "links" ("workspace_id", "sync_id", "held_back", "state") where "held_back" is not null;

CREATE INDEX "links_kept_alone" on "links" ("workspace_id", "sync_id", "state") where "kept_alone_at" is not null;

CREATE UNIQUE INDEX "links_left" on "links" ("workspace_id", "left_external_id", "sync_id");

CREATE UNIQUE INDEX "links_right" on "links" ("workspace_id", "right_external_id", "sync_id");

CREATE TABLE "mappings" (
  "workspace_id" text not null,
  "sync_id" text not null,
  "version" text not null,
  "content" text not null,
  "used_at" integer not null,
  constraint "mappings_pk" primary key ("workspace_id", "sync_id", "version")
) strict;

CREATE TABLE "schema_migrations" (
  "number" integer not null primary key,
  "name" text not null
);

CREATE TABLE "secret_holds" (
  "workspace_id" text not null,
  "name" text not null,
  "holder" text not null,
  "held_until" integer not null,
  constraint "secret_holds_pk" primary key ("workspace_id", "name")
) strict;

CREATE TABLE "secrets" (
  "workspace_id" text not null,
  "name" text not null,
  "sealed" text not null,
  constraint "secrets_pk" primary key ("workspace_id", "name")
) strict, without rowid;

CREATE TABLE "session" (
  "id" text not null primary key,
  "expiresAt" text not null,
  "token" text not null unique,
  "createdAt" text not null,
  "updatedAt" text not null,
  "ipAddress" text,
  "userAgent" text,
  "userId" text not null references "user" ("id") on delete cascade
) strict;

CREATE INDEX "session_by_user" on "session" ("userId");

CREATE TABLE "syncs" (
  "workspace_id" text not null,
  "id" text not null,
  "config" text not null,
  "version" text not null,
  "is_paused" integer not null,
  "created_at" integer not null,
  constraint "syncs_pk" primary key ("workspace_id", "id")
) strict, without rowid;

CREATE TABLE "user" (
  "id" text not null primary key,
  "name" text not null,
  "email" text not null unique,
  "emailVerified" integer not null,
  "image" text,
  "createdAt" text not null,
  "updatedAt" text not null
) strict;

CREATE TABLE "verification" (
  "id" text not null primary key,
  "identifier" text not null,
  "value" text not null,
  "expiresAt" text not null,
  "createdAt" text not null,
  "updatedAt" text not null
) strict;

CREATE INDEX "verification_by_identifier" on "verification" ("identifier");

CREATE TABLE "workspaces" (
  "workspace_id" text not null,
  "name" text not null,
  "created_at" integer not null,
  "is_paused" integer default 0 not null,
  constraint "workspaces_pk" primary key ("workspace_id")
) strict, without rowid;
