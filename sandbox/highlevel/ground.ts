import { createSettings, type Settings } from "../control/settings.ts";
import type { Surroundings } from "../control/surroundings.ts";
import { createTimetable, type Timetable } from "../control/timetable.ts";
import { createWorkings, type Workings } from "../control/workings.ts";
import { type Agency, createAgency } from "./agency.ts";
import { type Calendars, createCalendars } from "./calendars.ts";
import { type CustomFields, createCustomFields } from "./customFields.ts";
import type { HighLevelOptions } from "./index.ts";
import type { Location } from "./locationRoutes.ts";
import { type Quirks, QuirksShape } from "./quirks.ts";
import { createRefusals, type Refusals } from "./wording.ts";

/** What all locations of an emulator have in common. */
export type Premises = {
  readonly workings: Workings;
  readonly quirks: Settings<Quirks>;
  readonly refusals: Refusals;
  readonly agency: Agency;
  readonly timetable: Timetable;
};

/** What everything else about one location stands on. */
export type Ground = Premises & {
  readonly location: Location;
  readonly fields: CustomFields;
  readonly calendars: Calendars;
};

/** Lays what all locations share: settings, refusals and the agency. */
export function createPremises(surroundings: Surroundings, options: HighLevelOptions): Premises {
  const { random } = surroundings;
  const refusals = createRefusals(random);
  return {
    agency: createAgency({ random, locations: [options.location ?? {}, ...(options.furtherLocations ?? [])] }),
    workings: createWorkings(surroundings, options.limits ?? {}, options.latencyMs ?? 0, refusals),
    quirks: createSettings(QuirksShape, options.quirks),
    timetable: createTimetable(surroundings),
    refusals,
  };
}

/** Lays the ground of one location, with its custom fields and calendars. */
export function createGround(premises: Premises, location: Location): Ground {
  const { random } = premises.workings.surroundings;
  return {
    ...premises,
    location,
    fields: createCustomFields(random, location.id),
    calendars: createCalendars(random),
  };
}
