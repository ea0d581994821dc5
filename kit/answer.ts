import type { z } from "zod";
import { Failure } from "../model/errors.ts";
import type { HttpAnswer } from "./http.ts";

/** What an answer was to, for messages. */
export interface AnswerContext {
  readonly partner: string;
  /** As in `HttpRequest.doing`. */
  readonly doing: string;
  /** Whether it answers a write, whose outcome is then unknown when the answer cannot be read. */
  readonly isWrite?: boolean;
}

/**
 * Reads a success answer in the shape that the partner documents.
 * @throws Failure `unavailable` that names the places that differ, and none of the values found there.
 */
export function readAnswer<Shape extends z.ZodType>(
  shape: Shape,
  answer: Pick<HttpAnswer, "body">,
  context: AnswerContext,
): z.infer<Shape> {
  const parsed = shape.safeParse(answer.body);
  if (parsed.success) return parsed.data;
  const places = parsed.error.issues
    .slice(0, 3)
    .map((issue) => `${issue.path.join(".") || "the body"} (${issue.code})`);
  throw new Failure(
    "unavailable",
    `Could not ${context.doing} at ${context.partner}: its answer is not as documented, at ${places.join(", ")}. It is tried again by itself; if it goes on, the partner has changed its API: report it to Kith.`,
    { ...(context.isWrite === true && { isOutcomeUnknown: true }) },
  );
}
