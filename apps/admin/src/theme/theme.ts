import {
  createTheme,
  defaultVariantColorsResolver,
  type MantineColorsTuple,
  parseThemeColor,
  type VariantColorsResolver,
} from '@mantine/core';

const iris: MantineColorsTuple = [
  '#f1f0ff',
  '#e2e0fe',
  '#c5c1fb',
  '#a59ff7',
  '#8a82f2',
  '#776df0',
  '#675ce6',
  '#5a4fd0',
  '#4d43b4',
  '#3f3795',
];

const neutral: MantineColorsTuple = [
  '#f9f9fa',
  '#f3f3f5',
  '#e9e9ec',
  '#dedee3',
  '#c9c9d1',
  '#a8a8b3',
  '#82828e',
  '#5f5f6a',
  '#3a3a43',
  '#1f1f26',
];

const night: MantineColorsTuple = [
  '#e3e3e8',
  '#b4b4be',
  '#8f8f9b',
  '#6a6a76',
  '#3a3a44',
  '#2a2a32',
  '#1d1d23',
  '#141418',
  '#0f0f13',
  '#0a0a0d',
];

/** Tinted things are a breath of their colour on whatever lies below, so that light and dark are equally calm. */
const variantColorResolver: VariantColorsResolver = (input) => {
  const parsed = parseThemeColor({ color: input.color ?? input.theme.primaryColor, theme: input.theme });
  // The usual red is too light behind white.
  if (input.variant === 'filled' && parsed.color === 'red')
    return {
      ...defaultVariantColorsResolver({ ...input, color: 'red.8' }),
      hover: 'var(--mantine-color-red-9)',
    };
  if (input.variant !== 'light' || !parsed.isThemeColor) return defaultVariantColorsResolver(input);
  const tint = (light: number, dark: number) =>
    `light-dark(color-mix(in srgb, ${shade(6)} ${light}%, transparent), color-mix(in srgb, ${shade(6)} ${dark}%, transparent))`;
  const shade = (index: number) => `var(--mantine-color-${parsed.color}-${index})`;
  return {
    background: tint(13, 20),
    hover: tint(20, 28),
    // Dark enough for yellow, the lightest of all.
    color: `light-dark(color-mix(in srgb, ${shade(9)} 65%, black), ${shade(3)})`,
    border: '1px solid transparent',
  };
};

/** One accent, neutral greys for light and dark, system type; nothing is fetched. */
export const theme = createTheme({
  primaryColor: 'iris',
  variantColorResolver,
  primaryShade: 6,
  colors: { iris, gray: neutral, dark: night },
  fontFamily:
    'Inter, "Inter Variable", -apple-system, BlinkMacSystemFont, "Segoe UI", "Helvetica Neue", Roboto, "Liberation Sans", Arial, sans-serif',
  fontFamilyMonospace:
    'ui-monospace, SFMono-Regular, "SF Mono", Menlo, Consolas, "Liberation Mono", monospace',
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '20px' },
  headings: { fontWeight: '600', sizes: { h1: { fontSize: '20px', lineHeight: '28px' } } },
  defaultRadius: 'md',
  focusRing: 'auto',
  cursorType: 'pointer',
  components: {
    Text: { defaultProps: { size: 'sm' } },
    Button: { defaultProps: { size: 'xs' }, styles: { root: { fontWeight: 500 } } },
    TextInput: { defaultProps: { size: 'sm' } },
    InputWrapper: { styles: { label: { fontWeight: 500, marginBottom: 4 } } },
    Select: { defaultProps: { size: 'sm' } },
    Tooltip: { defaultProps: { withArrow: true, openDelay: 300 } },
    Table: {
      defaultProps: { verticalSpacing: 8, horizontalSpacing: 'sm' },
      styles: { th: { color: 'var(--text-quiet)', fontSize: '12px', fontWeight: 500, whiteSpace: 'nowrap' } },
    },
    SegmentedControl: { defaultProps: { withItemsBorders: false }, styles: { label: { fontWeight: 500 } } },
    Modal: {
      defaultProps: { centered: true, radius: 'lg', overlayProps: { backgroundOpacity: 0.4 } },
      styles: { title: { fontSize: '16px', fontWeight: 600 } },
    },
  },
});
