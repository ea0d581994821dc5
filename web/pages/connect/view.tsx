import type { ConnectorView } from "../../../model/api/connections.ts";
import type { Loaded } from "../../api/loaded.ts";
import { CONNECTIONS, newConnectionAddress } from "../../app/addresses.ts";
import { Ready } from "../../parts/problem.tsx";
import { offerWords } from "../../text/connections.ts";
import { Card, Line, Page } from "../../ui/layout.tsx";
import { Link } from "../../ui/link.tsx";
import { Item, List } from "../../ui/list.tsx";
import { Monogram } from "../../ui/monogram.tsx";
import { Empty } from "../../ui/notice.tsx";
import { Text } from "../../ui/text.tsx";
import { type ConnectFormProps, ConnectForms } from "./forms.tsx";

/** The partners that can be connected, with what each is good for. */
export function PartnersPageView({ connectors }: { readonly connectors: Loaded<readonly ConnectorView[]> }) {
  return (
    <Page
      title="What shall be connected?"
      lead="Each account is a connection of its own. Nothing is read before you agree."
      actions={<Link to={CONNECTIONS}>All connections</Link>}
    >
      <Ready answer={connectors} label="Reading what can be connected" rows={6}>
        {(known) => (
          <Card isFlush>
            <List label="Partners">
              {known.map((connector) => (
                <Item key={connector.id} end={<Link to={newConnectionAddress(connector.id)}>Connect</Link>}>
                  <Line>
                    <Monogram name={connector.name} />
                    <Text kind="strong">{connector.name}</Text>
                  </Line>
                  <Text kind="soft">{offerWords(connector)}</Text>
                </Item>
              ))}
            </List>
          </Card>
        )}
      </Ready>
    </Page>
  );
}

export interface ConnectPageProps extends Omit<ConnectFormProps, "connector"> {
  readonly connectorId: string;
  readonly connectors: Loaded<readonly ConnectorView[]>;
}

/** A new connection to one partner: the ways to sign in, each with what it needs. */
export function ConnectPageView({ connectorId, connectors, ...rest }: ConnectPageProps) {
  const known = connectors.state === "ready" ? connectors.data.find(({ id }) => id === connectorId) : undefined;
  return (
    <Page title={`Connect ${known?.name ?? "a partner"}`} actions={<Link to={CONNECTIONS}>All connections</Link>}>
      <Ready answer={connectors} label="Reading what can be connected" rows={8}>
        {() =>
          known === undefined ? (
            <Card>
              <Empty title="There is no such partner">Choose one from the list.</Empty>
            </Card>
          ) : (
            <ConnectForms {...rest} connector={known} />
          )
        }
      </Ready>
    </Page>
  );
}
