/** Salesmate's ways of writing times, in the account's time zone. Pure but for the zone tables of the runtime. */
export interface Times {
  /** The search literal, `May 04, 2026 09:00 AM`: rows changed at or after `ms` all come after it. */
  readonly after: (ms: number) => string;
  /** Epoch ms of any writing met: epoch (ms or s), ISO, the literal, or the literal's date. `undefined` if none. */
  readonly instant: (value: unknown) => number | undefined;
  /** Whether a value is a literal that the account's clock shows twice, so that it names no one instant. */
  readonly isTwice: (value: unknown) => boolean;
  /** The calendar day of any writing met, `YYYY-MM-DD`, in the account's zone; other text is handed on. */
  readonly day: (value: unknown) => string;
}

const MINUTE_MS = 60_000;
/** How far clocks are set back anywhere: an hour, or half of one on Lord Howe Island. */
const SET_BACK_MS = [30 * MINUTE_MS, 60 * MINUTE_MS];
const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const LITERAL = /^([A-Za-z]{3})[a-z]* (\d{1,2}), (\d{4})(?:,? (\d{1,2}):(\d{2}) ?([AP])M)?$/i;
/** Anything else that the runtime's parser would take, such as 04.05.2026, it might take for another day. */
const ISO = /^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}|$)/;
const DAY_ONLY = /^(\d{4})-(\d{2})-(\d{2})$/;
/** Epoch seconds stay below this until the year 5138; epoch milliseconds are above it since 1973. */
const SECONDS_BELOW = 100_000_000_000;

/** Zones already met: making a zone's formatter costs more than all that is done with it. Holds nothing of anyone. */
const zones = new Map<string, Times>();

/**
 * The times of one account.
 * @param timeZone IANA name, checked
 */
export function timesIn(timeZone: string): Times {
  const known = zones.get(timeZone);
  if (known !== undefined) return known;
  const times = timesOfZone(timeZone);
  zones.set(timeZone, times);
  return times;
}

function timesOfZone(timeZone: string): Times {
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone,
    year: "numeric",
    month: "short",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    hourCycle: "h23",
  });

  /** What a clock in the zone shows at `ms`, read as if it were UTC. */
  const wallClock = (ms: number): number => {
    const parts = new Map(format.formatToParts(ms).map(({ type, value }) => [type, value]));
    const at = (type: Intl.DateTimeFormatPartTypes) => Number(parts.get(type));
    const month = MONTHS.indexOf((parts.get("month") ?? "").toLowerCase());
    return Date.UTC(at("year"), month, at("day"), at("hour"), at("minute"), at("second"));
  };

  /** The earliest instant at which the clock showed this; for an hour that was skipped, the instant it would have been. */
  const fromWallClock = (wall: number): number => {
    const guesses = [wall - 86_400_000, wall + 86_400_000].map((near) => wall - (wallClock(near) - near));
    const fitting = guesses.filter((guess) => wallClock(guess) === wall);
    return Math.min(...(fitting.length > 0 ? fitting : guesses));
  };

  const after = (ms: number): string => {
    // "After" excludes the minute itself, so the literal names the minute before.
    const minute = Math.floor(ms / MINUTE_MS) * MINUTE_MS - MINUTE_MS;
    // A minute that the clock shows twice may be taken for its second showing; then the literal goes back before both.
    const twice = SET_BACK_MS.find((back) => wallClock(minute) === wallClock(minute + back));
    return literal(wallClock(twice === undefined ? minute : minute - twice));
  };

  const instant = (value: unknown): number | undefined => {
    if (typeof value === "number") return Math.abs(value) < SECONDS_BELOW ? value * 1_000 : value;
    if (typeof value !== "string") return undefined;
    const text = value.trim();
    if (/^-?\d{9,14}$/.test(text)) return instant(Number(text));
    const wall = literalParts(text);
    if (wall !== undefined) return fromWallClock(wall);
    if (!ISO.test(text)) return undefined;
    const hasZone = DAY_ONLY.test(text) || /(Z|[+-]\d{2}:?\d{2})$/.test(text);
    const ms = Date.parse(hasZone ? text : `${text.replace(" ", "T")}Z`);
    return Number.isNaN(ms) ? undefined : ms;
  };

  const isTwice = (value: unknown): boolean => {
    const wall = typeof value === "string" ? literalParts(value.trim()) : undefined;
    if (wall === undefined) return false;
    const first = fromWallClock(wall);
    return SET_BACK_MS.some((back) => wallClock(first + back) === wall);
  };

  const day = (value: unknown): string => {
    if (value === undefined || value === null) return "";
    const text = String(value).trim();
    if (DAY_ONLY.test(text)) return text;
    const wall = literalParts(text);
    if (wall !== undefined) return new Date(wall).toISOString().slice(0, 10);
    const ms = text === "" ? undefined : instant(value);
    return ms === undefined ? text : new Date(wallClock(ms)).toISOString().slice(0, 10);
  };

  return { after, instant, isTwice, day };
}

function literal(wall: number): string {
  const date = new Date(wall);
  const month = MONTHS[date.getUTCMonth()] ?? "";
  const hour = date.getUTCHours();
  const name = month.charAt(0).toUpperCase() + month.slice(1);
  const clock = `${two(hour % 12 === 0 ? 12 : hour % 12)}:${two(date.getUTCMinutes())} ${hour < 12 ? "AM" : "PM"}`;
  return `${name} ${two(date.getUTCDate())}, ${date.getUTCFullYear()} ${clock}`;
}

function two(number: number): string {
  return String(number).padStart(2, "0");
}

/** What the literal shows, read as if it were UTC. */
function literalParts(text: string): number | undefined {
  const [, name = "", day = "", year = "", hour = "0", minute = "0", half] = LITERAL.exec(text) ?? [];
  const month = MONTHS.indexOf(name.toLowerCase());
  if (month < 0) return undefined;
  const hours = half === undefined ? Number(hour) : (Number(hour) % 12) + (half.toUpperCase() === "P" ? 12 : 0);
  return Date.UTC(Number(year), month, Number(day), hours, Number(minute));
}
