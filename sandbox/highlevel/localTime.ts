const formats = new Map<string, Intl.DateTimeFormat>();

/** Writes an instant as `2021-06-23T03:30:00-04:00`, in a time zone. */
export function withOffset(at: number, timeZone: string): string {
  const offsetMs = offsetAt(at, timeZone);
  const local = new Date(at + offsetMs).toISOString().slice(0, 19);
  return local + offsetText(offsetMs);
}

/** Writes an instant as `2021-06-23 03:30:00`: a clock in the time zone, without saying the zone. */
export function withoutOffset(at: number, timeZone: string): string {
  return withOffset(at, timeZone).slice(0, 19).replace("T", " ");
}

const ISO = /^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?)?(Z|[+-]\d{2}:?\d{2})?$/;

/** Reads an ISO 8601 time; one without an offset is a clock's in the time zone. `undefined` when it is none. */
export function instantIn(text: string, timeZone: string): number | undefined {
  const hasOffset = /(Z|[+-]\d{2}:?\d{2})$/.test(text.slice(10));
  const at = ISO.test(text) ? Date.parse(hasOffset ? text : `${withTime(text)}Z`) : Number.NaN;
  if (Number.isNaN(at)) return undefined;
  if (hasOffset) return at;
  // The offset belongs to the instant, which is not known yet: a second look settles it.
  return at - offsetAt(at - offsetAt(at, timeZone), timeZone);
}

function withTime(text: string): string {
  return text.length === 10 ? `${text}T00:00:00` : text.replace(" ", "T");
}

function offsetAt(at: number, timeZone: string): number {
  const part = formatOf(timeZone)
    .formatToParts(at)
    .find(({ type }) => type === "timeZoneName");
  const [, sign, hours = "0", minutes = "0"] = /^GMT([+-])(\d{2}):(\d{2})/.exec(part?.value ?? "") ?? [];
  return (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
}

function offsetText(offsetMs: number): string {
  const minutes = Math.abs(offsetMs) / 60_000;
  const two = (number: number) => String(number).padStart(2, "0");
  return `${offsetMs < 0 ? "-" : "+"}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat("en-US", { timeZone, timeZoneName: "longOffset" });
  formats.set(timeZone, format);
  return format;
}
