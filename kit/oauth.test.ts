import { MockAgent } from "undici";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Credential } from "./connector.ts";
import { manualClock } from "./manualClock.ts";
import { type CredentialAccess, type CredentialKeeper, credentialKeeper, type OAuthCredential } from "./oauth.ts";

const NOW = Date.UTC(2026, 2, 6, 12);
const OLD: OAuthCredential = {
  kind: "oauth",
  accessToken: "old-access",
  refreshToken: "old-refresh",
  expiresAt: NOW + 3_600_000,
  clientId: "client",
  clientSecret: "secret",
  tokenUrl: "https://acme.example/oauth/token",
};
const FRESH = { access_token: "new-access", refresh_token: "new-refresh", expires_in: 86_399 };

let agent: MockAgent;
beforeEach(() => {
  agent = new MockAgent();
  agent.disableNetConnect();
});
afterEach(() => agent.close());

interface Rig {
  readonly keeper: CredentialKeeper;
  readonly stored: Credential[];
  readonly forms: string[];
}

/** A keeper whose partner gives these answers, one per refresh. */
function rig(
  start: Credential,
  answers: readonly { status: number; body: unknown; retryAfter?: string }[],
  reread?: () => Promise<Credential>,
): Rig {
  const stored: Credential[] = [];
  const forms: string[] = [];
  for (const { status, body, retryAfter } of answers) {
    agent
      .get("https://acme.example")
      .intercept({
        path: "/oauth/token",
        method: "POST",
        headers: { "content-type": "application/x-www-form-urlencoded" },
      })
      .reply((request) => {
        forms.push(String(request.body));
        const headers = retryAfter === undefined ? {} : { "retry-after": retryAfter };
        return {
          statusCode: status,
          data: typeof body === "string" ? body : JSON.stringify(body),
          responseOptions: { headers },
        };
      });
  }
  const keeper = credentialKeeper({
    connectionId: "crm",
    partner: "Acme",
    access: {
      load: async () => stored.at(-1) ?? start,
      store: async (credential) => void stored.push(credential),
      ...(reread && { reread }),
    },
    clock: manualClock(NOW),
    dispatcher: agent,
    parameters: { user_type: "Location" },
  });
  return { keeper, stored, forms };
}

test("K22 a token that lasts is used as it is", async () => {
  const { keeper, forms } = rig(OLD, []);
  expect(await keeper.current()).toBe(OLD);
  expect(forms).toEqual([]);
});

test("K22 a token is replaced two minutes before its end, and the new pair is stored before it is used", async () => {
  const { keeper, stored, forms } = rig({ ...OLD, expiresAt: NOW + 119_999 }, [{ status: 200, body: FRESH }]);
  const got = await keeper.current();
  const fresh = { ...OLD, accessToken: "new-access", refreshToken: "new-refresh", expiresAt: NOW + 86_399_000 };
  expect(got).toEqual(fresh);
  expect(stored).toEqual([fresh]);
  expect(Object.fromEntries(new URLSearchParams(forms[0]))).toEqual({
    grant_type: "refresh_token",
    refresh_token: "old-refresh",
    client_id: "client",
    client_secret: "secret",
    user_type: "Location",
  });
});

test("K23 many calls at once make one refresh", async () => {
  const { keeper, stored } = rig({ ...OLD, expiresAt: NOW }, [{ status: 200, body: FRESH }]);
  const got = await Promise.all(Array.from({ length: 20 }, () => keeper.current()));
  expect(new Set(got).size).toBe(1);
  expect(stored).toHaveLength(1);
});

test("K23 a call refused with a token that was replaced meanwhile gets the new one without a refresh", async () => {
  const { keeper, forms } = rig(OLD, [{ status: 200, body: FRESH }]);
  const fresh = await keeper.renew(OLD);
  expect(await keeper.renew(OLD)).toEqual(fresh);
  expect(forms).toHaveLength(1);
});

test.each([400, 401])("K24 a refresh answered %i asks for a reconnection, and says nothing secret", async (status) => {
  const body = { error: "invalid_grant", error_description: "refresh token old-refresh was used" };
  const { keeper } = rig(OLD, [{ status, body }]);
  const failure = await keeper.renew(OLD).catch((thrown: unknown) => thrown);
  expect(failure).toMatchObject({ kind: "unauthorized", message: expect.stringMatching(/"crm".*Reconnect it\.$/) });
  expect(String(failure)).not.toContain("old-refresh");
});

test("K24 a fixed token cannot be renewed", async () => {
  const token: Credential = { kind: "token", token: "pit-1" };
  const { keeper } = rig(token, []);
  expect(await keeper.current()).toBe(token);
  await expect(keeper.renew(token)).rejects.toMatchObject({ kind: "unauthorized" });
});

test.each([
  ["5xx", { status: 503, body: "" }, "unavailable"],
  ["no token", { status: 200, body: { hello: 1 } }, "unavailable"],
  ["429", { status: 429, body: "", retryAfter: "7" }, "rate_limited"],
])("K25 a refresh answered with %s is tried again later", async (_what, answer, kind) => {
  const { keeper, stored } = rig({ ...OLD, expiresAt: NOW }, [answer]);
  const failure = await keeper.current().catch((thrown: unknown) => thrown);
  expect(failure).toMatchObject({ kind });
  if (kind === "rate_limited") expect(failure).toMatchObject({ details: { retryAt: NOW + 7_000 } });
  expect(stored).toEqual([]);
});

test("K25 while the old token still works, a token endpoint that is down stops nothing", async () => {
  const nearlyOver = { ...OLD, expiresAt: NOW + 60_000 };
  const { keeper } = rig(nearlyOver, [{ status: 503, body: "" }]);
  expect(await keeper.current()).toBe(nearlyOver);
});

test("K21 a token address without https is refused", async () => {
  const { keeper } = rig({ ...OLD, expiresAt: NOW, tokenUrl: "http://acme.example/token" }, []);
  await expect(keeper.current()).rejects.toMatchObject({
    kind: "misconfigured",
    message: expect.stringContaining("https://"),
  });
});

test("K27 a refresh that another process was first with takes what that one stored", async () => {
  const theirs: OAuthCredential = { ...OLD, accessToken: "their-access", refreshToken: "their-refresh" };
  const refused = { status: 400, body: { error: "invalid_grant" } };
  const { keeper, stored } = rig(OLD, [refused], async () => theirs);
  expect(await keeper.renew(OLD)).toEqual(theirs);
  expect(stored).toEqual([]);
});

test("K27 a refresh that is refused although nobody was first asks for a new connection", async () => {
  const { keeper } = rig(OLD, [{ status: 400, body: { error: "invalid_grant" } }], async () => OLD);
  await expect(keeper.renew(OLD)).rejects.toMatchObject({ kind: "unauthorized" });
});

test.each([
  ["notes.read  notes.write", ["notes.read", "notes.write"]],
  ["", undefined],
])("OP9 what a refresh says of the permissions is kept with the tokens: %j", async (scope, scopes) => {
  const { keeper, stored } = rig(OLD, [{ status: 200, body: { ...FRESH, scope } }]);
  await keeper.renew(OLD);
  expect(stored).toHaveLength(1);
  expect(stored[0]).toEqual(expect.objectContaining({ accessToken: "new-access", ...(scopes && { scopes }) }));
  expect(stored[0]).toHaveProperty("kind", "oauth");
});

/** One store of a credential for several keepers, as processes share one, and a partner that answers when told to. */
function sharedBy(start: OAuthCredential) {
  const clock = manualClock(NOW);
  const forms: string[] = [];
  let stored: Credential = start;
  let holder: string | undefined;
  agent
    .get("https://acme.example")
    .intercept({ path: "/oauth/token", method: "POST" })
    .reply((request) => {
      forms.push(String(request.body));
      return { statusCode: 200, data: JSON.stringify(FRESH) };
    })
    .delay(1)
    .persist();
  const keeper = (name: string, change: Partial<CredentialAccess> = {}) => {
    let known: Credential = start;
    return credentialKeeper({
      connectionId: "crm",
      partner: "Acme",
      clock,
      dispatcher: agent,
      access: {
        load: async () => known,
        reread: async () => {
          known = stored;
          return known;
        },
        store: async (credential) => {
          stored = credential;
          known = credential;
        },
        claim: async () => {
          if (holder !== undefined) return undefined;
          holder = name;
          return {
            release: async () => {
              holder = undefined;
            },
          };
        },
        ...change,
      },
    });
  };
  const take = (name: string | undefined) => {
    holder = name;
  };
  const put = (credential: Credential) => {
    stored = credential;
  };
  return { clock, forms, keeper, take, put, stored: () => stored, holder: () => holder };
}

const SPENT = { ...OLD, expiresAt: NOW };

test("K28 while another process has the right to refresh, a call waits for what that one stores", async () => {
  const { clock, forms, keeper, take, put } = sharedBy(SPENT);
  take("another");
  const got = keeper("mine").current();
  await clock.advance(1_000);
  const theirs = { ...SPENT, accessToken: "their-access", refreshToken: "their-refresh" };
  put(theirs);
  await clock.advance(200);
  expect([await got, forms]).toEqual([theirs, []]);
});

test("K28 a process that died with the right keeps nobody waiting for long: the call is tried again later", async () => {
  const { clock, forms, keeper, take } = sharedBy(SPENT);
  take("another");
  const failure = keeper("mine")
    .current()
    .catch((thrown: unknown) => thrown);
  // Each look makes the next timer only once it is over.
  for (let look = 0; look < 80; look += 1) await clock.advance(200);
  expect(await failure).toMatchObject({ kind: "unavailable" });
  expect(forms).toEqual([]);
});

test("K28 a token that still works is used while another process refreshes it", async () => {
  const nearlyOver = { ...OLD, expiresAt: NOW + 60_000 };
  const { keeper, take, clock } = sharedBy(nearlyOver);
  take("another");
  expect(await keeper("mine").current()).toBe(nearlyOver);
  expect(clock.pending()).toBe(0);
});

test("K28 the right is given back, also after a refresh that failed", async () => {
  const { keeper, holder, clock } = sharedBy(SPENT);
  const broken = keeper("mine", { store: async () => Promise.reject(new Error("the disk is full")) });
  await expect(broken.current()).rejects.toThrow("the disk is full");
  expect([holder(), clock.pending()]).toEqual([undefined, 0]);
});

test("K35 a pair that could not be stored is not used, and stored before the token endpoint is asked again", async () => {
  const { keeper, forms, stored } = sharedBy(SPENT);
  let isBroken = true;
  const kept: Credential[] = [];
  const mine = keeper("mine", {
    store: async (credential) => {
      if (isBroken) throw new Error("the disk is full");
      kept.push(credential);
    },
  });
  await expect(mine.current()).rejects.toThrow("the disk is full");
  expect([stored(), forms.length]).toEqual([SPENT, 1]);
  isBroken = false;
  expect(await mine.current()).toMatchObject({ accessToken: "new-access" });
  expect(kept).toMatchObject([{ refreshToken: "new-refresh" }]);
  expect(forms).toHaveLength(1);
});

test("K29 after an answer that was lost the old refresh token is tried again, and used when it still is good", async () => {
  const { keeper, forms } = rig({ ...OLD, expiresAt: NOW }, [
    { status: 502, body: "" },
    { status: 200, body: FRESH },
  ]);
  await expect(keeper.current()).rejects.toMatchObject({ kind: "unavailable" });
  expect(await keeper.current()).toMatchObject({ accessToken: "new-access" });
  expect(forms.map((form) => new URLSearchParams(form).get("refresh_token"))).toEqual(["old-refresh", "old-refresh"]);
});

test("K29 after an answer that was lost, a refusal of the old refresh token asks for a reconnection", async () => {
  const { keeper, stored } = rig({ ...OLD, expiresAt: NOW }, [
    { status: 502, body: "" },
    { status: 400, body: { error: "invalid_grant" } },
  ]);
  await expect(keeper.current()).rejects.toMatchObject({ kind: "unavailable" });
  await expect(keeper.current()).rejects.toMatchObject({
    kind: "unauthorized",
    message: expect.stringContaining("Reconnect"),
  });
  expect(stored).toEqual([]);
});
