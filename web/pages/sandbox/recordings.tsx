import type { SandboxContact } from "../../../model/api/views.ts";
import type { Noun } from "../../text/resources.ts";
import { TextField } from "../../ui/field.tsx";
import { Desk, DeskForm, type DeskProps, useDraft } from "./desk.tsx";
import { newRecording, type Recording, recordingFields, recordingOf, whyNoRecording } from "./recording.ts";

/** The emulated Trint, as those see it who have their recordings transcribed there. */
export function RecordingsColumn(props: DeskProps) {
  const { person, onOpen } = props;
  const onClose = () => onOpen(undefined);
  return (
    <Desk
      {...props}
      look={{
        partner: "trint",
        noun: RECORDINGS,
        begin: "Finish a recording",
        rowOf: (record) => {
          const { title, text, email } = recordingOf(record);
          return { title, more: [title.includes(email) ? "" : email, text] };
        },
        newForm: () => (
          <RecordingForm
            before={undefined}
            first={newRecording(person)}
            onSave={(recording) => props.onCreate(recordingFields(recording), what(recording))}
            onClose={onClose}
          />
        ),
        form: (record) => <FinishedRecording {...props} record={record} />,
      }}
    />
  );
}

const RECORDINGS: Noun = { one: "recording", many: "recordings" };

const what = ({ title }: Recording): string => `The recording “${title}”`;

function FinishedRecording({ record, onEdit, onDelete, onOpen }: DeskProps & { readonly record: SandboxContact }) {
  const held = recordingOf(record);
  return (
    <RecordingForm
      key={JSON.stringify(held)}
      before={held}
      first={held}
      onSave={(changed) => onEdit(record.id, recordingFields(changed, held), what(held))}
      onDelete={() => onDelete(record, what(held))}
      onClose={() => onOpen(undefined)}
    />
  );
}

interface RecordingFormProps {
  /** The recording that is changed; `undefined` for a new one. */
  readonly before: Recording | undefined;
  readonly first: Recording;
  readonly onSave: (recording: Recording) => Promise<void>;
  readonly onDelete?: () => Promise<void>;
  readonly onClose: () => void;
}

function RecordingForm({ before, first, onSave, onDelete, onClose }: RecordingFormProps) {
  const { draft: recording, set } = useDraft(first);
  const isSame = before !== undefined && Object.keys(recordingFields(recording, before)).length === 0;
  const whyNot = before === undefined ? whyNoRecording(recording) : undefined;
  return (
    <DeskForm
      label={before === undefined ? "New recording" : `Recording ${before.title}`}
      isNew={before === undefined}
      finish="Finish"
      blocked={isSame ? "Change something first" : whyNot}
      onSave={() => onSave(recording)}
      onDelete={onDelete}
      onClose={onClose}
    >
      <TextField
        label="Title"
        value={recording.title}
        isRequired
        hasFocus={before === undefined}
        onChange={set("title")}
      />
      {before === undefined && (
        <TextField
          label="E-mail of whom it is with"
          type="email"
          value={recording.email}
          isRequired
          onChange={set("email")}
        />
      )}
      <TextField label="What was said" value={recording.text} isLong isRequired onChange={set("text")} />
    </DeskForm>
  );
}
