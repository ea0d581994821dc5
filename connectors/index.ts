import { anyConnector, type Connector } from "../kit/index.ts";
import { highlevel } from "./highlevel/index.ts";
import { salesmate } from "./salesmate/index.ts";
import { trint } from "./trint/index.ts";
import { trustmary } from "./trustmary/index.ts";
import { trustpilot } from "./trustpilot/index.ts";
import { yourapp } from "./yourapp/index.ts";

export { DOCUMENT_BYTES_MAX, importApi } from "./yourapp/index.ts";

/** Every connector there is, in the order they are shown. */
export const connectors: readonly Connector[] = [
  anyConnector(highlevel),
  anyConnector(salesmate),
  anyConnector(trint),
  anyConnector(trustmary),
  anyConnector(trustpilot),
  anyConnector(yourapp),
];

/** The connector with this id, if there is one. */
export function connectorById(id: string): Connector | undefined {
  return connectors.find((connector) => connector.id === id);
}
