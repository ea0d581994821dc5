import { z } from "zod";
import {
  type Action,
  type Dialect,
  type HttpAction,
  httpAction,
  type OperationCall,
  type Session,
} from "../../../kit/index.ts";
import { Failure } from "../../../model/errors.ts";
import { TAG_SEPARATOR } from "../quirks.ts";
import type { Settings } from "../settings.ts";

/** Where an operation lies; v1 and v3 were announced to end and hold some operations that v4 lacks. */
export const GENERATIONS = ["v4", "v3", "v1"] as const;
export type Generation = (typeof GENERATIONS)[number];

/** What an operation is given or gives, not looked into. */
export type Bag = Readonly<Record<string, unknown>>;
/** Inputs or outputs by their names. */
export type Shape = Readonly<Record<string, z.ZodType>>;

/** What all operations of Salesmate have in common. It knows no permissions of a key: its user's are the key's. */
const DIALECT: Dialect<Settings, Generation> = {
  partner: "Salesmate",
  generations: GENERATIONS,
  generationOf: () => "v4",
  headers: () => ({}),
  fill: { owner: ({ settings }) => String(settings.ownerId) },
  written: {
    tags: (tags) => (Array.isArray(tags) ? tags.join(TAG_SEPARATOR) : tags),
    owner: Number,
    company: Number,
    primaryContact: Number,
    primaryCompany: Number,
  },
  aliases: {},
};

/** One action as data: what differs from `HttpAction` is how an answer's envelope is opened, and what is sent beside. */
export type Declared = Omit<
  HttpAction<Generation, Shape, Shape>,
  "subject" | "module" | "scopes" | "source" | "path" | "output" | "reshape" | "bare"
> & {
  readonly path: string;
  readonly source?: string;
  readonly gives: Gives;
  /** What is sent for an input; the input itself where absent. */
  readonly prepare?: (input: Bag, settings: Settings) => Bag;
};

/** What an action gives, and how it is taken out of an answer's data. */
export interface Gives {
  readonly output: Shape;
  readonly of: (data: unknown) => unknown;
}

/** Makes the actions of one subject. */
export function actionsOf(subject: string) {
  return ({ path, gives, prepare, source = SOURCES.reference, ...declared }: Declared): Action<Settings> => {
    const action = httpAction(DIALECT, {
      ...declared,
      ...{ subject, module: "", scopes: [], source },
      path: { [generationIn(path)]: path },
      output: gives.output,
      reshape: (body) => gives.of(Object(body).Data),
    });
    if (prepare === undefined) return action;
    return { ...action, run: (session, input) => action.run(session, prepare(input, session.settings)) };
  };
}

function generationIn(path: string): Generation {
  const found = GENERATIONS.find((generation) => path.split("/").includes(generation));
  if (found !== undefined) return found;
  throw new Failure("bug", `The path ${path} of an operation of Salesmate names no generation.`);
}

/** An action that asks more than once: what it is run as, and all requests that it may make. */
export function composed(
  action: Action<Settings>,
  calls: readonly OperationCall[],
  run: (session: Session<Settings>, input: Bag) => Promise<unknown>,
): Action<Settings> {
  return { ...action, calls, run };
}

/** Where operations are described. No document was read at its own address; see the page on Salesmate. */
export const SOURCES = {
  reference: "apidocs.salesmate.io",
  older: "apidocs.salesmate.io, older part",
  assumed: "apidocs.salesmate.io, older part; what its body holds is assumed",
} as const;

const WireId = z.union([z.number(), z.string().min(1)]);
/** A record as Salesmate shows it: its fields stand beside each other, custom ones by their keys. */
export const Shown = z.looseObject({ id: WireId });

/** Nothing but that it was done. */
export const DONE: Gives = { output: { succeeded: z.boolean() }, of: () => ({}) };

/** The number of what was made, as a text. */
export const MADE: Gives = {
  output: { id: z.string().min(1) },
  of: (data) => {
    const { id, noteId } = Object(data);
    return { id: String(id ?? noteId ?? "") };
  },
};

/** One record, under this name. */
export function one(name: string, shape: z.ZodType = Shown): Gives {
  return { output: { [name]: shape }, of: (data) => ({ [name]: data }) };
}

/** A bare list, under this name. */
export function all(name: string, shape: z.ZodType): Gives {
  return { output: { [name]: z.array(shape) }, of: (data) => ({ [name]: data }) };
}

/** The rows of a search, under this name, with their totals. */
export function rows(name: string): Gives {
  return {
    output: { [name]: z.array(Shown), total: z.number().optional(), pages: z.number().optional() },
    of: (found) => {
      const { data, totalRows, totalPages } = Object(found);
      return { [name]: data, total: totalRows, pages: totalPages };
    },
  };
}
