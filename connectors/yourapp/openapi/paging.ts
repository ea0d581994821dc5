import type { DeclaredList, Paging } from "../../../model/declaration.ts";
import { isObject, type JsonObject } from "../json.ts";
import { type Described, type Parameter, plainShape, propertiesOf, textOf, typeOf } from "./schema.ts";
import { ANSWER_WORDS, bare, PAGING_WORDS, SINCE_WORDS } from "./words.ts";

/** Suggests how a listing goes on and what it can be asked for, from its parameters and its answer. Pure. */

const SIZE = 100;

/** How the pages of a listing follow each other. */
export function suggestPaging({ parameters, answer, hasLinks }: Described): Paging {
  const query = parameters.filter((one) => one.in === "query");
  const named = (words: RegExp) => query.find(({ name }) => words.test(bare(name)));
  const [cursor, page, offset, size] = [
    PAGING_WORDS.cursor,
    PAGING_WORDS.page,
    PAGING_WORDS.offset,
    PAGING_WORDS.size,
  ].map(named);
  const sized = size === undefined ? {} : { sizeParameter: size.name, size: sizeOf(size) };
  const numbered = { ...sized, size: size === undefined ? defaultSize(query) : sizeOf(size) };
  const total = pathTo(answer, ANSWER_WORDS.total, ["integer", "number"]);
  const link = pathTo(answer, ANSWER_WORDS.link, ["string"], (shape) => textOf(shape.format).startsWith("ur"));
  const next = pathTo(answer, ANSWER_WORDS.cursor, ["string", "integer"]);
  if (cursor !== undefined && next !== undefined) return { kind: "cursor", parameter: cursor.name, at: next, ...sized };
  if (link !== undefined) return { kind: "link", at: link, ...sized };
  if (page !== undefined) {
    const first = page.schema.minimum === 0 || page.schema.default === 0 ? 0 : 1;
    return { kind: "page", parameter: page.name, first, ...numbered, ...(total !== undefined && { total }) };
  }
  if (offset !== undefined) {
    return { kind: "offset", parameter: offset.name, ...numbered, ...(total !== undefined && { total }) };
  }
  return hasLinks ? { kind: "link", ...sized } : { kind: "none" };
}

/** What a listing can be asked for beside its pages. */
export function suggestSince({ parameters }: Described): DeclaredList["since"] {
  const found = parameters.find(({ name, in: at }) => at === "query" && SINCE_WORDS.test(bare(name)));
  if (found === undefined) return undefined;
  const isNumber = ["integer", "number"].includes(typeOf(found.schema));
  const isMs = /milli|\bms\b/i.test(found.description);
  return { parameter: found.name, as: isNumber ? (isMs ? "epochMs" : "epochSeconds") : "iso" };
}

/** A hundred records a page, or the most that the app gives. */
function sizeOf({ schema }: Parameter): number {
  const most = schema.maximum;
  return typeof most === "number" && most >= 1 ? Math.min(Math.floor(most), SIZE) : SIZE;
}

/** Without a parameter for it the size is the app's own; what the document says of it is looked for in words. */
function defaultSize(query: readonly Parameter[]): number {
  const said = query.map(({ description }) => /(\d+) (?:per page|records|results|items)/i.exec(description)?.[1]);
  return Number(said.find((one) => one !== undefined) ?? SIZE);
}

/** Where in an answer, or in one of its inner objects, something of such a name and type stands. */
function pathTo(
  answer: JsonObject | undefined,
  words: RegExp,
  types: readonly string[],
  isRight: (shape: JsonObject) => boolean = () => true,
): string | undefined {
  if (answer === undefined) return undefined;
  const top = Object.entries(propertiesOf(answer));
  const inner = top.flatMap(([name, shape]) =>
    typeOf(shape) === "object"
      ? Object.entries(propertiesOf(shape)).map(([key, one]) => [`${name}.${key}`, one] as const)
      : [],
  );
  const found = [...top, ...inner].find(([path, given]) => {
    const shape = plainShape(given);
    return (
      words.test(bare(path.split(".").at(-1) ?? "")) &&
      types.includes(typeOf(shape)) &&
      isObject(shape) &&
      isRight(shape)
    );
  });
  return found?.[0];
}
