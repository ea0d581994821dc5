import type { Delivery, DueKey } from "../../../engine/ports.ts";
import type { DeliveryView, TroubleView } from "../../../model/api/views.ts";

/** A key that failed. @param titles what links are called, by id. */
export function presentTrouble(due: DueKey, titles: ReadonlyMap<string, string>): TroubleView {
  const linkId = linkIdOf(due.key);
  const title = linkId === undefined ? undefined : titles.get(linkId);
  return {
    key: due.key,
    state: due.state,
    ...(linkId === undefined ? {} : { linkId }),
    ...(title === undefined ? {} : { title }),
    attempts: due.attempts,
    dueAt: due.dueAt,
    ...(due.error === undefined ? {} : { error: { ...due.error } }),
  };
}

/** The link that a key names, when it names one. */
export function linkIdOf(key: string): string | undefined {
  return key.startsWith("link:") ? key.slice("link:".length) : undefined;
}

/** A webhook that was received. */
export function presentDelivery(delivery: Delivery): DeliveryView {
  const { id, connectionId, receivedAt, type, deliveryId, scheme, externalIds } = delivery;
  return { id, connectionId, receivedAt, type, deliveryId, scheme, externalIds: [...externalIds] };
}
