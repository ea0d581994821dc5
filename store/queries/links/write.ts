import type { InsertQueryBuilder, InsertResult, Kysely } from "kysely";
import type { Effect } from "../../../engine/ports.ts";
import { SIDES } from "../../../model/record.ts";
import type { DialectTraits } from "../../database.ts";
import { change, changeOfLists, type Script, tell, template } from "../../script.ts";
import type { Tables } from "../../tables.ts";
import { insertRows, rowWrite } from "../../together.ts";
import { type LinkRow, linkRow } from "./row.ts";

type SaveLink = Extract<Effect, { kind: "saveLink" }>;
type Seen = Extract<Effect, { kind: "seen" }>;

/** Scripts that change links. */
export interface LinkWriteScripts {
  readonly save: (workspaceId: string, effect: SaveLink) => Script<void>;
  readonly drop: (workspaceId: string, linkId: string) => Script<void>;
  readonly seen: (workspaceId: string, effect: Seen) => Script<void>;
}

export function linkWrites(kysely: Kysely<Tables>, dialect: DialectTraits): LinkWriteScripts {
  const save = saveWrite(kysely, dialect);
  const rewrite = rewriteTemplate(kysely);
  const clearKeys = clearKeysWrite(kysely, dialect);
  const addKey = addKeyWrite(kysely, dialect);
  return {
    *save(workspaceId, { link, keys }) {
      const row = linkRow(workspaceId, link);
      const isRewritten = dialect.answersAtOnce && (yield* change(rewrite(row))) > 0;
      if (!isRewritten) yield* tell(save(row));
      for (const side of SIDES) {
        const matchKeys = keys?.[side];
        if (matchKeys === undefined) continue;
        const ofSide = { workspace_id: workspaceId, link_id: link.id, side };
        yield* tell(clearKeys(ofSide));
        for (const match_key of new Set(matchKeys)) yield* tell(addKey({ ...ofSide, sync_id: link.syncId, match_key }));
      }
    },
    *drop(workspaceId, linkId) {
      for (const side of SIDES) yield* tell(clearKeys({ workspace_id: workspaceId, link_id: linkId, side }));
      yield* tell(kysely.deleteFrom("links").where("workspace_id", "=", workspaceId).where("id", "=", linkId));
    },
    *seen(workspaceId, { syncId, side, externalIds, at }) {
      const column = `${side}_seen_at` as const;
      yield* changeOfLists(externalIds, (some) =>
        kysely
          .updateTable("links")
          .set({ [column]: at })
          .where("workspace_id", "=", workspaceId)
          .where("sync_id", "=", syncId)
          .where(`${side}_external_id`, "in", some)
          .where((eb) => eb.or([eb(column, "is", null), eb(column, "<", at)])),
      );
    },
  };
}

/** The columns of a link that a save replaces: all but its name. */
const REPLACED = [
  "sync_id",
  "state",
  "left_external_id",
  "right_external_id",
  "left_as_of",
  "right_as_of",
  "left_gone_at",
  "right_gone_at",
  "left_side",
  "right_side",
  "base",
  "conflicts",
  "findings",
  "ambiguity",
  "refused",
  "parent_link_id",
  "held_back",
  "kept_alone_at",
  "has_conflicts",
  "has_findings",
  "needs_attention",
  "is_deletion",
  "title",
  "title_folded",
  "search_text",
  "created_at",
  "updated_at",
] as const satisfies readonly (keyof LinkRow)[];

const SAVED = ["workspace_id", "id", ...REPLACED] as const;

/** What stands in a statement for each of these columns. */
function slotsFor<Name extends keyof LinkRow>(
  columns: readonly Name[],
  slot: <Column extends keyof LinkRow>(name: Column) => LinkRow[Column],
): Pick<LinkRow, Name> {
  // Exactly these columns, each with what stands for it.
  return Object.fromEntries(columns.map((column) => [column, slot(column)])) as unknown as Pick<LinkRow, Name>;
}

/** Inserts or replaces all columns but the key and when the records were last seen. */
function saveWrite(kysely: Kysely<Tables>, dialect: DialectTraits) {
  return rowWrite<LinkRow>(dialect, {
    table: "links",
    subjectOf: ({ id }) => id,
    one: (slot) => replacing(kysely.insertInto("links").values(slotsFor(SAVED, slot) satisfies LinkRow)),
    many: (rows) => replacing(insertRows(kysely, "links", SAVED, rows)),
  });
}

function replacing(insert: InsertQueryBuilder<Tables, "links", InsertResult>) {
  return insert.onConflict((conflict) =>
    conflict
      .columns(["workspace_id", "id"])
      .doUpdateSet((eb) => Object.fromEntries(REPLACED.map((column) => [column, eb.ref(`excluded.${column}`)]))),
  );
}

/** What is indexed of a link and moves rarely. */
const STEADY = [
  "sync_id",
  "state",
  "left_external_id",
  "right_external_id",
  "parent_link_id",
  "needs_attention",
  "is_deletion",
  "title_folded",
] as const satisfies readonly (keyof LinkRow)[];

/**
 * Replaces a link whose steady columns are as they were, and touches no other. SQLite enters a row anew in every index
 * of a column that a statement names, whether or not its value moves: that is half of what saving a link takes.
 */
function rewriteTemplate(kysely: Kysely<Tables>) {
  const isSteady = new Set<string>(STEADY);
  const moving = REPLACED.filter((column) => !isSteady.has(column));
  return template<LinkRow>((slot) => {
    const query = kysely
      .updateTable("links")
      .set(slotsFor(moving, slot))
      .where("workspace_id", "=", slot("workspace_id"))
      .where("id", "=", slot("id"));
    return STEADY.reduce((some, column) => some.where(column, "is not distinct from", slot(column)), query);
  });
}

type KeyRow = Tables["link_keys"];
type KeysOfSide = Pick<KeyRow, "workspace_id" | "link_id" | "side">;

function clearKeysWrite(kysely: Kysely<Tables>, dialect: DialectTraits) {
  return rowWrite<KeysOfSide>(dialect, {
    table: "link_keys",
    subjectOf: ({ link_id, side }) => `${side} ${link_id}`,
    mayRepeat: true,
    one: (slot) =>
      kysely
        .deleteFrom("link_keys")
        .where("workspace_id", "=", slot("workspace_id"))
        .where("link_id", "=", slot("link_id"))
        .where("side", "=", slot("side")),
    many: (rows) =>
      kysely
        .deleteFrom("link_keys")
        .using(rows)
        .whereRef("link_keys.workspace_id", "=", "rows.workspace_id")
        .whereRef("link_keys.link_id", "=", "rows.link_id")
        .whereRef("link_keys.side", "=", "rows.side"),
  });
}

function addKeyWrite(kysely: Kysely<Tables>, dialect: DialectTraits) {
  return rowWrite<KeyRow>(dialect, {
    table: "link_keys",
    subjectOf: ({ link_id, side }) => `${side} ${link_id}`,
    mayRepeat: true,
    one: (slot) =>
      kysely
        .insertInto("link_keys")
        .values({
          workspace_id: slot("workspace_id"),
          sync_id: slot("sync_id"),
          side: slot("side"),
          match_key: slot("match_key"),
          link_id: slot("link_id"),
        })
        .onConflict((conflict) => conflict.doNothing()),
    many: (rows) =>
      insertRows(kysely, "link_keys", ["workspace_id", "sync_id", "side", "match_key", "link_id"], rows).onConflict(
        (conflict) => conflict.doNothing(),
      ),
  });
}
