import type { AgencyView, AppView, ConnectionListRow } from "../../../model/api/connections.ts";
import type { Loaded } from "../../api/loaded.ts";
import { agencyAddress, appAddress, connectionAddress, PARTNERS } from "../../app/addresses.ts";
import { stateOf } from "../../parts/connectionCard.tsx";
import { Ready } from "../../parts/problem.tsx";
import { signInWords, writingWords } from "../../text/connections.ts";
import { Badge } from "../../ui/badge.tsx";
import { Breakable } from "../../ui/breakable.tsx";
import { Button } from "../../ui/button.tsx";
import { Card, Column, Line, Page, Section } from "../../ui/layout.tsx";
import { Link, useNavigateTo } from "../../ui/link.tsx";
import { Item, List } from "../../ui/list.tsx";
import { Monogram } from "../../ui/monogram.tsx";
import { Empty } from "../../ui/notice.tsx";
import { Text } from "../../ui/text.tsx";
import { When } from "../../ui/when.tsx";

export interface ConnectionsPageProps {
  readonly connections: Loaded<readonly ConnectionListRow[]>;
  readonly apps: readonly AppView[];
  readonly agencies: readonly AgencyView[];
}

/** Every connection: whose account it is, how it stands, when it was heard and what it may do. */
export function ConnectionsPageView({ connections, apps, agencies }: ConnectionsPageProps) {
  const navigate = useNavigateTo();
  const add = (
    <Button kind="main" onClick={() => navigate(PARTNERS)}>
      Connect another
    </Button>
  );
  return (
    <Page title="Connections" lead="The accounts that Kith reads and writes for you, one by one." actions={add}>
      <Ready answer={connections} label="Reading the connections" rows={6}>
        {(rows) => <Rows rows={rows} />}
      </Ready>
      {agencies.length > 0 && <Agencies agencies={agencies} />}
      {apps.length > 0 && <Apps apps={apps} />}
    </Page>
  );
}

function Rows({ rows }: { readonly rows: readonly ConnectionListRow[] }) {
  const navigate = useNavigateTo();
  if (rows.length === 0) {
    const begin = <Button onClick={() => navigate(PARTNERS)}>Connect the first</Button>;
    return (
      <Card>
        <Empty title="Nothing is connected yet" action={begin}>
          Connect two products, and Kith can keep what they both hold in step.
        </Empty>
      </Card>
    );
  }
  return (
    <Card isFlush>
      <List label="Connections">
        {rows.map((row) => (
          <Row key={row.id} row={row} />
        ))}
      </List>
    </Card>
  );
}

function Row({ row }: { readonly row: ConnectionListRow }) {
  const { id, name, partner, account, heardAt, message, status } = row;
  const { word, tone } = stateOf(row);
  const isSignedOut = row.signIn === "none" || row.signIn === "waiting";
  return (
    <Item end={<Badge tone={isSignedOut ? "wait" : tone}>{isSignedOut ? signInWords(row).word : word}</Badge>}>
      <Line isWhole>
        <Monogram name={partner} />
        <Column gap="tight">
          <Link to={connectionAddress(id)} kind="plain">
            <Text kind="strong">{name}</Text>
          </Link>
          <Text kind="soft">
            <Breakable text={[name === partner ? "" : partner, account ?? ""].filter(Boolean).join(" · ")} />
          </Text>
          <Text kind="soft">
            {writingWords(row)}
            {heardAt !== undefined && (
              <>
                {" · heard "}
                <When at={heardAt} />
              </>
            )}
          </Text>
          {status === "broken" && !isSignedOut && <Text kind="soft">{message}</Text>}
        </Column>
      </Line>
    </Item>
  );
}

/** Agencies that have agreed: their accounts are chosen from. */
function Agencies({ agencies }: Pick<ConnectionsPageProps, "agencies">) {
  return (
    <Section title="Agencies">
      <Card isFlush>
        <List label="Agencies">
          {agencies.map(({ connectorId, agencyId, partner, grantedAt }) => (
            <Item key={agencyId} end={<Link to={agencyAddress(connectorId, agencyId)}>Choose accounts</Link>}>
              <Text kind="strong">{partner}</Text>
              <Text kind="soft">
                <Breakable text={agencyId} />
              </Text>
              <Text kind="soft">
                Agreed <When at={grantedAt} />
              </Text>
            </Item>
          ))}
        </List>
      </Card>
    </Section>
  );
}

/** The operator's own apps, by which people agree at a partner's page. */
function Apps({ apps }: { readonly apps: readonly AppView[] }) {
  return (
    <Section title="Your apps at partners">
      <Card isFlush>
        <List label="Your apps at partners">
          {apps.map(({ connectorId, partner, clientId }) => (
            <Item key={connectorId} end={<Link to={appAddress(connectorId)}>{clientId ? "Open" : "Register"}</Link>}>
              <Text kind="strong">{partner}</Text>
              <Text kind="soft">
                {clientId === undefined ? (
                  `None yet. With one, accounts are connected on ${partner}'s own page, and its webhooks come.`
                ) : (
                  <>
                    Registered as <Breakable text={clientId} />
                  </>
                )}
              </Text>
            </Item>
          ))}
        </List>
      </Card>
    </Section>
  );
}
