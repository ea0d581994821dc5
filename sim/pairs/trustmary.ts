import { chance, pick, type Random } from "../../sandbox/random.ts";
import { createTrustmaryEmulator } from "../../sandbox/trustmary/index.ts";
import type { Asking, Purpose } from "../network.ts";
import type { PairPartner, Surroundings } from "./partner.ts";

/** Trustmary: contacts of its own, known by their e-mail; answers to surveys; notes and tasks that the hub keeps. */
export function openTrustmary({ clock, random, deliver, hookUrl, secret, quirks }: Surroundings): PairPartner {
  const emulator = createTrustmaryEmulator({
    ...{ now: clock.now, after: clock.after, random, deliver, quirks, limits: { off: true } },
    webhookUrls: [hookUrl],
  });
  return {
    ...{ name: "trustmary", ask: emulator.ask, close: emulator.close, paths: { api: "/v1" }, purposeOf },
    settings: { webhookSecret: secret, requestsPerMinute: 1_000, customFields: ["field_city"], country: "US" },
    credential: { kind: "token", token: emulator.signIn().apiKey },
    goWrong: (change) => void emulator.control.faults.set(change),
    desk: emulator.control.contacts,
    fields: { email: "email", phone: "phone", city: "field_city" },
    rows: { email: "email", phone: "phone", city: "custom.city" },
    give: ({ contactId, email, name, isLow, words }) => {
      const who = contactId === undefined ? { email, name } : {};
      const values = { nps: isLow ? 2 : 9, feedback: words, ...who };
      return emulator.answer({ ...(contactId !== undefined && { contactId }), values }).id;
    },
    purposes: ["read", "write", "write", "list"],
  };
}

/** How the product behaves in a run. */
export function trustmaryQuirks(random: Random): Readonly<Record<string, unknown>> {
  return {
    listsAs: pick(random, ["object", "array"]),
    deletedReturnAs: pick(random, ["same", "new"]),
    touchOnNoChange: chance(random, 0.5),
    webhookContact: pick(random, ["inside", "beside"]),
    tellsPartly: chance(random, 0.3),
    webhookRetries: pick(random, [0, 3]),
    retryAfter: pick(random, ["none", "seconds"]),
  };
}

/** A look-up by e-mail is a read; so is what was answered. */
function purposeOf({ method, path }: Asking): Purpose {
  if (method !== "GET") return "write";
  return path.startsWith("/v1/contacts") && !path.includes("email=") ? "list" : "read";
}
