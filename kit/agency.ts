import { Failure } from "../model/errors.ts";
import { kindOfStatus } from "./failures.ts";
import { agencyKeeper, askAgency, type MintOptions } from "./mint.ts";

/** One account of an agency at which the app is installed. */
export interface AgencyAccount {
  readonly account: string;
  readonly name: string;
}

/** More pages than any agency has; a partner that leads round in circles is not followed for ever. */
const PAGES_MAX = 500;

/**
 * Lists the accounts of an agency at which the app is installed, as its partner tells them now.
 * @param clientId the app's, by which the partner knows it
 * @throws Failure when the agency's pair is of no use any more, or no answer came
 */
export async function agencyAccounts(
  options: MintOptions,
  agencyId: string,
  clientId: string,
): Promise<readonly AgencyAccount[]> {
  const { installed } = options.agency;
  const keeper = agencyKeeper(options, agencyId);
  const found: AgencyAccount[] = [];
  let after: string | undefined;
  for (let pages = 0; pages < PAGES_MAX; pages += 1) {
    const { base, path, headers } = installed;
    const query = new URLSearchParams(installed.query({ agencyId, clientId, ...(after !== undefined && { after }) }));
    const doing = "list the accounts of the agency";
    const asked = { method: "GET", base, path: `${path}?${query}`, headers, doing } as const;
    const { status, body } = await askAgency(options, keeper, asked);
    if (status !== 200) throw refused(options, status);
    const page = installed.read(body, after);
    found.push(...page.accounts);
    if (page.next === undefined || page.next === after) return found;
    after = page.next;
  }
  return found;
}

function refused({ partner }: MintOptions, status: number): Failure {
  return new Failure(
    kindOfStatus(status),
    `${partner} did not list the accounts of the agency; it answered ${status}. Connect the agency again if that stays so.`,
    { status },
  );
}
