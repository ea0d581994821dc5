import type { z } from "zod";
import { type Action, type Dialect, type HttpAction, httpAction } from "../../../kit/index.ts";
import type { Settings } from "../settings.ts";

/** Trustmary's API has one generation. */
export const GENERATIONS = ["v1"] as const;
export type Generation = (typeof GENERATIONS)[number];

/** What all operations of Trustmary have in common. It knows no permissions: a key may do everything. */
const DIALECT: Dialect<Settings, Generation> = {
  partner: "Trustmary",
  generations: GENERATIONS,
  generationOf: () => "v1",
  headers: () => ({}),
  fill: {},
  aliases: {},
};

type Shape = Readonly<Record<string, z.ZodType>>;
type Declared<Input extends Shape, Output extends Shape> = Omit<
  HttpAction<Generation, Input, Output>,
  "subject" | "module" | "scopes"
>;

/** Makes the actions of one subject. */
export function actionsOf(subject: string) {
  return <const Input extends Shape, const Output extends Shape>(declared: Declared<Input, Output>): Action<Settings> =>
    httpAction(DIALECT, { subject, module: "", scopes: [], ...declared });
}

/** Where an operation is described. `reference` is help.trustmary.com/api; the others are articles of its help centre. */
export const SOURCES = {
  reference: "help.trustmary.com/api",
  contacts: "help.trustmary.com, developer article on contacts",
  automations: "help.trustmary.com, developer article on automations",
  reviews: "help.trustmary.com, developer article on reviews; the address is assumed",
  connections: "help.trustmary.com, developer article on review connections",
  plugin: "github.com/trustmary/wordpress, includes/connect.php",
} as const;
