/** When something will be done, as milliseconds from now: not sooner than the one, hardly later than the other. */
export interface TimeRange {
  readonly soonestMs: number;
  readonly latestMs: number;
}

/** What is known of how long a first reading, and what is due, will take. */
export interface Forecast {
  /** Until both sides have been read; absent when they have. */
  readonly reading?: TimeRange;
  /** Until all that follows from it, or is due, has been written. */
  readonly whole: TimeRange;
}

/** A forecast in a sentence without its full stop: `About 12 minutes left`. Pure. */
export function forecastWords({ reading, whole }: Forecast): string {
  if (reading === undefined) return capital(`${rangeWords(whole)} left`);
  return `Read in ${rangeWords(reading)}, in step in ${rangeWords(whole)}`;
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

/** `about 12 minutes`, `3 to 20 minutes`, `40 minutes to 3 hours`. */
function rangeWords({ soonestMs, latestMs }: TimeRange): string {
  const [soonest, latest] = [rounded(soonestMs), rounded(latestMs)];
  if (soonest.count === latest.count && soonest.unit === latest.unit) return aboutWords(latest);
  if (soonest.count === 0) return `up to ${durationWords(latest)}`;
  if (soonest.unit === latest.unit) return `${soonest.count} to ${durationWords(latest)}`;
  return `${durationWords(soonest)} to ${durationWords(latest)}`;
}

interface Rounded {
  readonly count: number;
  readonly unit: "minute" | "hour" | "day";
}

/** To the unit that a person would choose; nothing but 0 is less than half a minute. */
function rounded(ms: number): Rounded {
  const minutes = ms / 60_000;
  if (minutes < 89.5) return { count: Math.round(minutes), unit: "minute" };
  if (minutes < 47.5 * 60) return { count: Math.round(minutes / 60), unit: "hour" };
  return { count: Math.round(minutes / 1_440), unit: "day" };
}

function aboutWords(duration: Rounded): string {
  return duration.count === 0 ? "less than a minute" : `about ${durationWords(duration)}`;
}

/** A length of time in the unit that a person would choose: `3 days`. Pure. */
export function durationText(ms: number): string {
  const duration = rounded(ms);
  return duration.count === 0 ? "less than a minute" : durationWords(duration);
}

function durationWords({ count, unit }: Rounded): string {
  return `${count} ${unit}${count === 1 ? "" : "s"}`;
}
