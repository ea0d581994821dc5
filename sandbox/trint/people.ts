import type { SeedContact } from "../control/desk.ts";
import { makePeople } from "../people.ts";
import { pick, seededRandom } from "../random.ts";

const SUBJECTS = ["First visit", "Fitting", "Call about the quote", "Review of the year"] as const;

/** Invents conversations with people who are in the other products, too: their address stands in metadata or in the title. */
export function inventRecordings(seed: number, count: number, now: number): SeedContact[] {
  const random = seededRandom(seed + 29);
  const withEmail = makePeople(seed, count * 4).filter(({ email }) => email !== "");
  return withEmail.slice(0, count).map((person, number) => {
    const subject = pick(random, SUBJECTS);
    const inTitle = number % 3 === 0;
    const title = inTitle ? `${subject} ${person.email}.mp3` : `${subject}, ${person.firstName} ${person.lastName}.mp3`;
    const fields = { title, ...(number % 3 === 1 && { metadata: JSON.stringify({ email: person.email }) }) };
    return { fields, createdAt: now - person.changedAgoMs };
  });
}
