import { generateKeyPairSync } from "node:crypto";
import type { Clock } from "../engine/ports.ts";
import type { Side } from "../model/record.ts";
import type { Desk } from "../sandbox/control/desk.ts";
import type { Faults } from "../sandbox/control/faults.ts";
import type { Deliver } from "../sandbox/control/outbox.ts";
import {
  createHighLevelEmulator,
  type HighLevelEmulator,
  type HighLevelQuirks,
  type SigningKeys,
} from "../sandbox/highlevel/index.ts";
import { seededRandom } from "../sandbox/random.ts";
import { createSalesmateEmulator, type SalesmateEmulator, type SalesmateQuirks } from "../sandbox/salesmate/index.ts";

/** How both partners of a run behave. */
export interface PartnerHabits {
  readonly highlevel: Partial<HighLevelQuirks>;
  readonly salesmate: Partial<SalesmateQuirks>;
}

/** Both partners: the products' emulators, HighLevel on the left. */
export interface Partners {
  readonly highlevel: HighLevelEmulator;
  readonly salesmate: SalesmateEmulator;
  /** What a person can do at a side's own screen. */
  readonly desk: Readonly<Record<Side, Pick<Desk, "create" | "edit" | "remove" | "list">>>;
  readonly close: () => Promise<void>;
}

/** Where the partners are reached. Names without a dot may be spoken to over http; these are https all the same. */
export const ADDRESSES = {
  left: "https://highlevel.example",
  right: "https://salesmate.example",
} as const satisfies Record<Side, string>;

/** Where HighLevel sends its webhooks. */
export const HOOK_URL = "https://kith.example/hooks/highlevel";

let signingKeys: Required<SigningKeys> | undefined;

/** One pair for every run of this process: making them takes a while, and nothing depends on which they are. */
export function keysOfProcess(): Required<SigningKeys> {
  const pem = { type: "pkcs8", format: "pem" } as const;
  signingKeys ??= {
    ed25519: generateKeyPairSync("ed25519").privateKey.export(pem).toString(),
    rsa: generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey.export(pem).toString(),
  };
  return signingKeys;
}

/** What the partners are made with. */
export interface PartnersOptions {
  readonly seed: number;
  readonly clock: Clock;
  readonly habits: PartnerHabits;
  readonly deliver: Deliver;
}

/** Opens both partners, empty. Chance is their own, so that what one does disturbs nothing of the other. */
export async function openPartners({ seed, clock, habits, deliver }: PartnersOptions): Promise<Partners> {
  const { now, after } = clock;
  const highlevel = createHighLevelEmulator({
    now,
    after,
    random: seededRandom(seed * 3 + 1),
    // The older signature is made beside the event loop, at no moment that a run could order.
    quirks: { ...habits.highlevel, signatures: "ed25519" },
    keys: keysOfProcess(),
    deliver,
    webhookUrls: [HOOK_URL],
  });
  const salesmate = createSalesmateEmulator({
    now,
    after,
    random: seededRandom(seed * 3 + 2),
    quirks: habits.salesmate,
  });
  return {
    highlevel,
    salesmate,
    desk: { left: highlevel.control.contacts, right: salesmate.control.contacts },
    close: async () => {
      await Promise.all([highlevel.close(), salesmate.close()]);
    },
  };
}

/** A misbehaviour of a partner itself, as its emulator takes it. */
export type PartnerFault = Partial<ReturnType<Faults["get"]>[number]> & {
  readonly effect: ReturnType<Faults["get"]>[number]["effect"];
};
