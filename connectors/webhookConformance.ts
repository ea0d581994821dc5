import { describe, expect, test } from "vitest";
import type { Connector, WebhookRequest } from "../kit/index.ts";

/** What the suite is told of a connector's webhooks. */
export interface WebhookOptions<Settings> {
  readonly connector: Pick<Connector<Settings>, "name" | "webhooks">;
  /** Settings of a connection that takes webhooks proved by the secret. */
  readonly settings: Settings;
  readonly secret: string;
  readonly body: unknown;
  /** A webhook as the partner sends it. */
  readonly sent: (rawBody: Uint8Array, secret: string) => WebhookRequest;
  /** Whether its proof is made from the body; an address with a secret proves who sends, and nothing of what. */
  readonly provesBody: boolean;
  /** The same of another account, where a webhook names one. */
  readonly elsewhere?: unknown;
}

const FORGERIES = 400;

/** A webhook is believed only as the holder of the secret sends it. */
export function describeWebhooks<Settings>(options: WebhookOptions<Settings>): void {
  const { settings, secret, sent } = options;
  const { name, webhooks } = options.connector;
  if (webhooks === undefined) throw new Error(`${name} sends no webhooks`);
  const rawBody = Buffer.from(JSON.stringify(options.body));
  const genuine = sent(rawBody, secret);
  const verdict = (request: WebhookRequest) => webhooks.verify(request, settings).kind;

  describe(`the webhooks of ${name}`, () => {
    test("P46 a genuine webhook is believed and names its record; one of another account is not for the connection", () => {
      expect(verdict(genuine)).toBe("verified");
      const notice = webhooks.parse(options.body, genuine.headers);
      expect(notice.refs.length).toBeGreaterThan(0);
      expect(webhooks.isFor(notice, settings)).toBe(true);
      if (options.elsewhere === undefined) return;
      expect(webhooks.isFor(webhooks.parse(options.elsewhere, genuine.headers), settings)).toBe(false);
    });

    test("P47 hundreds of forgeries, each a little wrong, are refused", () => {
      const draw = drawn();
      const ways = Object.entries(forgeriesOf(options, rawBody));
      for (let count = 0; count < FORGERIES; count += 1) {
        const [how, forge] = ways[count % ways.length] ?? ["", () => genuine];
        const forged = forge(draw);
        expect(`${how}: ${verdict(forged)}`).not.toBe(`${how}: verified`);
      }
    });
  });
}

type Draw = () => number;
type Forge = (draw: Draw) => WebhookRequest;

function forgeriesOf<Settings>(
  { secret, sent, provesBody }: WebhookOptions<Settings>,
  rawBody: Buffer,
): Readonly<Record<string, Forge>> {
  const genuine = sent(rawBody, secret);
  const altered = (change: (text: string) => string): WebhookRequest => ({
    ...genuine,
    headers: Object.fromEntries(
      Object.entries(genuine.headers).map(([name, text]) => [name, text === undefined ? text : change(text)]),
    ),
    ...(genuine.addressSecret !== undefined && { addressSecret: change(genuine.addressSecret) }),
  });
  const bound: Readonly<Record<string, Forge>> = {
    "a byte of the body changed": (draw) => ({ ...genuine, rawBody: withByteChanged(rawBody, draw) }),
    "the end of the body cut off": (draw) => ({ ...genuine, rawBody: rawBody.subarray(0, pick(rawBody.length, draw)) }),
    "a blank behind the body": () => ({ ...genuine, rawBody: Buffer.concat([rawBody, Buffer.from(" ")]) }),
  };
  return {
    "a secret that is nearly right": (draw) => sent(rawBody, withLetterChanged(secret, draw)),
    "a part of the secret": (draw) => sent(rawBody, secret.slice(0, pick(secret.length, draw))),
    "more than the secret": () => sent(rawBody, `${secret}x`),
    "the secret in other letters": () => sent(rawBody, secret.toUpperCase()),
    "another secret": (draw) => sent(rawBody, `a-stranger-${draw()}-and-on`),
    "a letter of the proof changed": (draw) => altered((text) => withLetterChanged(text, draw)),
    "the proof cut off": (draw) => altered((text) => text.slice(0, pick(text.length, draw))),
    "an empty proof": () => altered(() => ""),
    "no proof": () => ({ headers: {}, rawBody }),
    ...(provesBody ? bound : {}),
  };
}

/** Numbers in [0, 1), the same in every run. */
function drawn(): Draw {
  let state = 46;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

function pick(below: number, draw: Draw): number {
  return Math.floor(draw() * below);
}

function withByteChanged(body: Buffer, draw: Draw): Buffer {
  const copy = Buffer.from(body);
  const place = pick(copy.length, draw);
  copy[place] = (copy[place] ?? 0) ^ (1 + pick(255, draw));
  return copy;
}

/** Another letter in one place, which is no other writing of the same one. */
function withLetterChanged(text: string, draw: Draw): string {
  const place = pick(text.length, draw);
  const letter = text[place]?.toLowerCase() === "a" ? "b" : "a";
  return text.slice(0, place) + letter + text.slice(place + 1);
}
