const MINUTE = 60_000;

/** An instant as a date and time field of a browser shows it, in the reader's time zone; empty for none. */
export function toFieldTime(iso: string): string {
  const at = Date.parse(iso);
  if (Number.isNaN(at)) return "";
  const local = new Date(at - new Date(at).getTimezoneOffset() * MINUTE);
  return local.toISOString().slice(0, "2026-03-04T09:30".length);
}

/** The instant that a date and time field shows, as ISO 8601 in UTC; empty for none. */
export function fromFieldTime(text: string): string {
  const at = Date.parse(text);
  return Number.isNaN(at) ? "" : new Date(at).toISOString();
}
