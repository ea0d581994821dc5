import { opaqueId, type Random } from "../random.ts";
import { hexId } from "./ids.ts";
import type { Quirks } from "./quirks.ts";
import type { Refusals } from "./wording.ts";

/** An invitation that was asked for. Times are epoch milliseconds. */
export type Invitation = {
  readonly id: string;
  readonly kind: "email" | "link" | "productLink";
  readonly email: string;
  readonly name: string;
  readonly referenceId: string;
  /** Whether it went out: a second for the same person and reference may be dropped without a word. */
  readonly isSuppressed: boolean;
  readonly askedAt: number;
};

/** The invitations of an account, which no operation lists. */
export type Invitations = {
  readonly all: () => readonly Invitation[];
  readonly templates: () => readonly Readonly<Record<string, unknown>>[];
  /** @throws Refusal 400 */
  readonly sendEmail: (body: Body) => Invitation;
  readonly makeLink: (body: Body) => { readonly id: string; readonly url: string };
  readonly makeProductLink: (body: Body) => { readonly id: string; readonly url: string };
  /** Forgets what was given for invitations: for these addresses, or older than a day. @throws Refusal 400 */
  readonly forget: (body: Body) => void;
  readonly clear: () => void;
};

/** A body that is an object. */
export type Body = Readonly<Record<string, unknown>>;

/** What the invitations depend on. */
export type InvitationParts = {
  readonly random: Random;
  readonly now: () => number;
  readonly quirks: () => Quirks;
  readonly refusals: Refusals;
};

/** Makes an account's invitations, with two templates. */
export function createInvitations({ random, now, quirks, refusals }: InvitationParts): Invitations {
  let kept: Invitation[] = [];
  const templates = [
    { id: hexId(random), name: "Best in Test", isDefaultTemplate: true, locale: "en-US", type: "Service" },
    { id: hexId(random), name: "Product, plain", isDefaultTemplate: false, locale: "en-US", type: "Product" },
  ];

  const keep = (kind: Invitation["kind"], email: string, name: string, referenceId: string): Invitation => {
    const isSecond = kept.some(
      (other) => other.kind === kind && other.email === email && other.referenceId === referenceId,
    );
    const isSuppressed = kind === "email" && isSecond && quirks().secondInvitation === "suppressed";
    const invitation = { id: hexId(random), kind, email, name, referenceId, isSuppressed, askedAt: now() };
    kept.push(invitation);
    return invitation;
  };

  const linkOf = (invitation: Invitation) => ({
    id: invitation.id,
    url: `https://www.trustpilot.com/evaluate-link/${opaqueId(random, 32)}`,
  });

  return {
    all: () => kept,
    templates: () => templates,
    sendEmail: (body) => {
      const text = (name: string) => demandText(body, name, refusals);
      for (const name of ["locale", "senderName", "senderEmail", "replyTo"]) text(name);
      const invited = [body.serviceReviewInvitation, body.productReviewInvitation].filter((part) => part !== undefined);
      if (invited.length === 0) throw refusals.invalid("An invitation for a service or product review is required");
      for (const part of invited) checkPart(part, templates, refusals);
      return keep("email", text("consumerEmail").toLowerCase(), text("consumerName"), text("referenceNumber"));
    },
    makeLink: (body) => {
      const text = (name: string) => demandText(body, name, refusals);
      text("locale");
      return linkOf(keep("link", text("email").toLowerCase(), text("name"), text("referenceId")));
    },
    makeProductLink: (body) => {
      const consumer = objectOf(body.consumer, "consumer", refusals);
      const hasProducts = Array.isArray(body.products) !== Array.isArray(body.productIds);
      if (!hasProducts) throw refusals.invalid("products or productIds is required, not both");
      const email = demandText(consumer, "email", refusals).toLowerCase();
      const name = demandText(consumer, "name", refusals);
      return linkOf(keep("productLink", email, name, demandText(body, "referenceId", refusals)));
    },
    forget: (body) => {
      const { customerEmails, deleteOlderThan } = body;
      if ((customerEmails === undefined) === (deleteOlderThan === undefined)) {
        throw refusals.invalid("Give either customerEmails or deleteOlderThan");
      }
      const isForgotten = forgetting(customerEmails, deleteOlderThan, refusals);
      kept = kept.filter((invitation) => !isForgotten(invitation));
    },
    clear: () => {
      kept = [];
    },
  };
}

function checkPart(part: unknown, templates: readonly { id: string }[], refusals: Refusals): void {
  const { templateId, preferredSendTime } = objectOf(part, "invitation", refusals);
  if (templateId !== undefined && !templates.some(({ id }) => id === templateId)) {
    throw refusals.invalid("templateId is not a template of this business unit");
  }
  if (preferredSendTime !== undefined && Number.isNaN(Date.parse(String(preferredSendTime)))) {
    throw refusals.invalid("preferredSendTime is not a time");
  }
}

function forgetting(emails: unknown, olderThan: unknown, refusals: Refusals): (invitation: Invitation) => boolean {
  if (Array.isArray(emails)) {
    const all = new Set(emails.map((email) => String(email).toLowerCase()));
    return ({ email }) => all.has(email);
  }
  const before = Date.parse(String(olderThan));
  if (Number.isNaN(before)) throw refusals.invalid("deleteOlderThan is not a date");
  return ({ askedAt }) => askedAt < before;
}

/** A text of a body that must be there. @throws Refusal 400 */
export function demandText(body: Body, name: string, refusals: Refusals): string {
  const value = body[name];
  if (typeof value !== "string" || value.trim() === "") throw refusals.invalid(`${name} is required`);
  return value.trim();
}

/** A part of a body that must be an object. @throws Refusal 400 */
export function objectOf(given: unknown, name: string, refusals: Refusals): Body {
  if (typeof given !== "object" || given === null || Array.isArray(given)) {
    throw refusals.invalid(`${name} must be an object`);
  }
  // Checked above; every value is looked at before it is used.
  return given as Body;
}
