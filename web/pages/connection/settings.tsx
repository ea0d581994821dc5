import { useState } from "react";
import type { ConnectionPageView, ConnectorView } from "../../../model/api/connections.ts";
import { Act } from "../../parts/act.tsx";
import { InputFields } from "../../parts/inputFields.tsx";
import { draftOf, fieldsOf, fieldsOfHosts, filled, textsOf } from "../../text/forms.ts";
import { Disclosure } from "../../ui/disclosure.tsx";
import { TextField } from "../../ui/field.tsx";
import { Card, Column } from "../../ui/layout.tsx";
import { Text } from "../../ui/text.tsx";
import type { ConnectionPageProps } from "./view.tsx";

/** The settings of a connection as a form, drawn from what its partner declares. */
export function SettingsForm({
  row,
  connector,
  onChange,
}: Pick<ConnectionPageProps, "onChange"> & { readonly row: ConnectionPageView; readonly connector: ConnectorView }) {
  // The account stays with its connection, and writing has a place of its own.
  const fixed = new Set([connector.accountSetting, connector.writingSetting]);
  const fields = fieldsOf(connector.settings).filter(({ key }) => !fixed.has(key));
  const [name, setName] = useState(row.name);
  const [draft, setDraft] = useState(draftOf(fields, row.settings));
  const hosts = fieldsOfHosts(connector.ownHosts);
  const [addresses, setAddresses] = useState(draftOf(hosts, row.baseUrls));
  const typed = filled(
    fields.map((field) => (row.held.includes(field.key) ? { ...field, isRequired: false } : field)),
    draft,
  );
  const kept = Object.fromEntries(Object.entries(row.settings).filter(([key]) => fixed.has(key)));
  const blocked = name.trim() === "" ? "Give it a name" : typed.kind === "wrong" ? typed.words : undefined;
  const set = (key: string, text: string) => setDraft({ ...draft, [key]: text });
  const isSet = (key: string) => row.settings[key] !== undefined || row.held.includes(key);
  const first = fields.filter(({ key, isRequired, kind }) => isRequired || (isSet(key) && kind !== "json"));
  const rest = fields.filter((field) => !first.includes(field));
  return (
    <Card>
      <Column gap="wide">
        <TextField label="Name" value={name} isRequired onChange={setName} />
        <InputFields fields={first} draft={draft} held={row.held} onChange={set} />
        {rest.length + hosts.length > 0 && (
          <Disclosure summary={`${rest.length + hosts.length} more, which have the value that suits most`}>
            <Column gap="wide">
              <InputFields fields={rest} draft={draft} onChange={set} />
              <InputFields
                fields={hosts}
                draft={addresses}
                onChange={(key, text) => setAddresses({ ...addresses, [key]: text })}
              />
            </Column>
          </Disclosure>
        )}
        {row.isFromFile && (
          <Text kind="soft">
            A workspace file describes this connection. What you change here, change there too: the next time the file
            is applied it counts.
          </Text>
        )}
        <Act
          run={() =>
            onChange({
              name,
              settings: { ...kept, ...(typed.kind === "input" ? typed.input : {}) },
              ...(hosts.length > 0 && { baseUrls: textsOf(addresses) }),
            })
          }
          {...(blocked !== undefined && { blocked })}
        >
          Save
        </Act>
      </Column>
    </Card>
  );
}
