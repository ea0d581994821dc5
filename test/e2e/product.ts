import { z } from "zod";

/** A contact as the product's own screen shows it. */
export interface Shown {
  readonly id: string;
  readonly fields: Readonly<Record<string, string | readonly string[]>>;
}

/** One emulated product, worked on by a person at its own screen. */
export interface Product {
  readonly create: (fields: Shown["fields"]) => Promise<Shown>;
  readonly edit: (id: string, fields: Shown["fields"]) => Promise<void>;
  readonly remove: (id: string) => Promise<void>;
  /** So many plain contacts that say the same in both products for the same seed. */
  readonly bulk: (count: number, seed: number) => Promise<void>;
  /** All contacts that the search finds. */
  readonly find: (query: string) => Promise<readonly Shown[]>;
  /** What goes wrong from now on, and which open questions of the product are answered how; see sandbox/README.md. */
  readonly faults: (change: unknown) => Promise<void>;
  readonly quirks: (change: unknown) => Promise<void>;
  readonly webhooks: () => Promise<readonly SentWebhook[]>;
  /** How many calls have changed something, or tried to. */
  readonly writes: () => Promise<number>;
}

const Contact = z.object({ id: z.string(), fields: z.record(z.string(), z.union([z.string(), z.array(z.string())])) });
const Contacts = z.object({ contacts: z.array(Contact), total: z.int() });
const Counts = z.object({ counts: z.record(z.string(), z.int()) });
const Webhook = z.object({ contactId: z.string(), isForged: z.boolean(), state: z.string(), status: z.int() });
/** One line of an emulator's log of webhooks. */
export type SentWebhook = z.infer<typeof Webhook>;

const PAGE_SIZE = 1_000;

/** The person's hands on the emulator at this address. */
export function productAt(url: string): Product {
  const send = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const answer = await fetch(`${url}/_control${path}`, {
      method,
      ...(body === undefined ? {} : { headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return text === "" ? undefined : JSON.parse(text);
  };
  return {
    create: async (fields) => Contact.parse(await send("POST", "/contacts", fields)),
    edit: async (id, fields) => void (await send("PATCH", `/contacts/${id}`, fields)),
    remove: async (id) => void (await send("DELETE", `/contacts/${id}`)),
    bulk: async (count, seed) => void (await send("POST", "/contacts/bulk", { count, seed })),
    find: async (query) => {
      const found: Shown[] = [];
      for (;;) {
        const path = `/contacts?query=${encodeURIComponent(query)}&limit=${PAGE_SIZE}&offset=${found.length}`;
        const page = Contacts.parse(await send("GET", path));
        found.push(...page.contacts);
        if (page.contacts.length < PAGE_SIZE) return found;
      }
    },
    faults: async (change) => void (await send("PUT", "/faults", change)),
    quirks: async (change) => void (await send("PUT", "/quirks", change)),
    webhooks: async () => z.object({ webhooks: z.array(Webhook) }).parse(await send("GET", "/webhooks")).webhooks,
    writes: async () => writesIn(Counts.parse(await send("GET", "/calls")).counts),
  };
}

/** Searches are asked by POST as well; everything else that is no GET writes. */
function writesIn(counts: Readonly<Record<string, number>>): number {
  return Object.entries(counts)
    .filter(([route]) => !route.startsWith("GET ") && !route.includes("search"))
    .reduce((sum, [, count]) => sum + count, 0);
}
