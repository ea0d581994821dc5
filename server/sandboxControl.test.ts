import { describe, expect, test } from "vitest";
import { createSandboxControl } from "./sandboxControl.ts";

/** As an emulator shows it, and as the hub hands it on. */
const SHOWN = { id: "a/b", fields: { firstName: "Ana", tags: ["vip"] }, updatedAt: "1970-01-01T00:00:00.005Z" };
const CONTACT = { ...SHOWN, updatedAt: 5 };

function scene(status: number, answer: unknown) {
  const asked: [string, RequestInit][] = [];
  const control = createSandboxControl(
    { highlevel: "http://hl.test", salesmate: "http://sm.test" },
    async (address, init) => {
      asked.push([address, init]);
      return new Response(status === 204 ? null : JSON.stringify(answer), { status });
    },
  );
  return { control, asked };
}

describe("sandbox control", () => {
  test("A60 a survey is answered at Trustmary's emulator", async () => {
    const asked: [string, unknown][] = [];
    const control = createSandboxControl({ trustmary: "http://tm.test" }, async (address, { body }) => {
      asked.push([address, JSON.parse(String(body))]);
      return Response.json({ id: "a1" }, { status: 201 });
    });
    expect(await control.answer("c1", { nps: 3, feedback: "Late" })).toEqual({ id: "a1" });
    expect(asked).toEqual([["http://tm.test/_control/answers", { contactId: "c1", nps: 3, feedback: "Late" }]]);
  });

  test("A60 what a sandbox runs without is told", () => {
    expect(() => scene(200, {}).control.at("daybook")).toThrow("This sandbox runs without Daybook.");
    expect(() => scene(200, {}).control.at("trustpilot")).toThrow("This sandbox runs without Trustpilot.");
  });

  test("A60 each act goes to its own emulator, ids encoded", async () => {
    const { control, asked } = scene(200, SHOWN);
    expect(await control.at("salesmate").edit("a/b", { firstName: "" })).toEqual(CONTACT);
    await control.at("highlevel").create({ firstName: "Bo" });
    expect(asked.map(([address, { method, body }]) => [method, address, body])).toEqual([
      ["PATCH", "http://sm.test/_control/contacts/a%2Fb", '{"firstName":""}'],
      ["POST", "http://hl.test/_control/contacts", '{"firstName":"Bo"}'],
    ]);
  });

  test("A60 notes, tasks and appointments of a contact are listed, written, edited and deleted at its emulator", async () => {
    const child = { id: "7", contactId: "a/b", fields: { title: "Ring", isCompleted: "false" } };
    const { control, asked } = scene(200, { ...child, tasks: [child] });
    await expect(
      scene(200, { tasks: [child] })
        .control.at("highlevel")
        .children.of("a/b"),
    ).resolves.toEqual({
      notes: [],
      tasks: [child],
      appointments: [],
    });
    expect(await control.at("salesmate").children.create("tasks", "a/b", { title: "Ring" })).toEqual(child);
    await control.at("salesmate").children.edit("tasks", "7", { isCompleted: "true" });
    await control.at("highlevel").children.remove("notes", "7");
    expect(asked.map(([address, { method, body }]) => [method, address, body])).toEqual([
      ["POST", "http://sm.test/_control/contacts/a%2Fb/tasks", '{"title":"Ring"}'],
      ["PATCH", "http://sm.test/_control/children/tasks/7", '{"isCompleted":"true"}'],
      ["DELETE", "http://hl.test/_control/children/notes/7", undefined],
    ]);
  });

  test("A60 a search is passed on, and a deletion answers nothing", async () => {
    const list = scene(200, { contacts: [SHOWN], total: 1 });
    expect(await list.control.at("highlevel").contacts({ query: "ana & co", offset: 0, limit: 10 })).toEqual({
      contacts: [CONTACT],
      total: 1,
    });
    expect(list.asked[0]?.[0]).toBe("http://hl.test/_control/contacts?offset=0&limit=10&query=ana+%26+co");
    await expect(scene(204, undefined).control.at("highlevel").remove("1")).resolves.toBeUndefined();
  });

  test("A61 what an emulator refuses is told in its words", async () => {
    await expect(scene(404, { message: "No such record" }).control.at("highlevel").remove("1")).rejects.toMatchObject({
      kind: "not_found",
      message: "HighLevel says: No such record.",
    });
    await expect(scene(400, { message: "bad phone" }).control.at("salesmate").create({})).rejects.toMatchObject({
      kind: "rejected",
    });
  });

  test("A61 an emulator that is gone is unavailable", async () => {
    const control = createSandboxControl({ highlevel: "x", salesmate: "y" }, () =>
      Promise.reject(new TypeError("refused")),
    );
    await expect(control.at("highlevel").remove("1")).rejects.toMatchObject({ kind: "unavailable" });
  });
});
