import type { Clock } from "../../engine/ports.ts";
import type { EmulatorApp } from "../../sandbox/control/app.ts";
import type { Desk } from "../../sandbox/control/desk.ts";
import type { Deliver } from "../../sandbox/control/outbox.ts";
import type { ArmedFault, Station } from "../network.ts";

/** What people say of each other on either side of a pair, beside the name, which nobody ever edits. */
export const PAIR_FIELDS = ["email", "phone", "city"] as const;
export type PairField = (typeof PAIR_FIELDS)[number];

/** The partners that are played beside HighLevel, by the names of their connectors. */
export const PARTNER_NAMES = ["trustmary", "trustpilot"] as const;
export type PartnerName = (typeof PARTNER_NAMES)[number];

/** What a partner is made with. */
export interface Surroundings {
  readonly clock: Pick<Clock, "now" | "after">;
  readonly random: () => number;
  readonly deliver: Deliver;
  /** Where its webhooks go. */
  readonly hookUrl: string;
  /** Proves that address. */
  readonly secret: string;
  readonly quirks: Readonly<Record<string, unknown>>;
}

/** A review or an answer, as somebody gives it. */
export interface Given {
  readonly name: string;
  readonly email: string;
  /** The contact's id at the partner, where it knows people. */
  readonly contactId: string | undefined;
  readonly isLow: boolean;
  readonly words: string;
}

/** The other side of a pair: an emulated product whose notes and tasks, and maybe people, the hub keeps. */
export interface PairPartner {
  /** Its connector, also the id of its connection. */
  readonly name: PartnerName;
  readonly ask: EmulatorApp["ask"];
  readonly settings: Readonly<Record<string, unknown>>;
  /** Where its base addresses lie below the one it is given, by name. */
  readonly paths: Readonly<Record<string, string>>;
  readonly credential: object;
  readonly purposeOf: NonNullable<Station["purposeOf"]>;
  /** Goes wrong as told; see `Control.faults`. */
  readonly goWrong: (change: unknown) => void;
  /** Its own screen of contacts, with the key under which it shows each field; absent where the hub keeps people. */
  readonly desk?: Pick<Desk, "create" | "edit" | "remove" | "list">;
  /** What both sides can say, by what it is called on this side (in the hub's book, or on the product's screen). */
  readonly fields: Readonly<Partial<Record<PairField, string>>>;
  /** Mapping rows that the stock mapping lacks, by field. */
  readonly rows: Readonly<Partial<Record<PairField, string>>>;
  /** Has somebody review or answer. @returns the id of what they gave */
  readonly give: (given: Given) => string;
  readonly amend?: (id: string, words: string) => void;
  readonly withdraw?: (id: string) => void;
  /** Purposes of requests that can be spoiled there. */
  readonly purposes: readonly ArmedFault["purpose"][];
  readonly close: () => Promise<void>;
}
