import type { SeedContact } from "./control/desk.ts";
import { makePeople, type Person, seedOf, shouted } from "./people.ts";
import { chance, type Random, seededRandom } from "./random.ts";

/** How many contacts each side is to hold, and how many of them are the same people. */
export type SideCounts = { readonly highlevel: number; readonly salesmate: number; readonly both?: number };

/** What to put into each emulator. */
export type SideSeeds = { readonly highlevel: readonly SeedContact[]; readonly salesmate: readonly SeedContact[] };

/** Of the smaller side, this part is known to the other side too. */
const SHARED_PART = 380 / 480;

/**
 * Invents two address books that overlap in part. The same people are written differently on each side: phones in
 * another writing, e-mails in other letters, a field missing on one side, now and then a field that differs. Some
 * families share an e-mail and some people are in a book twice.
 *
 * @param now Epoch milliseconds; the contacts were written down before.
 */
export function overlappingContacts(seed: number, counts: SideCounts, now: number): SideSeeds {
  const both = counts.both ?? Math.round(Math.min(counts.highlevel, counts.salesmate) * SHARED_PART);
  const onlyLeft = counts.highlevel - both;
  const onlyRight = counts.salesmate - both;
  const people = makePeople(seed, both + onlyLeft + onlyRight);
  const random = seededRandom(seed + 1);
  const shared = people.slice(0, both);
  return {
    highlevel: [...shared.map((person) => blurred(person, random)), ...people.slice(both, both + onlyLeft)].map(
      (person) => seedOf(person, "highlevel", now),
    ),
    salesmate: [...shared.map((person) => rewritten(person, random)), ...people.slice(both + onlyLeft)].map((person) =>
      seedOf(person, "salesmate", now),
    ),
  };
}

/** On the left, something may be missing. */
function blurred(person: Person, random: Random): Person {
  return {
    ...person,
    city: chance(random, 0.05) ? "" : person.city,
    website: chance(random, 0.05) ? "" : person.website,
    tags: chance(random, 0.1) ? person.tags.slice(1) : person.tags,
  };
}

/** On the right, letters and times differ, something else may be missing, and a few people have moved house. */
function rewritten(person: Person, random: Random): Person {
  return {
    ...person,
    email: chance(random, 0.2) ? shouted(person.email) : person.email,
    phone: person.email !== "" && chance(random, 0.1) ? undefined : person.phone,
    postalCode: chance(random, 0.05) ? "" : person.postalCode,
    addressLine1: chance(random, 0.04) ? "1 New Harbour Walk" : person.addressLine1,
    changedAgoMs: Math.max(60_000, Math.floor(person.changedAgoMs * (0.5 + random()))),
    addedAgoMs: person.addedAgoMs * 2,
  };
}
