import type { AnswerContext } from "../../kit/index.ts";
import { Failure } from "../../model/errors.ts";

/** What an answer of Salesmate was to, for messages. */
export function about(doing: string): AnswerContext {
  return { partner: "Salesmate", doing };
}

/** The outcome of a call, or `gone` where Salesmate says that there is no such record. */
export async function goneAs<Outcome, Gone>(gone: Gone, call: () => Promise<Outcome>): Promise<Outcome | Gone> {
  try {
    return await call();
  } catch (thrown) {
    if (thrown instanceof Failure && thrown.kind === "not_found") return gone;
    throw thrown;
  }
}
