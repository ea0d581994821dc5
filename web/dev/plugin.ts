import type { IncomingMessage, ServerResponse } from "node:http";
import type { Connect, Plugin } from "vite";
import type { ValueView } from "../../model/api/views.ts";
import { anOperation } from "../stories/builders.ts";
import {
  contactsOf,
  createWorld,
  linkOf,
  overviewOf,
  type Partner,
  previewOf,
  previewRows,
  removeContact,
  rowsOf,
  SCENES,
  troublesOf,
  type World,
  writeContact,
} from "./world.ts";

/**
 * Answers `/api` with an invented hub, so that the dashboard can be worked on alone: `vite web --mode invented`.
 * `POST /api/scene/troubled` (and the other scenes of world.ts) puts every page into another state.
 */
export function inventedHub(): Plugin {
  const open = new Set<ServerResponse>();
  const world = createWorld((kind, news) => {
    for (const response of open) response.write(`event: ${kind}\ndata: ${JSON.stringify({ kind, ...news })}\n\n`);
  });
  const answer: Connect.NextHandleFunction = (request, response, next) => {
    const url = new URL(request.url ?? "/", "http://localhost");
    if (!url.pathname.startsWith("/api/")) return next();
    if (url.pathname === "/api/live") return stream(response, open);
    void respond(world, request, response, url).catch(next);
  };
  return {
    name: "kith-invented-hub",
    configureServer: (server) => void server.middlewares.use(answer),
    configurePreviewServer: (server) => void server.middlewares.use(answer),
  };
}

function stream(response: ServerResponse, open: Set<ServerResponse>): void {
  response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
  response.write(": hello\n\n");
  open.add(response);
  response.on("close", () => open.delete(response));
}

interface Asked {
  readonly world: World;
  readonly url: URL;
  readonly words: readonly string[];
  readonly body: { readonly fields?: Record<string, ValueView>; readonly keys?: readonly string[] };
}

type Answer = (asked: Asked) => unknown;

/** One operation of each kind: permitted, refused, not tried yet, and noticed. */
const OPERATIONS = [
  anOperation(),
  anOperation({
    id: "note.create",
    number: 29,
    title: "Create a note",
    description: "Writes a new note about one contact.",
    effect: "creates",
    scopes: ["contacts.write"],
    permission: { state: "no", missing: ["contacts.write"] },
  }),
  anOperation({
    id: "tag.list",
    number: 101,
    subject: "Tags of the location",
    title: "List the tags of the location",
    description: "Lists every tag that the location knows.",
    permission: { state: "unknown", missing: [] },
    input: { type: "object", properties: {}, additionalProperties: false },
  }),
  anOperation({
    id: "note.created",
    number: 135,
    kind: "trigger",
    title: "A note was created",
    description: "Fires when HighLevel tells that a note was created.",
    calls: [],
    firedBy: "The partner's message NoteCreate",
    delay: { words: "Within seconds.", ms: 10_000 },
  }),
];

/** Answers by method and path; `*` stands for one word of the path. */
const ANSWERS: Readonly<Record<string, Answer>> = {
  "GET workspaces": () => [{ id: "sandbox", name: "Sandbox" }],
  "GET workspaces/*/overview": ({ world }) => overviewOf(world),
  "GET workspaces/*/links": links,
  "GET workspaces/*/links/*": ({ world, words }) => linkOf(world, words[3] ?? ""),
  "GET workspaces/*/journal": ({ world }) =>
    world.scene === "empty"
      ? []
      : world.pairs
          .flatMap(({ history }) => history)
          .sort((one, other) => other.at - one.at)
          .slice(0, 40),
  "GET workspaces/*/troubles": ({ world }) => troublesOf(world),
  "POST workspaces/*/troubles/retry": ({ body }) => ({ count: body.keys?.length ?? 2 }),
  "POST workspaces/*/connections/*/check": () => ({ status: "working", message: "" }),
  "GET workspaces/*/connections/*/operations": ({ words }) => ({
    connection: { id: words[3] ?? "", name: "Harbour Dental", partner: "HighLevel" },
    operations: OPERATIONS,
  }),
  "GET workspaces/*/connections/*/operations/*": ({ words }) => OPERATIONS.find(({ id }) => id === words[5]),
  "POST workspaces/*/connections/*/operations/*": ({ words }) => ({
    output: OPERATIONS.find(({ id }) => id === words[5])?.example.output,
    calls: [{ method: "GET", path: "/contacts/ocQHyuzH/notes", status: 200, ms: 41 }],
    ms: 43,
  }),
  "PUT workspaces/*/paused": () => ({ isDone: true }),
  "PUT workspaces/*/connections/*/paused": () => ({ isDone: true }),
  "PUT workspaces/*/syncs/*/paused": () => ({ isDone: true }),
  "POST workspaces/*/syncs/*/sweep": () => ({ isDone: true }),
  "GET workspaces/*/syncs/*/preview": ({ url }) => previewOf(url.searchParams.get("mode")),
  "GET workspaces/*/syncs/*/preview/rows": () => ({ rows: previewRows(), next: "lnk-4" }),
  "POST workspaces/*/syncs/*/begin": () => ({ state: "starting", mode: "full", isNew: true }),
  "POST workspaces/*/syncs/*/deletions/allow": () => ({ isDone: true }),
  "POST workspaces/*/links/*/reconcile": ({ words }) => ({ key: `link:${words[3] ?? ""}` }),
  "GET workspaces/*/due/*": () => ({ state: "done" }),
  "GET sandbox/*/contacts": sandboxContacts,
  "GET sandbox/*/contacts/*/children": () => ({ notes: [], tasks: [], appointments: [] }),
  "POST sandbox/*/contacts": ({ world, words, body }) =>
    writeContact(world, partnerOf(words), undefined, body.fields ?? {}),
  "PATCH sandbox/*/contacts/*": ({ world, words, body }) =>
    writeContact(world, partnerOf(words), words[3], body.fields ?? {}),
  "DELETE sandbox/*/contacts/*": ({ world, words }) => {
    removeContact(world, partnerOf(words), words[3] ?? "");
    return { isDone: true };
  },
  "POST scene/*": ({ world, words }) => {
    world.scene = SCENES.find((scene) => scene === words[1]) ?? "calm";
    world.tell("overview", {});
    return { scene: world.scene };
  },
};

async function respond(world: World, request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
  const words = url.pathname.split("/").slice(2).map(decodeURIComponent);
  const body = await bodyOf(request);
  const isScene = words[0] === "scene";
  if (world.scene === "signedOut" && !isScene) return refuse(response, 401, "Sign in first", "unauthorized");
  if (world.scene === "down" && !isScene && words.length > 1)
    return refuse(response, 503, "The store does not answer", "unavailable");
  const found = Object.keys(ANSWERS).find((pattern) => fits(pattern, `${request.method} ${words.join("/")}`));
  const result = found === undefined ? undefined : ANSWERS[found]?.({ world, url, words, body });
  if (result === undefined) return refuse(response, 404, "There is no such thing", "not_found");
  response.writeHead(200, { "content-type": "application/json" });
  response.end(JSON.stringify(result));
}

function fits(pattern: string, asked: string): boolean {
  const [wanted, given] = [pattern.split(/[ /]/), asked.split(/[ /]/)];
  return wanted.length === given.length && wanted.every((word, place) => word === "*" || word === given[place]);
}

function refuse(response: ServerResponse, status: number, title: string, code: string): void {
  response.writeHead(status, { "content-type": "application/problem+json" });
  response.end(
    JSON.stringify({ type: `about:blank`, title, status, detail: "This is the invented hub speaking.", code }),
  );
}

async function bodyOf(request: IncomingMessage): Promise<Asked["body"]> {
  let text = "";
  for await (const part of request) text += String(part);
  return text === "" ? {} : JSON.parse(text);
}

function partnerOf(words: readonly string[]): Partner {
  return words[1] === "salesmate" ? "salesmate" : "highlevel";
}

function links({ world, url }: Asked) {
  const query = url.searchParams;
  const text = (query.get("text") ?? "").toLowerCase();
  const state = query.get("state");
  const rows = rowsOf(world)
    .filter((row) => JSON.stringify(row).toLowerCase().includes(text))
    .filter((row) => state === null || row.state === state)
    .filter((row) => query.get("attention") !== "true" || row.conflicts + row.findings > 0 || row.state === "ambiguous")
    .sort((one, other) =>
      query.get("sort") === "title" ? one.title.localeCompare(other.title) : other.updatedAt - one.updatedAt,
    );
  return { links: page(rows, query), total: rows.length };
}

function sandboxContacts({ world, words, url }: Asked) {
  const contacts = contactsOf(world, partnerOf(words), url.searchParams.get("query") ?? "");
  return { contacts: page(contacts, url.searchParams), total: contacts.length };
}

function page<Row>(rows: readonly Row[], query: URLSearchParams): readonly Row[] {
  const offset = Number(query.get("offset") ?? 0);
  return rows.slice(offset, offset + Number(query.get("limit") ?? 50));
}
