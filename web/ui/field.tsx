import { CloseButton, NativeSelect, Textarea, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { useEffect, useRef, useState } from "react";

/** A labelled line of text, or several lines when `isLong`. */
export function TextField(props: {
  readonly label: string;
  readonly value: string;
  readonly hint?: string;
  readonly isLong?: boolean;
  /** Marks it as one that must be filled; the form says so, not the browser. */
  readonly isRequired?: boolean;
  readonly type?: "text" | "email" | "tel" | "url" | "datetime-local" | "password";
  readonly hasFocus?: boolean;
  readonly onChange: (value: string) => void;
}) {
  const { label, value, hint, isLong = false, type = "text", hasFocus = false, onChange } = props;
  const same = {
    label,
    value,
    description: hint,
    size: "sm",
    withAsterisk: props.isRequired ?? false,
    "aria-required": props.isRequired || undefined,
    "data-autofocus": hasFocus || undefined,
  } as const;
  if (isLong) return <Textarea {...same} autosize minRows={2} maxRows={8} onChange={(e) => onChange(e.target.value)} />;
  return (
    <TextInput
      {...same}
      type={type}
      // What is secret here belongs to another product: browsers must neither offer nor keep one of this page.
      autoComplete={type === "password" ? "new-password" : "off"}
      autoFocus={hasFocus}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}

/** One of several words, or none of them: then it is as usual, which is said where it is known. */
export function PickField(props: {
  readonly label: string;
  readonly value: string;
  readonly hint?: string;
  readonly isRequired?: boolean;
  readonly options: readonly string[];
  readonly usual?: string | undefined;
  /** What stands there while nothing is chosen, where nothing is usual. */
  readonly empty?: string;
  readonly onChange: (value: string) => void;
}) {
  const { label, value, hint, isRequired = false, options, usual, empty = "", onChange } = props;
  const none = { value: "", label: usual === undefined ? empty : `${usual}, as usual` };
  return (
    <NativeSelect
      label={label}
      value={value}
      description={hint}
      size="sm"
      withAsterisk={isRequired}
      aria-required={isRequired || undefined}
      data={[none, ...options]}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}

const TYPING_REST_MS = 250;

/**
 * Searches while one types, after a short rest. When the text outside becomes another than the one last searched for, as
 * by the back button, it takes the field over; otherwise typing is left alone.
 */
export function SearchField(props: {
  readonly label: string;
  readonly placeholder?: string;
  readonly value: string;
  readonly onSearch: (text: string) => void;
}) {
  const { value, onSearch } = props;
  const [typed, setTyped] = useState(value);
  const searched = useRef(value);
  useEffect(() => {
    if (value !== searched.current) setTyped(value);
    searched.current = value;
  }, [value]);
  const search = useDebouncedCallback((text: string) => {
    searched.current = text;
    onSearch(text);
  }, TYPING_REST_MS);
  const change = (text: string): void => {
    setTyped(text);
    search(text.trim());
  };
  return (
    <TextInput
      type="search"
      aria-label={props.label}
      placeholder={props.placeholder}
      value={typed}
      onChange={(event) => change(event.target.value)}
      leftSection={<IconSearch size={16} aria-hidden="true" />}
      rightSection={typed !== "" && <CloseButton size="sm" aria-label="Clear the search" onClick={() => change("")} />}
    />
  );
}
