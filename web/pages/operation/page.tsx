import { useQuery, useQueryClient } from "@tanstack/react-query";
import { loaded } from "../../api/loaded.ts";
import { createOperationActs } from "../../api/mutations.ts";
import { handCallsQuery, operationQuery, operationsQuery } from "../../api/queries.ts";
import { type OperationsSearch, operationsAddress } from "../../app/addresses.ts";
import { useHub } from "../../app/hub.tsx";
import { OperationPageView } from "./view.tsx";

/** One entry of a connection's catalogue. */
export function OperationPage(props: {
  readonly connectionId: string;
  readonly operationId: string;
  readonly search: OperationsSearch;
}) {
  const { connectionId, operationId, search } = props;
  const hub = useHub();
  const acts = createOperationActs(hub, useQueryClient());
  const operation = useQuery(operationQuery(hub, connectionId, operationId));
  const { data } = useQuery(operationsQuery(hub, connectionId));
  const { data: calls = [] } = useQuery(handCallsQuery(hub, connectionId, operationId));
  return (
    <OperationPageView
      key={operationId}
      connectionId={connectionId}
      partner={data?.connection.partner ?? "the partner"}
      operation={loaded(operation)}
      back={operationsAddress(connectionId, search)}
      calls={calls}
      onRun={(input) => acts.run(connectionId, operationId, input)}
    />
  );
}
