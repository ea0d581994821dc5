/**
 * The rules by which fields are decided, as one short sentence each. Their ids are those of docs/SPEC.md; this is the
 * one place that turns them into words.
 */
const RULE_WORDS: Readonly<Record<string, string>> = {
  M1: "Only one side changed it, so the other follows.",
  M2: "Nothing was agreed on yet and one side was empty, so it was filled.",
  M3: "Both sides changed it to the same.",
  M5: "Both sides changed it differently; this field’s policy says which one counts.",
  M6: "Both sides changed it differently, and only a person can say which one counts.",
  M7: "It was emptied on one side, and this field does not pass emptying on.",
  M8: "The side that would have to follow may not be written.",
  M9: "The other side can not hold this value.",
  M10: "Lists are joined entry by entry: what either side added or removed counts.",
  M14: "This field goes one way, so the side it comes from counts.",
  M16: "Both sides changed it differently, and a person chose which one counts.",
  M17: "One side came to say what the other says already.",
};

/** Why a field was decided as it was; a rule that this page does not know is named. */
export function ruleWords(rule: string): string {
  return RULE_WORDS[rule] ?? `By rule ${rule}.`;
}
