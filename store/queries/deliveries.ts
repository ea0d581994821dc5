import type { Delivery } from "../../engine/ports.ts";
import type { Database } from "../database.ts";
import { fromJson, optional } from "../json.ts";
import type { PageQuery } from "../port.ts";
import { change, firstOf, rowsOf, type Script, template } from "../script.ts";
import type { DeliveriesTable } from "../tables.ts";

/** Scripts about webhook requests received. */
export interface DeliveryScripts {
  /** @returns whether the delivery was new for its connection. */
  readonly add: (workspaceId: string, delivery: Delivery) => Script<boolean>;
  /** Counts that a delivery came again. */
  readonly again: (workspaceId: string, delivery: Pick<Delivery, "connectionId" | "deliveryId">) => Script<void>;
  readonly page: (workspaceId: string, query: PageQuery) => Script<readonly Delivery[]>;
  readonly lastAt: (workspaceId: string, connectionId: string) => Script<number | undefined>;
  /** The oldest first, at most `limit`. */
  readonly prune: (workspaceId: string, before: number, limit: number) => Script<number>;
}

export function deliveryScripts({ kysely }: Database): DeliveryScripts {
  const add = template<DeliveriesTable, { id: string }>((slot) =>
    kysely
      .insertInto("deliveries")
      .values({
        workspace_id: slot("workspace_id"),
        id: slot("id"),
        connection_id: slot("connection_id"),
        delivery_id: slot("delivery_id"),
        received_at: slot("received_at"),
        type: slot("type"),
        occurred_at: slot("occurred_at"),
        scheme: slot("scheme"),
        external_ids: slot("external_ids"),
        due_keys: slot("due_keys"),
        repeats: slot("repeats"),
      })
      .onConflict((conflict) => conflict.columns(["workspace_id", "connection_id", "delivery_id"]).doNothing())
      .returning("id"),
  );
  return {
    *add(workspaceId, delivery) {
      const row = yield* firstOf(add(deliveryRow(workspaceId, delivery)));
      return row !== undefined;
    },
    *again(workspaceId, { connectionId, deliveryId }) {
      yield* change(
        kysely
          .updateTable("deliveries")
          .set((eb) => ({ repeats: eb("repeats", "+", 1) }))
          .where("workspace_id", "=", workspaceId)
          .where("connection_id", "=", connectionId)
          .where("delivery_id", "=", deliveryId),
      );
    },
    *page(workspaceId, { before, limit }) {
      const rows = yield* rowsOf(
        kysely
          .selectFrom("deliveries")
          .selectAll()
          .where("workspace_id", "=", workspaceId)
          .$if(before !== undefined, (query) => query.where("id", "<", before ?? ""))
          .orderBy("id", "desc")
          .limit(limit),
      );
      return rows.map(deliveryOf);
    },
    *lastAt(workspaceId, connectionId) {
      const newest = yield* firstOf(
        kysely
          .selectFrom("deliveries")
          .select("received_at")
          .where("workspace_id", "=", workspaceId)
          .where("connection_id", "=", connectionId)
          .orderBy("received_at", "desc")
          .limit(1),
      );
      return newest?.received_at;
    },
    *prune(workspaceId, before, limit) {
      const oldest = kysely
        .selectFrom("deliveries")
        .select("id")
        .where("workspace_id", "=", workspaceId)
        .where("received_at", "<", before)
        .orderBy("received_at")
        .limit(limit);
      return yield* change(
        kysely.deleteFrom("deliveries").where("workspace_id", "=", workspaceId).where("id", "in", oldest),
      );
    },
  };
}

function deliveryRow(workspaceId: string, delivery: Delivery): DeliveriesTable {
  return {
    workspace_id: workspaceId,
    id: delivery.id,
    connection_id: delivery.connectionId,
    delivery_id: delivery.deliveryId,
    received_at: delivery.receivedAt,
    type: delivery.type,
    occurred_at: delivery.occurredAt ?? null,
    scheme: delivery.scheme,
    external_ids: JSON.stringify(delivery.externalIds),
    due_keys: JSON.stringify(delivery.keys),
    repeats: delivery.repeats,
  };
}

function deliveryOf(row: DeliveriesTable): Delivery {
  return {
    id: row.id,
    connectionId: row.connection_id,
    receivedAt: row.received_at,
    type: row.type,
    deliveryId: row.delivery_id,
    scheme: row.scheme,
    externalIds: fromJson("deliveries", row.id, row.external_ids),
    keys: fromJson("deliveries", row.id, row.due_keys),
    repeats: row.repeats,
    ...optional("occurredAt", row.occurred_at),
  };
}
