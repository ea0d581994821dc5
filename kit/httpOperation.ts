import { z } from "zod";
import { Failure } from "../model/errors.ts";
import { readAnswer } from "./answer.ts";
import type { Session } from "./connector.ts";
import type { HttpRequest } from "./http.ts";
import type { Action, Effect, OperationCall } from "./operation.ts";
import { filledPath, namesIn } from "./path.ts";

/**
 * Actions that are one HTTP request are declared as data: which path, where each input goes, where in the answer each
 * output stands. What all of a partner's actions have in common is its `Dialect`.
 */

/** What holds for all of a partner's HTTP actions. */
export interface Dialect<Settings, Generation extends string> {
  /** The partner's name, for messages. */
  readonly partner: string;
  /** The generations of its API, the one that is preferred for actions that lack the configured one first. */
  readonly generations: readonly Generation[];
  /** The generation that a connection is configured for. */
  readonly generationOf: (settings: Settings) => Generation;
  /** Headers that name the generation to the part of the API that `module` is. */
  readonly headers: (generation: Generation, module: string, settings: Settings) => Readonly<Record<string, string>>;
  /** What the connection itself fills in, by the partner's name for it: nobody is asked for the account's own id. */
  readonly fill: Readonly<Record<string, (session: Session<Settings>) => string | Promise<string>>>;
  /** Inputs that the partner wants in another form, by their name. */
  readonly written?: Readonly<Record<string, (value: unknown, generation: Generation) => unknown>>;
  /** Names under which the partner answers an output, where it has several. */
  readonly aliases: Readonly<Record<string, readonly string[]>>;
}

type Shape = Readonly<Record<string, z.ZodType>>;
type Given<Input extends Shape> = z.input<z.ZodObject<Input>>;
type Got<Output extends Shape> = z.output<z.ZodObject<Output>>;

/** One action as data. */
export interface HttpAction<Generation extends string, Input extends Shape, Output extends Shape> {
  readonly id: string;
  readonly subject: string;
  readonly title: string;
  readonly description: string;
  readonly effect: Effect;
  readonly scopes: readonly string[];
  readonly tokenClass?: "location" | "agency";
  /** The partner's name for this part of its API. */
  readonly module: string;
  readonly source: string;
  readonly method: OperationCall["method"];
  /** Which of the connector's base addresses it lies under; `api` when absent. */
  readonly base?: string;
  /** One path for every generation, or one for each that has it. Names in braces are inputs, or filled in. */
  readonly path: string | Readonly<Partial<Record<Generation, string>>>;
  /** The inputs. Those that the path does not name travel in the query of a GET and in the body of all others. */
  readonly input: Input;
  /** Inputs whose parts travel in the body themselves, each under its own name. */
  readonly spread?: readonly string[];
  /** Inputs that travel in the query though the method has a body. */
  readonly inQuery?: readonly string[];
  /** Where the connection fills in what `Dialect.fill` knows, beside what the path names. */
  readonly fill?: Readonly<Record<string, "query" | "body">>;
  /** What is sent always. */
  readonly constant?: Readonly<Record<string, unknown>>;
  /** The partner's names of inputs and filled-in values in a generation, where they differ from ours. */
  readonly spelling?: Readonly<Partial<Record<Generation, Readonly<Record<string, string>>>>>;
  /** Whether an empty body is sent as well; POST and PUT always have one. */
  readonly hasBody?: boolean;
  /** Set where the answer is a text and no JSON; `bare` names the output that it is. */
  readonly answers?: "text";
  /** The outputs. Each stands in the answer under its name or an alias; `succeeded` is true where nothing is said. */
  readonly output: Output;
  /** Further names under which outputs of this action are answered; they take the place of the dialect's. */
  readonly aliases?: Readonly<Record<string, readonly string[]>>;
  /** The output that an answer without envelope is. */
  readonly bare?: string;
  /** Brings an answer of another build into the shape that outputs are taken from. */
  readonly reshape?: (body: unknown) => unknown;
  readonly example: { readonly input: Given<Input>; readonly output: Got<Output> };
}

/** Makes an action of its declaration. */
export function httpAction<Settings, Generation extends string, Input extends Shape, Output extends Shape>(
  dialect: Dialect<Settings, Generation>,
  declared: HttpAction<Generation, Input, Output>,
): Action<Settings> {
  const { id, subject, title, description, effect, scopes, tokenClass, source, method, example } = declared;
  const paths = pathsOf(dialect, declared.path);
  const output = z.object(declared.output);
  return {
    kind: "action",
    id,
    subject,
    title,
    description,
    effect,
    scopes,
    ...(tokenClass && { tokenClass }),
    source,
    generations: paths.map(([generation]) => generation),
    calls: paths.map(([generation, path]) => ({ method, path, generation })),
    input: z.strictObject(declared.input),
    output,
    example,
    run: async (session, input) => {
      const wanted = dialect.generationOf(session.settings);
      const [generation, path] = paths.find(([one]) => one === wanted) ?? firstOf(paths, id);
      const request = await requestOf(dialect, declared, { session, input, generation, path });
      const answer = await session.http.request(request);
      const body = picked(dialect, declared, answer.body);
      const context = { partner: dialect.partner, doing: request.doing, isWrite: effect !== "reads" };
      refuseFailed(body, context);
      return readAnswer(output, { body }, context);
    },
  };
}

type Paths<Generation> = readonly (readonly [Generation, string])[];

function pathsOf<Settings, Generation extends string>(
  { generations }: Dialect<Settings, Generation>,
  path: string | Readonly<Partial<Record<Generation, string>>>,
): Paths<Generation> {
  return generations.flatMap((generation) => {
    const one = typeof path === "string" ? path : path[generation];
    return one === undefined ? [] : [[generation, one] as const];
  });
}

function firstOf<Generation>(paths: Paths<Generation>, id: string): readonly [Generation, string] {
  const [first] = paths;
  if (first !== undefined) return first;
  throw new Failure("bug", `The operation ${id} is declared without a path.`);
}

/** One run: what it was given, and which generation speaks. */
interface Run<Settings, Generation> {
  readonly session: Session<Settings>;
  readonly input: Readonly<Record<string, unknown>>;
  readonly generation: Generation;
  readonly path: string;
}

async function requestOf<Settings, Generation extends string, Input extends Shape, Output extends Shape>(
  dialect: Dialect<Settings, Generation>,
  declared: HttpAction<Generation, Input, Output>,
  { session, input, generation, path }: Run<Settings, Generation>,
): Promise<HttpRequest> {
  const { method, base, module, fill = {}, inQuery = [], spread = [], constant = {}, hasBody } = declared;
  const inPath = namesIn(path);
  const filled = await filledIn(dialect, session, [...inPath, ...Object.keys(fill)], input);
  const query: Record<string, unknown> = {};
  const body: Record<string, unknown> = {};
  const place = (name: string, value: unknown, isInQuery: boolean): void => {
    if (value === undefined || inPath.includes(name)) return;
    const target = isInQuery ? query : body;
    target[declared.spelling?.[generation]?.[name] ?? name] = dialect.written?.[name]?.(value, generation) ?? value;
  };
  const isGet = method === "GET";
  for (const [name, value] of Object.entries(input)) {
    if (spread.includes(name)) for (const [part, held] of Object.entries(Object(value))) place(part, held, false);
    else place(name, value, isGet || inQuery.includes(name));
  }
  for (const [name, where] of Object.entries(fill)) place(name, filled[name], where === "query");
  for (const [name, value] of Object.entries(constant)) place(name, value, isGet);
  const isSent = Object.keys(body).length > 0 || hasBody === true || method === "POST" || method === "PUT";
  return {
    method,
    ...(base !== undefined && { base }),
    path: filledPath(path, { ...filled, ...input }),
    // Inputs of a query are declared as plain values.
    ...(Object.keys(query).length > 0 && { query: query as NonNullable<HttpRequest["query"]> }),
    ...(isSent && !isGet && { json: body }),
    headers: dialect.headers(generation, module, session.settings),
    isRead: declared.effect === "reads",
    ...(declared.answers && { answers: declared.answers }),
    doing: doingOf(declared.title),
  };
}

/** What the connection knows of itself, for those of `names` that nobody gave. */
async function filledIn<Settings, Generation extends string>(
  { fill }: Dialect<Settings, Generation>,
  session: Session<Settings>,
  names: readonly string[],
  input: Readonly<Record<string, unknown>>,
): Promise<Readonly<Record<string, string>>> {
  const wanted = names.flatMap((name) => {
    const from = fill[name];
    return from === undefined || input[name] !== undefined ? [] : [[name, from] as const];
  });
  return Object.fromEntries(
    await Promise.all(wanted.map(async ([name, from]) => [name, await from(session)] as const)),
  );
}

/** What is being done, for messages: the title, which is an order, without its capital. */
export function doingOf(title: string): string {
  return title.slice(0, 1).toLowerCase() + title.slice(1);
}

/** The outputs as they stand in an answer, under our names and without what is null. */
function picked<Settings, Generation extends string, Input extends Shape, Output extends Shape>(
  dialect: Dialect<Settings, Generation>,
  { output, bare, reshape, aliases = {} }: HttpAction<Generation, Input, Output>,
  answered: unknown,
): Readonly<Record<string, unknown>> {
  const cleaned = withoutNulls(answered);
  const whole = reshape === undefined ? cleaned : withoutNulls(reshape(cleaned));
  const body = isRecord(whole) ? whole : {};
  const entries = Object.keys(output).map((name) => {
    const names = aliases[name] ?? dialect.aliases[name] ?? [name];
    const found = names.find((alias) => body[alias] !== undefined);
    if (found !== undefined) return [name, body[found]] as const;
    if (name === "succeeded") return [name, true] as const;
    return [name, name === bare ? whole : undefined] as const;
  });
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

/** Some partners answer with a success status, and say in a flag that it was none. */
function refuseFailed(body: Readonly<Record<string, unknown>>, context: { partner: string; doing: string }): void {
  if (body.succeeded !== false) return;
  throw new Failure("rejected", `Could not ${context.doing} at ${context.partner}: it answered that it did not do it.`);
}

/** A value without the parts that are null: an absent key says the same. */
export function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.filter((part) => part !== null).map(withoutNulls);
  if (!isRecord(value)) return value;
  const parts = Object.entries(value).filter(([, part]) => part !== null && part !== undefined);
  return Object.fromEntries(parts.map(([key, part]) => [key, withoutNulls(part)]));
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
