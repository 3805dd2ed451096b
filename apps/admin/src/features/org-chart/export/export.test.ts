import { expect, test } from 'vitest';
import { company, person, team } from '../model/chart.fixtures.ts';
import { layoutChart } from '../model/chart-layout.ts';
import { chartCsv } from './chart-csv.ts';
import { drawChart } from './chart-drawing.ts';
import { pictureScale } from './to-png.ts';

const options = {
  title: 'Org chart <now>',
  hueName: () => 'teal',
  avatarHue: () => 'teal',
  colors: {
    background: '#fff',
    card: '#fff',
    line: '#ccc',
    text: '#000',
    quiet: '#666',
    hue: () => '#0c0',
    tint: () => ({ background: '#efe', text: '#030' }),
  },
};

test('a drawing has every open card and line, and nothing of it can be taken for markup', () => {
  const placed = layoutChart(company());
  const { svg, width, height } = drawChart(placed, options);
  expect(svg.match(/<g transform="translate\([^)]*\)"><title>/g)).toHaveLength(
    placed.cards.length +
      placed.cards.filter(({ card }) => card.kind === 'item' && card.item.childCount > 0).length +
      1,
  );
  expect(svg.match(/<path /g)).toHaveLength(placed.links.length);
  expect(svg).toContain('Org chart &lt;now&gt;');
  expect(svg).toContain(`width="${width}" height="${height}"`);
});

test('a picture is sharp where it fits and never larger than browsers draw', () => {
  expect(pictureScale(1_000, 800)).toBe(2);
  expect(40_000 * pictureScale(40_000, 900)).toBeLessThanOrEqual(16_000);
});

test('a table names the manager of each, quotes what needs it and runs no formulas', () => {
  const boss = person('1', null, 1, { name: 'Jones, Ann', title: '=HYPERLINK("x")' });
  const lines = chartCsv('people', [person('2', '1', 0, { name: 'Smith' }), boss]).split('\r\n');
  expect(lines[0]).toBe(
    '\uFEFFid,userName,name,title,department,active,managerId,managerUserName,managerName,reports',
  );
  expect(lines[1]).toBe(`1,1@x.example,"Jones, Ann","'=HYPERLINK(""x"")",,true,,,,1`);
  expect(lines[2]).toBe('2,2@x.example,Smith,,,true,1,1@x.example,"Jones, Ann",0');
});

test('a table of teams names the team above', () => {
  const lines = chartCsv('teams', [team('sales', null, 1), team('emea', 'sales')]).split('\r\n');
  expect(lines[1]).toBe('emea,emea,ORG_STRUCTURE,sales,sales,,,3,0');
});

test('a table of nobody still says what its columns are', () => {
  expect(chartCsv('teams', [])).toBe(
    '\uFEFFid,name,origin,parentId,parentName,leadId,leadName,members,subTeams\r\n',
  );
});
