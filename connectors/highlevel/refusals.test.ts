import { describeErrors, type ErrorRow } from "../errorConformance.ts";
import { highlevel } from "./index.ts";

const said = (message: string | readonly string[], more = {}) => ({ message, traceId: "t-1", ...more });
const EMPTY = "Contacts without email, phone, firstName and lastName are not allowed.";
const TWICE = "This location does not allow duplicated contacts.";
const NOT_THIS_CLASS = "This authClass type is not allowed to access this scope. Please verify your IAM configuration…";
const UPDATE = { method: "PUT" } as const;

const errors: readonly ErrorRow[] = [
  [400, said("Invalid field"), "rejected"],
  [400, said(TWICE, { meta: { contactId: "c2", matchingField: "email" } }), "rejected", UPDATE],
  [400, said(EMPTY), "rejected", { method: "POST", path: "/contacts/" }],
  [400, said("Not authorized to update permanent dnd setting for SMS"), "rejected", UPDATE],
  [400, said("Contact with id c1 not found"), "not_found"],
  [400, said("Invalid API version segment 'x' at position 0"), "misconfigured"],
  [401, said("Invalid token: access token is invalid"), "unauthorized"],
  [401, said("Invalid JWT"), "unauthorized"],
  [401, said("Invalid Private Integration token"), "unauthorized"],
  [401, said("The token is not authorized for this scope."), "forbidden"],
  [401, said("Token's user type mismatch!"), "forbidden"],
  [401, said(NOT_THIS_CLASS), "forbidden"],
  [401, said("version header was not found."), "misconfigured"],
  [401, said("version header is invalid"), "misconfigured"],
  [403, said("The token does not have access to this location."), "misconfigured"],
  [404, said("Contact not found"), "not_found"],
  [404, said("Cannot GET /contacts/c1"), "misconfigured"],
  [404, "<html>no such page</html>", "unavailable"],
  [422, said(["property locationId should not exist", "email must be an email"]), "rejected", UPDATE],
  [500, said("Internal server error"), "unavailable"],
];

describeErrors({ connector: highlevel, settings: { locationId: "l1", writing: true }, path: "/contacts/c1", errors });
