/** Webhooks as they came. See `../ports.ts`. */

export const DELIVERY_VERDICTS = ["accepted", "duplicate", "ignored"] as const;

/** A webhook request that was verified, and what it led to. Refused ones are only counted. */
export interface Delivery {
  readonly id: string;
  readonly connectionId: string;
  readonly receivedAt: number;
  readonly type: string;
  /** The partner's delivery id; unique per connection. */
  readonly deliveryId: string;
  readonly occurredAt?: number;
  readonly scheme: string;
  readonly externalIds: readonly string[];
}
