import { useQuery } from "@tanstack/react-query";
import { useCallback, useState } from "react";
import { SANDBOX_PARTNERS, type SandboxChildKind, type SandboxContact } from "../../../model/api/views.ts";
import { contactTitle } from "../../../model/contact.ts";
import { counterpartQuery, linkOfQuery } from "../../api/counterpart.ts";
import type { SandboxPartner } from "../../api/keys.ts";
import { loaded } from "../../api/loaded.ts";
import { overviewQuery, sandboxChildrenQuery, sandboxQuery } from "../../api/queries.ts";
import { useSandboxActs } from "../../app/acts.ts";
import { type SandboxSearch, sandboxAddress } from "../../app/addresses.ts";
import { useHub } from "../../app/hub.tsx";
import { toText } from "../../text/values.ts";
import { useNavigateTo } from "../../ui/link.tsx";
import { AnswerForm } from "./answerForm.tsx";
import { Belongings } from "./belongings.tsx";
import { childTitle, type Texts } from "./childForm.ts";
import { type CounterpartShown, SandboxColumn } from "./column.tsx";
import { RecordingsPage, ReviewsPage } from "./deskPages.tsx";
import type { Travel } from "./follow.ts";
import { otherPartner, type SandboxApp } from "./journey.ts";
import { recordingOf } from "./recording.ts";
import { type Opened, PAGE_SIZE, type SideProps } from "./sides.ts";
import { useSteady } from "./steady.ts";
import { useFlash } from "./useFlash.ts";
import { useJourney } from "./useJourney.ts";
import { NoSandboxView, SandboxPageView } from "./view.tsx";

/** HighLevel, and beside it one of the apps. */
export function SandboxPage({ search }: { readonly search: SandboxSearch }) {
  const [opened, setOpened] = useState<Opened>();
  const overview = useQuery(overviewQuery(useHub()));
  const navigate = useNavigateTo();
  const { apps, sideOf, syncOf, isPaused } = useApps(search.with);
  const { journey, travel } = useJourney(sideOf);
  if (overview.data?.isSandbox === false) return <NoSandboxView />;
  const app = search.with;
  const same = { app, search, opened, setOpened, journey, travel, sideOf, syncOf };
  return (
    <SandboxPageView
      journey={journey}
      isPaused={isPaused}
      apps={apps}
      app={app}
      onApp={(next) => {
        setOpened(opened?.partner === "highlevel" ? opened : undefined);
        navigate(sandboxAddress({ ...search, with: next }));
      }}
      left={<ColumnPage partner="highlevel" {...same} />}
      right={<AppSide {...same} />}
    />
  );
}

function AppSide(props: SideProps) {
  switch (props.app) {
    case "trustpilot":
      return <ReviewsPage {...props} />;
    case "trint":
      return <RecordingsPage {...props} />;
    default:
      return <ColumnPage key={props.app} partner={props.app} {...props} />;
  }
}

/** The apps that are connected, and the syncs between HighLevel and one of them. */
function useApps(app: SandboxApp) {
  const { data } = useQuery(overviewQuery(useHub()));
  const isOf = (connectionId: string): boolean =>
    connectionId === app || data?.connections.find(({ id }) => id === connectionId)?.connectorId === app;
  const syncs = data?.syncs.filter(({ left, right }) => isOf(left) || isOf(right)) ?? [];
  const isAppLeft = syncs[0] !== undefined && isOf(syncs[0].left);
  const known = new Set(data?.connections.flatMap(({ id, connectorId }) => [id, connectorId]));
  return {
    apps: SANDBOX_PARTNERS.filter((partner): partner is SandboxApp => partner !== "highlevel" && known.has(partner)),
    sideOf: useCallback(
      (partner: SandboxPartner) => ((partner === "highlevel") === isAppLeft ? "right" : "left"),
      [isAppLeft],
    ),
    syncOf: (resource: string): string | undefined => syncs.find((sync) => sync.resource === resource)?.id,
    isPaused: syncs.some(({ phase }) => phase === "paused"),
  };
}

interface ColumnPageProps extends SideProps {
  readonly partner: SandboxPartner;
}

function ColumnPage(props: ColumnPageProps) {
  const { partner, app, search, opened, setOpened, travel, syncOf } = props;
  const to = otherPartner(partner, app);
  const hub = useHub();
  const acts = useSandboxActs();
  const navigate = useNavigateTo();
  const page = search[`${partner}Page`];
  const wanted = { query: search[partner], offset: (page - 1) * PAGE_SIZE, limit: PAGE_SIZE };
  const contacts = useQuery(sandboxQuery(hub, partner, wanted));
  const across = useCounterpart(props);
  const question = JSON.stringify(wanted);
  const answer = loaded(contacts);
  const isHeld = opened !== undefined && !contacts.isPlaceholderData;
  const own = opened?.partner === partner ? opened.contact : undefined;
  const people = useSteady(contacts.data?.contacts, isHeld, question, own);
  const seen = [...(across.kind === "there" ? [across.contact] : []), ...(contacts.data?.contacts ?? [])];
  const isRead = contacts.data !== undefined && !contacts.isPlaceholderData;
  const flashing = useFlash(isRead ? seen : undefined, `${question} ${across.kind}`);
  const show = (change: Partial<SandboxSearch>): void => navigate(sandboxAddress({ ...search, ...change }));
  return (
    <SandboxColumn
      partner={partner}
      app={app}
      contacts={answer.state === "ready" && people ? { ...answer, data: { ...answer.data, contacts: people } } : answer}
      flashing={flashing}
      counterpart={across}
      search={search[partner]}
      page={page}
      pageSize={PAGE_SIZE}
      open={opened?.partner === partner ? opened.open : undefined}
      onOpen={(open, contact) => setOpened(open && { partner, open, contact })}
      onSearch={(text) => show({ [partner]: text, [`${partner}Page`]: 1 })}
      onPage={(next) => show({ [`${partner}Page`]: next })}
      onCreate={(fields, who) =>
        travel({
          who,
          from: partner,
          to,
          deed: "created",
          syncId: syncOf("contact"),
          run: async () => {
            const contact = await acts.create(partner, fields);
            setOpened({ partner, open: { kind: "contact", id: contact.id }, contact });
            return recordId(partner, contact);
          },
        })
      }
      onEdit={(id, fields, who) =>
        travel({
          who,
          from: partner,
          to,
          deed: "edited",
          syncId: syncOf("contact"),
          run: async () => {
            const contact = await acts.edit(partner, id, fields);
            setOpened({ partner, open: { kind: "contact", id }, contact });
            return recordId(partner, contact);
          },
        })
      }
      onDelete={(contact) =>
        travel({
          who: contactTitle(contact.fields, "A contact"),
          from: partner,
          to,
          deed: "deleted",
          syncId: syncOf("contact"),
          run: async () => {
            await acts.remove(partner, contact.id);
            setOpened(undefined);
            return recordId(partner, contact);
          },
        })
      }
      belongings={(contact) =>
        partner === "trustmary" ? (
          <AnswerPage contact={contact} {...props} />
        ) : (
          <BelongingsPage contact={contact} {...props} />
        )
      }
    />
  );
}

/** What belongs to a contact, with what a person can do to it. */
function BelongingsPage(props: ColumnPageProps & { readonly contact: SandboxContact }) {
  const { partner, app, contact, travel, syncOf } = props;
  const acts = useSandboxActs();
  const children = useQuery(sandboxChildrenQuery(useHub(), partner, contact.id));
  const go = (
    kind: SandboxChildKind,
    deed: Travel["deed"],
    title: string,
    run: () => Promise<string>,
  ): Promise<void> => {
    const resource = RESOURCE_OF[kind];
    return travel({
      who: `The ${resource} “${title}”`,
      from: partner,
      to: otherPartner(partner, app),
      deed,
      syncId: syncOf(resource),
      run,
    });
  };
  return (
    <Belongings
      partner={partner}
      who={contactTitle(contact.fields, "this contact")}
      answer={loaded(children)}
      acts={{
        create: (kind, fields) =>
          go(kind, "created", childTitle({ fields }), async () => {
            return (await acts.createChild(partner, kind, contact.id, fields)).id;
          }),
        edit: (kind, child, fields) =>
          go(kind, deedOf(fields), childTitle(child), async () => {
            return (await acts.editChild(partner, kind, child.id, fields)).id;
          }),
        remove: (kind, child) =>
          go(kind, "deleted", childTitle(child), async () => {
            await acts.removeChild(partner, kind, child.id);
            return child.id;
          }),
      }}
    />
  );
}

const RESOURCE_OF = { notes: "note", tasks: "task", appointments: "appointment" } as const;

function deedOf({ isCompleted }: Texts): Travel["deed"] {
  if (isCompleted === undefined) return "edited";
  return isCompleted === "true" ? "completed" : "reopened";
}

/** The survey of Trustmary, which one of its contacts answers. */
function AnswerPage({ contact, travel, syncOf }: ColumnPageProps & { readonly contact: SandboxContact }) {
  const acts = useSandboxActs();
  const who = contactTitle(contact.fields, "this contact");
  return (
    <AnswerForm
      who={who}
      onAnswer={(answer) =>
        travel({
          who: `The answer of ${who}`,
          ...{ from: "trustmary", to: "highlevel", deed: "given", syncId: syncOf("note") },
          run: () => acts.answer(contact.id, answer),
        })
      }
    />
  );
}

/** The id by which the hub knows a contact: that of the product, but in Trustmary the e-mail. */
function recordId(partner: SandboxPartner, { id, fields }: SandboxContact): string {
  return partner === "trustmary" ? toText(fields.email).toLowerCase() : id;
}

/** What this column has of the contact that is open in the other one. */
function useCounterpart({ partner, app, opened, journey, sideOf, syncOf }: ColumnPageProps): CounterpartShown {
  const hub = useHub();
  const from = otherPartner(partner, app);
  const isKnownByEmail = from === "trustpilot" || from === "trint" || from === "trustmary";
  const across = opened?.partner === from ? opened.contact : undefined;
  const person = useSamePerson(isKnownByEmail && across ? emailOf(from, across) : "");
  const contact = isKnownByEmail ? undefined : across;
  const { data: found } = useQuery(
    linkOfQuery(hub, contact && { partner: from, contact, side: sideOf(from), syncId: syncOf("contact") }),
  );
  const isAboutIt = journey?.recordId === contact?.id && journey?.syncId === syncOf("contact");
  const told = isAboutIt ? journey?.linkId : undefined;
  const linkId = contact && (told ?? found ?? undefined);
  const { data: counterpart } = useQuery(counterpartQuery(hub, linkId, partner, sideOf(partner)));
  if (person !== undefined) return { kind: "there", contact: person };
  if (contact === undefined) return { kind: "none" };
  const isMissing = linkId === undefined ? found === null : counterpart === null;
  if (isMissing) return { kind: "missing", who: contactTitle(contact.fields, "This contact") };
  return counterpart ? { kind: "there", contact: counterpart } : { kind: "none" };
}

/** By whom a review is or with whom a recording, or the e-mail by which Trustmary knows somebody. */
function emailOf(partner: SandboxPartner, across: SandboxContact): string {
  return (partner === "trint" ? recordingOf(across).email : toText(across.fields.email)).toLowerCase();
}

/** Who has this e-mail in HighLevel; an empty one is nobody's. */
function useSamePerson(email: string): SandboxContact | undefined {
  const wanted = { query: email, offset: 0, limit: PAGE_SIZE };
  const { data } = useQuery({ ...sandboxQuery(useHub(), "highlevel", wanted), enabled: email !== "" });
  if (email === "") return undefined;
  return data?.contacts.find(({ fields }) => toText(fields.email).toLowerCase() === email);
}
