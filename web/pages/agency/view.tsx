import type { AgencyAccountView } from "../../../model/api/connections.ts";
import type { Loaded } from "../../api/loaded.ts";
import { CONNECTIONS, connectionAddress } from "../../app/addresses.ts";
import { Act, type Doing } from "../../parts/act.tsx";
import { Ready } from "../../parts/problem.tsx";
import { Sure } from "../../parts/sure.tsx";
import { counted } from "../../text/numbers.ts";
import { Breakable } from "../../ui/breakable.tsx";
import { Card, Column, Page, Section } from "../../ui/layout.tsx";
import { Link } from "../../ui/link.tsx";
import { Item, List } from "../../ui/list.tsx";
import { Empty } from "../../ui/notice.tsx";
import { Text } from "../../ui/text.tsx";

export interface AgencyPageProps {
  readonly agencyId: string;
  readonly partner: string;
  readonly accounts: Loaded<readonly AgencyAccountView[]>;
  readonly onConnect: (chosen: { readonly account: string; readonly name: string }) => Promise<string>;
  readonly onForget: Doing;
}

/** The accounts of an agency at which the app is installed: each is connected in a click, or is connected already. */
export function AgencyPageView(props: AgencyPageProps) {
  const { agencyId, partner, accounts } = props;
  return (
    <Page
      title={`Your agency at ${partner}`}
      lead="Choose which of its accounts become connections here. One that is added there later appears in this list."
      actions={<Link to={CONNECTIONS}>All connections</Link>}
    >
      <Ready answer={accounts} label="Asking for the accounts" rows={6}>
        {(rows) => <Accounts {...props} rows={rows} />}
      </Ready>
      <Section title="The agency">
        <Card>
          <Column>
            <Text kind="soft">
              Known as <Breakable text={agencyId} />. One consent of it signs in all connections of its accounts.
            </Text>
            <Sure
              follows="Its tokens are forgotten here. To choose further accounts, the agency must agree again."
              yes="Forget it"
              run={props.onForget}
            >
              Forget this agency…
            </Sure>
          </Column>
        </Card>
      </Section>
    </Page>
  );
}

function Accounts({ rows, partner, onConnect }: AgencyPageProps & { readonly rows: readonly AgencyAccountView[] }) {
  if (rows.length === 0) {
    return (
      <Card>
        <Empty title="The app is installed at none of its accounts">
          Install it there at {partner}; they appear here by themselves.
        </Empty>
      </Card>
    );
  }
  const open = rows.filter(({ connectionId }) => connectionId === undefined).length;
  return (
    <Section title={open === 0 ? "All are connected" : `${counted(open, "account")} to choose from`}>
      <Card isFlush>
        <List label="Accounts">
          {rows.map((row) => (
            <Account key={row.account} row={row} onConnect={onConnect} />
          ))}
        </List>
      </Card>
    </Section>
  );
}

function Account({ row, onConnect }: Pick<AgencyPageProps, "onConnect"> & { readonly row: AgencyAccountView }) {
  const { account, connectionId } = row;
  const name = row.name === "" ? account : row.name;
  const end =
    connectionId === undefined ? (
      <Act run={() => onConnect({ account, name })} label={`Connect ${name}`}>
        Connect
      </Act>
    ) : (
      <Link to={connectionAddress(connectionId)}>Connected</Link>
    );
  return (
    <Item end={end}>
      <Text kind="strong">{name}</Text>
      <Text kind="soft">
        <Breakable text={account} />
      </Text>
    </Item>
  );
}
