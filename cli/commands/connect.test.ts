import { expect, test } from "vitest";
import { createCall } from "../client.ts";
import type { World } from "../world.ts";
import { connect } from "./connect.ts";

const ANSWER = {
  url: "https://hub.example/api/auth/magic-link/verify?token=t",
  redirectUri: "https://hub.example/connect/callback",
  scopes: ["contacts.readonly", "locations.readonly"],
};

/** Runs the command against a hub that gives this answer. */
async function said(status: number, answer: unknown, json = false) {
  const asked: string[] = [];
  const out: string[] = [];
  const call = createCall({ url: "https://hub.example", token: "token" }, async (url, init) => {
    asked.push(`${init?.method} ${String(url)}`);
    return Response.json(answer, { status });
  });
  const world: Pick<World, "print"> = { print: (text) => out.push(text) };
  await connect(world, call, "crm", { workspace: "w", json });
  return { asked, out: out.join("\n") };
}

test("X72 connect prints the address that signs in, the redirect address and the permissions", async () => {
  const { asked, out } = await said(200, ANSWER);
  expect(asked).toEqual(["POST https://hub.example/api/workspaces/w/connections/crm/connect"]);
  for (const words of [ANSWER.url, ANSWER.redirectUri, "locations.readonly"]) expect(out).toContain(words);
  expect(JSON.parse((await said(200, ANSWER, true)).out)).toEqual(ANSWER);
});

test("X72 a connection that cannot be connected so is told in the hub's words", async () => {
  const problem = {
    type: "x",
    title: "x",
    status: 422,
    code: "misconfigured",
    instance: "/",
    detail: "It has a token.",
  };
  await expect(said(422, problem)).rejects.toMatchObject({ message: "It has a token." });
});
