import type { OperationRow } from "../../model/api/operations.ts";
import { ROUTES } from "../../model/api/routes.ts";
import { Failure } from "../../model/errors.ts";
import type { Call } from "../client.ts";
import { columns } from "../show.ts";
import type { World } from "../world.ts";
import { workspaceId } from "./workspace.ts";

/** Which connection's catalogue, and how it is printed. */
export interface CatalogueOptions {
  readonly workspace?: string;
  readonly json?: boolean;
}

/** Lists what can be asked of a connection's partner, by subject, with what its credential may do. */
export async function operations(world: World, call: Call, connectionId: string, options: CatalogueOptions) {
  const params = { workspaceId: await workspaceId(call, options.workspace), connectionId };
  const { operations: rows } = await call(ROUTES.operations, { params });
  if (options.json === true) world.print(JSON.stringify(rows, undefined, 2));
  else for (const line of operationLines(rows)) world.print(line);
}

/** Runs one operation and prints what came of it, as JSON. */
export async function callOperation(
  world: World,
  call: Call,
  [connectionId, operationId]: readonly [string, string],
  { input = "{}", ...options }: CatalogueOptions & { readonly input?: string },
): Promise<void> {
  const body = { input: await inputOf(world, input) };
  const params = { workspaceId: await workspaceId(call, options.workspace), connectionId, operationId };
  const { output } = await call(ROUTES.runOperation, { params, body });
  world.print(JSON.stringify(output, undefined, 2));
}

/** An object from JSON, or from a file with JSON where it begins with `@`. */
async function inputOf(world: World, given: string): Promise<Record<string, unknown>> {
  const file = given.startsWith("@") ? given.slice(1) : undefined;
  const text = file === undefined ? given : await readInput(world, file);
  const input = parsed(text);
  // The check for an array and null leaves objects with text keys only.
  if (typeof input === "object" && input !== null && !Array.isArray(input)) return input as Record<string, unknown>;
  const where = file === undefined ? "--input" : `The file ${file}`;
  throw new Failure("misconfigured", `${where} must be a JSON object, for instance {"contactId":"abc"}.`);
}

function readInput(world: World, file: string): Promise<string> {
  return world.readFile(file).catch((cause: unknown) => {
    throw new Failure("misconfigured", `The input file ${file} cannot be read; check its path.`, { cause });
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // What is no JSON is told by the caller, together with JSON that is no object.
    return undefined;
  }
}

/** A catalogue as lines, under the headings of its subjects. Pure. */
export function operationLines(rows: readonly OperationRow[]): string[] {
  if (rows.length === 0) return ["This connection's partner has no catalogue yet."];
  const lines = columns(rows.map((row) => [`  ${row.id}`, row.effect, mayWords(row), row.title]));
  const subjects = [...new Set(rows.map(({ subject }) => subject))];
  return subjects.flatMap((subject, place) => [
    ...(place === 0 ? [] : [""]),
    subject,
    ...lines.filter((_line, at) => rows[at]?.subject === subject),
  ]);
}

function mayWords({ kind, permission, blocked }: OperationRow): string {
  if (permission.state === "no") return `needs ${permission.missing.join(", ")}`;
  if (blocked !== undefined) return kind === "trigger" ? "not sent to this credential" : "this connection only reads";
  if (kind === "trigger") return "noticed";
  return permission.state === "yes" ? "yes" : "not known yet";
}
