import { useQuery } from "@tanstack/react-query";
import { useCallback, useState } from "react";
import type { SandboxChildKind, SandboxContact } from "../../../model/api/views.ts";
import { contactTitle } from "../../../model/contact.ts";
import { counterpartQuery, linkOfQuery } from "../../api/counterpart.ts";
import type { SandboxPartner } from "../../api/keys.ts";
import { loaded } from "../../api/loaded.ts";
import { overviewQuery, sandboxChildrenQuery, sandboxQuery } from "../../api/queries.ts";
import { useSandboxActs } from "../../app/acts.ts";
import { type SandboxSearch, sandboxAddress } from "../../app/addresses.ts";
import { useHub } from "../../app/hub.tsx";
import { useNavigateTo } from "../../ui/link.tsx";
import { Belongings } from "./belongings.tsx";
import { childTitle, type Texts } from "./childForm.ts";
import { type CounterpartShown, type Open, SandboxColumn } from "./column.tsx";
import type { Travel } from "./follow.ts";
import { type Journey, otherPartner } from "./journey.ts";
import { useSteady } from "./steady.ts";
import { useFlash } from "./useFlash.ts";
import { useJourney } from "./useJourney.ts";
import { NoSandboxView, SandboxPageView } from "./view.tsx";

const PAGE_SIZE = 25;

/** What is open, on which side, and the contact as it was when it was opened. */
interface Opened {
  readonly partner: SandboxPartner;
  readonly open: Open;
  readonly contact?: SandboxContact | undefined;
}

/** Both emulated partners beside each other. */
export function SandboxPage({ search }: { readonly search: SandboxSearch }) {
  const [opened, setOpened] = useState<Opened>();
  const overview = useQuery(overviewQuery(useHub()));
  const sideOf = useSides();
  const { journey, travel } = useJourney(sideOf);
  if (overview.data?.isSandbox === false) return <NoSandboxView />;
  const syncOf = (resource: string): string | undefined =>
    overview.data?.syncs.find((sync) => sync.resource === resource)?.id;
  const same = { search, opened, setOpened, journey, travel, sideOf, syncOf };
  return (
    <SandboxPageView
      journey={journey}
      isPaused={overview.data?.syncs.some(({ phase }) => phase === "paused") === true}
      left={<ColumnPage partner="highlevel" {...same} />}
      right={<ColumnPage partner="salesmate" {...same} />}
    />
  );
}

/** On which side of the links each partner stands, from the first sync. */
function useSides(): (partner: SandboxPartner) => "left" | "right" {
  const { data } = useQuery(overviewQuery(useHub()));
  const rightConnector = data?.connections.find(({ id }) => id === data.syncs[0]?.right)?.connectorId ?? "salesmate";
  return useCallback((partner) => (partner === rightConnector ? "right" : "left"), [rightConnector]);
}

interface ColumnPageProps {
  readonly partner: SandboxPartner;
  readonly search: SandboxSearch;
  readonly opened: Opened | undefined;
  readonly setOpened: (opened: Opened | undefined) => void;
  readonly journey: Journey | undefined;
  readonly travel: (travel: Travel) => Promise<void>;
  readonly sideOf: (partner: SandboxPartner) => "left" | "right";
  /** The id of the sync of a resource. */
  readonly syncOf: (resource: string) => string | undefined;
}

function ColumnPage(props: ColumnPageProps) {
  const { partner, search, opened, setOpened, travel, syncOf } = props;
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
          deed: "created",
          syncId: syncOf("contact"),
          run: async () => {
            const contact = await acts.create(partner, fields);
            setOpened({ partner, open: { kind: "contact", id: contact.id }, contact });
            return contact.id;
          },
        })
      }
      onEdit={(id, fields, who) =>
        travel({
          who,
          from: partner,
          deed: "edited",
          syncId: syncOf("contact"),
          run: async () => {
            const contact = await acts.edit(partner, id, fields);
            setOpened({ partner, open: { kind: "contact", id }, contact });
            return id;
          },
        })
      }
      onDelete={(contact) =>
        travel({
          who: contactTitle(contact.fields, "A contact"),
          from: partner,
          deed: "deleted",
          syncId: syncOf("contact"),
          run: async () => {
            await acts.remove(partner, contact.id);
            setOpened(undefined);
            return contact.id;
          },
        })
      }
      belongings={(contact) => <BelongingsPage contact={contact} {...props} />}
    />
  );
}

/** What belongs to a contact, with what a person can do to it. */
function BelongingsPage(props: ColumnPageProps & { readonly contact: SandboxContact }) {
  const { partner, contact, travel, syncOf } = props;
  const acts = useSandboxActs();
  const children = useQuery(sandboxChildrenQuery(useHub(), partner, contact.id));
  const go = (
    kind: SandboxChildKind,
    deed: Travel["deed"],
    title: string,
    run: () => Promise<string>,
  ): Promise<void> => {
    const resource = RESOURCE_OF[kind];
    return travel({ who: `The ${resource} “${title}”`, from: partner, deed, syncId: syncOf(resource), run });
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

/** What this column has of the contact that is open in the other one. */
function useCounterpart({ partner, opened, journey, sideOf, syncOf }: ColumnPageProps): CounterpartShown {
  const hub = useHub();
  const from = otherPartner(partner);
  const contact = opened?.partner === from ? opened.contact : undefined;
  const { data: found } = useQuery(
    linkOfQuery(hub, contact && { partner: from, contact, side: sideOf(from), syncId: syncOf("contact") }),
  );
  const isAboutIt = journey?.recordId === contact?.id && journey?.syncId === syncOf("contact");
  const told = isAboutIt ? journey?.linkId : undefined;
  const linkId = contact && (told ?? found ?? undefined);
  const { data: counterpart } = useQuery(counterpartQuery(hub, linkId, partner, sideOf(partner)));
  if (contact === undefined) return { kind: "none" };
  const isMissing = linkId === undefined ? found === null : counterpart === null;
  if (isMissing) return { kind: "missing", who: contactTitle(contact.fields, "This contact") };
  return counterpart ? { kind: "there", contact: counterpart } : { kind: "none" };
}
