import { path, readAnswer, type Session } from "../../kit/index.ts";
import { type ErrorKind, Failure } from "../../model/errors.ts";
import { about } from "./calls.ts";
import { LocationAnswer } from "./childWire.ts";
import type { Settings } from "./settings.ts";
import { isTimeZone } from "./times.ts";

/** What the location says of itself where the settings leave it open. Needs the permission `locations.readonly`. */

const KEPT_MS = 3_600_000;
/** Country of phones without a country code where neither the settings nor the location name one. */
const COUNTRY = "US";

/** Without the permission, or the location, nothing is known; all else is tried again by whoever asked. */
const SAYS_NOTHING: ReadonlySet<ErrorKind> = new Set(["forbidden", "not_found"]);

function locationOf(session: Session<Settings>) {
  return session.remember("location", KEPT_MS, async () => {
    const doing = "read the location";
    const url = path`/locations/${session.settings.locationId}`;
    const answer = await session.http.request({ method: "GET", path: url, doing });
    return readAnswer(LocationAnswer, answer, about(doing)).location;
  });
}

/** The location's time zone: the setting, else what the location says, remembered for an hour. @throws Failure */
export async function timeZoneOf(session: Session<Settings>): Promise<string | undefined> {
  const { timeZone } = session.settings;
  if (timeZone !== undefined) return timeZone;
  const { timezone } = await locationOf(session);
  return timezone && isTimeZone(timezone) ? timezone : undefined;
}

/**
 * The country of phones without a country code, ISO 3166-1 alpha-2: the setting, else what the location says, remembered
 * for an hour, else the United States. @throws Failure where HighLevel can not be asked at the moment
 */
export function countryOf(session: Session<Settings>): Promise<string> {
  const { country } = session.settings;
  if (country !== undefined) return Promise.resolve(country);
  return session.remember("country", KEPT_MS, async () => {
    try {
      const said = (await locationOf(session)).country?.trim().toUpperCase() ?? "";
      return /^[A-Z]{2}$/.test(said) ? said : COUNTRY;
    } catch (thrown) {
      if (thrown instanceof Failure && SAYS_NOTHING.has(thrown.kind)) return COUNTRY;
      throw thrown;
    }
  });
}

/** The country that the settings name, before the location was asked. */
export function configuredCountry({ country = COUNTRY }: Settings): string {
  return country;
}
