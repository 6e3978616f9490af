import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core';

const indigo: MantineColorsTuple = [
  '#eef2ff',
  '#dbe4ff',
  '#bac8ff',
  '#91a7ff',
  '#748ffc',
  '#5c7cfa',
  '#4c6ef5',
  '#4263eb',
  '#3b5bdb',
  '#2f4ac0',
];

/** Shades are chosen for a contrast of 4.5:1 or more against what they stand on (WCAG 2.2 §1.4.3). */
export const theme = createTheme({
  primaryColor: 'indigo',
  colors: { indigo },
  primaryShade: { light: 9, dark: 8 },
  autoContrast: true,
  defaultRadius: 'md',
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, sans-serif',
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace',
  headings: { fontWeight: '650' },
  cursorType: 'pointer',
  respectReducedMotion: true,
});

export const cssVariables: CSSVariablesResolver = (given) => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': given.colors.gray[7],
    '--mantine-color-placeholder': given.colors.gray[7],
    '--mantine-color-error': given.colors.red[9],
    '--mantine-color-body': '#ffffff',
    '--console-page': '#f6f7fb',
    '--console-surface': '#ffffff',
    '--console-line': '#e3e6ee',
  },
  dark: {
    '--mantine-color-dimmed': given.colors.dark[1],
    '--mantine-color-placeholder': given.colors.dark[1],
    '--mantine-color-error': given.colors.red[4],
    '--mantine-color-anchor': given.colors.indigo[3],
    '--console-page': '#15171c',
    '--console-surface': '#1c1f26',
    '--console-line': '#2d313b',
  },
});
