import { z } from "zod";
import type { Action } from "../../kit/index.ts";
import type { AppDeclaration } from "../../model/declaration.ts";
import { Failure } from "../../model/errors.ts";
import { OUTGOING, replay } from "./outgoing.ts";
import type { Settings } from "./settings.ts";

/** What can be asked of an app that only webhooks tell of: what it sent, and what it was sent. */

/** The book's word for the newest message of each kind that came. */
export const SAMPLE = "sample";

const GENERATION = "declared";
const Message = z.object({
  ...{ id: z.string(), type: z.string(), state: z.string(), tries: z.number(), said: z.string() },
  at: z.string().describe("When it was written down, ISO 8601."),
});
const Cursor = z.strictObject({ cursor: z.string().optional() });

/** The entries of the catalogue about webhooks, where the app is told of by them. */
export function toldActions(app: AppDeclaration): readonly Action<Settings>[] {
  if (app.told === undefined) return [];
  return [samples(), ...(app.outgoing === undefined ? [] : [messages(), replaying(app.outgoing.path)])];
}

const COMMON = { kind: "action", scopes: [], source: "the app's declaration", generations: [GENERATION] } as const;

function samples(): Action<Settings> {
  return {
    ...COMMON,
    id: "sample.list",
    subject: "Webhooks",
    title: "List the messages that came",
    description: "The newest message of each kind that the app has sent, as it came, to map from.",
    effect: "reads",
    calls: [],
    input: z.strictObject({}),
    output: z.object({ samples: z.array(z.object({ type: z.string(), text: z.string() })) }),
    example: { input: {}, output: { samples: [{ type: "person.changed", text: '{"event":"person.changed"}' }] } },
    run: async ({ book }) => {
      const { records } = await book.list(SAMPLE);
      return { samples: records.map(({ fields }) => ({ type: String(fields.type), text: String(fields.text) })) };
    },
  };
}

function messages(): Action<Settings> {
  const example = { id: "kith_1", type: "contact.changed", state: "delivered", tries: 1, said: "answered 200" };
  return {
    ...COMMON,
    id: "outgoing.list",
    subject: "Webhooks",
    title: "List the messages that were sent",
    description:
      "What the app was told, what came of it, and what is still to be sent; what changed longest ago first.",
    effect: "reads",
    calls: [],
    input: Cursor,
    output: z.object({ messages: z.array(Message), next: z.string().optional() }),
    example: { input: {}, output: { messages: [{ ...example, at: "2031-03-04T09:30:00.000Z" }] } },
    run: async ({ book }, { cursor }) => {
      const page = await book.list(OUTGOING, cursor === undefined ? {} : { cursor: String(cursor) });
      const shown = page.records.map(({ externalId, fields, createdAt }) => ({
        ...{ id: externalId, type: String(fields.type), state: String(fields.state), tries: Number(fields.tries) },
        ...{ said: String(fields.said), at: new Date(createdAt).toISOString() },
      }));
      return { messages: shown, ...(page.next !== undefined && { next: page.next }) };
    },
  };
}

function replaying(path: string): Action<Settings> {
  return {
    ...COMMON,
    id: "outgoing.replay",
    subject: "Webhooks",
    title: "Send a message again",
    description: "Sends a message once more under its own id, whatever came of it before.",
    effect: "changes",
    calls: [{ method: "POST", path, generation: GENERATION }],
    input: z.strictObject({ id: z.string().min(1).describe("The message's id.") }),
    output: z.object({ state: z.string(), said: z.string() }),
    example: { input: { id: "kith_1" }, output: { state: "delivered", said: "answered 200" } },
    run: async (session, { id }) => {
      const after = await replay(session, String(id));
      if (after === undefined) throw new Failure("not_found", `There is no message ${String(id)}.`);
      return { state: String(after.state), said: String(after.said) };
    },
  };
}
