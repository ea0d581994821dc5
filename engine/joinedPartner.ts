import type { CreateAnswer } from "../kit/connector.ts";
import { Failure } from "../model/errors.ts";
import type { Snapshot } from "../model/record.ts";
import { type MappingRow, partKeys } from "../model/sync.ts";
import { type Change, type Changes, EMPTY, type Fields, type Value } from "../model/value.ts";
import { joinedKey, partChanges, withJoined } from "./mapping/joined.ts";
import type { CallContext, Partner } from "./ports.ts";

/**
 * A partner whose fields named as parts of a row are read and written as one: all it shows carries the joined value beside
 * the parts, and what is written to the joined value reaches the parts.
 *
 * @param rowsOf the rows whose parts this side keeps, known at the latest when its records are read.
 */
export function joinedPartner(
  partner: Partner,
  rowsOf: (context: CallContext) => Promise<readonly MappingRow[]>,
): Partner {
  const doors: Pick<Partner, "list" | "read" | "create" | "update"> = {
    list: async (context, query) => {
      const rows = await rowsOf(context);
      const page = await partner.list(context, query);
      if (rows.length === 0) return page;
      return { ...page, records: page.records.map((record) => joined(rows, record)) };
    },
    read: async (context, externalId, parentId) => {
      const rows = await rowsOf(context);
      const seen = await partner.read(context, externalId, parentId);
      return seen === "gone" || rows.length === 0 ? seen : joined(rows, seen);
    },
    create: async (context, fields, parentId) => {
      const rows = await rowsOf(context);
      if (rows.length === 0) return partner.create(context, fields, parentId);
      const changes = Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, set(value)]));
      const sent = await splitChanges(partner, rows, context, changes, {});
      return joinedAnswer(rows, await partner.create(context, settings(sent), parentId));
    },
    update: async (context, externalId, changes, known, parentId) => {
      const rows = await rowsOf(context);
      if (rows.length === 0) return partner.update(context, externalId, changes, known, parentId);
      const shown = withoutJoined(rows, known);
      const sent = await splitChanges(partner, rows, context, changes, shown);
      const seen = await partner.update(context, externalId, sent, shown, parentId);
      return seen === undefined ? undefined : joined(rows, seen);
    },
  };
  // All else is the partner's own, read anew each time: what it can do may change while it is open.
  return Object.create(partner, Object.getOwnPropertyDescriptors(doors));
}

function joined(rows: readonly MappingRow[], record: Snapshot): Snapshot {
  const fields = withJoined(rows, record.fields);
  if (record.folded === undefined) return { ...record, fields };
  const known = new Set(record.folded);
  const folded = keysOf(
    rows.filter(({ parts }) => parts !== undefined && partKeys(parts).some((key) => known.has(key))),
  );
  return { ...record, fields, folded: [...record.folded, ...folded] };
}

function joinedAnswer(rows: readonly MappingRow[], answer: CreateAnswer): CreateAnswer {
  if (answer.kind !== "created" || answer.snapshot === undefined) return answer;
  return { ...answer, snapshot: joined(rows, answer.snapshot) };
}

/** @throws Failure `rejected` when a value can not be told apart: the plan saw other parts than are kept now. */
async function splitChanges(
  partner: Partner,
  rows: readonly MappingRow[],
  context: CallContext,
  changes: Changes,
  present: Fields,
): Promise<Changes> {
  const split: Record<string, Change> = { ...changes };
  for (const row of rows) {
    const key = row.parts === undefined ? "" : joinedKey(row.parts);
    const change = split[key];
    if (change === undefined) continue;
    delete split[key];
    const origin = { country: (await partner.readCountry?.(context)) ?? partner.country, type: "text" } as const;
    const parts = partChanges(row, textOf(change), present, await partner.describe(context), origin);
    if (parts.kind === "notExpressible") throw new Failure("rejected", `write ${key}: ${parts.message}`);
    Object.assign(split, parts.changes);
  }
  return split;
}

function textOf(change: Change): string {
  return change.kind === "set" ? String(change.value) : EMPTY;
}

function set(value: Value): Change {
  return { kind: "set", value };
}

function settings(changes: Changes): Fields {
  const entries = Object.entries(changes);
  return Object.fromEntries(entries.flatMap(([key, change]) => (change.kind === "set" ? [[key, change.value]] : [])));
}

function withoutJoined(rows: readonly MappingRow[], fields: Fields): Fields {
  const keys = new Set(keysOf(rows));
  return Object.fromEntries(Object.entries(fields).filter(([key]) => !keys.has(key)));
}

function keysOf(rows: readonly MappingRow[]): readonly string[] {
  return rows.flatMap(({ parts }) => (parts === undefined ? [] : [joinedKey(parts)]));
}
