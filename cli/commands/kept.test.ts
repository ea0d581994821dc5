import { expect, test } from "vitest";
import { KEPT_ROUTES } from "../../model/api/kept.ts";
import { ROUTES } from "../../model/api/routes.ts";
import type { Call } from "../client.ts";
import type { World } from "../world.ts";
import { kept } from "./kept.ts";

/** A hub that keeps two people, on a page each, and no notes. */
function aScene() {
  const asked: unknown[] = [];
  const printed: string[] = [];
  const resources = [
    { resource: "contact", count: 2 },
    { resource: "note", count: 0 },
  ];
  const call = (async (route: unknown, { query, params }: { query?: { cursor?: string }; params: object }) => {
    if (route === ROUTES.workspaces) return [{ id: "w", name: "Workshop" }];
    if (route === KEPT_ROUTES.kept) return { connection: { name: "Newsroom" }, resources };
    asked.push({ ...params, ...query });
    if (!("resource" in params) || params.resource !== "contact") return { records: [] };
    return query?.cursor === undefined
      ? { records: [{ externalId: "a" }], next: "1:a" }
      : { records: [{ externalId: "b" }] };
  }) as unknown as Call;
  const world = { print: (text: string) => void printed.push(text) } as unknown as World;
  return { asked, printed, call, world };
}

const IN = { workspace: "w" };

test("X80 all that the hub keeps for a connection is printed as JSON lines, kind by kind and page by page", async () => {
  const { world, call, printed, asked } = aScene();
  await kept(world, call, "trint", IN);
  expect(printed.map((line) => JSON.parse(line))).toEqual([{ externalId: "a" }, { externalId: "b" }]);
  expect(asked).toMatchObject([
    { resource: "contact", connectionId: "trint", order: "changed" },
    { resource: "contact", cursor: "1:a" },
    { resource: "note" },
  ]);
});

test("X80 one kind, what changed since a day, or how many there are can be asked for", async () => {
  const { world, call, printed, asked } = aScene();
  await kept(world, call, "trint", { ...IN, kind: "note", since: "2026-03-06" });
  expect(asked).toEqual([expect.objectContaining({ resource: "note", since: Date.UTC(2026, 2, 6) })]);
  await kept(world, call, "trint", { ...IN, count: true });
  expect(printed).toEqual(["contact: 2", "note: 0"]);
});

test("X80 a kind that is not kept and a time that is none are refused in words", async () => {
  const { world, call } = aScene();
  await expect(kept(world, call, "trint", { ...IN, kind: "tag" })).rejects.toThrow(/keeps no tag for Newsroom/);
  await expect(kept(world, call, "trint", { ...IN, since: "lately" })).rejects.toThrow(/"lately" is neither/);
});
