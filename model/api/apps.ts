import { z } from "zod";
import { AppDeclaration } from "../declaration.ts";
import { ImportedApi } from "../importedApi.ts";
import { CredentialConfig } from "../workspace.ts";

/** Connecting an app of the user's own, as it enters and leaves the hub. */

/** What an app is described by: the text of a document or of a declaration, or the address of one. */
export const AppSource = z.union([
  z.strictObject({ text: z.string().min(1) }),
  z.strictObject({ address: z.url({ protocol: /^https?$/, error: "is no address that begins with https://" }) }),
]);
export type AppSource = z.infer<typeof AppSource>;

/** What was read: a declaration as it stands, or a document with what it suggests. */
export const AppRead = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("declaration"), declaration: AppDeclaration }),
  ImportedApi.extend({ kind: z.literal("document") }),
]);
export type AppRead = z.infer<typeof AppRead>;

/** One entry of an app's catalogue that is tried before the app is connected. */
export const AppTrial = z.object({
  app: AppDeclaration,
  credential: CredentialConfig,
  /** An entry of its catalogue, for instance `contact.list`. */
  operation: z.string().min(1).max(120),
  input: z.record(z.string(), z.unknown()).default({}),
  /** Whether it may change something in the app. */
  isWriting: z.boolean().default(false),
});
export type AppTrial = z.infer<typeof AppTrial>;

/** What came of trying: in our form, and of a record that was read as the app itself answered it. */
export const AppTrialView = z.object({
  output: z.unknown(),
  raw: z.unknown().optional(),
  calls: z.array(z.object({ method: z.string(), path: z.string(), status: z.number(), ms: z.number() })),
  ms: z.number(),
});
export type AppTrialView = z.infer<typeof AppTrialView>;
