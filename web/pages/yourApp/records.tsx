import {
  type AppDeclaration,
  DECLARED_RESOURCES,
  type DeclaredResource,
  type DeclaredResourceShape,
} from "../../../model/declaration.ts";
import { Button } from "../../ui/button.tsx";
import { Choice } from "../../ui/choice.tsx";
import { Disclosure } from "../../ui/disclosure.tsx";
import { TextField } from "../../ui/field.tsx";
import { FieldGrid } from "../../ui/form.tsx";
import { Card, Column, Line } from "../../ui/layout.tsx";
import { Item, List } from "../../ui/list.tsx";
import { Text } from "../../ui/text.tsx";
import { emptyResource, PAGING_WORDS, pagingOf, RESOURCE_NAMES, reachFor, withResource } from "./draft.ts";

/** The second step: which kinds of record are kept in step, and how each is reached. */
export function RecordsStep(props: {
  readonly app: AppDeclaration;
  /** What a document suggested, also of kinds that were taken out since. */
  readonly suggested: AppDeclaration["resources"];
  readonly onChange: (app: AppDeclaration) => void;
}) {
  const { app, suggested, onChange } = props;
  return (
    <Column gap="wide">
      <Card>
        <Column>
          <TextField
            label="Name of the app"
            value={app.name}
            isRequired
            onChange={(name) => onChange({ ...app, name })}
          />
          <TextField
            label="Address of its API"
            type="url"
            value={app.baseUrl}
            isRequired
            onChange={(baseUrl) => onChange({ ...app, baseUrl })}
          />
        </Column>
      </Card>
      <Card isFlush>
        <List label="What can be kept in step">
          {DECLARED_RESOURCES.map((resource) => (
            <Kind
              key={resource}
              resource={resource}
              shape={app.resources[resource]}
              isSuggested={suggested[resource] !== undefined}
              onChange={(shape) => onChange(withResource(app, resource, shape))}
              onAdd={() => onChange(withResource(app, resource, suggested[resource] ?? emptyResource(resource)))}
            />
          ))}
        </List>
      </Card>
      {app.operations.length > 0 && (
        <Text kind="soft">
          All {app.operations.length} requests that its document describes will be at hand as operations, whatever is
          kept in step.
        </Text>
      )}
    </Column>
  );
}

function Kind(props: {
  readonly resource: DeclaredResource;
  readonly shape: DeclaredResourceShape | undefined;
  readonly isSuggested: boolean;
  readonly onChange: (shape: DeclaredResourceShape | undefined) => void;
  readonly onAdd: () => void;
}) {
  const { resource, shape, isSuggested, onChange, onAdd } = props;
  const name = RESOURCE_NAMES[resource];
  const act =
    shape === undefined ? (
      <Button isSmall label={`Add ${name.toLowerCase()}`} onClick={onAdd}>
        Add
      </Button>
    ) : (
      <Button isSmall kind="quiet" label={`Leave ${name.toLowerCase()} out`} onClick={() => onChange(undefined)}>
        Leave out
      </Button>
    );
  return (
    <Item end={act} below={shape && <How resource={resource} shape={shape} onChange={onChange} />}>
      <Text kind="strong">{name}</Text>
      <Text kind="soft">{shape === undefined ? leftOut(isSuggested) : howWords(shape)}</Text>
    </Item>
  );
}

function leftOut(isSuggested: boolean): string {
  return isSuggested ? "Left out." : "Nothing like it was recognised. You can say yourself where they are.";
}

function howWords({ list, create, update, delete: remove, fields }: DeclaredResourceShape): string {
  const can = [
    ["create", create],
    ["change", update],
    ["delete", remove],
  ].flatMap(([verb, way]) => (way ? [verb] : []));
  const only = can.length === 0 ? "only read" : `read, ${can.join(", ")}`;
  return `From ${list.path}: ${fields.length} fields; can ${only}.`;
}

function How(props: {
  readonly resource: DeclaredResource;
  readonly shape: DeclaredResourceShape;
  readonly onChange: (shape: DeclaredResourceShape) => void;
}) {
  const { resource, shape, onChange } = props;
  return (
    <Disclosure summary="How they are reached">
      <Column gap="wide">
        <FieldGrid>
          {reachFor(resource).map(({ label, hint, read, write }) => (
            <TextField
              key={label}
              label={label}
              hint={hint}
              value={read(shape)}
              onChange={(text) => onChange(write(shape, text.trim()))}
            />
          ))}
        </FieldGrid>
        <Pages shape={shape} onChange={onChange} />
      </Column>
    </Disclosure>
  );
}

function Pages({
  shape,
  onChange,
}: {
  readonly shape: DeclaredResourceShape;
  readonly onChange: (shape: DeclaredResourceShape) => void;
}) {
  const { paging } = shape.list;
  const set = (next: typeof paging) => onChange({ ...shape, list: { ...shape.list, paging: next } });
  const kinds = ["none", "page", "offset", "cursor", "link"] as const;
  return (
    <Column>
      <Text kind="strong">How long lists go on</Text>
      <Choice
        label="How long lists go on"
        value={paging.kind}
        options={kinds.map((value) => ({ value, label: PAGING_WORDS[value] }))}
        onChange={(kind) => set(pagingOf(kind, paging))}
      />
      <Line>
        {"parameter" in paging && (
          <TextField
            label="Parameter"
            value={paging.parameter}
            onChange={(parameter) => set({ ...paging, parameter })}
          />
        )}
        {paging.kind === "cursor" && (
          <TextField
            label="Where the answer tells the next"
            value={paging.at}
            onChange={(at) => set({ ...paging, at })}
          />
        )}
        {paging.kind !== "none" && (
          <TextField
            label="Parameter for the size"
            value={paging.sizeParameter ?? ""}
            onChange={(sizeParameter) =>
              set({ ...paging, sizeParameter: sizeParameter === "" ? undefined : sizeParameter })
            }
          />
        )}
        {paging.kind !== "none" && (
          <TextField
            label="Records on a page"
            value={String(paging.size ?? "")}
            onChange={(text) => set({ ...paging, size: Number(text.replaceAll(/\D/g, "").slice(0, 5)) || 1 })}
          />
        )}
      </Line>
    </Column>
  );
}
