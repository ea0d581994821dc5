import type { SandboxContact } from "../../../model/api/views.ts";
import type { Noun } from "../../text/resources.ts";
import { Choice } from "../../ui/choice.tsx";
import { TextField } from "../../ui/field.tsx";
import { FieldGrid } from "../../ui/form.tsx";
import { Desk, DeskForm, type DeskProps, useDraft } from "./desk.tsx";
import { newReview, type Review, reviewFields, reviewOf, reviewTitle, starsOf, whyNoReview } from "./review.ts";

/** The emulated Trustpilot, as those see it who write reviews there. */
export function ReviewsColumn(props: DeskProps) {
  const { person, onOpen } = props;
  const onClose = () => onOpen(undefined);
  return (
    <Desk
      {...props}
      look={{
        partner: "trustpilot",
        noun: REVIEWS,
        begin: "Write a review",
        rowOf: (record) => {
          const held = reviewOf(record);
          return { title: reviewTitle(held), more: [held.name, held.text] };
        },
        newForm: () => (
          <ReviewForm
            before={undefined}
            first={newReview(person)}
            onSave={(review) => props.onCreate(reviewFields(review), what(review))}
            onClose={onClose}
          />
        ),
        form: (record) => <WrittenReview {...props} record={record} />,
      }}
    />
  );
}

const REVIEWS: Noun = { one: "review", many: "reviews" };

const what = ({ name }: Review): string => `The review by ${name || "somebody"}`;

function WrittenReview({ record, onEdit, onDelete, onOpen }: DeskProps & { readonly record: SandboxContact }) {
  const held = reviewOf(record);
  return (
    <ReviewForm
      key={JSON.stringify(held)}
      before={held}
      first={held}
      onSave={(changed) => onEdit(record.id, reviewFields(changed, held), what(held))}
      onDelete={() => onDelete(record, what(held))}
      onClose={() => onOpen(undefined)}
    />
  );
}

const STARS = ["1", "2", "3", "4", "5"].map((value) => ({ value, label: starsOf(Number(value)) }));

interface ReviewFormProps {
  /** The review that is changed; `undefined` for a new one. */
  readonly before: Review | undefined;
  readonly first: Review;
  readonly onSave: (review: Review) => Promise<void>;
  readonly onDelete?: () => Promise<void>;
  readonly onClose: () => void;
}

function ReviewForm({ before, first, onSave, onDelete, onClose }: ReviewFormProps) {
  const { draft: review, set } = useDraft(first);
  const isSame = before !== undefined && Object.keys(reviewFields(review, before)).length === 0;
  return (
    <DeskForm
      label={before === undefined ? "New review" : `Review by ${before.name}`}
      isNew={before === undefined}
      finish="Publish"
      blocked={isSame ? "Change something first" : whyNoReview(review)}
      onSave={() => onSave(review)}
      onDelete={onDelete}
      onClose={onClose}
    >
      <Choice label="Stars" value={review.stars} options={STARS} onChange={set("stars")} />
      {before === undefined && (
        <FieldGrid>
          <TextField label="Name" value={review.name} hasFocus onChange={set("name")} />
          <TextField label="E-mail" type="email" value={review.email} isRequired onChange={set("email")} />
        </FieldGrid>
      )}
      <TextField label="Title" value={review.title} onChange={set("title")} />
      <TextField label="Review" value={review.text} isLong isRequired onChange={set("text")} />
    </DeskForm>
  );
}
