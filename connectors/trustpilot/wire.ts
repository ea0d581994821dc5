import { z } from "zod";

/** The shapes of Trustpilot's JSON, as far as the hub reads them. Source: contract of reviews and webhooks. */

const Text = z.string().nullish();
const Person = z.looseObject({ id: Text, displayName: Text, name: Text, email: Text });

/** A review of the business, as private operations show it. */
export const ServiceReview = z.looseObject({
  id: z.string().min(1),
  stars: z.number(),
  title: Text,
  text: Text,
  createdAt: Text,
  updatedAt: Text,
  referenceId: Text,
  referralEmail: Text,
  consumer: Person.nullish(),
  companyReply: z.looseObject({ text: Text }).nullish(),
});
export type ServiceReview = z.infer<typeof ServiceReview>;

/** A review of a product, as private operations show it. */
export const ProductReview = z.looseObject({
  id: z.string().min(1),
  stars: z.number(),
  content: Text,
  createdAt: Text,
  referenceId: Text,
  consumer: Person.nullish(),
  product: z.looseObject({ sku: Text, name: Text }).nullish(),
});
export type ProductReview = z.infer<typeof ProductReview>;

/** A page of each. */
export const ServiceReviews = z.looseObject({ reviews: z.array(ServiceReview) });
export const ProductReviews = z.looseObject({ productReviews: z.array(ProductReview) });

/** A webhook: one event or several. */
export const Events = z.looseObject({
  events: z
    .array(z.looseObject({ eventName: z.string().min(1), eventData: z.looseObject({ id: z.string().min(1) }) }))
    .min(1),
});

/** A business unit. */
export const Unit = z.looseObject({ id: z.string(), displayName: Text });
