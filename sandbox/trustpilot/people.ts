import type { SeedContact } from "../control/desk.ts";
import { makePeople } from "../people.ts";
import { chance, pick, seededRandom } from "../random.ts";

type Words = readonly [title: string, text: string];

const WORDS: Readonly<Record<1 | 2 | 3 | 4 | 5, readonly [Words, ...Words[]]>> = {
  5: [
    ["Quick help", "Asked in the morning, answered before noon."],
    ["Would come again", "Fitted as promised, and swept the floor after."],
  ],
  4: [
    ["Good, with a wait", "The work is fine. The letter about the date came late."],
    ["Friendly people", "Everything explained twice, without being asked."],
  ],
  3: [["Middling", "One of two was right at once, the other had to be sent back."]],
  2: [["Too late", "Two weeks later than said, and nobody rang."]],
  1: [["Not as ordered", "The colour is another one, and the answer was short."]],
};

/** Invents reviews by people who are in the other products, too: most of them were invited, some came by themselves. */
export function inventReviews(seed: number, count: number, now: number): SeedContact[] {
  const random = seededRandom(seed + 17);
  const withEmail = makePeople(seed, count * 4).filter(({ email }) => email !== "");
  return withEmail.slice(0, count).map((person) => {
    const stars = pick(random, [5, 5, 5, 4, 4, 3, 2, 1] as const);
    const [title, text] = pick(random, WORDS[stars]);
    const name = `${person.firstName} ${person.lastName}`.trim();
    const isInvited = String(chance(random, 0.7));
    const fields = {
      name,
      email: person.email,
      stars: String(stars),
      title,
      text,
      isInvited,
      country: person.countryCode,
    };
    return { fields, createdAt: now - person.changedAgoMs };
  });
}
