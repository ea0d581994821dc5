import { addRecord, changeRecord, type Daybook, removeRecord } from "./app.ts";
import type { Shown, Table } from "./database.ts";

/**
 * Daybook's own page: people on the left, what belongs to one of them on the right. It is for whoever sits at this
 * machine and asks for no password, which is why the app listens on 127.0.0.1 only.
 */

/** Serves the page at `/` and takes its forms. */
export function servePage(daybook: Daybook): void {
  const { app, database } = daybook;
  app.addContentTypeParser("application/x-www-form-urlencoded", { parseAs: "string" }, (_request, body, done) =>
    done(null, Object.fromEntries(new URLSearchParams(String(body)))),
  );
  app.addHook("onRequest", async (request, reply) => {
    const from = request.headers["sec-fetch-site"];
    const isForm = request.url.startsWith("/desk/");
    if (isForm && from !== undefined && from !== "same-origin") await reply.code(403).send("Use Daybook's own page.");
  });
  app.get<{ Querystring: { person?: string } }>("/", async ({ query }, reply) => {
    const page = { page: 1, perPage: 500 };
    const people = database.list("people", page).rows;
    const chosen = query.person === undefined ? undefined : database.read("people", query.person);
    const rowsOf = (table: Table) =>
      chosen === undefined ? [] : database.list(table, { ...page, personId: chosen.id }).rows;
    const body = `<nav>${people.map((one) => personLink(one, chosen)).join("")}${personForm(undefined)}</nav><main>${
      chosen === undefined ? "<p>Choose a person.</p>" : personPart(chosen, rowsOf)
    }</main>`;
    return reply.type("text/html; charset=utf-8").send(frame(body));
  });
  app.post<{ Params: { table: Table }; Body: Record<string, string> }>(
    "/desk/:table",
    async ({ params, body }, reply) => {
      const { person, id, act } = body;
      const given = valuesOf(params.table, body);
      if (act === "remove" && id !== undefined) removeRecord(daybook, params.table, id);
      else if (id !== undefined) changeRecord(daybook, params.table, id, given);
      else addRecord(daybook, params.table, given, person);
      return reply.redirect(person === undefined ? "/" : `/?person=${encodeURIComponent(person)}`, 303);
    },
  );
}

/** A form's values as the API's JSON. */
function valuesOf(table: Table, form: Readonly<Record<string, string>>): Record<string, unknown> {
  const { person: _person, id: _id, act: _act, email, phone, starts, ends, ...rest } = form;
  const seconds = (text: string) => Math.floor(Date.parse(`${text}Z`) / 1_000);
  return {
    ...rest,
    ...(table === "people" && { contact: { email, phone } }),
    ...(starts !== undefined && starts !== "" && { starts: seconds(starts) }),
    ...(ends !== undefined && ends !== "" && { ends: seconds(ends) }),
  };
}

function personLink(person: Shown, chosen: Shown | undefined): string {
  const name = `${text(person.given_name)} ${text(person.family_name)}`.trim() || `Person ${text(person.id)}`;
  const mark = chosen?.id === person.id ? ' aria-current="page"' : "";
  return `<a href="/?person=${text(person.id)}"${mark}>${name}</a>`;
}

function personForm(person: Shown | undefined): string {
  const contact = (person?.contact ?? {}) as Readonly<Record<string, unknown>>;
  const keep = person === undefined ? "" : hidden("id", person.id) + hidden("person", person.id);
  return form(
    "people",
    `${keep}${input("given_name", "Given name", person?.given_name)}${input("family_name", "Family name", person?.family_name)}${input("email", "E-mail", contact.email)}${input("phone", "Phone", contact.phone)}`,
    person === undefined ? "Add person" : "Save",
  );
}

function personPart(person: Shown, rowsOf: (table: Table) => readonly Shown[]): string {
  const own = hidden("person", person.id);
  const rows = (table: Table, shows: (row: Shown) => string) =>
    rowsOf(table)
      .map((row) => `<li>${shows(row)} ${form(table, own + hidden("id", row.id), "Remove", "remove")}</li>`)
      .join("");
  const todo = (row: Shown) =>
    `${text(row.title)} <small>${text(row.state)} ${text(row.due)}</small> ${form("todos", own + hidden("id", row.id) + hidden("state", row.state === "done" ? "open" : "done"), row.state === "done" ? "Open again" : "Done")}`;
  return `${personForm(person)}${form("people", hidden("id", person.id), "Remove person", "remove")}
<h2>Todos</h2><ul>${rows("todos", todo)}</ul>${form("todos", own + hidden("state", "open") + input("title", "Title"), "Add todo")}
<h2>Notes</h2><ul>${rows("notes", (row) => text(row.content))}</ul>${form("notes", own + input("content", "Note"), "Add note")}
<h2>Visits</h2><ul>${rows("visits", (row) => `${text(row.title)} <small>${text(row.status)}</small>`)}</ul>${form("visits", own + hidden("status", "planned") + input("title", "Title") + input("starts", "Starts", undefined, "datetime-local") + input("ends", "Ends", undefined, "datetime-local"), "Add visit")}`;
}

function form(table: Table, inside: string, button: string, act = "save"): string {
  return `<form method="post" action="/desk/${table}">${inside}${hidden("act", act)}<button>${button}</button></form>`;
}

function hidden(name: string, value: unknown): string {
  return `<input type="hidden" name="${name}" value="${text(value)}">`;
}

function input(name: string, label: string, value?: unknown, type = "text"): string {
  return `<label>${label} <input name="${name}" type="${type}" value="${text(value)}"></label>`;
}

function text(value: unknown): string {
  const plain = value === undefined || value === null ? "" : String(value);
  return plain.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}

function frame(body: string): string {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Daybook</title><style>
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif }
body { display: grid; grid-template-columns: minmax(12rem, 18rem) 1fr; gap: 2rem; max-width: 64rem; margin: 2rem auto; padding: 0 1rem }
@media (max-width: 40rem) { body { grid-template-columns: 1fr } }
header { grid-column: 1 / -1 } nav a { display: block; padding: .2rem 0 } nav a[aria-current] { font-weight: 600 }
form { display: flex; flex-wrap: wrap; gap: .5rem; align-items: end; margin: .5rem 0 } li form { display: inline-flex; margin: 0 }
label { display: grid; font-size: .85rem } input, button { font: inherit; padding: .25rem .5rem }
</style><header><h1>Daybook</h1></header>${body}</html>`;
}
