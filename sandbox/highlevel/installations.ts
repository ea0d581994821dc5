import { z } from "zod";
import type { Settings } from "../control/settings.ts";
import type { Agency } from "./agency.ts";
import { SCOPES, scopeOfEvent } from "./scopes.ts";

/** What the marketplace says about the app. It can be changed while the emulator runs. */
export const AppShape = z.strictObject({
  name: z.string().default("Kith"),
  versionId: z.string().default("665f00000000000000000001"),
  /** Where codes may be sent, exactly so. While none is registered, any address of this machine will do. */
  redirectUris: z.array(z.url()).default([]),
  /** What the app may ask for at most. */
  scopes: z.array(z.enum(SCOPES)).default([...SCOPES]),
  /** The plan that whoever installs the app is on; none when empty. */
  planId: z.string().default(""),
});

/** The marketplace's words about the app, in force. */
export type App = z.output<typeof AppShape>;

/** The app in one location. */
export type Installation = {
  readonly locationId: string;
  readonly scopes: readonly string[];
  readonly versionId: string;
  /** Epoch milliseconds. */
  readonly installedAt: number;
};

/** What the agency granted beyond its present locations. */
export type AgencyInstallation = { readonly scopes: readonly string[]; readonly installToFuture: boolean };

/** Where the app is installed. */
export type Installations = {
  readonly at: (locationId: string) => Installation | undefined;
  readonly list: () => Installation[];
  readonly ofAgency: () => AgencyInstallation | undefined;
  /** Installs the app, or changes what it may do where it is installed already, of which nobody is told. */
  readonly install: (locationId: string, scopes: readonly string[]) => void;
  readonly installInAgency: (locationIds: readonly string[], granted: AgencyInstallation) => void;
  /** Ends the app in a location. `false` where it was not installed. */
  readonly uninstall: (locationId: string) => boolean;
  /** Ends the app everywhere. */
  readonly uninstallAgency: () => boolean;
  /** Whether the app is told of such an event: only where it is installed, and has the scope for it. */
  readonly mayHear: (eventType: string, locationId: string) => boolean;
};

/** What the installations depend on. */
export type InstallationsParts = {
  readonly now: () => number;
  readonly agency: Agency;
  readonly app: Settings<App>;
  readonly appId: string;
  /** Where the app was installed before anybody looked, with every scope. */
  readonly initially: readonly string[];
  /** Sends an event about the app itself. */
  readonly tell: (type: "INSTALL" | "UNINSTALL", fields: object) => void;
  /** Told when a right ended: of one location, or of all when none is named. */
  readonly onEnd: (locationId: string | undefined) => void;
};

/** The person who installs, who is the same everywhere. */
export const INSTALLER_ID = "usr00000000000000001";

/** Makes the list of places, those of the beginning among them. */
export function createInstallations(parts: InstallationsParts): Installations {
  const { agency, app, appId, tell } = parts;
  const places = new Map<string, Installation>();
  let ofAgency: AgencyInstallation | undefined;

  const install = (locationId: string, scopes: readonly string[]): void => {
    const known = places.get(locationId);
    const { versionId } = app.get();
    places.set(locationId, { locationId, scopes, versionId, installedAt: known?.installedAt ?? parts.now() });
    if (known === undefined) tell("INSTALL", { ...installed(parts), installType: "Location", locationId });
  };

  for (const locationId of parts.initially) {
    const { scopes, versionId } = app.get();
    places.set(locationId, { locationId, scopes, versionId, installedAt: parts.now() });
  }

  agency.onAdd(({ id }) => {
    if (ofAgency?.installToFuture) install(id, ofAgency.scopes);
  });

  return {
    at: (locationId) => places.get(locationId),
    list: () => [...places.values()],
    ofAgency: () => ofAgency,
    install,
    installInAgency: (locationIds, granted) => {
      const isNew = ofAgency === undefined;
      ofAgency = granted;
      if (isNew) tell("INSTALL", { ...installed(parts), installType: "Company" });
      for (const locationId of locationIds) install(locationId, granted.scopes);
    },
    uninstall: (locationId) => {
      if (!places.delete(locationId)) return false;
      parts.onEnd(locationId);
      tell("UNINSTALL", { appId, locationId });
      return true;
    },
    uninstallAgency: () => {
      if (ofAgency === undefined && places.size === 0) return false;
      places.clear();
      ofAgency = undefined;
      parts.onEnd(undefined);
      tell("UNINSTALL", { appId, companyId: agency.companyId });
      return true;
    },
    mayHear: (eventType, locationId) => {
      const place = places.get(locationId);
      const scope = scopeOfEvent(eventType);
      return place !== undefined && (scope === undefined || place.scopes.includes(scope));
    },
  };
}

function installed({ agency, app, appId }: InstallationsParts): object {
  const { versionId, planId } = app.get();
  return {
    appId,
    versionId,
    companyId: agency.companyId,
    userId: INSTALLER_ID,
    ...(planId !== "" && { planId }),
    trial: { onTrial: false },
    isWhitelabelCompany: false,
    whitelabelDetails: {},
    companyName: agency.name,
  };
}
