import { useQuery } from "@tanstack/react-query";
import { contactTitle } from "../../../model/contact.ts";
import { loaded } from "../../api/loaded.ts";
import { sandboxQuery } from "../../api/queries.ts";
import { useSandboxActs } from "../../app/acts.ts";
import { type SandboxSearch, sandboxAddress } from "../../app/addresses.ts";
import { useHub } from "../../app/hub.tsx";
import { toText } from "../../text/values.ts";
import { useNavigateTo } from "../../ui/link.tsx";
import type { DeskPartner, DeskProps } from "./desk.tsx";
import type { Travel } from "./follow.ts";
import { RecordingsColumn } from "./recordings.tsx";
import { ReviewsColumn } from "./reviews.tsx";
import { PAGE_SIZE, type SideProps } from "./sides.ts";
import { useFlash } from "./useFlash.ts";

/** The emulated Trustpilot with what people do there. What they write is followed to HighLevel. */
export function ReviewsPage(props: SideProps) {
  return <ReviewsColumn {...useDesk("trustpilot", "written", props)} />;
}

/** The emulated Trint: what was recorded and is transcribed there is followed to HighLevel. */
export function RecordingsPage(props: SideProps) {
  return <RecordingsColumn {...useDesk("trint", "finished", props)} />;
}

/** The list of a product, and its deeds, each followed to HighLevel. */
function useDesk(partner: DeskPartner, made: Travel["deed"], side: SideProps): DeskProps {
  const { search, opened, setOpened } = side;
  const navigate = useNavigateTo();
  const page = search[`${partner}Page`];
  const wanted = { query: search[partner], offset: (page - 1) * PAGE_SIZE, limit: PAGE_SIZE };
  const records = useQuery(sandboxQuery(useHub(), partner, wanted));
  const flashing = useFlash(records.isPlaceholderData ? undefined : records.data?.contacts, JSON.stringify(wanted));
  const show = (change: Partial<SandboxSearch>): void => navigate(sandboxAddress({ ...search, ...change }));
  const across = opened?.partner === "highlevel" ? opened.contact : undefined;
  return {
    records: loaded(records),
    flashing,
    search: search[partner],
    page,
    pageSize: PAGE_SIZE,
    open: opened?.partner === partner ? opened.open : undefined,
    person: across && { name: contactTitle(across.fields, ""), email: toText(across.fields.email) },
    onOpen: (open, contact) => setOpened(open && { partner, open, contact }),
    onSearch: (text) => show({ [partner]: text, [`${partner}Page`]: 1 }),
    onPage: (next) => show({ [`${partner}Page`]: next }),
    ...useDeeds(partner, made, side),
  };
}

function useDeeds(
  partner: DeskPartner,
  made: Travel["deed"],
  { setOpened, travel, syncOf }: SideProps,
): Pick<DeskProps, "onCreate" | "onEdit" | "onDelete"> {
  const acts = useSandboxActs();
  const go = (who: string, deed: Travel["deed"], run: Travel["run"]): Promise<void> =>
    travel({ who, deed, run, from: partner, to: "highlevel", syncId: syncOf("note") });
  return {
    onCreate: (fields, what) =>
      go(what, made, async () => {
        const contact = await acts.create(partner, fields);
        setOpened({ partner, open: { kind: "contact", id: contact.id }, contact });
        return contact.id;
      }),
    onEdit: (id, fields, what) =>
      go(what, "edited", async () => {
        const contact = await acts.edit(partner, id, fields);
        setOpened({ partner, open: { kind: "contact", id }, contact });
        return id;
      }),
    onDelete: (record, what) =>
      go(what, "deleted", async () => {
        await acts.remove(partner, record.id);
        setOpened(undefined);
        return record.id;
      }),
  };
}
