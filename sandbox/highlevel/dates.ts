/**
 * Reads a date of birth in the writings that the product takes: year first or year last, month before day, divided by
 * a hyphen, slash, dot or underscore; or the beginning of an ISO instant.
 * @returns YYYY-MM-DD, or `undefined` when there is no such day.
 */
export function birthDate(text: string): string | undefined {
  const yearFirst = /^(\d{4})([-/._])(\d{1,2})\2(\d{1,2})(?:T.*)?$/.exec(text);
  if (yearFirst) return dayOf(yearFirst[1], yearFirst[3], yearFirst[4]);
  const yearLast = /^(\d{1,2})([-/._])(\d{1,2})\2(\d{4})$/.exec(text);
  return yearLast ? dayOf(yearLast[4], yearLast[1], yearLast[3]) : undefined;
}

function dayOf(year = "", month = "", day = ""): string | undefined {
  const written = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  const date = new Date(`${written}T00:00:00.000Z`);
  // A day that the month lacks rolls over into the next month, and then reads differently.
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(written) ? written : undefined;
}
