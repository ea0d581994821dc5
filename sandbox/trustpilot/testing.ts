import { type Caller, createCaller, createHandClock, type HandClock } from "../testing.ts";
import { createTrustpilotEmulator, type TrustpilotEmulator, type TrustpilotOptions } from "./index.ts";

/** A webhook as it reached its address. */
export type Received = { readonly url: string; readonly body: { readonly events: readonly unknown[] } };

/** An emulator on a clock that stands still, with callers for each of its doors, and what its webhooks brought. */
export type Bench = {
  readonly clock: HandClock;
  readonly emulator: TrustpilotEmulator;
  /** With the key alone. */
  readonly open: Caller;
  /** With a token of the account alone, and a user of the business named beside it. */
  readonly call: Caller;
  readonly received: Received[];
  /** Asks for tokens, as the application. */
  readonly token: (form: Readonly<Record<string, string>>, url?: string) => ReturnType<Caller>;
};

/** Where the endpoints for tokens lie. */
export const TOKENS = "/v1/oauth/oauth-business-users-for-applications";

/** Sets up such an emulator, without limits unless the options say otherwise. */
export async function setUp(options: TrustpilotOptions = {}): Promise<Bench> {
  const clock = createHandClock();
  const received: Received[] = [];
  const emulator = createTrustpilotEmulator({
    ...clock,
    limits: { off: true },
    deliver: (url, text) => {
      received.push({ url, body: JSON.parse(text) });
      return Promise.resolve(200);
    },
    ...options,
  });
  const { apiKey, apiSecret, businessUserId } = emulator.signIn();
  const basic = `Basic ${Buffer.from(`${apiKey}:${apiSecret}`).toString("base64")}`;
  const asForm = createCaller(emulator.app, {
    "content-type": "application/x-www-form-urlencoded",
    authorization: basic,
  });
  const token: Bench["token"] = (form, url = "accesstoken") =>
    asForm("POST", `${TOKENS}/${url}`, new URLSearchParams(form).toString());
  const { body } = await token({ grant_type: "client_credentials" });
  const authorization = `Bearer ${body.access_token}`;
  const call = createCaller(emulator.app, { authorization, "x-business-user-id": businessUserId });
  return { clock, emulator, open: createCaller(emulator.app, { apikey: apiKey }), call, received, token };
}
