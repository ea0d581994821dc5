import type { ConnectionView, DeliveryView, LedToView } from "../../../model/api/views.ts";
import type { Loaded } from "../../api/loaded.ts";
import { OVERVIEW, recordAddress } from "../../app/addresses.ts";
import { Ready } from "../../parts/problem.tsx";
import { deliveryState, ledToWords, provedWords, repeatWords } from "../../text/deliveries.ts";
import { Badge } from "../../ui/badge.tsx";
import { Breakable } from "../../ui/breakable.tsx";
import { Card, Line, Page } from "../../ui/layout.tsx";
import { Link } from "../../ui/link.tsx";
import { Item, List } from "../../ui/list.tsx";
import { Empty } from "../../ui/notice.tsx";
import { Text } from "../../ui/text.tsx";
import { When } from "../../ui/when.tsx";

export interface WebhooksPageProps {
  readonly deliveries: Loaded<readonly DeliveryView[]>;
  readonly connections: readonly ConnectionView[];
}

/** The newest webhooks that were proved: from whom, how, and what each led to. */
export function WebhooksPageView({ deliveries, connections }: WebhooksPageProps) {
  const names = new Map(connections.map(({ id, name }) => [id, name]));
  return (
    <Page
      title="Webhooks received"
      lead="What the products told by themselves. Those whose sender was not proved are refused, and only counted."
      actions={<Link to={OVERVIEW}>To the overview</Link>}
    >
      <Ready answer={deliveries} label="Reading the webhooks" rows={8}>
        {(all) => (all.length === 0 ? <None /> : <All deliveries={all} names={names} />)}
      </Ready>
    </Page>
  );
}

function None() {
  return (
    <Card>
      <Empty title="No webhook has come yet">
        Changes are found by looking for them meanwhile. A product sends webhooks once this hub's address is entered
        there.
      </Empty>
    </Card>
  );
}

function All(props: { readonly deliveries: readonly DeliveryView[]; readonly names: ReadonlyMap<string, string> }) {
  return (
    <Card isFlush>
      <List label="Webhooks received">
        {props.deliveries.map((delivery) => (
          <One key={delivery.id} delivery={delivery} name={props.names.get(delivery.connectionId)} />
        ))}
      </List>
    </Card>
  );
}

function One({ delivery, name }: { readonly delivery: DeliveryView; readonly name: string | undefined }) {
  const { type, connectionId, receivedAt, ledTo } = delivery;
  const { word, tone } = deliveryState(delivery);
  return (
    <Item
      end={
        <Text kind="soft">
          <When at={receivedAt} />
        </Text>
      }
      below={
        <>
          {ledTo.map((led) => (
            <Led key={led.key} led={led} />
          ))}
          <Text kind="soft">
            {[name ?? connectionId, provedWords(delivery), repeatWords(delivery)].filter(Boolean).join(" · ")}
          </Text>
        </>
      }
    >
      <Line gap="normal">
        <Text kind="strong">
          <Breakable text={type} />
        </Text>
        <Badge tone={tone}>{word}</Badge>
      </Line>
    </Item>
  );
}

function Led({ led }: { readonly led: LedToView }) {
  if (led.linkId === undefined || led.title === undefined) return <Text>{ledToWords(led)}</Text>;
  return (
    <Text>
      <Link to={recordAddress(led.linkId)}>{led.title}</Link>: {ledToWords(led)}
    </Text>
  );
}
