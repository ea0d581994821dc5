import type { ChildDesk, ChildFields, ChildKind } from "./control/children.ts";
import type { Control } from "./control/control.ts";
import type { Product } from "./people.ts";
import { below, chance, pick, type Random, seededRandom } from "./random.ts";

/** A note, task or appointment that somebody has written, and where: in one product, or in both alike. */
export type Belonging = {
  readonly kind: ChildKind;
  readonly fields: ChildFields;
  readonly writtenIn: Product | "both";
};

/** A product's screen, as far as it is needed to write things down there. */
export type Screen = { readonly control: Pick<Control<unknown>, "contacts">; readonly children: ChildDesk };

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

const NOTES = [
  "Rang back. Would like the quote split into two parts & a second price for spring.",
  "Was at the open day with her brother; they share one account from now on.",
  "Prefers letters to mails. Reads them, too.",
  "Paid the old invoice in cash. Receipt is in the blue folder.",
  "Holiday until the end of the month <do not ring>.",
  "Asked twice about parking; sent the plan of the yard.",
] as const;

type TaskWords = readonly [title: string, body: string];
type AppointmentWords = readonly [title: string, notes: string, location: string];

const TASKS: readonly [TaskWords, ...TaskWords[]] = [
  ["Send the second quote", "With the spring price."],
  ["Ring about the delivery", ""],
  ["Ask for the measurements", "Width first, then height."],
  ["Renew the contract", "Runs out at the end of the quarter."],
  ["Birthday card", "By hand, no print."],
];

const APPOINTMENTS: readonly [AppointmentWords, ...AppointmentWords[]] = [
  ["First visit", "Bring samples", "At their place"],
  ["Fitting", "", "Workshop, 2nd floor"],
  ["Review of the year", "Figures are in the folder", ""],
  ["Tasting", "No nuts", "The small room"],
];

/**
 * What belongs to a person, by their e-mail: nothing for most, else one to three things. The same seed, address and day
 * give the same, so that two products can be told of it one by one.
 * @param now Epoch milliseconds; tasks are due and appointments begin on the days around and after it.
 */
export function belongingsOf(email: string, seed: number, now: number): Belonging[] {
  const random = seededRandom(seed + sumOf(email.toLowerCase()));
  if (!chance(random, 1 / 6)) return [];
  const today = now - (now % DAY_MS);
  return Array.from({ length: 1 + below(random, 3) }, () => inventBelonging(random, today));
}

/**
 * Writes into one product what belongs to the people it holds. Where several share an e-mail nobody gets anything, since
 * it could not be told whose it is.
 */
export function giveBelongings(product: Product, { control, children }: Screen, seed: number, now: number): void {
  const { total } = control.contacts.list("", 0, 1);
  const contacts = control.contacts.list("", 0, total).contacts.map(({ id, fields }) => ({
    id,
    email: String(fields.email ?? "").toLowerCase(),
  }));
  const holders = Map.groupBy(contacts, ({ email }) => email);
  for (const { id, email } of contacts) {
    if (email === "" || holders.get(email)?.length !== 1) continue;
    for (const { kind, fields, writtenIn } of belongingsOf(email, seed, now)) {
      if (writtenIn === "both" || writtenIn === product) children.create(kind, id, fields);
    }
  }
}

function inventBelonging(random: Random, today: number): Belonging {
  const writtenIn = pick(random, ["both", "highlevel", "salesmate"] as const);
  switch (below(random, 3)) {
    case 0:
      return { kind: "notes", fields: { body: pick(random, NOTES) }, writtenIn };
    case 1:
      return { kind: "tasks", fields: inventTask(random, today), writtenIn };
    default:
      return { kind: "appointments", fields: inventAppointment(random, today), writtenIn };
  }
}

/** Most are due in the coming days; some were due before, and half of those are done. */
function inventTask(random: Random, today: number): ChildFields {
  const [title, body] = pick(random, TASKS);
  const day = below(random, 20) - 5;
  const dueAt = new Date(today + day * DAY_MS + (8 + below(random, 9)) * HOUR_MS).toISOString();
  return { title, body, dueAt, isCompleted: String(day < 0 && chance(random, 0.5)) };
}

function inventAppointment(random: Random, today: number): ChildFields {
  const [title, notes, location] = pick(random, APPOINTMENTS);
  const startsAt = today + (1 + below(random, 14)) * DAY_MS + (13 + below(random, 6)) * HOUR_MS;
  const endsAt = startsAt + pick(random, [HOUR_MS / 2, HOUR_MS]);
  return { title, notes, location, startsAt: new Date(startsAt).toISOString(), endsAt: new Date(endsAt).toISOString() };
}

/** A number that differs for nearly all texts. */
function sumOf(text: string): number {
  let sum = 0;
  for (const letter of text) sum = (Math.imul(sum, 31) + (letter.codePointAt(0) ?? 0)) | 0;
  return sum;
}
