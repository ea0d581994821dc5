import { z } from "zod";
import { type Action, contentId, type Session } from "../../../kit/index.ts";
import { Failure } from "../../../model/errors.ts";
import type { Settings } from "../settings.ts";
import { actionsOf, SHAPES } from "./dialect.ts";

const action = actionsOf("Invitations");
const { text } = SHAPES;

const AT = "/private/business-units/{businessUnitId}";
/** Said wherever somebody could think of it. Source: Trustpilot's guidelines for businesses. */
const FAIR = "Inviting only customers who are expected to be happy breaks Trustpilot's rules.";

const Part = z.object({
  templateId: text,
  preferredSendTime: text.describe("UTC, ISO 8601."),
  redirectUri: z.url().optional(),
  tags: z.array(z.string()).optional(),
});

const emailInvitation = action({
  id: "invitation.send",
  title: "Invite somebody to review",
  description: `Has Trustpilot send an invitation by e-mail, once for each person and reference. ${FAIR}`,
  effect: "creates",
  base: "invitations",
  method: "POST",
  path: `${AT}/email-invitations`,
  input: {
    consumerEmail: z.email(),
    consumerName: z.string().min(1),
    referenceNumber: z.string().min(1).describe("Your own id of the person or order; it comes back with the review."),
    locale: z.string().min(1),
    senderName: z.string().min(1),
    senderEmail: z.email(),
    replyTo: z.email(),
    locationId: text,
    type: z.literal("email").optional(),
    serviceReviewInvitation: Part.optional(),
    productReviewInvitation: z.looseObject({ ...Part.shape }).optional(),
  },
  output: { succeeded: z.boolean() },
  example: {
    input: {
      consumerEmail: "mia@example.com",
      consumerName: "Mia Lund",
      referenceNumber: "person-123",
      locale: "en-US",
      senderName: "Example Shop",
      senderEmail: "care@example.com",
      replyTo: "care@example.com",
      serviceReviewInvitation: { preferredSendTime: "2026-05-01T09:00:00" },
    },
    output: { succeeded: true },
  },
});

const INVITATION = "invitation";

/**
 * Sends an invitation at most once. Trustpilot lists none and says nothing when it drops a second, so the hub keeps a
 * ledger: an entry is made before it is sent, and stays when it is not known whether it went out.
 */
const invite: Action<Settings> = {
  ...emailInvitation,
  run: async (session, input) => {
    const externalId = `invitation_${contentId([String(input.consumerEmail).toLowerCase(), input.referenceNumber])}`;
    await refuseSecond(session, externalId);
    const fields = {
      reference: String(input.referenceNumber),
      state: "asked",
      at: new Date(session.now()).toISOString(),
    };
    await session.book.put({ resource: INVITATION, externalId, fields, origin: "hub" });
    try {
      const output = await emailInvitation.run(session, input);
      await session.book.update(INVITATION, externalId, { state: { kind: "set", value: "sent" } });
      return output;
    } catch (thrown) {
      const isUnknown = thrown instanceof Failure && thrown.details.isOutcomeUnknown === true;
      if (!isUnknown) await session.book.update(INVITATION, externalId, { state: { kind: "set", value: "refused" } });
      throw thrown;
    }
  },
};

async function refuseSecond({ book }: Session<Settings>, externalId: string): Promise<void> {
  const before = await book.read(INVITATION, externalId);
  if (before === undefined || before.fields.state === "refused") return;
  const when = String(before.fields.at ?? "");
  const words =
    before.fields.state === "sent"
      ? `This person was invited with this reference on ${when}. Use another reference for another purchase.`
      : `This person was to be invited with this reference on ${when}, and Trustpilot's answer was lost: it is not known whether the invitation went out. Look in the Business app, and use another reference if it did not.`;
  throw new Failure("rejected", `Did not invite anybody: ${words}`, { issues: [words] });
}

/** What can be asked about invitations. */
export const invitations = [
  action({
    id: "invitation.templates",
    title: "List the templates of invitations",
    description: "Lists what an invitation by e-mail can look like.",
    effect: "reads",
    base: "invitations",
    method: "GET",
    path: `${AT}/templates`,
    input: {},
    output: { templates: z.array(z.looseObject({ id: z.string(), name: text })) },
    example: { input: {}, output: { templates: [{ id: "507f191e810c19729de860ea", name: "Best in Test" }] } },
  }),
  invite,
  action({
    id: "invitation.link",
    title: "Make a link for reviewing",
    description: `Makes a link by which one person reviews the business. ${FAIR}`,
    effect: "creates",
    base: "invitations",
    method: "POST",
    path: `${AT}/invitation-links`,
    input: {
      email: z.email(),
      name: z.string().min(1),
      referenceId: z.string().min(1),
      locale: z.string().min(1),
      locationId: text,
      tags: z.array(z.string()).optional(),
      redirectUri: z.url().optional(),
    },
    output: { id: text, url: z.string() },
    example: {
      input: { email: "mia@example.com", name: "Mia Lund", referenceId: "person-123", locale: "en-US" },
      output: { id: "65f0c0ffee0000000000ab01", url: "https://www.trustpilot.com/evaluate-link/abc" },
    },
  }),
  action({
    id: "invitation.forget",
    title: "Delete what was given for invitations",
    description: "Deletes the addresses that invitations were sent to, for good: of some people, or all before a day.",
    effect: "deletes",
    base: "invitations",
    method: "POST",
    path: `${AT}/invitation-data/delete`,
    input: { customerEmails: z.array(z.email()).min(1).optional(), deleteOlderThan: text.describe("YYYY-MM-DD.") },
    output: { succeeded: z.boolean() },
    example: { input: { customerEmails: ["mia@example.com"] }, output: { succeeded: true } },
  }),
];
