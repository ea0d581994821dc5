import { expect, test } from "vitest";
import type { OperationRow } from "../../model/api/operations.ts";
import { ROUTES } from "../../model/api/routes.ts";
import type { Call } from "../client.ts";
import type { World } from "../world.ts";
import { callOperation, operationLines, operations } from "./operations.ts";

function aRow(different: Partial<OperationRow> = {}): OperationRow {
  return {
    id: "note.create",
    number: 1,
    subject: "Notes",
    title: "Create a note",
    description: "Writes a new note.",
    kind: "action",
    effect: "creates",
    scopes: ["contacts.write"],
    generations: ["dated", "v3"],
    permission: { state: "unknown", missing: [] },
    ...different,
  };
}

/** A hub that knows one workspace, and notes down what it is asked. */
function aScene(answer: unknown) {
  const asked: unknown[] = [];
  const printed: string[] = [];
  const call = (async (route: unknown, given: unknown) => {
    if (route === ROUTES.workspaces) return [{ id: "w", name: "Workshop" }];
    asked.push(given);
    return answer;
  }) as Call;
  const world = {
    print: (text: string) => void printed.push(text),
    readFile: async (path: string) =>
      path === "note.json" ? '{"body":"from a file"}' : Promise.reject(new Error(path)),
  } as unknown as World;
  return { asked, printed, call, world };
}

test("X70 operations are listed under their subjects, each with what the credential may do", async () => {
  const rows = [
    aRow({ id: "note.list", effect: "reads", title: "List notes", permission: { state: "yes", missing: [] } }),
    aRow({ permission: { state: "no", missing: ["contacts.write"] } }),
    aRow({ id: "tag.create", subject: "Tags", title: "Create a tag", blocked: "This connection only reads." }),
  ];
  expect(operationLines(rows)).toEqual([
    "Notes",
    "  note.list    reads    yes                         List notes",
    "  note.create  creates  needs contacts.write        Create a note",
    "",
    "Tags",
    "  tag.create   creates  this connection only reads  Create a tag",
  ]);
  const { call, world, printed } = aScene({ operations: rows });
  await operations(world, call, "crm", { json: true });
  expect(JSON.parse(printed.join("\n"))).toEqual(rows);
});

test("X70 a partner without a catalogue is said to have none", () => {
  expect(operationLines([])).toEqual(["This connection's partner has no catalogue yet."]);
});

test.each([
  ['{"body":"hello"}', { body: "hello" }],
  ["@note.json", { body: "from a file" }],
  [undefined, {}],
])("X71 an operation is run with the input %s, and its answer printed", async (input, sent) => {
  const { asked, printed, call, world } = aScene({ output: { note: { id: "n1" } } });
  await callOperation(world, call, ["crm", "note.create"], input === undefined ? {} : { input });
  const params = { workspaceId: "w", connectionId: "crm", operationId: "note.create" };
  expect(asked).toEqual([{ params, body: { input: sent } }]);
  expect(JSON.parse(printed.join("\n"))).toEqual({ note: { id: "n1" } });
});

test.each([
  ["{", "--input must be a JSON object"],
  ["[1]", "--input must be a JSON object"],
  ["@gone.json", "gone.json cannot be read"],
])("X71 the input %s is refused in one sentence, and nothing is run", async (input, words) => {
  const { asked, call, world } = aScene({});
  await expect(callOperation(world, call, ["crm", "note.create"], { input })).rejects.toMatchObject({
    kind: "misconfigured",
    message: expect.stringContaining(words),
  });
  expect(asked).toEqual([]);
});
