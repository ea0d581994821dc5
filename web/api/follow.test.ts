import { expect, test } from "vitest";
import type { DueView } from "../../model/api/views.ts";
import { createCall, HubProblem } from "./client.ts";
import { follow } from "./follow.ts";

/** Follows a key at a hub that says this of it, look after look, the last for ever. */
async function followed(...looks: readonly DueView[]) {
  const asked: string[] = [];
  const call = createCall(async (url) => {
    asked.push(url);
    return Response.json(looks[Math.min(asked.length, looks.length) - 1]);
  });
  const outcome = await follow({ call, workspaceId: "w" }, "keep:a:left:city", async () => {}).catch(
    (thrown: unknown) => thrown,
  );
  return { outcome, asked };
}

test("UI32 work is followed by its key until it is done", async () => {
  const { outcome, asked } = await followed({ state: "due" }, { state: "due" }, { state: "done" });
  expect(outcome).toBe("done");
  expect(asked).toEqual(Array(3).fill("/api/workspaces/w/due/keep%3Aa%3Aleft%3Acity"));
});

test("UI32 work that takes longer than a person waits is left to itself", async () => {
  expect((await followed({ state: "due" })).outcome).toBe("waiting");
});

test.each([
  ["failed", "That did not work"],
  ["due", "Not yet, Kith tries again"],
] as const)("UI32 work that met a failure and is %s says why", async (state, title) => {
  const error = { kind: "rejected", message: "Salesmate refuses the city.", at: 1 };
  const { outcome } = await followed({ state, error });
  expect(outcome).toBeInstanceOf(HubProblem);
  expect(outcome).toMatchObject({ title, message: "Salesmate refuses the city.", code: "rejected" });
});
