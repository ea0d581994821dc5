import { z } from "zod";
import { AppDeclaration, SignIn } from "./declaration.ts";

/** What was read from a document that describes an API: everything it names, and a declaration suggested from it. */
export const ImportedApi = z.object({
  title: z.string(),
  version: z.string(),
  /** The addresses that it names; the first is the one suggested. */
  servers: z.array(z.string()),
  /** The ways of signing in that it names. */
  signIns: z.array(SignIn),
  /** The names of the webhooks that it describes. */
  webhooks: z.array(z.string()),
  /** A suggestion: every part of it can be changed. Its operations are all requests of the document. */
  declaration: AppDeclaration,
});
export type ImportedApi = z.infer<typeof ImportedApi>;
