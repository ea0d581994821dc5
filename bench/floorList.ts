import { text } from "node:stream/consumers";
import { Pool } from "undici";
import { z } from "zod";

/**
 * The floor of a first reading: a bare script that asks for the same pages of both partners at the same time, parses
 * them, counts the records, and keeps nothing. It prints when it is ready, and once more when it is done.
 */
const Config = z.object({
  highlevel: z.object({ url: z.string(), token: z.string(), locationId: z.string() }),
  salesmate: z.object({ url: z.string(), linkname: z.string(), sessionKey: z.string() }),
});

const HighLevelPage = z.object({
  contacts: z.array(z.looseObject({ searchAfter: z.array(z.unknown()) })),
  total: z.number(),
});
const SalesmatePage = z.object({ Data: z.object({ data: z.array(z.unknown()), totalRows: z.number() }) });

const config = Config.parse(JSON.parse(await text(process.stdin)));
process.stdout.write(`${JSON.stringify({ kind: "ready" })}\n`);
const startedAt = performance.now();
const [left, right] = await Promise.all([listHighLevel(), listSalesmate()]);
const maxRssMb = process.resourceUsage().maxRSS / 1024;
process.stdout.write(
  `${JSON.stringify({ kind: "done", records: left + right, seconds: (performance.now() - startedAt) / 1_000, maxRssMb })}\n`,
);
process.exit();

async function listHighLevel(): Promise<number> {
  const { url, token, locationId } = config.highlevel;
  const pool = new Pool(url, { connections: 1 });
  const headers = { authorization: `Bearer ${token}`, version: "2021-07-28", "content-type": "application/json" };
  let records = 0;
  let searchAfter: readonly unknown[] | undefined;
  for (;;) {
    const body = { locationId, pageLimit: 500, sort: [{ field: "dateAdded", direction: "asc" }], searchAfter };
    const { contacts, total } = HighLevelPage.parse(await post(pool, "/contacts/search", headers, body));
    records += contacts.length;
    searchAfter = contacts.at(-1)?.searchAfter;
    if (contacts.length < 500 || records === total) return records;
  }
}

async function listSalesmate(): Promise<number> {
  const { url, linkname, sessionKey } = config.salesmate;
  const pool = new Pool(url, { connections: 1 });
  const headers = {
    accesstoken: sessionKey,
    "x-linkname": `${linkname}.salesmate.io`,
    "content-type": "application/json",
  };
  const fields = ["id", "firstName", "lastName", "email", "mobile", "phone", "tags", "owner.id", "lastModifiedAt"];
  const body = {
    displayingFields: [...fields, "billingCity", "billingState", "billingZipCode", "billingCountry"].map(
      (field) => `contact.${field}`,
    ),
    filterQuery: { group: { operator: "AND", rules: [] } },
    sort: { fieldName: "contact.createdAt", order: "asc" },
  };
  for (let records = 0; ; records += 250) {
    const page = await post(pool, `/apis/contact/v4/search?rows=250&from=${records}`, headers, body);
    const { data, totalRows } = SalesmatePage.parse(page).Data;
    if (data.length < 250 || records + data.length === totalRows) return records + data.length;
  }
}

async function post(pool: Pool, path: string, headers: Record<string, string>, body: unknown): Promise<unknown> {
  const answer = await pool.request({ method: "POST", path, headers, body: JSON.stringify(body) });
  const answered = await answer.body.text();
  if (answer.statusCode >= 300) throw new Error(`POST ${path}: ${answer.statusCode} ${answered.slice(0, 200)}`);
  return JSON.parse(answered);
}
