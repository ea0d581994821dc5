import type { SandboxContact, ValueView } from "../../../model/api/views.ts";
import { toText } from "../../text/values.ts";

/** A review as its form shows it. */
export interface Review {
  readonly name: string;
  readonly email: string;
  /** `1` to `5`; empty while none was chosen. */
  readonly stars: string;
  readonly title: string;
  readonly text: string;
}

/** One of nobody yet, or of somebody who is known. */
export function newReview(author: Readonly<Partial<Pick<Review, "name" | "email">>> = {}): Review {
  return { name: "", email: "", stars: "", title: "", text: "", ...author };
}

/** What the emulator holds of a review. */
export function reviewOf({ fields }: Pick<SandboxContact, "fields">): Review {
  const text = (key: keyof Review): string => toText(fields[key]);
  return { name: text("name"), email: text("email"), stars: text("stars"), title: text("title"), text: text("text") };
}

/** Its stars and what stands above it: `★★☆☆☆ Too late`. */
export function reviewTitle({ stars, title }: Pick<Review, "stars" | "title">): string {
  return [starsOf(Number(stars)), title].filter((part) => part !== "").join(" ");
}

/** `★★☆☆☆` for two. */
export function starsOf(stars: number): string {
  return "★".repeat(stars) + "☆".repeat(5 - stars);
}

/** Why it cannot be sent, or `undefined` when it can. */
export function whyNoReview({ stars, email, text }: Review): string | undefined {
  if (stars === "") return "Choose the stars first";
  if (email.trim() === "") return "By the e-mail the hub tells whose review it is";
  return text.trim() === "" ? "Write what it was like" : undefined;
}

/** What is sent of it: all when it is new, else what differs from before. A known author stays who they are. */
export function reviewFields(review: Review, before?: Review): Readonly<Record<string, ValueView>> {
  if (before === undefined) return { ...review, isInvited: "true" };
  const keys = (["stars", "title", "text"] as const).filter((key) => review[key] !== before[key]);
  return Object.fromEntries(keys.map((key) => [key, review[key]]));
}
