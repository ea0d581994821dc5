import { type FormEvent, useState } from "react";
import type { SandboxChild, SandboxChildKind, SandboxChildren } from "../../../model/api/views.ts";
import { useAttempt } from "../../api/attempt.ts";
import type { SandboxPartner } from "../../api/keys.ts";
import type { Loaded } from "../../api/loaded.ts";
import { ProblemNotice, Ready } from "../../parts/problem.tsx";
import { Button } from "../../ui/button.tsx";
import { TextField } from "../../ui/field.tsx";
import { FieldGrid } from "../../ui/form.tsx";
import { Column, Line } from "../../ui/layout.tsx";
import { Item, List } from "../../ui/list.tsx";
import { Text } from "../../ui/text.tsx";
import { useNow } from "../../ui/when.tsx";
import {
  afterTyping,
  type ChildFace,
  changesOf,
  childLine,
  childTitle,
  FACES,
  shownAtFirst,
  type Texts,
} from "./childForm.ts";
import { PARTNER_NAMES } from "./journey.ts";

/** What a person does with what belongs to a contact. */
export interface BelongingActs {
  readonly create: (kind: SandboxChildKind, fields: Texts) => Promise<void>;
  readonly edit: (kind: SandboxChildKind, child: SandboxChild, fields: Texts) => Promise<void>;
  readonly remove: (kind: SandboxChildKind, child: SandboxChild) => Promise<void>;
}

export interface BelongingsProps {
  readonly partner: SandboxPartner;
  readonly who: string;
  readonly answer: Loaded<SandboxChildren>;
  readonly acts: BelongingActs;
}

/** The notes, tasks and appointments of one contact, as in the partner's own product. */
export function Belongings({ partner, who, answer, acts }: BelongingsProps) {
  return (
    <Ready answer={answer} label={`Reading what belongs to ${who}`} rows={3}>
      {(all) => (
        <Column gap="normal">
          {FACES.map((face) => (
            <Kind
              key={face.kind}
              face={face}
              label={`${face.many} of ${who} in ${PARTNER_NAMES[partner]}`}
              items={all[face.kind]}
              acts={acts}
            />
          ))}
        </Column>
      )}
    </Ready>
  );
}

interface KindProps {
  readonly face: ChildFace;
  readonly label: string;
  readonly items: readonly SandboxChild[];
  readonly acts: BelongingActs;
}

function Kind({ face, label, items, acts }: KindProps) {
  const [open, setOpen] = useState<string>();
  const close = (): void => setOpen(undefined);
  return (
    <section aria-label={label}>
      <Line isApart>
        <Text kind="strong">{face.many}</Text>
        <Button kind="quiet" isSmall label={`Add ${article(face)} ${face.one}`} onClick={() => setOpen(NEW)}>
          Add
        </Button>
      </Line>
      {open === NEW && <ChildForm face={face} onSave={(fields) => acts.create(face.kind, fields)} onClose={close} />}
      {items.length === 0 && open !== NEW && <Text kind="soft">None yet.</Text>}
      <List label={face.many}>
        {items.map((child) => (
          <Child
            key={child.id}
            face={face}
            child={child}
            acts={acts}
            isOpen={open === child.id}
            onOpen={() => setOpen(child.id)}
            onClose={close}
          />
        ))}
      </List>
    </section>
  );
}

const NEW = "new";

function article({ kind }: ChildFace): string {
  return kind === "appointments" ? "an" : "a";
}

interface ChildProps {
  readonly face: ChildFace;
  readonly child: SandboxChild;
  readonly acts: BelongingActs;
  readonly isOpen: boolean;
  readonly onOpen: () => void;
  readonly onClose: () => void;
}

function Child({ face, child, acts, isOpen, onOpen, onClose }: ChildProps) {
  const { isBusy, problem, attempt } = useAttempt();
  const title = childTitle(child);
  const { isCompleted } = child.fields;
  const next = isCompleted === "true" ? "Reopen" : "Complete";
  const toggle = (): void =>
    void attempt(() => acts.edit(face.kind, child, { isCompleted: String(isCompleted !== "true") }));
  if (isOpen) {
    return (
      <ChildForm face={face} child={child} onSave={(fields) => acts.edit(face.kind, child, fields)} onClose={onClose} />
    );
  }
  return (
    <Item
      end={
        <Line gap="tight">
          {isCompleted !== undefined && (
            <Button kind="quiet" isSmall isBusy={isBusy} label={`${next} ${title}`} onClick={toggle}>
              {next}
            </Button>
          )}
          <Button kind="quiet" isSmall label={`Edit ${title}`} onClick={onOpen}>
            Edit
          </Button>
          <Button
            kind="quiet"
            isSmall
            label={`Delete ${title}`}
            onClick={() => void attempt(() => acts.remove(face.kind, child))}
          >
            Delete
          </Button>
        </Line>
      }
    >
      <Text>{title}</Text>
      <Text kind="soft">{childLine(child)}</Text>
      {problem && <ProblemNotice error={problem} />}
    </Item>
  );
}

interface ChildFormProps {
  readonly face: ChildFace;
  readonly child?: SandboxChild;
  readonly onSave: (fields: Texts) => Promise<void>;
  readonly onClose: () => void;
}

/** The form of a new or an old one. Closed by Escape and once it is saved. */
function ChildForm({ face, child, onSave, onClose }: ChildFormProps) {
  const now = useNow();
  const [first] = useState(() => shownAtFirst(face, child, now));
  const [shown, setShown] = useState(first);
  const { isBusy, problem, attempt } = useAttempt();
  const changes = changesOf(face, first, shown, child === undefined);
  const blocked = whyNot(face, shown, changes);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (blocked !== undefined || isBusy) return;
    void attempt(async () => {
      await onSave(changes);
      onClose();
    });
  };
  return (
    <form
      onSubmit={submit}
      onKeyDown={(event) => event.key === "Escape" && onClose()}
      aria-label={child ? `Edit ${childTitle(child)}` : `New ${face.one}`}
    >
      <Column>
        <FieldGrid>
          {face.fields.map(({ key, label, type }, place) => (
            <TextField
              key={key}
              label={label}
              value={shown[key] ?? ""}
              hasFocus={place === 0}
              isRequired={key === face.needed}
              onChange={(text) => setShown((before) => afterTyping(before, key, text))}
              {...(type === "long" ? { isLong: true } : { type: type === "time" ? "datetime-local" : "text" })}
            />
          ))}
        </FieldGrid>
        {problem && <ProblemNotice error={problem} />}
        <Line gap="tight">
          <Button kind="main" isSmall isSubmit isBusy={isBusy} blocked={blocked}>
            {child ? "Save" : "Add"}
          </Button>
          <Button kind="quiet" isSmall onClick={onClose}>
            Cancel
          </Button>
        </Line>
      </Column>
    </form>
  );
}

function whyNot({ needed, fields }: ChildFace, shown: Texts, changes: Texts): string | undefined {
  if ((shown[needed] ?? "").trim() === "") return `${fields.find(({ key }) => key === needed)?.label} is empty`;
  return Object.keys(changes).length === 0 ? "Change something first" : undefined;
}
