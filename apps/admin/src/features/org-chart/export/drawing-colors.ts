import type { DrawingColors } from './chart-drawing.ts';

/** Any notation of CSS, mixtures and variables too, as numbers that every program reads. */
function resolved(color: string, root: HTMLElement): string {
  const probe = document.createElement('span');
  probe.style.color = color;
  root.append(probe);
  const computed = getComputedStyle(probe).color;
  probe.remove();
  const canvas = document.createElement('canvas').getContext('2d');
  if (!canvas) return computed;
  canvas.fillStyle = computed;
  canvas.fillRect(0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0, alpha = 255] = canvas.getImageData(0, 0, 1, 1).data;
  return alpha === 255
    ? `rgb(${red},${green},${blue})`
    : `rgba(${red},${green},${blue},${(alpha / 255).toFixed(3)})`;
}

/** The colours of the page's theme, light or dark, for a drawing of it. */
export function drawingColors(root: HTMLElement = document.body): DrawingColors {
  const known = new Map<string, string>();
  const of = (color: string) => {
    const value = known.get(color) ?? resolved(color, root);
    known.set(color, value);
    return value;
  };
  return {
    background: of('var(--surface-frame)'),
    card: of('var(--surface-raised)'),
    line: of('var(--line-strong)'),
    text: of('var(--mantine-color-text)'),
    quiet: of('var(--text-quiet)'),
    hue: (name) => of(`var(--mantine-color-${name}-5)`),
    tint: (name) => ({
      background: of(`var(--mantine-color-${name}-light)`),
      text: of(`var(--mantine-color-${name}-light-color)`),
    }),
  };
}
