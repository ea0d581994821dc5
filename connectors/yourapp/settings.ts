import { z } from "zod";
import { AppDeclaration } from "../../model/declaration.ts";

/** The settings of a connection to an app of the user's own: what the app is, and what may be done there. */
export const Settings = z.strictObject({
  app: AppDeclaration.describe("What the app is: its address, how one signs in, its records and their fields."),
  writing: z
    .boolean()
    .default(false)
    .describe("Whether the hub may change anything in the app; it only reads until this is set."),
  webhookSecret: z
    .string()
    .min(16, "must be at least 16 characters")
    .max(200)
    .optional()
    .describe("The secret by which the app proves its webhooks.")
    .meta({ writeOnly: true }),
});
export type Settings = z.infer<typeof Settings>;
