import type { z } from "zod";
import { type AnswerContext, type HttpRequest, readAnswer, type Session } from "../../kit/index.ts";
import type { Settings } from "./settings.ts";
import { Contact, listOf, Survey } from "./wire.ts";

/** What an answer of Trustmary was to, for messages. */
export function about(doing: string, isWrite = false): AnswerContext {
  return { partner: "Trustmary", doing, ...(isWrite && { isWrite }) };
}

/** One page of a list, which begins at `offset`. */
export async function listPage<Shape extends z.ZodType>(
  session: Session<Settings>,
  wanted: {
    readonly path: string;
    readonly name: string;
    readonly shape: Shape;
    readonly query?: HttpRequest["query"];
  },
): Promise<readonly z.infer<Shape>[]> {
  const { path, name, shape, query } = wanted;
  const doing = `list ${name}`;
  const answer = await session.http.request({ method: "GET", path, ...(query && { query }), doing });
  return readAnswer(listOf(name, shape), answer, about(doing));
}

/** The contact with this e-mail that is not deleted. */
export async function contactWith(session: Session<Settings>, email: string): Promise<Contact | undefined> {
  const wanted = { path: "/contacts", name: "contacts", shape: Contact, query: { email } };
  const found = await listPage(session, wanted);
  // A filter that is not understood would show everybody: only the very address counts.
  return found.find((contact) => contact.email.toLowerCase() === email && !contact.deleted_at);
}

/** Every survey of the organisation; surveys are few. */
export function surveysOf(session: Session<Settings>): Promise<readonly Survey[]> {
  return listPage(session, { path: "/surveys", name: "surveys", shape: Survey });
}
