import { appointmentRoutes } from "./appointmentRoutes.ts";
import { childRoutes } from "./childRoutes.ts";
import { contactRoutes } from "./contactRoutes.ts";
import type { Ground } from "./ground.ts";
import { locationRoutes } from "./locationRoutes.ts";
import type { Records } from "./records.ts";
import { createOperations, type Operations } from "./routing.ts";

/** All operations that the product has, as far as they are emulated, on the records of one location. */
export function operationsOf(ground: Ground, { book, writer, tags, children }: Records): Operations {
  const { workings, refusals, fields, location } = ground;
  const { random } = workings.surroundings;
  const quirks = ground.quirks.get;
  const operations = createOperations();
  const { route } = operations;
  const showing = () => ({ quirks: quirks(), locationId: location.id, timeZone: location.timezone });
  contactRoutes(route, { book, writer, fields, quirks, refusals, random, country: location.country });
  childRoutes(route, { children, showing, refusals });
  appointmentRoutes(route, { children, showing, refusals });
  locationRoutes(route, { location, fields, tags, quirks, refusals });
  return operations;
}
