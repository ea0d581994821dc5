import { expect, expectTypeOf, test } from "vitest";
import { ROUTES } from "../../model/api/routes.ts";
import type { LinkRow } from "../../model/api/views.ts";
import { aLinkRow } from "../stories/builders.ts";
import { type AnswerOf, type CallInput, createCall, HubProblem, isSignedOut } from "./client.ts";

/** A hub that answers once and remembers what it was asked. */
function aHub(status: number, body: unknown) {
  const asked: { url: string; init: RequestInit }[] = [];
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const call = createCall(async (url, init) => {
    asked.push({ url, init });
    return new Response(text, { status });
  });
  return { call, asked };
}

async function problemOf(promise: Promise<unknown>): Promise<HubProblem> {
  const thrown: unknown = await promise.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (thrown instanceof HubProblem) return thrown;
  throw new Error("It did not fail with a problem.");
}

const workspaceId = "sandbox";

test("UI1 a call is typed by its route: parameters, query, body and answer", () => {
  expectTypeOf<CallInput<typeof ROUTES.link>>().toExtend<{ params: { workspaceId: string; linkId: string } }>();
  expectTypeOf<CallInput<typeof ROUTES.links>["query"]>().toExtend<{ text?: string; offset?: number } | undefined>();
  expectTypeOf<AnswerOf<typeof ROUTES.links>>().toEqualTypeOf<{ links: LinkRow[]; total: number }>();
  expectTypeOf<CallInput<typeof ROUTES.workspaces>>().not.toHaveProperty("params");
  expectTypeOf<CallInput<typeof ROUTES.workspaces>>().not.toHaveProperty("body");
});

test("UI1 an answer of the promised shape is handed back parsed", async () => {
  const { call } = aHub(200, { links: [{ ...aLinkRow(), unknownToUs: 1 }], total: 1 });
  expect(await call(ROUTES.links, { params: { workspaceId } })).toEqual({ links: [aLinkRow()], total: 1 });
});

test("UI1 an answer of another shape is a problem that says what to do", async () => {
  const { call } = aHub(200, { links: "none", total: 0 });
  const problem = await problemOf(call(ROUTES.links, { params: { workspaceId } }));
  expect(problem.code).toBe("unreadable");
  expect(problem.message).toContain("Reload the page");
});

test("UI2 a refusal keeps the hub's own words and kind", async () => {
  const body = { type: "about:blank", title: "No such link", status: 404, detail: "It was merged.", code: "not_found" };
  const problem = await problemOf(aHub(404, body).call(ROUTES.link, { params: { workspaceId, linkId: "lnk-1" } }));
  expect(problem).toMatchObject({ status: 404, code: "not_found", title: "No such link", message: "It was merged." });
});

test("UI2 a refusal without an explanation still reads as a sentence", async () => {
  const problem = await problemOf(aHub(502, "<html>bad gateway</html>").call(ROUTES.workspaces, {}));
  expect(problem).toMatchObject({ status: 502, code: "unreadable" });
  expect(problem.message).toContain("status 502");
});

test("UI2 a hub that does not answer is told apart from one that refuses", async () => {
  const call = createCall(() => Promise.reject(new TypeError("fetch failed")));
  expect(await problemOf(call(ROUTES.workspaces, {}))).toMatchObject({ status: 0, code: "unreachable" });
});

test("UI2 a call that was called off is no problem to show", async () => {
  const control = new AbortController();
  control.abort();
  const call = createCall(() => Promise.reject(new DOMException("called off", "AbortError")));
  await expect(call(ROUTES.workspaces, { signal: control.signal })).rejects.toMatchObject({ name: "AbortError" });
});

test("UI2 only the status 401 asks to sign in", () => {
  expect(isSignedOut(new HubProblem(401, "unauthorized", "Sign in", ""))).toBe(true);
  expect(isSignedOut(new HubProblem(403, "forbidden", "Not allowed", ""))).toBe(false);
  expect(isSignedOut(new Error("401"))).toBe(false);
});

test("UI3 ids are encoded into the path, and empty parts of the query left out", async () => {
  const { call, asked } = aHub(200, { links: [], total: 0 });
  await call(ROUTES.links, { params: { workspaceId: "a/b ?" }, query: { text: "", offset: 0, limit: 25 } });
  expect(asked[0]?.url).toBe("/api/workspaces/a%2Fb%20%3F/links?offset=0&limit=25");
});

test("UI3 a body is sent as JSON, and a call without one sends none", async () => {
  const { call, asked } = aHub(200, { count: 1 });
  await call(ROUTES.retry, { params: { workspaceId }, body: { keys: ["link:1"] } });
  expect(asked[0]?.init).toMatchObject({ method: "POST", body: '{"keys":["link:1"]}' });
  const quiet = aHub(200, []);
  await quiet.call(ROUTES.workspaces, {});
  expect(quiet.asked[0]?.init.body).toBeUndefined();
  expect(quiet.asked[0]?.init.headers).not.toHaveProperty("content-type");
});
