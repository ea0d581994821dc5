import { type FormEvent, useState } from "react";
import type { SandboxContact, ValueView } from "../../../model/api/views.ts";
import { useAttempt } from "../../api/attempt.ts";
import type { Loaded } from "../../api/loaded.ts";
import { ProblemNotice, Ready } from "../../parts/problem.tsx";
import type { Noun } from "../../text/resources.ts";
import { Button } from "../../ui/button.tsx";
import { Choice } from "../../ui/choice.tsx";
import { SearchField, TextField } from "../../ui/field.tsx";
import { FieldGrid } from "../../ui/form.tsx";
import { Card, Column, Line, Section } from "../../ui/layout.tsx";
import { Empty } from "../../ui/notice.tsx";
import { Pager } from "../../ui/pager.tsx";
import { People, Person } from "../../ui/people.tsx";
import type { Open } from "./column.tsx";
import { newReview, type Review, reviewFields, reviewOf, reviewTitle, starsOf, whyNoReview } from "./review.ts";

export interface ReviewsColumnProps {
  readonly reviews: Loaded<{ readonly contacts: readonly SandboxContact[]; readonly total: number }>;
  readonly flashing: ReadonlySet<string>;
  readonly search: string;
  readonly page: number;
  readonly pageSize: number;
  readonly open: Open;
  /** Whom a new review is by, where somebody is open in HighLevel. */
  readonly author: Readonly<Partial<Pick<Review, "name" | "email">>> | undefined;
  readonly onOpen: (open: Open, review?: SandboxContact) => void;
  readonly onSearch: (text: string) => void;
  readonly onPage: (page: number) => void;
  readonly onWrite: (fields: Readonly<Record<string, ValueView>>, name: string) => Promise<void>;
  readonly onEdit: (id: string, fields: Readonly<Record<string, ValueView>>, name: string) => Promise<void>;
  readonly onDelete: (review: SandboxContact) => Promise<void>;
}

/** The emulated Trustpilot, as those see it who write reviews there. */
export function ReviewsColumn(props: ReviewsColumnProps) {
  const { reviews, open, onOpen, author } = props;
  return (
    <Section
      title="Trustpilot"
      aside={
        <Button isSmall label="Write a review in Trustpilot" onClick={() => onOpen({ kind: "new" })}>
          Write a review
        </Button>
      }
    >
      <SearchField
        label="Search Trustpilot"
        placeholder="Name, e-mail or words"
        value={props.search}
        onSearch={props.onSearch}
      />
      {open?.kind === "new" && (
        <Card>
          <ReviewForm
            before={undefined}
            first={newReview(author)}
            onSave={(review) => props.onWrite(reviewFields(review), review.name)}
            onClose={() => onOpen(undefined)}
          />
        </Card>
      )}
      <Ready answer={reviews} label="Reading Trustpilot" rows={14}>
        {({ contacts, total }) => (
          <Column>
            <Card isFlush>
              {contacts.length === 0 ? (
                <Empty title="No review fits">Write one, and watch it arrive in HighLevel.</Empty>
              ) : (
                <People label="Reviews in Trustpilot">
                  {contacts.map((review) => (
                    <ReviewRow key={review.id} review={review} {...props} />
                  ))}
                </People>
              )}
            </Card>
            <Pager page={props.page} size={props.pageSize} total={total} noun={REVIEWS} onPage={props.onPage} />
          </Column>
        )}
      </Ready>
    </Section>
  );
}

const REVIEWS: Noun = { one: "review", many: "reviews" };

function ReviewRow({ review, ...props }: ReviewsColumnProps & { readonly review: SandboxContact }) {
  const { open, onOpen, flashing } = props;
  const held = reviewOf(review);
  const isOpen = open?.kind === "contact" && open.id === review.id;
  return (
    <Person
      name={reviewTitle(held)}
      more={[held.name, held.text].filter((part) => part !== "").join(" · ")}
      at={review.updatedAt}
      isFlashing={flashing.has(review.id)}
      isOpen={isOpen}
      onToggle={() => onOpen(isOpen ? undefined : { kind: "contact", id: review.id }, review)}
    >
      <ReviewForm
        key={JSON.stringify(held)}
        before={held}
        first={held}
        onSave={(changed) => props.onEdit(review.id, reviewFields(changed, held), held.name)}
        onDelete={() => props.onDelete(review)}
        onClose={() => onOpen(undefined)}
      />
    </Person>
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
  const [review, setReview] = useState(first);
  const { isBusy, problem, attempt } = useAttempt();
  const set = (key: keyof Review) => (text: string) => setReview((held) => ({ ...held, [key]: text }));
  const isSame = before !== undefined && Object.keys(reviewFields(review, before)).length === 0;
  const blocked = isSame ? "Change something first" : whyNoReview(review);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (blocked === undefined && !isBusy) void attempt(() => onSave(review));
  };
  return (
    <form
      onSubmit={submit}
      onKeyDown={(event) => event.key === "Escape" && onClose()}
      aria-label={before === undefined ? "New review" : `Review by ${before.name}`}
    >
      <Column gap="normal">
        <Choice label="Stars" value={review.stars} options={STARS} onChange={set("stars")} />
        {before === undefined && (
          <FieldGrid>
            <TextField label="Name" value={review.name} hasFocus onChange={set("name")} />
            <TextField label="E-mail" type="email" value={review.email} isRequired onChange={set("email")} />
          </FieldGrid>
        )}
        <TextField label="Title" value={review.title} onChange={set("title")} />
        <TextField label="Review" value={review.text} isLong isRequired onChange={set("text")} />
        {problem && <ProblemNotice error={problem} />}
        <Line isApart>
          <Line gap="tight">
            <Button kind="main" isSmall isSubmit isBusy={isBusy} blocked={blocked}>
              {before === undefined ? "Publish" : "Save"}
            </Button>
            <Button kind="quiet" isSmall onClick={onClose}>
              {before === undefined ? "Cancel" : "Close"}
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
