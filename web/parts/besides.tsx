import type { LinkView, RecordView } from "../../model/api/views.ts";
import { keptAddress } from "../app/addresses.ts";
import { Line } from "../ui/layout.tsx";
import { Link, OutsideLink } from "../ui/link.tsx";
import { Notice } from "../ui/notice.tsx";

/** Says of each record that the hub keeps itself that it is no record of the product's, and where it can be seen. */
export function Besides({ link }: { readonly link: LinkView }) {
  return link.records.map((record) => <Beside key={record.side} record={record} />);
}

function Beside({ record: { kept, url } }: { readonly record: RecordView }) {
  if (kept === undefined || !kept.isKept) return null;
  const { partner, connectionId, origin } = kept;
  return (
    <Notice
      tone="quiet"
      title={origin === "partner" ? `Told by ${partner}, kept by Kith` : `Kept by Kith, beside ${partner}`}
      action={
        <Line>
          <Link to={keptAddress(connectionId)}>All that is kept</Link>
          {url && <OutsideLink to={url}>{`Open in ${partner}`}</OutsideLink>}
        </Line>
      }
    >
      {origin === "partner"
        ? `It comes from ${partner} itself and stays as it was said there.`
        : `${partner} has no place for this, so Kith keeps it, and keeps it in step like any other.`}
    </Notice>
  );
}
