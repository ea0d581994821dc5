import { z } from "zod";
import { actionsOf } from "./dialect.ts";
import { Anything, id, optional, required, Skip, Succeeded, Text, Time, upTo } from "./shapes.ts";

const action = actionsOf({
  subject: "Businesses",
  module: "businesses",
  scopes: { reads: "businesses.readonly", writes: "businesses.write" },
});

const Business = z.object({
  id: z.string(),
  name: Text,
  phone: Text,
  email: Text,
  website: Text,
  address: Text,
  city: Text,
  state: Text,
  postalCode: Text,
  country: Text,
  description: Text,
  locationId: Text,
  createdBy: Anything,
  updatedBy: Anything,
  createdAt: Time,
  updatedAt: Time,
});
const ONE = { businessId: id("Id of the business.") };
const MORE = {
  phone: optional("Phone number."),
  email: optional("E-mail address."),
  website: optional("Website."),
  address: optional("Street and number."),
  city: optional("City."),
  state: optional("State or region."),
  postalCode: optional("Postal code."),
  country: optional("Country, two letters."),
  description: optional("What it is."),
};
const EXAMPLE = {
  id: "63771dcac1116f0e21de8e12",
  name: "Silva Tiles",
  city: "Porto",
  locationId: "ve9EPM428h8vShlRW1KT",
};
const ONE_EXAMPLE = { businessId: EXAMPLE.id };

/** Companies that contacts can be linked to. */
export const businesses = [
  action({
    id: "business.list",
    title: "List businesses",
    description: "Lists the businesses of the location.",
    effect: "reads",
    method: "GET",
    path: "/businesses/",
    input: { limit: upTo(100), skip: Skip },
    fill: { locationId: "query" },
    output: { businesses: z.array(Business) },
    example: { input: { limit: 100 }, output: { businesses: [EXAMPLE] } },
  }),
  action({
    id: "business.create",
    title: "Create a business",
    description: "Makes a new business, linked to no contact yet.",
    effect: "creates",
    method: "POST",
    path: "/businesses/",
    input: { name: required("Name of the business."), ...MORE },
    fill: { locationId: "body" },
    output: { business: Business },
    example: { input: { name: "Silva Tiles", city: "Porto" }, output: { business: EXAMPLE } },
  }),
  action({
    id: "business.read",
    title: "Read a business",
    description: "Shows one business.",
    effect: "reads",
    method: "GET",
    path: "/businesses/{businessId}",
    input: ONE,
    output: { business: Business },
    example: { input: ONE_EXAMPLE, output: { business: EXAMPLE } },
  }),
  action({
    id: "business.update",
    title: "Change a business",
    description: "Changes what is given of one business.",
    effect: "changes",
    method: "PUT",
    path: "/businesses/{businessId}",
    input: { ...ONE, name: optional("Name of the business."), ...MORE },
    output: { business: Business },
    example: { input: { ...ONE_EXAMPLE, city: "Lisboa" }, output: { business: { ...EXAMPLE, city: "Lisboa" } } },
  }),
  action({
    id: "business.delete",
    title: "Delete a business",
    description: "Deletes one business; its contacts stay.",
    effect: "deletes",
    method: "DELETE",
    path: "/businesses/{businessId}",
    input: ONE,
    output: Succeeded,
    example: { input: ONE_EXAMPLE, output: { succeeded: true } },
  }),
];
