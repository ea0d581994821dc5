import { createPublicKey, verify } from "node:crypto";
import { createServer, type IncomingMessage } from "node:http";
import { text } from "node:stream/consumers";
import { Pool } from "undici";
import { z } from "zod";

/**
 * The floor of a benchmark: what a bare script reaches on this machine when it makes the same calls as the hub, with no
 * engine and no store. It verifies each webhook's signature and answers; in the mode `carry` it also reads both
 * records, writes the other one and reads it back, as the hub does, but compares nothing and remembers nothing.
 */
const Config = z.object({
  mode: z.enum(["intake", "carry"]),
  port: z.number().default(0),
  publicKey: z.string(),
  highlevel: z.object({ url: z.string(), token: z.string() }),
  salesmate: z.object({ url: z.string(), linkname: z.string(), sessionKey: z.string() }),
  /** Salesmate id by HighLevel id. */
  pairs: z.record(z.string(), z.string()),
});

const Event = z.object({ id: z.string() });
const HighLevelContact = z.object({ contact: z.object({ city: z.string().nullish() }) });
const SalesmateContact = z.object({ Data: z.record(z.string(), z.unknown()) });

const config = Config.parse(JSON.parse(await text(process.stdin)));
const key = createPublicKey(config.publicKey);
const highlevel = new Pool(config.highlevel.url, { connections: 32 });
const salesmate = new Pool(config.salesmate.url, { connections: 32 });
const queue: string[] = [];
let active = 0;
const ACTIVE_MAX = 32;

const server = createServer((request, response) => {
  void bodyOf(request).then((body) => {
    const signature = Buffer.from(String(request.headers["x-ghl-signature"] ?? ""), "base64");
    if (!verify(null, body, key, signature)) {
      response.writeHead(401).end();
      return;
    }
    const { id } = Event.parse(JSON.parse(body.toString("utf8")));
    response.writeHead(200, { "content-type": "application/json" }).end('{"ok":true}');
    if (config.mode !== "carry") return;
    queue.push(id);
    next();
  });
});

server.listen(config.port, "127.0.0.1", () => {
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  process.stdout.write(`${JSON.stringify({ url: `http://127.0.0.1:${port}` })}\n`);
});

function next(): void {
  while (active < ACTIVE_MAX) {
    const id = queue.shift();
    if (id === undefined) return;
    active += 1;
    void carry(id).finally(() => {
      active -= 1;
      next();
    });
  }
}

async function carry(id: string): Promise<void> {
  const salesmateId = config.pairs[id];
  if (salesmateId === undefined) return;
  const path = `/apis/contact/v4/${salesmateId}`;
  const [left, right] = await Promise.all([
    call(highlevel, "GET", `/contacts/${id}`, HL_HEADERS),
    call(salesmate, "GET", path, SM_HEADERS),
  ]);
  const { contact } = HighLevelContact.parse(left);
  const { Data } = SalesmateContact.parse(right);
  const body = {
    firstName: Data.firstName,
    lastName: Data.lastName,
    owner: Number(ownerOf(Data)),
    billingCity: contact.city ?? "",
  };
  await call(salesmate, "PUT", path, SM_HEADERS, body);
  await call(salesmate, "GET", path, SM_HEADERS);
}

function ownerOf(contact: Record<string, unknown>): unknown {
  const owner = contact.Owner ?? contact.owner;
  return typeof owner === "object" && owner !== null && "id" in owner ? owner.id : owner;
}

const HL_HEADERS = { authorization: `Bearer ${config.highlevel.token}`, version: "2021-07-28" };
const SM_HEADERS = {
  accesstoken: config.salesmate.sessionKey,
  "x-linkname": `${config.salesmate.linkname}.salesmate.io`,
};

async function call(
  pool: Pool,
  method: "GET" | "PUT",
  path: string,
  headers: Record<string, string>,
  body?: unknown,
): Promise<unknown> {
  const answer = await pool.request({
    method,
    path,
    headers: body === undefined ? headers : { ...headers, "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const answered = await answer.body.text();
  if (answer.statusCode >= 300) throw new Error(`${method} ${path}: ${answer.statusCode} ${answered.slice(0, 200)}`);
  return answered === "" ? undefined : JSON.parse(answered);
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}
