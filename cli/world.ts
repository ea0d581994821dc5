/** The world as commands see it; the program's start hands in the real one, tests their own. */
export interface World {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Prints to standard output. */
  readonly print: (text: string) => void;
  /** Replaces the line that the cursor is in; for terminals. */
  readonly rewrite: (text: string) => void;
  /** Prints to the error stream. */
  readonly warn: (text: string) => void;
  /** Whether standard output is a terminal that can rewrite a line. */
  readonly isTerminal: boolean;
  /** @throws the file system's error */
  readonly readFile: (path: string) => Promise<string>;
  /** Removes a file; one that is not there is no error. */
  readonly removeFile: (path: string) => Promise<void>;
  readonly fetch: (address: string, init: RequestInit) => Promise<Response>;
  /** Resolves after so many milliseconds, or as soon as the person stops the program. */
  readonly pause: (ms: number) => Promise<void>;
  /** Called once a hub runs: what was only for starting may be let go. */
  readonly started: () => void;
  /** Resolves when the person, or the system, asks the program to stop. */
  readonly stopped: Promise<void>;
}

/** Ends the program with this code after all has been said. */
export class Exit extends Error {
  readonly code: number;

  constructor(code: number) {
    super(`exit ${code}`);
    this.name = "Exit";
    this.code = code;
  }
}
