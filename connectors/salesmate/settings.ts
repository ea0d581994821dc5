import { z } from "zod";
import { AddressSecret } from "../../kit/index.ts";

const ActivityType = z.string().trim().min(1).max(100);

/** The settings of a Salesmate connection: one account, seen as the user whose key is used. */
export const Settings = z
  .strictObject({
    // The name becomes part of the host that the key is sent to, so nothing else may stand in it.
    linkname: z
      .string("is missing: the part of your Salesmate address before .salesmate.io")
      .regex(
        /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/,
        "must be the part before .salesmate.io: small letters, digits, hyphens",
      )
      .describe("The account's name: the part of its address before .salesmate.io."),
    ownerId: z
      .int("is missing: the number of the user who shall own contacts made here, from Setup > Users")
      .positive()
      .describe("Number of the user who owns contacts that the hub makes; Salesmate demands one."),
    surnamePlaceholder: z
      .string()
      .trim()
      .min(1)
      .max(40)
      .default("-")
      .describe("Stands for the surname of contacts without one, which Salesmate does not allow. Read back as empty."),
    titlePlaceholder: z
      .string()
      .trim()
      .min(1)
      .max(40)
      .default("(no title)")
      .describe(
        "Stands for the title of tasks and appointments without one, which Salesmate demands. Read back as empty.",
      ),
    taskType: ActivityType.default("Task").describe("Name of the activity type that is a task in this account."),
    appointmentType: ActivityType.default("Meeting").describe(
      "Name of the activity type that is an appointment in this account.",
    ),
    dueDateAs: z
      .enum(["epoch", "iso"])
      .default("epoch")
      .describe("How due dates are sent: epoch (milliseconds), or iso where Salesmate refuses that."),
    timeZone: z
      .string()
      .refine(isTimeZone, "must be an IANA time zone, for instance Europe/London")
      .default("UTC")
      .describe("Time zone of the key's user in Salesmate (its profile page shows it); searches are written in it."),
    country: z
      .string()
      .regex(/^[A-Z]{2}$/, "must be two capital letters, for instance US")
      .default("US")
      .describe("Country of phones written without a country code, ISO 3166-1 alpha-2."),
    requestsPerHour: z
      .int()
      .min(1)
      .default(1_200)
      .describe("Most calls in an hour. Salesmate allows 1,500 for the account, shared with whatever else uses it."),
    webhookSecret: AddressSecret.optional(),
    pollOverlapMs: z.int().min(0).default(86_400_000).describe("How far back each poll looks again, milliseconds."),
  })
  .refine(({ taskType, appointmentType }) => taskType.toLowerCase() !== appointmentType.toLowerCase(), {
    path: ["appointmentType"],
    // One activity would else be two records.
    error: "must be another type than taskType",
  });
export type Settings = z.infer<typeof Settings>;

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en-US", { timeZone: name });
    return true;
  } catch {
    // The constructor throws for a name it does not know; the refinement turns that into the message.
    return false;
  }
}
