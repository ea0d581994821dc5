const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How long ago `at` was, as a person would say it. Times are epoch ms; a moment in the future reads as `just now`. */
export function ago(at: number, now: number): string {
  const ms = now - at;
  if (ms < 2 * SECOND) return "just now";
  if (ms < MINUTE) return `${Math.floor(ms / SECOND)} s ago`;
  if (ms < HOUR) return `${Math.floor(ms / MINUTE)} min ago`;
  if (ms < DAY) return `${Math.floor(ms / HOUR)} h ago`;
  const days = Math.floor(ms / DAY);
  return days === 1 ? "yesterday" : `${days} days ago`;
}

/** How long until `at`: `in 40 s`, `in 3 min`; `now` once it has come. */
export function until(at: number, now: number): string {
  const ms = at - now;
  if (ms <= 0) return "now";
  if (ms < MINUTE) return `in ${Math.ceil(ms / SECOND)} s`;
  if (ms < HOUR) return `in ${Math.ceil(ms / MINUTE)} min`;
  return `in ${Math.ceil(ms / HOUR)} h`;
}

/** The moment in full, in the reader's time zone unless one is named: `3 Nov 2026, 14:05:09`. */
export function moment(at: number, timeZone?: string): string {
  return new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "medium", timeZone }).format(at);
}

/** Hours and minutes: `14:05`. */
export function hourMinute(at: number, timeZone?: string): string {
  return new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone }).format(at);
}

/** A length of time: `85 ms`, `0.8 s`, `12 s`, `3 min`. */
export function duration(ms: number): string {
  if (ms < 100) return `${Math.round(ms)} ms`;
  if (ms < 10 * SECOND) return `${(ms / SECOND).toFixed(1)} s`;
  if (ms < MINUTE) return `${Math.round(ms / SECOND)} s`;
  return `${Math.round(ms / MINUTE)} min`;
}

/** The span an allowance counts over: `10 s`, `1 min`, `1 h`, `1 day`. */
export function span(ms: number): string {
  const units = [
    [DAY, "day"],
    [HOUR, "h"],
    [MINUTE, "min"],
    [SECOND, "s"],
  ] as const;
  for (const [size, name] of units) {
    if (ms >= size && ms % size === 0) return `${ms / size} ${name === "day" && ms > DAY ? "days" : name}`;
  }
  return `${ms} ms`;
}
