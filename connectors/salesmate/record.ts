import { Failure } from "../../model/errors.ts";
import type { FieldDefinition, FieldType } from "../../model/field.ts";
import type { Snapshot } from "../../model/record.ts";
import { applyChanges, type Changes, type Fields, isEmpty, type Value } from "../../model/value.ts";
import { definitionOf, type KnownCustomField } from "./customFields.ts";
import { CLEARED, TAG_SEPARATOR } from "./quirks.ts";
import type { Settings } from "./settings.ts";
import { idUnder, type Sighting, versionOf } from "./sighting.ts";
import { type Times, timesIn } from "./times.ts";
import type { Row } from "./wire.ts";

/** A record of any module (a contact, a company) between Salesmate's JSON and model form. Pure. */

/** A field that every account has. */
export interface StandardField {
  readonly key: string;
  readonly wire: string;
  readonly label: string;
  readonly type: FieldType;
}

/** What tells the records of one module from those of another. */
export interface RecordShape {
  /** Stands before the names of fields in searches. */
  readonly prefix: string;
  /** In the order in which they are shown. */
  readonly standard: readonly StandardField[];
  /** What Salesmate demands in every create and update beside the owner. */
  readonly demanded: readonly Demanded[];
  /** Of records that belong to a contact: the field that leads to it. */
  readonly parent?: string;
}

/** A text that must be sent each time: its name at Salesmate, the field it is, and what stands for none. */
export interface Demanded {
  readonly wire: string;
  readonly key: string;
  /** Read back as empty; absent where nothing stands for it and it is left out. */
  readonly otherwise?: (settings: Settings) => string;
}

/** The ways between a module's JSON and model form. */
export interface RecordFormat {
  /** The catalogue of an account's fields. */
  readonly describe: (custom: readonly KnownCustomField[]) => readonly FieldDefinition[];
  /** Every field that a search row must show to be as good as a direct read. */
  readonly displayingFields: (custom: readonly KnownCustomField[]) => readonly string[];
  /**
   * Makes snapshots of an account's records; holds its time zone, so make one per page. `undefined` for a record that
   * should belong to a contact and belongs to none.
   */
  readonly snapshotsOf: (
    custom: readonly KnownCustomField[],
    settings: Settings,
  ) => (row: Row, sighting: Sighting) => Snapshot | undefined;
  /** The body of a create: what is not empty, with all that Salesmate demands. */
  readonly createBody: (
    fields: Fields,
    custom: readonly KnownCustomField[],
    settings: Settings,
    parentId?: string,
  ) => Record<string, unknown>;
  /** The body of an update: what changed, with what Salesmate demands again, and tags as the whole list they shall be. */
  readonly updateBody: (
    changes: Changes,
    known: Fields,
    custom: readonly KnownCustomField[],
    settings: Settings,
    parentId?: string,
  ) => Record<string, unknown>;
}

/** Carried along because every update must repeat it; never mapped. */
const OWNER: FieldDefinition = { key: "ownerId", label: "Owner", type: "number", isWritable: false };

/** The ways between JSON and model form for the records of one module. */
export function recordFormat(shape: RecordShape): RecordFormat {
  const { prefix, standard, demanded, parent } = shape;

  const demandedOf = (fields: Fields, settings: Settings, parentId: string | undefined): Record<string, unknown> => {
    const texts = demanded.flatMap(({ wire, key, otherwise }) => {
      const text = textOf(fields[key]) || otherwise?.(settings);
      return text ? [[wire, text] as const] : [];
    });
    const owner = fields[OWNER.key];
    return {
      ...Object.fromEntries(texts),
      ...(parent !== undefined && parentId !== undefined && { [parent]: Number(parentId) }),
      owner: typeof owner === "number" ? owner : settings.ownerId,
    };
  };

  const bodyOf = (keys: readonly string[], fields: Fields, custom: readonly KnownCustomField[]) =>
    Object.fromEntries(
      keys.map((key) => {
        const { wire, type } = writableField(key, standard, custom);
        return [wire, wireValue(type, fields[key] ?? "")];
      }),
    );

  return {
    describe: (custom) => [
      ...standard.map(({ key, label, type }) => ({ key, label, type, isWritable: true, standard: key })),
      OWNER,
      ...custom.map(definitionOf),
    ],
    displayingFields: (custom) => {
      const names = [...standard.map((field) => field.wire), ...custom.map((field) => field.wireKey)];
      const links = parent === undefined ? ["owner.id"] : ["owner.id", `${parent}.id`];
      return ["id", ...names, ...links, "lastModifiedAt"].map((name) => `${prefix}.${name}`);
    },
    snapshotsOf: (custom, settings) => {
      const times = timesIn(settings.timeZone);
      const all = [...standard, ...custom.map((field) => ({ ...field, wire: field.wireKey }))];
      return (row, sighting) => {
        const parentId = parent === undefined ? undefined : idUnder(row, parent);
        if (parent !== undefined && parentId === undefined) return undefined;
        const fields: Record<string, Value> = {};
        for (const { key, wire, type } of all) {
          const value = row[wire];
          // A row that lacks a key says nothing of it, rather than that it is empty: emptiness would travel on.
          if (value === undefined && sighting === "row") continue;
          fields[key] = valueIn(type, value, times);
        }
        for (const { key, otherwise } of demanded) if (fields[key] === otherwise?.(settings)) fields[key] = "";
        const ownerId = idUnder(row, "owner");
        if (ownerId !== undefined) fields[OWNER.key] = ownerId;
        const version = sighting === "direct" ? versionOf(row.lastModifiedAt, times) : undefined;
        return {
          externalId: String(row.id),
          ...(parentId !== undefined && { parentId: String(parentId) }),
          fields,
          ...(version !== undefined && { version }),
        };
      };
    },
    createBody: (fields, custom, settings, parentId) => {
      const filled = Object.keys(fields).filter((key) => key !== OWNER.key && !isEmpty(fields[key] ?? ""));
      return { ...bodyOf(filled, fields, custom), ...demandedOf(fields, settings, parentId) };
    },
    updateBody: (changes, known, custom, settings, parentId) => {
      const next = applyChanges(known, changes);
      const changed = Object.keys(changes).filter((key) => key !== OWNER.key);
      return { ...bodyOf(changed, next, custom), ...demandedOf(next, settings, parentId) };
    },
  };
}

function valueIn(type: FieldType, value: unknown, times: Times): Value {
  switch (type) {
    case "set":
      return tagsOf(value);
    case "date":
      return times.day(value);
    case "number":
      return numberOf(value);
    case "boolean":
      return value === undefined || value === null || value === ""
        ? ""
        : value === true || value === 1 || /^(true|yes|1)$/i.test(String(value));
    default:
      return textOf(value);
  }
}

function textOf(value: unknown): string {
  if (value === undefined || value === null) return "";
  return typeof value === "object" ? JSON.stringify(value) : String(value).trim();
}

function numberOf(value: unknown): Value {
  const text = textOf(value);
  const number = Number(text);
  return text === "" || Number.isNaN(number) ? text : number;
}

/** Tags are one text; an array is read too, because metadata calls show them so. */
function tagsOf(value: unknown): readonly string[] {
  const parts = Array.isArray(value) ? value.map(textOf) : textOf(value).split(TAG_SEPARATOR);
  const seen = new Set([""]);
  return parts
    .map((part) => part.trim())
    .filter((part) => {
      const folded = part.toLowerCase();
      if (seen.has(folded)) return false;
      seen.add(folded);
      return true;
    });
}

function writableField(
  key: string,
  standard: readonly StandardField[],
  custom: readonly KnownCustomField[],
): { wire: string; type: FieldType } {
  const known = standard.find((field) => field.key === key);
  if (known !== undefined) return known;
  const field = custom.find((one) => one.key === key);
  if (field?.isWritable === true) return { wire: field.wireKey, type: field.type };
  const why = field === undefined ? "the account has no such field" : "it cannot be written";
  throw new Failure("misconfigured", `Could not write the field "${key}" at Salesmate: ${why}. Correct the mapping.`);
}

function wireValue(type: FieldType, value: Value): unknown {
  if (type === "set") return expressibleTags(value).join(TAG_SEPARATOR);
  if (!isEmpty(value)) return value;
  return type === "number" || type === "date" || type === "boolean" ? CLEARED.other : CLEARED.text;
}

/** A tag with a comma would come back as two, so it is left out; the engine sees that it was not kept and says so. */
function expressibleTags(value: Value): readonly string[] {
  return typeof value === "object" ? value.filter((tag) => !tag.includes(TAG_SEPARATOR)) : [];
}
