import { z } from "zod";
import { actionsOf } from "./dialect.ts";
import { Flag, Text } from "./shapes.ts";

const action = actionsOf({
  subject: "Location",
  module: "locations",
  scopes: { reads: "locations.readonly", writes: "locations.write" },
});

const Location = z.object({
  id: z.string(),
  companyId: Text,
  name: Text,
  email: Text,
  phone: Text,
  address: Text,
  city: Text,
  state: Text,
  country: Text,
  postalCode: Text,
  website: Text,
  timezone: Text,
  settings: z
    .object({
      allowDuplicateContact: Flag,
      allowDuplicateOpportunity: Flag,
      allowFacebookNameMerge: Flag,
      disableContactTimezone: Flag,
    })
    .optional(),
});
const EXAMPLE = {
  id: "ve9EPM428h8vShlRW1KT",
  companyId: "5DP41231LkQsiKESj6rh",
  name: "Harbour Dental",
  country: "US",
  timezone: "America/New_York",
  settings: { allowDuplicateContact: false },
};

/** The location itself, and what belongs to it as a whole. */
export const locations = [
  action({
    id: "location.read",
    title: "Read the location",
    description: "Shows the location's name, address, time zone and settings.",
    effect: "reads",
    method: "GET",
    path: "/locations/{locationId}",
    input: {},
    output: { location: Location },
    example: { input: {}, output: { location: EXAMPLE } },
  }),
];
