import type { CandidateView, LinkFieldView, LinkView } from "../../model/api/views.ts";
import { recordAddress } from "../app/addresses.ts";
import type { Worded } from "../text/words.ts";
import { Card, Column, Line, Section } from "../ui/layout.tsx";
import { Link } from "../ui/link.tsx";
import { Text } from "../ui/text.tsx";
import { Act } from "./act.tsx";
import type { Deciding } from "./conflicts.tsx";
import { ComparedFields } from "./fieldTable.tsx";

/** The records that this one may be the same as, each beside it, and what a person can say of them. */
export function Candidates({ link, onDecide }: { readonly link: LinkView; readonly onDecide: Deciding }) {
  if (link.candidates.length === 0) return null;
  const missing = link.left === undefined ? link.leftName : link.rightName;
  return (
    <Section title={`Which contact in ${missing} is this?`}>
      <Text kind="soft">
        {link.candidates.length === 1 ? "This may be the same person" : "Each of these may be the same person"}, but
        that is not certain, and Kith does not guess. Nothing was linked or created so far.
      </Text>
      {link.candidates.map((candidate) => (
        <Candidate key={candidate.linkId} candidate={candidate} link={link} onDecide={onDecide} />
      ))}
      <Card>
        <Line isApart>
          <Column gap="tight">
            <Text kind="strong">None of these</Text>
            <Text kind="soft">
              {link.title} is somebody else, and is created in {missing}.
            </Text>
          </Column>
          <Act run={() => onDecide({ kind: "new" })} label={`None of these: create ${link.title} in ${missing}`}>
            None of these: create new
          </Act>
        </Line>
      </Card>
    </Section>
  );
}

function Candidate(props: { readonly candidate: CandidateView; readonly link: LinkView; readonly onDecide: Deciding }) {
  const { candidate, link, onDecide } = props;
  const { linkId, title, evidence, canLink } = candidate;
  return (
    <Card isFlush>
      <ComparedFields
        caption={`${link.title} and ${title}`}
        head={
          <Column gap="tight">
            <Text kind="strong">
              <Link to={recordAddress(linkId)}>{title}</Link>
            </Text>
            <Text kind="soft">
              {evidence.length === 0 ? "Could be the same" : `Speaks for it: ${evidence.join(", ")}`}
            </Text>
          </Column>
        }
        names={namesOf(link, title)}
        fields={candidate.fields.filter(isTelling)}
        stateOf={wordOf}
        foot={
          <Line gap="tight">
            <Act
              run={() => onDecide({ kind: "same", other: linkId })}
              kind="main"
              label={`${title} is the same person: link`}
              {...(canLink ? {} : { blocked: `${title} is linked with another contact by now` })}
            >
              Same person: link
            </Act>
            <Act run={() => onDecide({ kind: "different", other: linkId })} label={`${title} is not the same`}>
              Not the same
            </Act>
          </Line>
        }
      />
    </Card>
  );
}

/** Each side by its product and by whom it holds there. */
function namesOf(link: LinkView, other: string): { readonly left: string; readonly right: string } {
  const [left, right] = link.left === undefined ? [other, link.title] : [link.title, other];
  return { left: `${left}, in ${link.leftName}`, right: `${right}, in ${link.rightName}` };
}

/** What tells people apart: name, e-mail and phone, and whatever differs. */
const TELLING: ReadonlySet<string> = new Set(["firstName", "lastName", "name", "email", "phone"]);

function isTelling({ field, state }: LinkFieldView): boolean {
  return TELLING.has(field) || state !== "same";
}

function wordOf({ left, right, state }: LinkFieldView): Worded {
  if (state === "same") return { word: "Same", tone: "good" };
  const isOneSided = [left, right].some((value) => value === undefined || value === "" || String(value) === "");
  return isOneSided ? { word: "On one side only", tone: "quiet" } : { word: "Differs", tone: "wait" };
}
