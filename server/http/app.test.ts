import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { ROUTES } from "../../model/api/routes.ts";
import { Problem } from "../../model/api/views.ts";
import { openStore } from "../../store/index.ts";
import { aHub, aWorkspace, type Scene } from "../scene.ts";

let scene: Scene;
beforeAll(async () => {
  scene = await aHub();
});
afterAll(() => scene.hub.stop());

const at = (path: string) => scene.hub.listensAt + path;
const asOperator = () => ({ authorization: `Bearer ${scene.token()}` });

/** Opens a sign-in link as a browser would, at the address the hub listens on. */
async function open(link: string): Promise<Response> {
  const { pathname, search } = new URL(link);
  return fetch(at(pathname + search), { redirect: "manual" });
}

async function sessionCookie(): Promise<string> {
  const response = await open(await scene.hub.newSignInLink());
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(";")[0])
    .join("; ");
}

async function problemOf(response: Response): Promise<Problem> {
  expect(response.headers.get("content-type")).toMatch(/^application\/problem\+json/);
  return Problem.parse(await response.json());
}

const putWorkspace = (headers: Record<string, string>, body: unknown = aWorkspace()) =>
  fetch(at("/api/workspaces/w"), {
    method: "PUT",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  });

const Description = z.object({
  openapi: z.string(),
  paths: z.record(
    z.string(),
    z.record(z.string(), z.object({ operationId: z.string(), responses: z.record(z.string(), z.unknown()) })),
  ),
});

describe("sign-in", () => {
  test("A1 without a session every route of the API answers 401 as a problem", async () => {
    for (const { method, path } of Object.values(ROUTES)) {
      const response = await fetch(at(path.replaceAll(/:\w+/g, "x")), {
        method,
        headers: { origin: "http://kith.test" },
      });
      expect([path, response.status]).toEqual([path, 401]);
      expect((await problemOf(response)).code).toBe("signed_out");
    }
  });

  test.each(["/api/openapi.json", "/api/docs/", "/api/live"])("A1 %s needs a session too", async (path) => {
    expect((await fetch(at(path))).status).toBe(401);
  });

  test("A19 who opens the description in a browser without a session is led to the sign-in page", async () => {
    const open = (path: string, accept: string) => fetch(at(path), { headers: { accept }, redirect: "manual" });
    for (const path of ["/api/docs", "/api/docs/"]) {
      const response = await open(path, "text/html,application/xhtml+xml");
      expect([response.status, response.headers.get("location")]).toEqual([302, "/"]);
    }
    expect((await open("/api/docs/", "application/json")).status).toBe(401);
    expect((await open("/api/workspaces", "text/html")).status).toBe(401);
  });

  test("A2 a sign-in link opens a session whose cookie scripts and other sites cannot use", async () => {
    const response = await open(await scene.hub.newSignInLink());
    expect(response.status).toBe(302);
    const [cookie = ""] = response.headers.getSetCookie();
    expect(cookie).toMatch(/HttpOnly/i);
    expect(cookie).toMatch(/SameSite=Lax/i);
    const session = { cookie: cookie.split(";")[0] ?? "" };
    expect((await fetch(at("/api/workspaces"), { headers: session })).status).toBe(200);
  });

  test("A2 behind https the cookie is marked secure", async () => {
    const secure = await aHub({ publicUrl: "https://kith.test" });
    const { pathname, search } = new URL(await secure.hub.newSignInLink());
    const response = await fetch(secure.hub.listensAt + pathname + search, { redirect: "manual" });
    expect(response.headers.getSetCookie()[0]).toMatch(/; Secure/i);
    await secure.hub.stop();
  });

  test("A3 a sign-in link works once", async () => {
    const link = await scene.hub.newSignInLink();
    expect((await open(link)).headers.getSetCookie()).toHaveLength(1);
    const again = await open(link);
    expect(again.headers.getSetCookie()).toHaveLength(0);
    expect(again.headers.get("location")).toContain("error=INVALID_TOKEN");
  });

  test("A3 two links asked for at once both work", async () => {
    const links = await Promise.all([scene.hub.newSignInLink(), scene.hub.newSignInLink()]);
    expect(new Set(links).size).toBe(2);
    for (const link of links) expect((await open(link)).headers.getSetCookie()).toHaveLength(1);
  });

  test("A14 signing out ends the session", async () => {
    const cookie = await sessionCookie();
    const headers = { cookie, origin: "http://kith.test" };
    expect((await fetch(at("/api/auth/sign-out"), { method: "POST", headers })).status).toBe(200);
    expect((await fetch(at("/api/workspaces"), { headers: { cookie } })).status).toBe(401);
  });

  test("A14 signing out with the operator's token leaves that token as it is", async () => {
    expect((await fetch(at("/api/auth/sign-out"), { method: "POST", headers: asOperator() })).status).toBe(200);
    expect((await fetch(at("/api/workspaces"), { headers: asOperator() })).status).toBe(200);
  });

  test.each([
    ["POST", "/api/auth/sign-in/magic-link"],
    ["POST", "/api/auth/sign-up/email"],
    ["POST", "/api/auth/sign-in/email"],
    ["GET", "/api/auth/get-session"],
  ])("A4 nobody can ask for a link or sign up from outside: %s %s is not there", async (method, path) => {
    expect((await fetch(at(path), { method, headers: { origin: "http://kith.test" } })).status).toBe(404);
  });

  test("A15 sessions end when another address becomes the owner's", async () => {
    const cookie = await sessionCookie();
    expect((await fetch(at("/api/workspaces"), { headers: { cookie } })).status).toBe(200);
    const moved = await aHub({ store: { ...scene.store, close: async () => {} }, ownerEmail: "other@kith.test" });
    expect((await fetch(`${moved.hub.listensAt}/api/workspaces`, { headers: { cookie } })).status).toBe(401);
    expect((await fetch(`${moved.hub.listensAt}/api/workspaces`, { headers: asOperator() })).status).toBe(401);
    await moved.hub.stop();
  });

  test("A5 a change with a session cookie from another site is refused", async () => {
    const cookie = await sessionCookie();
    const refused = await putWorkspace({ cookie, origin: "https://evil.example" });
    expect(refused.status).toBe(403);
    expect((await problemOf(refused)).code).toBe("foreign_origin");
    expect((await putWorkspace({ cookie })).status).toBe(403);
  });

  test("A6 the operator's token is let in, and a wrong one is not", async () => {
    expect((await fetch(at("/api/workspaces"), { headers: asOperator() })).status).toBe(200);
    expect((await fetch(at("/api/workspaces"), { headers: { authorization: "Bearer wrong" } })).status).toBe(401);
  });

  test("A17 a hub that starts anew keeps the token that is kept for it and ends all others", async () => {
    const store = { ...openStore("sqlite::memory:"), close: async () => {} };
    const first = await aHub({ store });
    const kept = first.token();
    const keeping = { read: () => kept, write: () => {} };
    const statusOf = async ({ hub }: Scene, token: string) =>
      (await fetch(`${hub.listensAt}/api/workspaces`, { headers: { authorization: `Bearer ${token}` } })).status;
    const second = await aHub({ store, operatorToken: keeping });
    expect(await statusOf(second, kept)).toBe(200);
    const third = await aHub({ store });
    expect([await statusOf(third, third.token()), await statusOf(third, kept)]).toEqual([200, 401]);
    for (const { hub } of [first, second, third]) await hub.stop();
  });
});

describe("API", () => {
  test("A7 a body of the wrong shape is answered with what is wrong with it", async () => {
    const response = await putWorkspace(asOperator(), { workspace: { id: "Not An Id", name: "x" } });
    expect(response.status).toBe(400);
    const problem = await problemOf(response);
    expect(problem).toMatchObject({ code: "rejected", instance: "/api/workspaces/w" });
    expect(problem.detail).toContain("lower-case letters");
  });

  test("A7 a body that is no JSON is refused, not a crash", async () => {
    const headers = { ...asOperator(), "content-type": "application/json" };
    const response = await fetch(at("/api/workspaces/w"), { method: "PUT", headers, body: "{" });
    expect(response.status).toBe(400);
    await problemOf(response);
  });

  test.each(["/api/workspaces/none/overview", "/api/workspaces/none/links", "/api/workspaces/none/journal"])(
    "A16 %s of a workspace that is not there is a 404 problem",
    async (path) => {
      const response = await fetch(at(path), { headers: asOperator() });
      expect(response.status).toBe(404);
      expect((await problemOf(response)).detail).toContain("none");
    },
  );

  test("A8 an error of our own is answered as a problem that shows nothing of the hub's inside", async () => {
    const store = openStore("sqlite::memory:");
    const dueCounts = () => Promise.reject(new TypeError("secret detail"));
    const broken = await aHub({ store: { ...store, dueCounts } });
    await store.putWorkspace({ id: "w", name: "Workshop", createdAt: 1 });
    const response = await fetch(`${broken.hub.listensAt}/api/workspaces/w/overview`, {
      headers: { authorization: `Bearer ${broken.token()}` },
    });
    expect(response.status).toBe(500);
    const problem = await problemOf(response);
    expect(problem.code).toBe("bug");
    expect(JSON.stringify(problem)).not.toContain("secret detail");
    await broken.hub.stop();
  });

  test("A9 the description names every route with its method, and is OpenAPI 3.1", async () => {
    const response = await fetch(at("/api/openapi.json"), { headers: asOperator() });
    const description = Description.parse(await response.json());
    expect(description.openapi).toBe("3.1.0");
    for (const [name, { method, path, status = 200 }] of Object.entries(ROUTES)) {
      const described = description.paths[path.replaceAll(/:(\w+)/g, "{$1}")]?.[method.toLowerCase()];
      expect([name, described?.operationId]).toEqual([name, name]);
      expect(described?.responses[status]).toMatchObject({ content: { "application/json": { schema: {} } } });
      expect(described?.responses.default).toMatchObject({ content: { "application/json": { schema: {} } } });
    }
    expect(description.paths["/api/live"]?.get?.operationId).toBe("live");
  });

  test("A9 the description is readable as a page under a policy of its own", async () => {
    const response = await fetch(at("/api/docs/"), { headers: asOperator() });
    expect(response.status).toBe(200);
    expect(response.headers.get("content-security-policy")).not.toContain("unsafe-eval");
  });

  test("A10 without emulators the sandbox is not there", async () => {
    const response = await fetch(at("/api/sandbox/highlevel/contacts"), { headers: asOperator() });
    expect(response.status).toBe(404);
    expect((await problemOf(response)).detail).toContain("kith sandbox");
  });

  test("A11 health and readiness need no session", async () => {
    expect((await fetch(at("/healthz"))).status).toBe(200);
    expect((await fetch(at("/readyz"))).status).toBe(200);
  });

  test("A33 a hub whose work another has taken over is not ready", async () => {
    const { hub, notes, token } = await aHub();
    const headers = { authorization: `Bearer ${token()}`, "content-type": "application/json" };
    const body = JSON.stringify(aWorkspace());
    await fetch(`${hub.listensAt}/api/workspaces/w`, { method: "PUT", headers, body });
    expect((await fetch(`${hub.listensAt}/readyz`)).status).toBe(200);
    notes.isTaken = true;
    const response = await fetch(`${hub.listensAt}/readyz`);
    expect(response.status).toBe(503);
    expect((await problemOf(response)).detail).toContain("Another hub has taken over");
    await hub.stop();
  });

  test("A12 metrics are for this machine, and not through a proxy on it", async () => {
    const response = await fetch(at("/metrics"));
    expect(response.status).toBe(200);
    expect(await response.text()).toContain("kith_webhooks_total");
    expect((await fetch(at("/metrics"), { headers: { "x-forwarded-for": "203.0.113.9" } })).status).toBe(403);
  });

  test("B17 a hub's metrics tell the allowances of the connections that it has opened", async () => {
    const fresh = await aHub();
    const send = (method: string, path: string, body?: unknown) =>
      fetch(fresh.hub.listensAt + path, {
        method,
        headers: { authorization: `Bearer ${fresh.token()}`, "content-type": "application/json" },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
    expect((await send("PUT", "/api/workspaces/w", aWorkspace())).status).toBe(200);
    const text = await (await send("GET", "/metrics")).text();
    expect(text).toContain('kith_allowance_requests{workspace="w",connection="one",limit="burst"} 10\n');
    await fresh.hub.stop();
  });

  test("A12 metrics are for others with the token", async () => {
    const guarded = await aHub({ metricsToken: "a-long-enough-token" });
    const ask = (token: string) =>
      fetch(`${guarded.hub.listensAt}/metrics`, {
        headers: { "x-forwarded-for": "203.0.113.9", authorization: `Bearer ${token}` },
      });
    expect((await ask("a-long-enough-token")).status).toBe(200);
    expect((await ask("another-long-token!")).status).toBe(403);
    await guarded.hub.stop();
  });

  test("A13 answers of the API may not be framed or run by any page", async () => {
    const response = await fetch(at("/api/workspaces"), { headers: asOperator() });
    expect(response.headers.get("content-security-policy")).toBe("default-src 'none';frame-ancestors 'none'");
  });
});
