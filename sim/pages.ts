import type { Side } from "../model/record.ts";
import type { WireAnswer } from "./wire.ts";

/** What can be wrong with a page: it is the one shown before, or its last row is missing. */
export type PageFault = "repeated" | "short";

/** The pages that have come by. */
export interface Pages {
  /** Lets an answer pass, spoiled where it is a page and a fault is given. */
  readonly pass: (side: Side, path: string, answer: WireAnswer, fault: PageFault | undefined) => WireAnswer;
}

/** Nothing has come by yet. */
export function rememberedPages(): Pages {
  const last = new Map<string, WireAnswer>();
  return {
    pass: (side, path, answer, fault) => {
      const key = `${side} ${path}`;
      const before = last.get(key);
      if (answer.status === 200) last.set(key, answer);
      if (fault === "repeated") return before ?? answer;
      return fault === "short" ? { ...answer, body: withoutLastRow(answer.body) } : answer;
    },
  };
}

/** The rows of a page: `contacts` at HighLevel, `Data.data` at Salesmate. Any other body stays as it is. */
function withoutLastRow(body: string): string {
  const page = parsed(body);
  if (!isObject(page)) return body;
  if (Array.isArray(page.contacts)) return JSON.stringify({ ...page, contacts: page.contacts.slice(0, -1) });
  const inner = page.Data;
  if (!isObject(inner) || !Array.isArray(inner.data)) return body;
  return JSON.stringify({ ...page, Data: { ...inner, data: inner.data.slice(0, -1) } });
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
