import type { ReactNode } from "react";
import type { SandboxContact, ValueView } from "../../../model/api/views.ts";
import { contactTitle } from "../../../model/contact.ts";
import type { SandboxPartner } from "../../api/keys.ts";
import type { Loaded } from "../../api/loaded.ts";
import { Ready } from "../../parts/problem.tsx";
import { nounOf } from "../../text/resources.ts";
import { Button } from "../../ui/button.tsx";
import { SearchField } from "../../ui/field.tsx";
import { Card, Column, Section } from "../../ui/layout.tsx";
import { Empty } from "../../ui/notice.tsx";
import { Pager } from "../../ui/pager.tsx";
import { Beneath, Counterpart, NoPerson, People, Person } from "../../ui/people.tsx";
import { ContactForm } from "./contactForm.tsx";
import { PARTNER_NAMES, type SandboxApp } from "./journey.ts";

/** What stands open in a column: one contact, the form for a new one, or nothing. */
export type Open = { readonly kind: "contact"; readonly id: string } | { readonly kind: "new" } | undefined;

/** What the other side has of the contact that is open across. */
export type CounterpartShown =
  | { readonly kind: "none" }
  | { readonly kind: "missing"; readonly who: string }
  | { readonly kind: "there"; readonly contact: SandboxContact };

export interface SandboxColumnProps {
  readonly partner: SandboxPartner;
  /** What stands beside HighLevel. */
  readonly app: SandboxApp;
  readonly contacts: Loaded<{ readonly contacts: readonly SandboxContact[]; readonly total: number }>;
  readonly flashing: ReadonlySet<string>;
  readonly counterpart: CounterpartShown;
  readonly search: string;
  readonly page: number;
  readonly pageSize: number;
  readonly open: Open;
  readonly onOpen: (open: Open, contact?: SandboxContact) => void;
  readonly onSearch: (text: string) => void;
  readonly onPage: (page: number) => void;
  readonly onCreate: (fields: Readonly<Record<string, ValueView>>, who: string) => Promise<void>;
  readonly onEdit: (id: string, fields: Readonly<Record<string, ValueView>>, who: string) => Promise<void>;
  readonly onDelete: (contact: SandboxContact) => Promise<void>;
  /** Draws what belongs to a contact. */
  readonly belongings: (contact: SandboxContact) => ReactNode;
}

/** One emulated partner, as its own users see it. */
export function SandboxColumn(props: SandboxColumnProps) {
  const { partner, contacts, open, onOpen } = props;
  const name = PARTNER_NAMES[partner];
  return (
    <Section
      title={name}
      aside={
        <Button isSmall label={`New contact in ${name}`} onClick={() => onOpen({ kind: "new" })}>
          New contact
        </Button>
      }
    >
      <SearchField
        label={`Search ${name}`}
        placeholder="Name, e-mail or phone"
        value={props.search}
        onSearch={props.onSearch}
      />
      {open?.kind === "new" && (
        <Card>
          <ContactForm partner={partner} app={props.app} onSave={props.onCreate} onClose={() => onOpen(undefined)} />
        </Card>
      )}
      <Ready answer={contacts} label={`Reading ${name}`} rows={14}>
        {({ contacts: people, total }) => (
          <Column>
            <Card isFlush>
              <CounterpartPart {...props} />
              {people.length === 0 ? <Nobody {...props} /> : <Everybody {...props} people={people} />}
            </Card>
            <Pager
              page={props.page}
              size={props.pageSize}
              total={total}
              noun={nounOf("contact")}
              onPage={props.onPage}
            />
          </Column>
        )}
      </Ready>
    </Section>
  );
}

function Everybody(props: SandboxColumnProps & { readonly people: readonly SandboxContact[] }) {
  const pinned = props.counterpart.kind === "there" ? props.counterpart.contact.id : undefined;
  return (
    <People label={`Contacts in ${PARTNER_NAMES[props.partner]}`}>
      {props.people
        .filter(({ id }) => id !== pinned)
        .map((contact) => (
          <ContactRow key={contact.id} contact={contact} {...props} />
        ))}
    </People>
  );
}

function ContactRow({ contact, ...props }: SandboxColumnProps & { readonly contact: SandboxContact }) {
  const { partner, open, onOpen, flashing } = props;
  const isOpen = open?.kind === "contact" && open.id === contact.id;
  return (
    <Person
      name={contactTitle(contact.fields, "No name")}
      more={secondLine(contact)}
      at={contact.updatedAt}
      isFlashing={flashing.has(contact.id)}
      isOpen={isOpen}
      onToggle={() => onOpen(isOpen ? undefined : { kind: "contact", id: contact.id }, contact)}
    >
      <ContactForm
        partner={partner}
        app={props.app}
        contact={contact}
        onSave={(fields, who) => props.onEdit(contact.id, fields, who)}
        onDelete={() => props.onDelete(contact)}
        onClose={() => onOpen(undefined)}
      />
      <Beneath>{props.belongings(contact)}</Beneath>
    </Person>
  );
}

/** E-mail, phone, company and tags in one line, as far as there are any. */
export function secondLine({ fields }: Pick<SandboxContact, "fields">): string {
  const parts = [fields.email, fields.phone, fields.companyName, fields.tags].flatMap((value) => value ?? []);
  return parts.filter((part) => part !== "").join(" · ");
}

function CounterpartPart(props: SandboxColumnProps) {
  const { counterpart, partner } = props;
  const name = PARTNER_NAMES[partner];
  switch (counterpart.kind) {
    case "none":
      return null;
    case "missing":
      return (
        <Counterpart title={`The same person in ${name}`}>
          <NoPerson>
            {counterpart.who} is not in {name}.
          </NoPerson>
        </Counterpart>
      );
    case "there":
      return (
        <Counterpart title={`The same person in ${name}`}>
          <People label={`Counterpart in ${name}`}>
            <ContactRow {...props} contact={counterpart.contact} />
          </People>
          <Beneath>{props.belongings(counterpart.contact)}</Beneath>
        </Counterpart>
      );
    default:
      return counterpart satisfies never;
  }
}

function Nobody({ search, partner, onSearch }: SandboxColumnProps) {
  const name = PARTNER_NAMES[partner];
  if (search === "") return <Empty title={`No contacts in ${name}`}>Create one, and watch it appear across.</Empty>;
  return (
    <Empty
      title={`Nobody in ${name} fits “${search}”`}
      action={<Button onClick={() => onSearch("")}>Show all</Button>}
    />
  );
}
