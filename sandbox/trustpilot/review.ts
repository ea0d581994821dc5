/** A label of a review: words under a heading. */
export type Tag = { readonly group: string; readonly value: string };

/** The business's answer under a review. Times are epoch milliseconds. */
export type Reply = { readonly text: string; readonly createdAt: number; readonly author: string };

/** A review of the business as its account keeps it. Times are epoch milliseconds. */
export type ServiceReview = {
  readonly id: string;
  readonly consumerId: string;
  readonly stars: number;
  readonly title: string;
  readonly text: string;
  readonly language: string;
  /** What the inviter called the order or person; empty for those who came by themselves. */
  readonly referenceId: string;
  /** The address that was invited; empty for those who came by themselves and gave none. */
  readonly referralEmail: string;
  readonly tags: readonly Tag[];
  readonly reply: Reply | undefined;
  readonly isVerified: boolean;
  readonly likes: number;
  readonly createdAt: number;
  /** Absent until it is edited. */
  readonly updatedAt: number | undefined;
};

/** Somebody who writes reviews. The product shows no address of theirs. */
export type Consumer = { readonly id: string; readonly name: string; readonly email: string; readonly country: string };

/** The business whose account this is. */
export type BusinessUnit = {
  readonly id: string;
  readonly identifyingName: string;
  readonly displayName: string;
  readonly country: string;
};

const time = (at: number): string => new Date(at).toISOString().replace(/\.\d{3}Z$/, "Z");

/** A review as the private operations show it, or the public ones, which leave out who was invited. */
export function shownReview(
  review: ServiceReview,
  consumer: Consumer,
  unit: BusinessUnit,
  from: { readonly isPrivate: boolean; readonly written: number },
): Record<string, unknown> {
  const { reply } = review;
  return {
    links: [{ href: `https://api.trustpilot.com/v1/reviews/${review.id}`, method: "GET", rel: "self" }],
    id: review.id,
    consumer: {
      id: consumer.id,
      displayName: consumer.name,
      displayLocation: consumer.country,
      numberOfReviews: from.written,
    },
    businessUnit: { id: unit.id, identifyingName: unit.identifyingName, displayName: unit.displayName },
    stars: review.stars,
    title: review.title,
    text: review.text,
    language: review.language,
    createdAt: time(review.createdAt),
    updatedAt: review.updatedAt === undefined ? null : time(review.updatedAt),
    companyReply:
      reply === undefined
        ? null
        : { text: reply.text, createdAt: time(reply.createdAt), authorBusinessUserName: reply.author },
    isVerified: review.isVerified,
    status: "active",
    numberOfLikes: review.likes,
    countsTowardsTrustScore: true,
    location: null,
    ...(from.isPrivate && {
      tags: review.tags,
      referenceId: review.referenceId === "" ? null : review.referenceId,
      referralEmail: review.referralEmail === "" ? null : review.referralEmail,
      source: review.referenceId === "" ? "Organic" : "InvitationApi",
    }),
  };
}

/** What a webhook says of a review: who wrote it by name, and no address. */
export function toldReview(review: ServiceReview, consumer: Consumer): Record<string, unknown> {
  return {
    id: review.id,
    language: review.language,
    title: review.title,
    text: review.text,
    referenceId: review.referenceId === "" ? null : review.referenceId,
    stars: review.stars,
    createdAt: time(review.createdAt),
    isVerified: review.isVerified,
    locationId: null,
    link: `https://api.trustpilot.com/v1/reviews/${review.id}`,
    consumer: { id: consumer.id, name: consumer.name, link: `https://api.trustpilot.com/v1/consumers/${consumer.id}` },
    tags: review.tags,
  };
}

/** A time as answers write it. */
export const shownTime = time;
