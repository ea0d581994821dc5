import type { DeclaredField, DeclaredResourceShape } from "../../model/declaration.ts";
import { Failure } from "../../model/errors.ts";
import type { FieldDefinition } from "../../model/field.ts";
import type { Snapshot } from "../../model/record.ts";
import { applyChanges, type Changes, EMPTY, type Fields, isEmpty } from "../../model/value.ts";
import { idAt, type JsonObject, valueAt, withValueAt } from "./json.ts";
import { fromModel, msOf, toModel } from "./values.ts";

/** A declared record between the app's JSON and model form. Pure. */

/** The fields as the engine knows them. */
export function describeDeclared({ fields, create, update }: DeclaredResourceShape): readonly FieldDefinition[] {
  const takesWrites = create !== undefined || update !== undefined;
  return fields.map(({ key, label, type, isWritable, standard, maxLength, options }) => ({
    key,
    label,
    type,
    isWritable: isWritable && takesWrites,
    ...(standard !== undefined && { standard }),
    ...(maxLength !== undefined && { maxLength }),
    ...(options !== undefined && { options }),
  }));
}

/**
 * What a record of the app is to the hub; `"deleted"` where it says of itself that it is deleted.
 * @param parentId the contact that was asked about, where the record itself need not tell
 * @returns `undefined` where it is no record: it has no id, or no contact though it needs one
 */
export function snapshotOf(
  shape: DeclaredResourceShape,
  isChild: boolean,
  json: unknown,
  parentId?: string,
): Snapshot | "deleted" | undefined {
  const externalId = idAt(json, shape.id);
  if (externalId === undefined) return undefined;
  if (isDeleted(shape, json)) return "deleted";
  const parent = shape.parentId === undefined ? parentId : idAt(json, shape.parentId);
  if (isChild && parent === undefined) return undefined;
  const changedMs = shape.changedAt && msOf(valueAt(json, shape.changedAt.path), shape.changedAt.as);
  return {
    externalId,
    ...(isChild && parent !== undefined && { parentId: parent }),
    fields: Object.fromEntries(shape.fields.map((field) => [field.key, toModel(field, valueAt(json, field.path))])),
    ...(changedMs !== undefined && { version: String(changedMs) }),
  };
}

function isDeleted({ deleted }: DeclaredResourceShape, json: unknown): boolean {
  if (deleted === undefined) return false;
  const shown = valueAt(json, deleted.path);
  if (deleted.is !== undefined) return String(shown).toLowerCase() === String(deleted.is).toLowerCase();
  return shown !== undefined && shown !== null && shown !== false && shown !== "" && shown !== 0;
}

/** The record in the body of a create: what is not empty. */
export function createFields(shape: DeclaredResourceShape, fields: Fields): JsonObject {
  return bodyOf(writable(shape), fields, ({ key }) => !isEmpty(fields[key] ?? EMPTY));
}

/**
 * The record in the body of an update: what changed, with whatever lies in the same inner object, since an app may take
 * an inner object for the whole of it; or every field, for an app that replaces the record.
 */
export function updateFields(
  shape: DeclaredResourceShape,
  changes: Changes,
  known: Fields,
  sends: "changes" | "whole",
): JsonObject {
  const next = applyChanges(known, changes);
  const fields = writable(shape);
  const unknown = Object.keys(changes).filter((key) => !fields.some((field) => field.key === key));
  if (unknown.length > 0) throw new Failure("bug", `Fields were to be written that cannot be: ${unknown.join(", ")}.`);
  const touched = new Set(fields.filter(({ key }) => key in changes).map(({ path }) => path.split(".")[0]));
  return bodyOf(fields, next, ({ key, path }) =>
    sends === "whole" ? key in next : touched.has(path.split(".")[0]) && key in next,
  );
}

function writable({ fields }: DeclaredResourceShape): readonly DeclaredField[] {
  return fields.filter(({ isWritable }) => isWritable);
}

function bodyOf(
  fields: readonly DeclaredField[],
  values: Fields,
  isSent: (field: DeclaredField) => boolean,
): JsonObject {
  return fields
    .filter(isSent)
    .reduce<JsonObject>(
      (body, field) => withValueAt(body, field.path, fromModel(field, values[field.key] ?? EMPTY)),
      {},
    );
}
