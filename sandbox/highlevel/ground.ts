import { createSettings, type Settings } from "../control/settings.ts";
import type { Surroundings } from "../control/surroundings.ts";
import { createWorkings, type Workings } from "../control/workings.ts";
import { opaqueId } from "../random.ts";
import { type CustomFields, createCustomFields } from "./customFields.ts";
import type { HighLevelOptions } from "./index.ts";
import type { Location } from "./locationRoutes.ts";
import { type Quirks, QuirksShape } from "./quirks.ts";
import { createRefusals, type Refusals } from "./wording.ts";

/** What everything else in this emulator stands on. */
export type Ground = {
  readonly workings: Workings;
  readonly quirks: Settings<Quirks>;
  readonly refusals: Refusals;
  readonly location: Location;
  readonly fields: CustomFields;
};

/** Lays the ground: settings, refusals, the location and its custom fields. */
export function createGround(surroundings: Surroundings, options: HighLevelOptions): Ground {
  const { random } = surroundings;
  const refusals = createRefusals(random);
  const location = locationFrom(options.location, random);
  return {
    workings: createWorkings(surroundings, options.limits ?? {}, options.latencyMs ?? 0, refusals),
    quirks: createSettings(QuirksShape, options.quirks),
    refusals,
    location,
    fields: createCustomFields(random, location.id),
  };
}

function locationFrom(given: Partial<Location> = {}, random: () => number): Location {
  return {
    id: opaqueId(random, 20),
    companyId: opaqueId(random, 20),
    name: "Harbour Light Studio",
    country: "US",
    timezone: "America/New_York",
    ...given,
  };
}
