import type { AnswerContext } from "../../kit/index.ts";
import { Failure } from "../../model/errors.ts";

/** What an answer of HighLevel was to, for messages. */
export function about(doing: string): AnswerContext {
  return { partner: "HighLevel", doing };
}

/** Makes a call; where HighLevel says that there is no such record, that is an outcome and not a failure. */
export async function goneAs<Outcome, Gone>(gone: Gone, call: () => Promise<Outcome>): Promise<Outcome | Gone> {
  try {
    return await call();
  } catch (thrown) {
    if (thrown instanceof Failure && thrown.kind === "not_found") return gone;
    throw thrown;
  }
}

/** The contact under which a note or task is found. @throws Failure `bug` when the caller did not name it */
export function parentOf(parentId: string | undefined, doing: string): string {
  if (parentId !== undefined) return parentId;
  throw new Failure(
    "bug",
    `Could not ${doing} at HighLevel: it can only be reached through its contact, which was not named.`,
  );
}
