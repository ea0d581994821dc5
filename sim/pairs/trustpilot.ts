import { pick, type Random } from "../../sandbox/random.ts";
import { createTrustpilotEmulator } from "../../sandbox/trustpilot/index.ts";
import type { Asking, Purpose } from "../network.ts";
import type { PairPartner, Surroundings } from "./partner.ts";

/** Trustpilot: reviews; people, notes and tasks are kept by the hub. */
export function openTrustpilot({ clock, random, deliver, hookUrl, secret, quirks }: Surroundings): PairPartner {
  const emulator = createTrustpilotEmulator({
    ...{ now: clock.now, after: clock.after, random, deliver, quirks, limits: { off: true } },
    webhookUrls: [hookUrl],
  });
  const { apiKey, apiSecret, businessUnitId, businessUserId } = emulator.signIn();
  return {
    ...{ name: "trustpilot", ask: emulator.ask, close: emulator.close, purposeOf },
    paths: { api: "/v1", invitations: "/invitations/v1", consent: "/authenticate" },
    settings: { webhookSecret: secret, businessUnitId, businessUserId, country: "US" },
    credential: { kind: "consent", clientId: apiKey, clientSecret: apiSecret },
    goWrong: (change) => void emulator.control.faults.set(change),
    fields: { email: "email", phone: "phone" },
    rows: { email: "email", phone: "phone" },
    give: ({ email, name, isLow, words }) =>
      emulator.reviewers.write({ email, name, stars: isLow ? 2 : 5, title: "Said", text: words, isInvited: true }).id,
    amend: (id, text) => void emulator.reviewers.edit(id, { text }),
    withdraw: emulator.reviewers.remove,
    purposes: ["read", "record", "list", "token"],
  };
}

/** How the product behaves in a run. */
export function trustpilotQuirks(random: Random): Readonly<Record<string, unknown>> {
  return {
    expiresInAs: pick(random, ["text", "number"]),
    nextPageAs: pick(random, ["key", "link"]),
    listLagMs: pick(random, [0, 0, 30_000]),
    webhookRetries: pick(random, [0, 3]),
    retryAfter: pick(random, ["none", "seconds"]),
  };
}

const REVIEW = /^\/v1\/private\/(product-)?reviews\/\w+$/;

function purposeOf({ method, path }: Asking): Purpose {
  if (path.includes("/oauth/")) return "token";
  if (method !== "GET") return "write";
  if (REVIEW.test(path)) return "record";
  return path.includes("/reviews") ? "list" : "read";
}
