import { type CSSVariablesResolver, createTheme } from "@mantine/core";

/**
 * The reader's own fonts, by platform, and after them those with the scripts that the first ones lack: people's names come in
 * every script, and a browser that finds no such font by itself would show boxes.
 */
const FONTS = [
  ...["Inter", "ui-sans-serif", "system-ui", "-apple-system", '"Segoe UI"', "Roboto", '"Noto Sans"'],
  ...['"Noto Sans Devanagari"', '"Kohinoor Devanagari"', '"Nirmala UI"', '"Lohit Devanagari"'],
  ...['"PingFang SC"', '"Hiragino Sans"', '"Microsoft YaHei"', '"Yu Gothic"', '"Malgun Gothic"'],
  ...['"Noto Sans CJK SC"', '"Noto Sans SC"', '"Noto Sans JP"', '"Noto Sans KR"', '"WenQuanYi Micro Hei"'],
  ...['"Noto Sans Arabic"', '"Noto Sans Hebrew"', '"Noto Sans Thai"', "sans-serif"],
];

/** Mantine's components in our colours. Fonts are those of the reader's system: nothing is fetched from elsewhere. */
export const theme = createTheme({
  primaryColor: "kith",
  primaryShade: 7,
  autoContrast: true,
  defaultRadius: "md",
  cursorType: "pointer",
  respectReducedMotion: true,
  fontFamily: FONTS.join(", "),
  fontFamilyMonospace: 'ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, monospace',
  colors: {
    // Mantine's greys of the dark scheme, tinted as tokens.css is.
    dark: [
      "#e9ecea",
      "#c3cac6",
      "#9ca6a1",
      "#6b7570",
      "#3d4541",
      "#2d3330",
      "#1f2422",
      "#191d1b",
      "#141817",
      "#111413",
    ],
    kith: [
      "#eefaf7",
      "#d8f1ea",
      "#aee3d5",
      "#7fd3be",
      "#58c5aa",
      "#4cc7a8",
      "#1fa285",
      "#0c6f5a",
      "#095b4a",
      "#06483a",
    ],
  },
});

const fromTokens = {
  "--mantine-color-body": "var(--kith-card)",
  "--mantine-color-text": "var(--kith-ink)",
  "--mantine-color-dimmed": "var(--kith-soft)",
  "--mantine-color-placeholder": "var(--kith-soft)",
  "--mantine-color-default": "var(--kith-card)",
  "--mantine-color-default-hover": "var(--kith-raised)",
  "--mantine-color-default-border": "var(--kith-line)",
  "--mantine-color-error": "var(--kith-bad)",
};

/** Lets Mantine's own variables follow tokens.css in both colour schemes. */
export const cssVariables: CSSVariablesResolver = () => ({ variables: {}, light: fromTokens, dark: fromTokens });
