import { useState } from "react";
import type { KeptRecord, KeptResource } from "../../model/api/kept.ts";
import type { ValueView } from "../../model/api/views.ts";
import type { Loaded } from "../api/loaded.ts";
import { heading, namesOf, secondLine } from "../text/kept.ts";
import { Badge } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import { Column, Line } from "../ui/layout.tsx";
import { OutsideLink } from "../ui/link.tsx";
import { Item, List } from "../ui/list.tsx";
import { Text } from "../ui/text.tsx";
import { KeptForm } from "./keptForm.tsx";
import { Ready } from "./problem.tsx";

/** What a person does with kept records of one kind. */
export interface KeptDoing {
  readonly add: (fields: Readonly<Record<string, ValueView>>, parentId?: string) => Promise<void>;
  readonly edit: (record: KeptRecord, fields: Readonly<Record<string, ValueView>>) => Promise<void>;
  readonly remove: (record: KeptRecord) => Promise<void>;
}

export interface KeptChildrenProps {
  readonly kind: KeptResource;
  readonly partner: string;
  /** Whose they are, by name and id. */
  readonly who: string;
  readonly parentId: string;
  readonly records: Loaded<{ readonly records: readonly KeptRecord[] }>;
  readonly doing: KeptDoing;
}

/** The notes, tasks or appointments that the hub keeps for one person. */
export function KeptChildren({ kind, partner, who, parentId, records, doing }: KeptChildrenProps) {
  const [open, setOpen] = useState<string>();
  const { one, many } = namesOf(kind);
  const close = (): void => setOpen(undefined);
  return (
    <section aria-label={`${heading(many)} of ${who}`}>
      <Column gap="tight">
        <Line isApart>
          <Text kind="strong">{heading(many)}</Text>
          <Button kind="quiet" isSmall label={`Add a ${one} to ${who}`} onClick={() => setOpen(NEW)}>
            Add
          </Button>
        </Line>
        {open === NEW && (
          <KeptForm
            kind={kind}
            onSave={async (fields) => {
              await doing.add(fields, parentId);
              close();
            }}
            onClose={close}
          />
        )}
        <Ready answer={records} label={`Reading the ${many}`} rows={2}>
          {({ records: found }) =>
            found.length === 0 ? (
              <Text kind="soft">None yet.</Text>
            ) : (
              <List label={heading(many)}>
                {found.map((record) => (
                  <KeptItem
                    key={record.externalId}
                    {...{ kind, record, partner, doing }}
                    isOpen={open === record.externalId}
                    onToggle={() => setOpen(open === record.externalId ? undefined : record.externalId)}
                  />
                ))}
              </List>
            )
          }
        </Ready>
      </Column>
    </section>
  );
}

const NEW = "";

export interface KeptItemProps {
  readonly kind: KeptResource;
  readonly record: KeptRecord;
  readonly partner: string;
  readonly doing: KeptDoing;
  /** Whose it is, where that is not plain from its place. */
  readonly whose?: string | undefined;
  readonly isOpen: boolean;
  readonly onToggle: () => void;
}

/** One kept record in a list, with its form while it is open. What the product made says so. */
export function KeptItem({ kind, record, partner, doing, whose, isOpen, onToggle }: KeptItemProps) {
  const { title, origin, pageUrl } = record;
  const more = [whose ?? "", secondLine(kind, record)].filter((part) => part !== "").join(" · ");
  return (
    <Item
      end={
        <Line gap="tight">
          {origin === "partner" && <Badge tone="quiet">{`From ${partner}`}</Badge>}
          <Button kind="quiet" isSmall label={`${isOpen ? "Close" : "Open"} ${title}`} onClick={onToggle}>
            {isOpen ? "Close" : "Open"}
          </Button>
        </Line>
      }
      below={
        isOpen && (
          <KeptForm
            kind={kind}
            record={record}
            onSave={(fields) => doing.edit(record, fields)}
            onDelete={() => doing.remove(record)}
            onClose={onToggle}
          />
        )
      }
    >
      <Text>{title}</Text>
      {more !== "" && <Text kind="soft">{more}</Text>}
      {pageUrl !== undefined && isOpen && <OutsideLink to={pageUrl}>{`Open in ${partner}`}</OutsideLink>}
    </Item>
  );
}
