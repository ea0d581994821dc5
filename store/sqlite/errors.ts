import { Failure } from "../../model/errors.ts";

/** Primary result codes of SQLite that ask for something else than a bug report. Source: sqlite.org/rescode.html */
const CODES = { busy: 5, locked: 6, readOnly: 8, ioError: 10, full: 13, cannotOpen: 14, notADatabase: 26 } as const;
/** Extended codes: primary key and unique index. */
const DUPLICATES: readonly number[] = [1555, 2067];

/** What SQLite threw, as a failure that says what to do. Values bound to the statement never appear in it. */
export function sqliteFailure(error: unknown, file: string): Failure {
  if (error instanceof Failure) return error;
  const extended = numberOf(error, "errcode");
  const message = error instanceof Error ? error.message : String(error);
  if (DUPLICATES.includes(extended)) {
    return new Failure("conflict", `Storing: another row already holds this (${message}). Read again and retry.`, {
      cause: error,
    });
  }
  return byCode(extended & 0xff, message, file, error);
}

function byCode(code: number, message: string, file: string, cause: unknown): Failure {
  switch (code) {
    case CODES.notADatabase:
      return new Failure("misconfigured", `${file} is not an SQLite database. Name another file.`, { cause });
    case CODES.cannotOpen:
    case CODES.readOnly:
      return new Failure("misconfigured", `${file} cannot be opened for writing. Check its folder's permissions.`, {
        cause,
      });
    case CODES.busy:
    case CODES.locked:
      return new Failure("unavailable", `${file} is held by another process. Stop it or try again.`, { cause });
    case CODES.full:
    case CODES.ioError:
      return new Failure("unavailable", `${file} cannot be written (${message}). Check the disk's free space.`, {
        cause,
      });
    default:
      return isFileError(cause)
        ? new Failure("misconfigured", `The folder of ${file} cannot be made (${message}).`, { cause })
        : new Failure("bug", `The database refused a statement: ${message}.`, { cause });
  }
}

/** Whether making the folder failed, which is a system call's error and not SQLite's. */
function isFileError(error: unknown): boolean {
  return typeof error === "object" && error !== null && "syscall" in error;
}

function numberOf(error: unknown, key: string): number {
  if (typeof error !== "object" || error === null || !(key in error)) return 0;
  const value: unknown = Reflect.get(error, key);
  return typeof value === "number" ? value : 0;
}
