import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { VerifyView } from "../../model/api/views.ts";
import { anEnding, saidBy, startProgram } from "./processes.ts";
import { api, applyWorkspace, isQuiet, overviewOf, type Rig, startUnconfigured } from "./rig.ts";
import { until } from "./until.ts";

/**
 * An app of the user's own beside HighLevel: the example app as a process of its own, its own declaration, and webhooks
 * on both sides. Nothing in the hub knows of it but what that file says.
 */

const ending = anEnding();
const SECRET = "daybook-e2e-secret";
const API_KEY = "daybook-e2e-key";
const CALENDAR = "cal00000000000000001";
const DECLARATION = new URL("../../examples/your-app/daybook.app.json", import.meta.url);

let rig: Rig;
let daybookUrl: string;

beforeAll(async () => {
  rig = await startUnconfigured(ending, "3,0", { KITH_ALLOWED_ADDRESSES: "127.0.0.1" });
  const hooks = `${rig.hub().url}/hooks/yourapp/daybook`;
  const words = ["--port", "0", "--key", API_KEY, "--webhook", hooks, "--secret", SECRET, "--people", "2", "--tied"];
  const program = startProgram(ending, "examples/your-app/main.ts", words);
  const [line] = await saidBy(program, "Daybook", /^\{.*\}$/m);
  daybookUrl = z.object({ url: z.string() }).parse(JSON.parse(line)).url;
  await applyWorkspace(ending, rig, workspaceText());
});
afterAll(ending.all);

function workspaceText(): string {
  const { highlevel } = rig.emulators;
  const app = JSON.parse(readFileSync(DECLARATION, "utf8"));
  const children = ["note", "task", "appointment"].map((resource) => ({
    ...{ id: `${resource}s`, name: `${resource}s`, left: "highlevel", right: "daybook", resource, parent: "contacts" },
    deletes: { onLeftGone: "delete", onRightGone: "delete", holdMs: 200 },
    // Webhooks tell of everything but of a HighLevel task that is edited: that is found by the turn over all contacts.
    ...{ pollMs: { left: 3_600_000, right: 3_600_000 }, sweepMs: resource === "task" ? 3_000 : 3_600_000 },
  }));
  return JSON.stringify({
    workspace: { id: "e2e", name: "End to end" },
    connections: [
      {
        ...{ id: "highlevel", connector: "highlevel", name: "Harbour Dental" },
        settings: {
          ...{ locationId: highlevel.locationId, writing: true, webhookKeys: highlevel.publicKeys },
          ...{ requestsPer10s: 1_000_000, searchLagMs: 3_000, calendarId: CALENDAR },
        },
        baseUrls: { api: highlevel.url },
        // The command line replaces it.
        credential: { kind: "token", token: "$" + "{env:HIGHLEVEL_TOKEN}" },
      },
      {
        ...{ id: "daybook", connector: "yourapp", name: "Daybook" },
        settings: { app, writing: true, webhookSecret: SECRET },
        baseUrls: { api: `${daybookUrl}/api` },
        credential: { kind: "token", token: API_KEY },
      },
    ],
    syncs: [
      {
        ...{ id: "contacts", name: "Contacts", left: "highlevel", right: "daybook", resource: "contact" },
        ...{ start: { isReviewed: true }, pollMs: { left: 3_600_000, right: 3_600_000 }, sweepMs: 3_600_000 },
        deletes: { onLeftGone: "delete", onRightGone: "delete", holdMs: 200 },
      },
      ...children,
    ],
  });
}

type Json = Readonly<Record<string, unknown>>;
const Shown = z.looseObject({ id: z.string() });

/** Daybook as its own users work on it. */
async function daybook(method: string, path: string, body?: Json): Promise<Json> {
  const answer = await fetch(`${daybookUrl}/api${path}`, {
    method,
    headers: { "x-api-key": API_KEY, ...(body && { "content-type": "application/json" }) },
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
  return text === "" ? {} : JSON.parse(text);
}

async function listed(path: string, name: string): Promise<readonly z.infer<typeof Shown>[]> {
  return z.array(Shown).parse((await daybook("GET", path))[name]);
}

async function personOf(email: string): Promise<z.infer<typeof Shown>> {
  return until(`${email} in Daybook`, async () => (await listed(`/people?email=${email}`, "people"))[0]);
}

/** HighLevel as a person works on it. */
async function desk(method: string, path: string, body?: Json): Promise<Json> {
  const answer = await fetch(`${rig.emulators.highlevel.url}/_control${path}`, {
    method,
    ...(body && { headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
  return text === "" ? {} : JSON.parse(text);
}

const Child = z.object({ id: z.string(), fields: z.record(z.string(), z.string()) });

async function belonging(kind: "notes" | "tasks" | "appointments", contactId: string) {
  return z.array(Child).parse((await desk("GET", `/contacts/${contactId}/${kind}`))[kind]);
}

/** Somebody who is in both. @returns the ids on either side */
async function aPerson(name: string): Promise<{ readonly highlevel: string; readonly daybook: string }> {
  const email = `${name}@harbour.example`;
  const { id } = await rig.highlevel.create({ firstName: name, lastName: "Duarte", email });
  return { highlevel: id, daybook: (await personOf(email)).id };
}

const DUE = "2031-03-04T09:30:00.000Z";
const STARTS_S = Date.parse(DUE) / 1_000;

test("TA14 a contact created or changed in HighLevel is so in an app of the user's own, with its tasks, notes and appointments", async () => {
  const person = await aPerson("ines");
  expect(await personOf("ines@harbour.example")).toMatchObject({ given_name: "ines", family_name: "Duarte" });
  await rig.highlevel.edit(person.highlevel, { city: "Porto", tags: ["vip"] });
  await until("the edit in Daybook", async () => {
    const { address, labels } = await personOf("ines@harbour.example");
    return JSON.stringify([address, labels]).includes('"Porto"') && JSON.stringify(labels) === '["vip"]';
  });
  await desk("POST", `/contacts/${person.highlevel}/notes`, { body: "Likes wood." });
  await desk("POST", `/contacts/${person.highlevel}/tasks`, { title: "Call", dueAt: DUE, isCompleted: "false" });
  const visit = { title: "Viewing", startsAt: DUE, endsAt: "2031-03-04T10:00:00.000Z" };
  await desk("POST", `/contacts/${person.highlevel}/appointments`, visit);
  await until("all three in Daybook", async () => {
    const notes = await listed(`/people/${person.daybook}/notes`, "notes");
    const todos = await listed(`/todos?person_id=${person.daybook}`, "todos");
    const visits = await listed(`/visits?person_id=${person.daybook}`, "visits");
    return notes.length === 1 && todos.length === 1 && visits.length === 1;
  });
});

test("TA15 a task is created, changed and completed in the app as it is in HighLevel, with its due date", async () => {
  const person = await aPerson("tomas");
  const made = await desk("POST", `/contacts/${person.highlevel}/tasks`, {
    ...{ title: "Call", body: "About the roof.", dueAt: DUE, isCompleted: "false" },
  });
  const todo = await until("the todo", async () => (await listed(`/todos?person_id=${person.daybook}`, "todos"))[0]);
  expect(todo).toMatchObject({ title: "Call", details: "About the roof.", due: DUE, state: "open" });
  await desk("PATCH", `/children/tasks/${Child.parse(made).id}`, { title: "Call again", isCompleted: "true" });
  await until("the todo is done", async () => {
    const [now] = await listed(`/todos?person_id=${person.daybook}`, "todos");
    return now?.title === "Call again" && now.state === "done" && now.id === todo.id;
  });
});

test("TA16 a note or appointment added or changed in HighLevel is so in the app", async () => {
  const person = await aPerson("aiko");
  const note = Child.parse(await desk("POST", `/contacts/${person.highlevel}/notes`, { body: "Likes wood." }));
  const visit = Child.parse(
    await desk("POST", `/contacts/${person.highlevel}/appointments`, {
      ...{ title: "Viewing", startsAt: DUE, endsAt: "2031-03-04T10:00:00.000Z" },
    }),
  );
  await until("both in Daybook", async () => {
    const [content] = await listed(`/people/${person.daybook}/notes`, "notes");
    const [shown] = await listed(`/visits?person_id=${person.daybook}`, "visits");
    return content !== undefined && shown?.starts === STARTS_S;
  });
  await desk("PATCH", `/children/notes/${note.id}`, { body: "Prefers tiles." });
  await desk("PATCH", `/children/appointments/${visit.id}`, { title: "Second viewing" });
  await until("both changed in Daybook", async () => {
    const [content] = await listed(`/people/${person.daybook}/notes`, "notes");
    const [shown] = await listed(`/visits?person_id=${person.daybook}`, "visits");
    return String(content?.content).includes("Prefers tiles.") && shown?.title === "Second viewing";
  });
});

test("TA19 a contact, task, note or appointment added, changed or removed in the app is so in HighLevel", {
  timeout: 60_000,
}, async () => {
  const person = { given_name: "Femi", family_name: "Adeyemi", contact: { email: "femi@daybook.example" } };
  const { id } = Shown.parse((await daybook("POST", "/people", { person })).person);
  const there = await until("Femi in HighLevel", async () => (await rig.highlevel.find("femi@daybook.example"))[0]);
  await daybook("PATCH", `/people/${id}`, { person: { address: { city: "Lagos" } } });
  await until("the city in HighLevel", async () => {
    const [shown] = await rig.highlevel.find("femi@daybook.example");
    return shown?.fields.city === "Lagos";
  });
  const todo = { title: "Call", state: "open", due: DUE, person_id: id };
  const made = Shown.parse((await daybook("POST", "/todos", { todo })).todo);
  await daybook("POST", `/people/${id}/notes`, { note: { content: "Called." } });
  const visit = { title: "Visit", starts: STARTS_S, ends: STARTS_S + 3_600, person_id: id };
  await daybook("POST", "/visits", { visit });
  await until("a task, a note and an appointment in HighLevel", async () => {
    const [tasks, notes, visits] = await Promise.all([
      belonging("tasks", there.id),
      belonging("notes", there.id),
      belonging("appointments", there.id),
    ]);
    return tasks.length === 1 && notes.length === 1 && visits.length === 1;
  });
  await daybook("PATCH", `/todos/${made.id}`, { todo: { state: "done" } });
  await until(
    "the task is completed",
    async () => (await belonging("tasks", there.id))[0]?.fields.isCompleted === "true",
  );
  await daybook("DELETE", `/todos/${made.id}`);
  await until("the task is gone", async () => (await belonging("tasks", there.id)).length === 0);
});

test("YA10 a full comparison finds everything of a declared app in step", async () => {
  await until("all is quiet", async () => isQuiet(await overviewOf(rig.hub())));
  for (const sync of ["contacts", "notes", "tasks", "appointments"]) {
    const report = VerifyView.parse(await api(rig.hub(), "POST", `/api/workspaces/e2e/syncs/${sync}/verify`));
    expect(report, sync).toMatchObject({ differences: 0 });
    expect(report.linked).toBeGreaterThan(0);
  }
});
