import type { z } from "zod";
import { type Action, doingOf, filledPath, type OperationCall, readAnswer, type Session } from "../../../kit/index.ts";
import { about } from "../calls.ts";
import type { Searched } from "../search.ts";
import type { Settings } from "../settings.ts";
import { idUnder } from "../sighting.ts";
import { ReadAnswer, type Row } from "../wire.ts";
import { actionsOf, type Bag, composed, DONE, MADE, one, rows, type Shape } from "./dialect.ts";
import { SEARCH_INPUT, searchSent } from "./searches.ts";
import { CustomFields, number, Owner } from "./shapes.ts";

/** A kind of record that has the usual five operations. */
export interface RecordKind {
  /** Stands in paths and in the ids of the operations. */
  readonly name: string;
  readonly subject: string;
  /** With its article. */
  readonly one: string;
  readonly plural: string;
  readonly searched: Searched;
  /** What Salesmate demands in every create and update beside the owner; an update takes over what is not given. */
  readonly demanded: Shape;
  /** What else can be written. */
  readonly fields: Shape;
  /** Names of the fields that a search shows unless others are named. */
  readonly usual: readonly string[];
  /** What a create is given, for the documents. */
  readonly example: Bag;
  /** What is sent for an input of a create or update. */
  readonly prepare?: (input: Bag, settings: Settings) => Bag;
  /** Sent with every search. */
  readonly searchQuery?: Readonly<Record<string, string>>;
}

/** The number of a record in examples. */
export const EXAMPLE_ID = "1588";

/** Create, read, change, delete and search for one kind of record. */
export function recordActions(kind: RecordKind): readonly Action<Settings>[] {
  const { name, subject, one: each, plural, example, prepare } = kind;
  const action = actionsOf(subject);
  const key = `${name}Id`;
  const at = `/${name}/v4/{${key}}`;
  const id = number(`Number of the ${name}.`);
  const written = { ...kind.fields, customFields: CustomFields, owner: Owner };
  const prepared = prepare === undefined ? {} : { prepare };
  return [
    action({
      id: `${name}.create`,
      title: `Create ${each}`,
      description: `Makes ${each}; whether there is one like it already is not looked at.`,
      effect: "creates",
      method: "POST",
      path: `/${name}/v4`,
      input: { ...kind.demanded, ...written },
      spread: ["customFields"],
      fill: { owner: "body" },
      ...prepared,
      gives: MADE,
      example: { input: example, output: { id: EXAMPLE_ID } },
    }),
    action({
      id: `${name}.read`,
      title: `Read ${each}`,
      description: `Shows ${each} with all its fields.`,
      effect: "reads",
      method: "GET",
      path: at,
      input: { [key]: id },
      gives: one(name),
      example: { input: { [key]: EXAMPLE_ID }, output: { [name]: { id: 1588, ...example } } },
    }),
    repeating(
      kind,
      action({
        id: `${name}.update`,
        title: `Change ${each}`,
        description: `Changes what is given. Salesmate demands some fields every time: those not given are read first.`,
        effect: "changes",
        method: "PUT",
        path: at,
        input: { [key]: id, ...optional(kind.demanded), ...written },
        spread: ["customFields"],
        ...prepared,
        gives: DONE,
        example: { input: { [key]: EXAMPLE_ID, description: "Met at the fair." }, output: { succeeded: true } },
      }),
    ),
    deleteAction(kind, at),
    searchAction(kind, `/${name}/v4/search`, `Search ${plural}`),
  ];
}

function deleteAction({ name, subject, one: each }: RecordKind, path: string): Action<Settings> {
  const key = `${name}Id`;
  return actionsOf(subject)({
    id: `${name}.delete`,
    title: `Delete ${each}`,
    description: `Deletes ${each}, so that a person can bring it back in Salesmate.`,
    effect: "deletes",
    method: "DELETE",
    path,
    input: { [key]: number(`Number of the ${name}.`) },
    gives: DONE,
    example: { input: { [key]: EXAMPLE_ID }, output: { succeeded: true } },
  });
}

/** A search for one kind of record. */
export function searchAction(kind: RecordKind, path: string, title: string, source?: string): Action<Settings> {
  const { name, subject, plural, searched, usual, searchQuery = {} } = kind;
  return actionsOf(subject)({
    id: `${name}.search`,
    title,
    description: `Finds ${plural} by their fields and times, up to 250 at a time.`,
    ...(source !== undefined && { source }),
    effect: "reads",
    method: "POST",
    path,
    input: SEARCH_INPUT,
    inQuery: ["rows", "from", ...Object.keys(searchQuery)],
    prepare: (input, settings) => ({ ...searchSent(searched, usual, input, settings), ...searchQuery }),
    gives: rows(plural),
    example: { input: { rows: 50 }, output: { [plural]: [{ id: 1588 }], total: 1, pages: 1 } },
  });
}

/** The same inputs, none of which has to be given. */
function optional(shape: Shape): Shape {
  return Object.fromEntries(Object.entries(shape).map(([name, one]) => [name, (one as z.ZodType).optional()]));
}

/** Fields that lead to other records. */
const LINKS = ["owner", "primaryContact"];

/** An update that reads first what Salesmate demands and nobody gave. */
function repeating({ name, demanded }: RecordKind, action: Action<Settings>): Action<Settings> {
  const names = ["owner", ...Object.keys(demanded)];
  return composed(action, [...readsOf(action), ...action.calls], async (session, input) => {
    const isWhole = names.every((one) => input[one] !== undefined);
    const held = isWhole ? {} : heldIn(await readRow(session, action, input, name), names);
    return action.run(session, { ...held, ...input });
  });
}

/** The requests that read what these requests change. */
export function readsOf({ calls }: Action<Settings>): readonly OperationCall[] {
  return calls.map((call) => ({ ...call, method: "GET" }));
}

/** Reads the record that an update is for. */
export async function readRow(
  session: Session<Settings>,
  action: Action<Settings>,
  input: Bag,
  name: string,
): Promise<Row> {
  const doing = `${doingOf(action.title)}: read the ${name}`;
  const path = filledPath(action.calls.at(-1)?.path ?? "", input);
  const answer = await session.http.request({ method: "GET", path, doing });
  return readAnswer(ReadAnswer, answer, about(doing)).Data;
}

/** What a record shows of these fields, as an update takes them. */
export function heldIn(row: Row, names: readonly string[]): Bag {
  const held = names.map((name) => {
    const value = LINKS.includes(name) ? idUnder(row, name)?.toString() : row[name];
    return [name, value] as const;
  });
  return Object.fromEntries(held.filter(([, value]) => value !== undefined && value !== null && value !== ""));
}
