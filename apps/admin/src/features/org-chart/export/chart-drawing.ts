import { initials } from '@/components/people/person-name.ts';
import { linkPath } from '../canvas/link-path.ts';
import { boundsOf } from '../canvas/starting-view.ts';
import { countedBelow, membersOf } from '../model/chart-item.ts';
import {
  type Card,
  cardHeight,
  cardWidth,
  type PlacedCard,
  type PlacedChart,
  type PlacedLink,
} from '../model/chart-layout.ts';

/** The colours of a drawing, as CSS writes them; a drawing knows no themes. */
export interface DrawingColors {
  background: string;
  card: string;
  line: string;
  text: string;
  quiet: string;
  /** The colour of a department, by its name among the colours. */
  hue(name: string): string;
  /** A breath of a colour, and the text upon it. */
  tint(name: string): { background: string; text: string };
}

export interface DrawingOptions {
  colors: DrawingColors;
  /** Said above the chart: what it shows, and as of when. */
  title: string;
  /** The name of the colour of a card. */
  hueName(card: Card): string | null;
  avatarHue(card: Card): string;
}

const margin = 40;
const titleHeight = 36;
const font = 'Inter, -apple-system, "Segoe UI", Roboto, "Liberation Sans", Arial, sans-serif';

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string) => text.replace(/[&<>"]/g, (each) => escapes[each] ?? each);

/** About as many characters as fit; a drawing can't measure type. */
const shortened = (text: string, length: number) =>
  text.length > length ? `${text.slice(0, length - 1).trimEnd()}…` : text;

interface Words {
  name: string;
  detail: string;
  count: number;
  counted: string;
}

function wordsOf(card: Card): Words {
  if (card.kind === 'more') return { name: 'More', detail: '', count: 0, counted: '' };
  if (card.kind === 'fold') {
    return { name: 'No manager', detail: 'and no reports', count: card.count, counted: 'people' };
  }
  const { item } = card;
  const counted = countedBelow(item.kind, item.childCount);
  const detail =
    item.kind === 'person'
      ? (item.title ?? item.department ?? item.userName)
      : `${membersOf(item)}${item.lead ? ` · ${item.lead.name}` : ''}`;
  return { name: item.name, detail, count: item.childCount, counted };
}

function drawSign(card: Card, { colors, avatarHue }: DrawingOptions): string {
  if (card.kind !== 'item') return '';
  const { background, text } = colors.tint(avatarHue(card));
  const shape =
    card.item.kind === 'person'
      ? `<circle cx="29" cy="30" r="17" fill="${background}"/>`
      : `<rect x="12" y="13" width="34" height="34" rx="9" fill="${background}"/>`;
  const letters = escaped(initials(card.item.name));
  return `${shape}<text x="29" y="34.5" text-anchor="middle" font-size="13" font-weight="600" fill="${text}">${letters}</text>`;
}

function drawCard({ card, x, y }: PlacedCard, options: DrawingOptions): string {
  const { colors, hueName } = options;
  const { name, detail, count, counted } = wordsOf(card);
  const dashed = card.kind === 'item' ? '' : ' stroke-dasharray="4 3"';
  const left = card.kind === 'item' ? 56 : 16;
  const hue = card.kind === 'item' && card.item.kind === 'person' ? hueName(card) : null;
  const dot = hue ? `<circle cx="${left + 3.5}" cy="38" r="3.5" fill="${colors.hue(hue)}"/>` : '';
  const badge = count.toLocaleString('en');
  const half = 10 + badge.length * 3.4;
  const pill =
    count > 0
      ? `<g transform="translate(${cardWidth / 2} ${cardHeight})"><title>${badge} ${counted}</title><rect x="${-half}" y="-10" width="${half * 2}" height="20" rx="10" fill="${colors.card}" stroke="${colors.line}"/><text y="4" text-anchor="middle" font-size="11" font-weight="600" fill="${colors.quiet}">${badge}</text></g>`
      : '';
  return [
    `<g transform="translate(${x} ${y})"><title>${escaped(name)}</title>`,
    `<rect width="${cardWidth}" height="${cardHeight}" rx="10" fill="${colors.card}" stroke="${colors.line}"${dashed}/>`,
    drawSign(card, options),
    `<text x="${left}" y="27" font-size="13" font-weight="600" fill="${colors.text}">${escaped(shortened(name, 22))}</text>`,
    dot,
    `<text x="${left + (dot ? 13 : 0)}" y="42" font-size="12" fill="${colors.quiet}">${escaped(shortened(detail, dot ? 23 : 25))}</text>`,
    `${pill}</g>`,
  ].join('');
}

function drawLink({ source, target, entry }: PlacedLink, at: ReadonlyMap<string, PlacedCard>): string {
  const [from, to] = [at.get(source), at.get(target)];
  if (!from || !to) return '';
  const start = { x: from.x + cardWidth / 2, y: from.y + cardHeight };
  const end = entry === 'top' ? { x: to.x + cardWidth / 2, y: to.y } : { x: to.x, y: to.y + cardHeight / 2 };
  return `<path d="${linkPath(start, end, entry)}"/>`;
}

/** Draws everything that is open, on the screen or not, as an SVG document that needs nothing else. */
export function drawChart(
  { cards, links }: PlacedChart,
  options: DrawingOptions,
): { svg: string; width: number; height: number } {
  const { colors, title } = options;
  const frame = boundsOf(cards);
  const width = Math.ceil(frame.width + margin * 2);
  const height = Math.ceil(frame.height + margin * 2 + titleHeight);
  const [x, y] = [Math.floor(frame.left - margin), Math.floor(frame.top - margin - titleHeight)];
  const at = new Map(cards.map((each) => [each.card.id, each]));
  const svg = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="${x} ${y} ${width} ${height}" font-family='${font}'>`,
    `<title>${escaped(title)}</title>`,
    `<rect x="${x}" y="${y}" width="${width}" height="${height}" fill="${colors.background}"/>`,
    `<text x="${x + margin}" y="${y + margin + 6}" font-size="14" font-weight="600" fill="${colors.text}">${escaped(title)}</text>`,
    `<g fill="none" stroke="${colors.line}" stroke-width="1.2">${links.map((link) => drawLink(link, at)).join('')}</g>`,
    ...cards.map((card) => drawCard(card, options)),
    '</svg>',
  ].join('\n');
  return { svg, width, height };
}
