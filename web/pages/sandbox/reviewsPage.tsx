import { useQuery } from "@tanstack/react-query";
import { contactTitle } from "../../../model/contact.ts";
import { loaded } from "../../api/loaded.ts";
import { sandboxQuery } from "../../api/queries.ts";
import { useSandboxActs } from "../../app/acts.ts";
import { type SandboxSearch, sandboxAddress } from "../../app/addresses.ts";
import { useHub } from "../../app/hub.tsx";
import { toText } from "../../text/values.ts";
import { useNavigateTo } from "../../ui/link.tsx";
import { reviewOf } from "./review.ts";
import { ReviewsColumn } from "./reviews.tsx";
import { PAGE_SIZE, type SideProps } from "./sides.ts";
import { useFlash } from "./useFlash.ts";

/** The emulated Trustpilot with what people do there. What they write is followed to HighLevel. */
export function ReviewsPage({ search, opened, setOpened, travel, syncOf }: SideProps) {
  const acts = useSandboxActs();
  const navigate = useNavigateTo();
  const page = search.trustpilotPage;
  const wanted = { query: search.trustpilot, offset: (page - 1) * PAGE_SIZE, limit: PAGE_SIZE };
  const reviews = useQuery(sandboxQuery(useHub(), "trustpilot", wanted));
  const flashing = useFlash(reviews.isPlaceholderData ? undefined : reviews.data?.contacts, JSON.stringify(wanted));
  const show = (change: Partial<SandboxSearch>): void => navigate(sandboxAddress({ ...search, ...change }));
  const way = { from: "trustpilot", to: "highlevel", syncId: syncOf("note") } as const;
  const across = opened?.partner === "highlevel" ? opened.contact : undefined;
  const author = across && { name: contactTitle(across.fields, ""), email: toText(across.fields.email) };
  return (
    <ReviewsColumn
      reviews={loaded(reviews)}
      flashing={flashing}
      search={search.trustpilot}
      page={page}
      pageSize={PAGE_SIZE}
      open={opened?.partner === "trustpilot" ? opened.open : undefined}
      author={author}
      onOpen={(open, contact) => setOpened(open && { partner: "trustpilot", open, contact })}
      onSearch={(text) => show({ trustpilot: text, trustpilotPage: 1 })}
      onPage={(trustpilotPage) => show({ trustpilotPage })}
      onWrite={(fields, name) =>
        travel({
          ...way,
          who: `The review by ${name || "somebody"}`,
          deed: "written",
          run: async () => {
            const contact = await acts.create("trustpilot", fields);
            setOpened({ partner: "trustpilot", open: { kind: "contact", id: contact.id }, contact });
            return contact.id;
          },
        })
      }
      onEdit={(id, fields, name) =>
        travel({
          ...way,
          who: `The review by ${name || "somebody"}`,
          deed: "edited",
          run: async () => {
            const contact = await acts.edit("trustpilot", id, fields);
            setOpened({ partner: "trustpilot", open: { kind: "contact", id }, contact });
            return id;
          },
        })
      }
      onDelete={(review) =>
        travel({
          ...way,
          who: `The review by ${reviewOf(review).name || "somebody"}`,
          deed: "deleted",
          run: async () => {
            await acts.remove("trustpilot", review.id);
            setOpened(undefined);
            return review.id;
          },
        })
      }
    />
  );
}
