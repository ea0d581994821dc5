const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const MINUTE_MS = 60_000;

/** Writes an instant as `MMM DD, YYYY hh:mm AM` in a time zone: precise to the minute, without saying the zone. */
export function literalOf(at: number, timeZone: string): string {
  const local = new Date(at + offsetAt(at, timeZone));
  const hours = local.getUTCHours();
  const two = (number: number) => String(number).padStart(2, "0");
  const day = `${MONTHS[local.getUTCMonth()]} ${two(local.getUTCDate())}, ${local.getUTCFullYear()}`;
  return `${day} ${two(hours % 12 || 12)}:${two(local.getUTCMinutes())} ${hours < 12 ? "AM" : "PM"}`;
}

/** Reads such a text back: epoch milliseconds, or `undefined` when it is none. */
export function instantOf(literal: string, timeZone: string): number | undefined {
  const parts = /^([A-Z][a-z]{2}) (\d{1,2}), (\d{4}) (\d{1,2}):(\d{2}) (AM|PM)$/.exec(literal.trim());
  const month = MONTHS.indexOf(parts?.[1] ?? "");
  if (parts === null || month === -1) return undefined;
  const hours = (Number(parts[4]) % 12) + (parts[6] === "PM" ? 12 : 0);
  const local = Date.UTC(Number(parts[3]), month, Number(parts[2]), hours, Number(parts[5]));
  // The offset belongs to the instant, which is not known yet: a second look settles it, except in the hour that a
  // change of clocks leaves out or repeats.
  const guess = local - offsetAt(local, timeZone);
  return local - offsetAt(guess, timeZone);
}

const offsets = new Map<string, number>();
const formats = new Map<string, Intl.DateTimeFormat>();
const QUARTER_MS = 15 * MINUTE_MS;

/** How far local time is ahead of UTC at an instant. Clocks change on a quarter of an hour, so that much is kept. */
function offsetAt(at: number, timeZone: string): number {
  const quarter = Math.floor(at / QUARTER_MS);
  const key = `${timeZone} ${quarter}`;
  const known = offsets.get(key);
  if (known !== undefined) return known;
  if (offsets.size > 10_000) offsets.clear();
  const offset = measureOffset(quarter * QUARTER_MS, timeZone);
  offsets.set(key, offset);
  return offset;
}

function measureOffset(at: number, timeZone: string): number {
  const part = new Map(
    formatOf(timeZone)
      .formatToParts(at)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const number = (type: Intl.DateTimeFormatPartTypes) => part.get(type) ?? 0;
  const local = Date.UTC(
    number("year"),
    number("month") - 1,
    number("day"),
    number("hour"),
    number("minute"),
    number("second"),
  );
  return local - at;
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
  formats.set(timeZone, format);
  return format;
}
