/** HighLevel's ways of writing times. Pure but for the zone tables of the runtime. */

const DAY_MS = 86_400_000;
const HAS_OFFSET = /^\d{4}-\d{2}-\d{2}T.*(Z|[+-]\d{2}:?\d{2})$/;
const CLOCK = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?$/;

/** Whether a time can be read without knowing in which zone its clock stands. */
export function saysItsZone(value: unknown): boolean {
  return typeof value !== "string" || !CLOCK.test(value.trim());
}

/**
 * A time as ISO 8601 in UTC. Reads times with an offset, epoch milliseconds, and a clock of the zone; where the zone is
 * not known, or shows that time twice or never, the instant is not certain.
 * @param timeZone IANA name
 * @returns `undefined` when there is no instant to be certain of
 */
export function instantOf(value: unknown, timeZone?: string): string | undefined {
  if (typeof value === "number") return new Date(value).toISOString();
  if (typeof value !== "string") return undefined;
  const text = value.trim();
  if (/^\d{12,14}$/.test(text)) return new Date(Number(text)).toISOString();
  if (CLOCK.test(text)) return timeZone === undefined ? undefined : clockInstant(text, timeZone);
  const ms = HAS_OFFSET.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(ms) ? undefined : new Date(ms).toISOString();
}

/** Whether the runtime knows a zone by this name. */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en-US", { timeZone: name });
    return true;
  } catch {
    // The constructor throws for a name that it does not know, and there is no other way to ask.
    return false;
  }
}

function clockInstant(text: string, timeZone: string): string | undefined {
  const wall = Date.parse(`${text.replace(" ", "T")}Z`);
  if (Number.isNaN(wall)) return undefined;
  // The offset before and the one after a change of clocks near by; each gives an instant that may show this time.
  const guesses = new Set([wall - DAY_MS, wall + DAY_MS].map((near) => wall - (wallClock(near, timeZone) - near)));
  const fitting = [...guesses].filter((guess) => wallClock(guess, timeZone) === wall);
  const [only] = fitting;
  return only === undefined || fitting.length > 1 ? undefined : new Date(only).toISOString();
}

/** What a clock in the zone shows at an instant, read as if it were UTC. */
function wallClock(ms: number, timeZone: string): number {
  const parts = formatOf(timeZone).formatToParts(ms);
  const at = (type: Intl.DateTimeFormatPartTypes) => Number(parts.find((part) => part.type === type)?.value);
  return Date.UTC(at("year"), at("month") - 1, at("day"), at("hour"), at("minute"), at("second")) + (ms % 1_000);
}

/** Making a zone's formatter costs more than all that is done with it. Holds nothing of anyone. */
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone,
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
    hourCycle: "h23",
  });
  formats.set(timeZone, format);
  return format;
}
