import { type Kysely, sql } from "kysely";
import type { DialectTraits } from "../database.ts";

/**
 * The tables of better-auth 1.6 with its stock columns. Names are its own; types are what its Kysely adapter writes:
 * ISO text and 0 or 1 for SQLite, `timestamptz` and `boolean` for PostgreSQL.
 * Source: better-auth.com/docs/concepts/database
 */
export async function auth(db: Kysely<unknown>, dialect: DialectTraits): Promise<void> {
  await user(db, dialect);
  await session(db, dialect);
  await account(db, dialect);
  await verification(db, dialect);
}

async function user(db: Kysely<unknown>, dialect: DialectTraits): Promise<void> {
  const { date, boolean, end } = types(dialect);
  await db.schema
    .createTable("user")
    .addColumn("id", "text", (column) => column.primaryKey().notNull())
    .addColumn("name", "text", (column) => column.notNull())
    .addColumn("email", "text", (column) => column.notNull().unique())
    .addColumn("emailVerified", boolean, (column) => column.notNull())
    .addColumn("image", "text")
    .addColumn("createdAt", date, (column) => column.notNull())
    .addColumn("updatedAt", date, (column) => column.notNull())
    .modifyEnd(end)
    .execute();
}

async function session(db: Kysely<unknown>, dialect: DialectTraits): Promise<void> {
  const { date, end } = types(dialect);
  await db.schema
    .createTable("session")
    .addColumn("id", "text", (column) => column.primaryKey().notNull())
    .addColumn("expiresAt", date, (column) => column.notNull())
    .addColumn("token", "text", (column) => column.notNull().unique())
    .addColumn("createdAt", date, (column) => column.notNull())
    .addColumn("updatedAt", date, (column) => column.notNull())
    .addColumn("ipAddress", "text")
    .addColumn("userAgent", "text")
    .addColumn("userId", "text", (column) => column.notNull().references("user.id").onDelete("cascade"))
    .modifyEnd(end)
    .execute();
  await db.schema.createIndex("session_by_user").on("session").column("userId").execute();
}

async function account(db: Kysely<unknown>, dialect: DialectTraits): Promise<void> {
  const { date, end } = types(dialect);
  await db.schema
    .createTable("account")
    .addColumn("id", "text", (column) => column.primaryKey().notNull())
    .addColumn("accountId", "text", (column) => column.notNull())
    .addColumn("providerId", "text", (column) => column.notNull())
    .addColumn("userId", "text", (column) => column.notNull().references("user.id").onDelete("cascade"))
    .addColumn("accessToken", "text")
    .addColumn("refreshToken", "text")
    .addColumn("idToken", "text")
    .addColumn("accessTokenExpiresAt", date)
    .addColumn("refreshTokenExpiresAt", date)
    .addColumn("scope", "text")
    .addColumn("password", "text")
    .addColumn("createdAt", date, (column) => column.notNull())
    .addColumn("updatedAt", date, (column) => column.notNull())
    .modifyEnd(end)
    .execute();
  await db.schema.createIndex("account_by_user").on("account").column("userId").execute();
}

async function verification(db: Kysely<unknown>, dialect: DialectTraits): Promise<void> {
  const { date, end } = types(dialect);
  await db.schema
    .createTable("verification")
    .addColumn("id", "text", (column) => column.primaryKey().notNull())
    .addColumn("identifier", "text", (column) => column.notNull())
    .addColumn("value", "text", (column) => column.notNull())
    .addColumn("expiresAt", date, (column) => column.notNull())
    .addColumn("createdAt", date, (column) => column.notNull())
    .addColumn("updatedAt", date, (column) => column.notNull())
    .modifyEnd(end)
    .execute();
  await db.schema.createIndex("verification_by_identifier").on("verification").column("identifier").execute();
}

function types(dialect: DialectTraits) {
  return {
    date: sql.raw<string>(dialect.authDateType),
    boolean: sql.raw<number>(dialect.authBooleanType),
    end: sql.raw(dialect.tableEnd),
  };
}
