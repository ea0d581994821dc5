import { type FormEvent, type ReactNode, useState } from "react";
import type { SandboxContact, ValueView } from "../../../model/api/views.ts";
import { useAttempt } from "../../api/attempt.ts";
import type { SandboxPartner } from "../../api/keys.ts";
import type { Loaded } from "../../api/loaded.ts";
import { ProblemNotice, Ready } from "../../parts/problem.tsx";
import type { Noun } from "../../text/resources.ts";
import { Button } from "../../ui/button.tsx";
import { SearchField } from "../../ui/field.tsx";
import { Card, Column, Line, Section } from "../../ui/layout.tsx";
import { Empty } from "../../ui/notice.tsx";
import { Pager } from "../../ui/pager.tsx";
import { People, Person } from "../../ui/people.tsx";
import type { Open } from "./column.tsx";
import { PARTNER_NAMES } from "./journey.ts";

/** Products whose own list is not of people: of what these wrote or said. */
export type DeskPartner = Extract<SandboxPartner, "trustpilot" | "trint">;

type Values = Readonly<Record<string, ValueView>>;

/** What is in such a list, and what can be done there. `what` names the record in a sentence: `The review by Ana`. */
export interface DeskProps {
  readonly records: Loaded<{ readonly contacts: readonly SandboxContact[]; readonly total: number }>;
  readonly flashing: ReadonlySet<string>;
  readonly search: string;
  readonly page: number;
  readonly pageSize: number;
  readonly open: Open;
  /** Whom a new one is by or with, where somebody is open in HighLevel. */
  readonly person: { readonly name: string; readonly email: string } | undefined;
  readonly onOpen: (open: Open, record?: SandboxContact) => void;
  readonly onSearch: (text: string) => void;
  readonly onPage: (page: number) => void;
  readonly onCreate: (fields: Values, what: string) => Promise<void>;
  readonly onEdit: (id: string, fields: Values, what: string) => Promise<void>;
  readonly onDelete: (record: SandboxContact, what: string) => Promise<void>;
}

/** The words of a list, and how one in it is drawn. */
export interface DeskLook {
  readonly partner: DeskPartner;
  readonly noun: Noun;
  /** What the button says that begins a new one. */
  readonly begin: string;
  readonly rowOf: (record: SandboxContact) => { readonly title: string; readonly more: readonly string[] };
  readonly newForm: () => ReactNode;
  readonly form: (record: SandboxContact) => ReactNode;
}

/** The list of one emulated product, as those see it who work there. */
export function Desk(props: DeskProps & { readonly look: DeskLook }) {
  const { records, open, onOpen, look } = props;
  const name = PARTNER_NAMES[look.partner];
  return (
    <Section
      title={name}
      aside={
        <Button isSmall label={`${look.begin} in ${name}`} onClick={() => onOpen({ kind: "new" })}>
          {look.begin}
        </Button>
      }
    >
      <SearchField
        label={`Search ${name}`}
        placeholder="Name, e-mail or words"
        value={props.search}
        onSearch={props.onSearch}
      />
      {open?.kind === "new" && <Card>{look.newForm()}</Card>}
      <Ready answer={records} label={`Reading ${name}`} rows={14}>
        {({ contacts, total }) => (
          <Column>
            <Card isFlush>
              <Rows {...props} found={contacts} />
            </Card>
            <Pager page={props.page} size={props.pageSize} total={total} noun={look.noun} onPage={props.onPage} />
          </Column>
        )}
      </Ready>
    </Section>
  );
}

function Rows(props: DeskProps & { readonly look: DeskLook; readonly found: readonly SandboxContact[] }) {
  const { found, look, open, onOpen, flashing } = props;
  const { one, many } = look.noun;
  if (found.length === 0) return <Empty title={`No ${one} fits`}>Make one, and watch it arrive in HighLevel.</Empty>;
  return (
    <People label={`${many.charAt(0).toUpperCase()}${many.slice(1)} in ${PARTNER_NAMES[look.partner]}`}>
      {found.map((record) => {
        const { title, more } = look.rowOf(record);
        const isOpen = open?.kind === "contact" && open.id === record.id;
        return (
          <Person
            key={record.id}
            name={title}
            more={more.filter((part) => part !== "").join(" · ")}
            at={record.updatedAt}
            isFlashing={flashing.has(record.id)}
            isOpen={isOpen}
            onToggle={() => onOpen(isOpen ? undefined : { kind: "contact", id: record.id }, record)}
          >
            {look.form(record)}
          </Person>
        );
      })}
    </People>
  );
}

/** Something held as texts while a form changes it, with a setter for each of them. */
export function useDraft<Draft extends object>(first: Draft) {
  const [draft, setDraft] = useState(first);
  return { draft, set: (key: keyof Draft) => (text: string) => setDraft((held) => ({ ...held, [key]: text })) };
}

/** The form of one record, with what it can do beneath its fields. */
export function DeskForm(props: {
  readonly label: string;
  readonly isNew: boolean;
  /** What the button of a new one says. */
  readonly finish: string;
  /** Why it can not be sent yet. */
  readonly blocked: string | undefined;
  readonly onSave: () => Promise<void>;
  readonly onDelete?: (() => Promise<void>) | undefined;
  readonly onClose: () => void;
  readonly children: ReactNode;
}) {
  const { isNew, blocked, onSave, onDelete, onClose } = props;
  const { isBusy, problem, attempt } = useAttempt();
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (blocked === undefined && !isBusy) void attempt(onSave);
  };
  return (
    <form onSubmit={submit} onKeyDown={(event) => event.key === "Escape" && onClose()} aria-label={props.label}>
      <Column gap="normal">
        {props.children}
        {problem && <ProblemNotice error={problem} />}
        <Line isApart>
          <Line gap="tight">
            <Button kind="main" isSmall isSubmit isBusy={isBusy} blocked={blocked}>
              {isNew ? props.finish : "Save"}
            </Button>
            <Button kind="quiet" isSmall onClick={onClose}>
              {isNew ? "Cancel" : "Close"}
            </Button>
          </Line>
          {onDelete && (
            <Button kind="quiet" isSmall onClick={() => void attempt(onDelete)}>
              Delete
            </Button>
          )}
        </Line>
      </Column>
    </form>
  );
}
