import type { SeedContact } from "./control/desk.ts";
import { makePeople, type Person } from "./people.ts";
import { chance, pick, seededRandom } from "./random.ts";
import { createTrintEmulator } from "./trint/index.ts";
import { createTrustmaryEmulator, type TrustmaryEmulator } from "./trustmary/index.ts";
import { trustmaryPerson } from "./trustmary/people.ts";
import { createTrustpilotEmulator } from "./trustpilot/index.ts";

/** The products beside the two with an address book of everybody. */
export const FURTHER_PRODUCTS = ["trustmary", "trustpilot", "trint"] as const;
export type FurtherProduct = (typeof FURTHER_PRODUCTS)[number];

/** How they are to be. */
export type FurtherOptions = {
  readonly seed: number;
  /** Epoch milliseconds; people were written down before. */
  readonly now: number;
  readonly limits: { readonly off: boolean };
  /** Where each tells what happens; nowhere where absent. */
  readonly webhooks: Readonly<Partial<Record<FurtherProduct, string>>>;
  readonly ports: Readonly<Record<FurtherProduct, number>>;
};

/** They listen; how to reach each and sign in, and how to end all. */
export type Further = {
  readonly ready: Readonly<Record<FurtherProduct, { readonly url: string }>>;
  readonly close: () => Promise<unknown>;
};

/** How many people each begins with. The first are those that the other address books begin with, too. */
const KNOWN_CONTACTS = 36;
const OWN_CONTACTS = 4;
const ANSWERS = 8;
const REVIEWS = 12;
const TRANSCRIPTS = 6;

/** Starts Trustmary, Trustpilot and Trint with people who are in the other products, too. What was there before is no news. */
export async function startFurther({ seed, now, limits, webhooks, ports }: FurtherOptions): Promise<Further> {
  const trustmary = createTrustmaryEmulator({
    random: seededRandom(seed + 2),
    limits,
    populate: (from, count) => trustmaryPeople(from, count, now),
  });
  trustmary.control.reset(seed, KNOWN_CONTACTS);
  giveAnswers(trustmary, seed);
  trustmary.setWebhookUrls(listOf(webhooks.trustmary));
  const trustpilot = createTrustpilotEmulator({
    random: seededRandom(seed + 3),
    limits,
    webhookUrls: listOf(webhooks.trustpilot),
  });
  trustpilot.control.reset(seed, REVIEWS);
  const trint = createTrintEmulator({ random: seededRandom(seed + 4), limits, webhookUrls: listOf(webhooks.trint) });
  trint.control.reset(seed, TRANSCRIPTS);
  const [{ url: trustmaryUrl }, { url: trustpilotUrl }, { url: trintUrl }] = await Promise.all([
    trustmary.listen(ports.trustmary),
    trustpilot.listen(ports.trustpilot),
    trint.listen(ports.trint),
  ]);
  return {
    ready: {
      trustmary: { url: trustmaryUrl, ...trustmary.signIn() },
      trustpilot: { url: trustpilotUrl, ...trustpilot.signIn() },
      trint: { url: trintUrl, ...trint.signIn() },
    },
    close: () => Promise.all([trustmary.close(), trustpilot.close(), trint.close()]),
  };
}

function listOf(url: string | undefined): readonly string[] {
  return url === undefined ? [] : [url];
}

/** Mostly people of the other address books, and some whom nobody else knows. */
function trustmaryPeople(seed: number, count: number, now: number): readonly SeedContact[] {
  const people: readonly Person[] = [...makePeople(seed, count), ...makePeople(seed + 100, OWN_CONTACTS)];
  return people.flatMap((person) => trustmaryPerson(person, now) ?? []);
}

type Words = readonly [nps: number, feedback: string];

const WORDS: readonly [Words, Words, Words, Words] = [
  [10, "Came on the day they said. Would call them again."],
  [9, "Friendly, and the hall was swept afterwards."],
  [8, "Good work. The letter came late."],
  [4, "Had to ring three times before anybody knew of it."],
];

/** Some have answered a survey already. */
function giveAnswers(trustmary: TrustmaryEmulator, seed: number): void {
  const random = seededRandom(seed + 41);
  const { contacts } = trustmary.control.contacts.list("", 0, KNOWN_CONTACTS);
  for (const { id } of contacts.slice(0, ANSWERS)) {
    const [nps, feedback] = chance(random, 0.2) ? WORDS[3] : pick(random, WORDS);
    trustmary.answer({ contactId: id, values: { nps, feedback } });
  }
}
