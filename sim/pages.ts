import type { Side } from "../model/record.ts";
import type { WireAnswer } from "./wire.ts";

/** What can be wrong with a page: it is the one shown before, or its last row is missing. */
export type PageFault = "repeated" | "short";

/** A page, as it is asked for. */
export interface Asked {
  readonly side: Side;
  readonly path: string;
  /**
   * Whether it is a look-up by one value. The page shown before answers another question than that: one that shows nobody
   * reads as if nobody had the value, which no hub can tell from the truth. It is not repeated.
   */
  readonly isLookUp: boolean;
}

/** The pages that have come by. */
export interface Pages {
  /** Lets an answer pass, spoiled where it is a page and a fault is given. */
  readonly pass: (asked: Asked, answer: WireAnswer, fault: PageFault | undefined) => WireAnswer;
}

/** Nothing has come by yet. */
export function rememberedPages(): Pages {
  const last = new Map<string, WireAnswer>();
  return {
    pass: ({ side, path, isLookUp }, answer, fault) => {
      const key = `${side} ${path}`;
      const before = last.get(key);
      if (answer.status === 200) last.set(key, answer);
      if (fault === "repeated") return before === undefined || (isLookUp && isBlank(before.body)) ? answer : before;
      return fault === "short" ? { ...answer, body: withoutLastRow(answer.body) } : answer;
    },
  };
}

function withoutLastRow(body: string): string {
  const found = rowsOf(body);
  return found === undefined ? body : JSON.stringify(found.withRows(found.rows.slice(0, -1)));
}

/** Whether a body is a page that shows nobody. */
function isBlank(body: string): boolean {
  return rowsOf(body)?.rows.length === 0;
}

/** The rows of a page: `contacts` at HighLevel, `Data.data` at Salesmate; `undefined` for any other body. */
function rowsOf(body: string) {
  const page = parsed(body);
  if (!isObject(page)) return undefined;
  if (Array.isArray(page.contacts))
    return { rows: page.contacts, withRows: (contacts: unknown[]) => ({ ...page, contacts }) };
  const inner = page.Data;
  if (!isObject(inner) || !Array.isArray(inner.data)) return undefined;
  return { rows: inner.data, withRows: (data: unknown[]) => ({ ...page, Data: { ...inner, data } }) };
}

/** Nothing, where the body was torn. */
function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined; // a body that breaks off is no page
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
