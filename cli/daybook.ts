import { z } from "zod";
import { type Child, startChild } from "./child.ts";

const Ready = z.object({ url: z.url(), apiKey: z.string(), secret: z.string() });

/** How to reach Daybook, as it says itself. */
export type DaybookReady = z.infer<typeof Ready>;

/** Where its webhooks go, and with what it signs them. */
export interface DaybookOptions {
  readonly webhooks: string;
  readonly secret: string;
  readonly apiKey: string;
}

/** Starts the example of an app of the user's own, with some visitors whom only it knows. */
export async function startDaybook({ webhooks, secret, apiKey }: DaybookOptions): Promise<Child<DaybookReady>> {
  const words = ["--port", "0", "--people", "6", "--key", apiKey, "--secret", secret, "--webhook", webhooks, "--tied"];
  return startChild(new URL("../examples/your-app/main.ts", import.meta.url), words, Ready);
}

const Known = z.object({ contacts: z.array(z.object({ fields: z.record(z.string(), z.unknown()) })) });

/** How many of the people whom HighLevel knows have visited, too. */
const VISITORS = 30;

/** Writes down in Daybook some of the people who are in HighLevel, as its own user would who met them. */
export async function introduceVisitors(highlevelUrl: string, { url, apiKey }: DaybookReady): Promise<void> {
  const answer = await fetch(`${highlevelUrl}/_control/contacts?offset=0&limit=${VISITORS}`);
  const { contacts } = Known.parse(await answer.json());
  for (const { fields } of contacts) {
    const person = personOf(fields);
    if (person === undefined) continue;
    const headers = { "content-type": "application/json", "x-api-key": apiKey };
    const made = await fetch(`${url}/api/people`, { method: "POST", headers, body: JSON.stringify({ person }) });
    await made.arrayBuffer();
  }
}

/** Daybook's own writing of a person; nobody without an e-mail, by whom nobody could tell who is meant. */
function personOf(fields: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> | undefined {
  const { firstName, lastName, email, city } = fields;
  if (typeof email !== "string" || email === "") return undefined;
  return { given_name: firstName, family_name: lastName, contact: { email: email.toLowerCase() }, address: { city } };
}
