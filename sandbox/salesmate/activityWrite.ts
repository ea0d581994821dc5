import { ACTIVITY_TYPES, type ActivityValues, TEXT_LENGTHS } from "./activity.ts";
import { readOwner, type WriteRules } from "./write.ts";

/** What the rules of writing activities depend on. */
export type ActivityRules = WriteRules & {
  /** Whether there is such a contact, not deleted. */
  readonly isContact: (id: number) => boolean;
};

type Given = Readonly<Record<string, unknown>>;

const TITLE_LENGTH_MAX = 500;

/** Fields that may be in a body, beside the plain texts, and what they become. */
const READ_ONLY = new Set([
  "id",
  "createdAt",
  "createdBy",
  "lastModifiedAt",
  "lastModifiedBy",
  "completedAt",
  "endDate",
]);
const PASSED_OVER = new Set(["followers", "isCalendarInvite", "primaryCompany", "relatedTo", "relatedToModule"]);
const NAMED = new Set(["owner", "title", "type", "dueDate", "duration", "isCompleted", "primaryContact", "isDeleted"]);

/**
 * Checks a body of create or update: title, owner and type must be there, in an update too.
 * @returns the required fields, and of the others those that were sent.
 * @throws Refusal 400 ValidationError for the first thing that is wrong.
 */
export function readActivity(
  body: unknown,
  rules: ActivityRules,
): Partial<ActivityValues> & Pick<ActivityValues, "owner" | "title" | "type" | "texts"> {
  const given: Given = typeof body === "object" && body !== null ? { ...body } : {};
  const title = readTitle(given.title, rules);
  const owner = readOwner(given.owner, rules);
  if (owner === undefined) throw rules.refusals.invalid("Owner is required");
  return {
    title,
    owner,
    type: readType(given.type, rules),
    texts: readTexts(given, rules),
    ...("dueDate" in given && { dueDate: readDueDate(given.dueDate, rules) }),
    ...("duration" in given && { duration: readDuration(given.duration, rules) }),
    ...("isCompleted" in given && { isCompleted: readFlag(given.isCompleted) }),
    ...("primaryContact" in given && { primaryContact: readContact(given.primaryContact, rules) }),
  };
}

function readTitle(value: unknown, { refusals }: ActivityRules): string {
  if (typeof value !== "string" || value.trim() === "") throw refusals.invalid("Title is required");
  if (value.length > TITLE_LENGTH_MAX) throw refusals.invalid("Title must be at most 500 characters long");
  return value;
}

function readType(value: unknown, { refusals }: ActivityRules): string {
  if (value === undefined || value === null || value === "") throw refusals.invalid("Type is required");
  const type = ACTIVITY_TYPES.find((known) => known === value);
  if (type === undefined) throw refusals.invalid("Type is not valid");
  return type;
}

function readTexts(given: Given, { quirks, refusals }: ActivityRules): Record<string, string> {
  const texts: Record<string, string> = {};
  for (const [name, value] of Object.entries(given)) {
    const lengthMax = TEXT_LENGTHS[name];
    if (lengthMax === undefined) {
      const isKnown = NAMED.has(name) || READ_ONLY.has(name) || PASSED_OVER.has(name);
      if (!isKnown && quirks().unknownFields === "reject") throw refusals.invalid(`${name} is not a valid field`);
      continue;
    }
    const text = value === null || value === undefined ? "" : String(value);
    if (text.length > lengthMax) throw refusals.invalid(`${name} must be at most ${lengthMax} characters long`);
    texts[name] = text;
  }
  return texts;
}

/** Epoch milliseconds, or ISO text that says its zone; which of them is taken is a quirk. */
function readDueDate(value: unknown, { quirks, refusals }: ActivityRules): number | undefined {
  if (value === null || value === undefined || value === "") return undefined;
  const { dueDateTakes } = quirks();
  const isEpoch = typeof value === "number" || (typeof value === "string" && /^\d{12,14}$/.test(value));
  const isIso = typeof value === "string" && /^\d{4}-\d{2}-\d{2}T[\d:.]+(Z|[+-]\d{2}:?\d{2})$/.test(value);
  const isTaken = (isEpoch && dueDateTakes !== "iso") || (isIso && dueDateTakes !== "epoch");
  const at = isEpoch ? Number(value) : Date.parse(String(value));
  if (!isTaken || !Number.isFinite(at)) throw refusals.invalid("Due Date is not a valid date");
  return at;
}

function readDuration(value: unknown, { refusals }: ActivityRules): number | undefined {
  if (value === null || value === undefined || value === "") return undefined;
  const minutes = Number(value);
  if (!Number.isInteger(minutes) || minutes < 0) throw refusals.invalid("Duration must be a whole number of minutes");
  return minutes;
}

function readFlag(value: unknown): boolean {
  return value === true || value === "true" || value === 1 || value === "1";
}

function readContact(value: unknown, { isContact, refusals }: ActivityRules): number | undefined {
  if (value === null || value === undefined || value === "") return undefined;
  const id = Number(value);
  if (!isContact(id)) throw refusals.invalid("Primary Contact is not valid");
  return id;
}
