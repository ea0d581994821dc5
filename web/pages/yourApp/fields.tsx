import { useState } from "react";
import {
  type AppDeclaration,
  DECLARED_RESOURCES,
  type DeclaredField,
  type DeclaredResource,
  type DeclaredResourceShape,
  STANDARD_FIELDS,
} from "../../../model/declaration.ts";
import { Button } from "../../ui/button.tsx";
import { PickField, TextField } from "../../ui/field.tsx";
import { Card, CardFoot, Column, Line, Section } from "../../ui/layout.tsx";
import { Table, type TableColumn } from "../../ui/table.tsx";
import { Text } from "../../ui/text.tsx";
import { labelOf, RESOURCE_NAMES, withField, withNewField, withoutField, withResource } from "./draft.ts";

/** The third step: which field of the app is which of ours. */
export function FieldsStep({
  app,
  onChange,
}: {
  readonly app: AppDeclaration;
  readonly onChange: (app: AppDeclaration) => void;
}) {
  return (
    <Column gap="wide">
      {DECLARED_RESOURCES.map((resource) => {
        const shape = app.resources[resource];
        if (shape === undefined) return null;
        return (
          <Section key={resource} title={RESOURCE_NAMES[resource]}>
            <FieldsTable
              resource={resource}
              shape={shape}
              onChange={(next) => onChange(withResource(app, resource, next))}
            />
          </Section>
        );
      })}
    </Column>
  );
}

interface Row {
  readonly field: DeclaredField;
  readonly place: number;
}

function FieldsTable(props: {
  readonly resource: DeclaredResource;
  readonly shape: DeclaredResourceShape;
  readonly onChange: (shape: DeclaredResourceShape) => void;
}) {
  const { resource, shape, onChange } = props;
  const [path, setPath] = useState("");
  const rows = shape.fields.map((field, place) => ({ field, place }));
  const columns: readonly TableColumn<Row>[] = [
    { id: "path", heading: "In the app", width: 30, cell: ({ field }) => <Text kind="code">{field.path}</Text> },
    {
      id: "ours",
      heading: "Is",
      width: 34,
      cell: ({ field, place }) => (
        <Ours
          {...{ resource, shape, field }}
          onPick={(standard) => onChange(withField(resource, shape, place, { standard }))}
        />
      ),
    },
    {
      id: "way",
      heading: "Kith may",
      width: 20,
      cell: ({ field, place }) => (
        <Button
          isSmall
          kind="quiet"
          label={`${field.label}: ${field.isWritable ? "read and write" : "only read"}`}
          hint="Change it"
          onClick={() => onChange(withField(resource, shape, place, { isWritable: !field.isWritable }))}
        >
          {field.isWritable ? "read and write" : "only read"}
        </Button>
      ),
    },
    {
      id: "remove",
      heading: "",
      width: 16,
      cell: ({ field, place }) =>
        shape.fields.length > 1 && (
          <Button
            isSmall
            kind="quiet"
            label={`Leave out ${field.label}`}
            onClick={() => onChange(withoutField(shape, place))}
          >
            Leave out
          </Button>
        ),
    },
  ];
  return (
    <Card isFlush>
      <Table
        caption={`Fields of ${RESOURCE_NAMES[resource].toLowerCase()}`}
        columns={columns}
        rows={rows}
        idOf={({ field }) => field.key}
      />
      <CardFoot>
        <form
          aria-label={`Add a field to ${RESOURCE_NAMES[resource].toLowerCase()}`}
          onSubmit={(event) => {
            event.preventDefault();
            if (path.trim() === "") return;
            onChange(withNewField(shape, path.trim()));
            setPath("");
          }}
        >
          <Line>
            <TextField
              label="Another field"
              hint="Where it stands in a record, for instance address.city."
              value={path}
              onChange={setPath}
            />
            <Button isSmall isSubmit blocked={path.trim() === "" ? "Say where it stands" : undefined}>
              Add
            </Button>
          </Line>
        </form>
      </CardFoot>
    </Card>
  );
}

function Ours(props: {
  readonly resource: DeclaredResource;
  readonly shape: DeclaredResourceShape;
  readonly field: DeclaredField;
  readonly onPick: (standard: string) => void;
}) {
  const { resource, shape, field, onPick } = props;
  const taken = new Set(
    shape.fields.flatMap(({ standard }) => (standard !== undefined && standard !== field.standard ? [standard] : [])),
  );
  const free = Object.keys(STANDARD_FIELDS[resource]).filter((one) => !taken.has(one));
  const byLabel = new Map(free.map((one) => [labelOf(one), one]));
  return (
    <PickField
      label={`${field.label} (${labelOf(field.type).toLowerCase()})`}
      value={field.standard === undefined ? "" : labelOf(field.standard)}
      options={[...byLabel.keys()]}
      onChange={(label) => onPick(byLabel.get(label) ?? "")}
    />
  );
}
