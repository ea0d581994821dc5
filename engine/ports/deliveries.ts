/** Webhooks as they came. See `../ports.ts`. */

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
  /** Of what it names, whether or not anything follows that. */
  readonly externalIds: readonly string[];
  /** The keys that it made due; none where no sync follows what it is about. */
  readonly keys: readonly string[];
  /** How often it came again since. */
  readonly repeats: number;
}
