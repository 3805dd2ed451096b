'use client';
import { Accordion, Group, Stack, Text, ThemeIcon } from '@mantine/core';
import { IconEqual } from '@tabler/icons-react';
import Link from 'next/link';
import { EmptyState } from '@/components/ui/empty-state.tsx';
import { Section } from '@/components/ui/section.tsx';
import type { PlanPart, StructurePlan } from '../api/org-structure.ts';
import { changesNothing, planLooks } from '../plan-looks.ts';
import classes from './org-structure.module.css';

function Example({ item, detail }: { item: PlanPart['examples'][number]; detail: string | null }) {
  return (
    <li className={classes.planItem}>
      {item.teamId ? (
        <Text component={Link} href={`/teams/${item.teamId}`} fw={500} span>
          {item.name}
        </Text>
      ) : (
        <Text fw={500} span>
          {item.name}
        </Text>
      )}
      {detail && (
        <Text c="dimmed" size="xs" span>
          {detail}
        </Text>
      )}
    </li>
  );
}

function Part({ look, part }: { look: (typeof planLooks)[number]; part: PlanPart }) {
  const { name, icon: Glyph, color, title, explanation, detail } = look;
  const more = part.count - part.examples.length;
  return (
    <Accordion.Item value={name}>
      <Accordion.Control
        icon={
          <ThemeIcon variant="light" color={color} size={26} radius="xl">
            <Glyph size={14} stroke={1.8} />
          </ThemeIcon>
        }
      >
        <Group justify="space-between" wrap="nowrap" pr="sm">
          <Text>{title}</Text>
          <Text fw={600} className="numeric">
            {part.count.toLocaleString('en')}
          </Text>
        </Group>
      </Accordion.Control>
      <Accordion.Panel>
        <Text c="dimmed" size="xs" mb={6}>
          {explanation}
        </Text>
        <ul className={classes.plan}>
          {part.examples.map((item) => (
            <Example key={`${item.teamId} ${item.name}`} item={item} detail={detail(item)} />
          ))}
        </ul>
        {more > 0 && (
          <Text c="dimmed" size="xs" mt={6}>
            and {more.toLocaleString('en')} more
          </Text>
        )}
      </Accordion.Panel>
    </Accordion.Item>
  );
}

/** What saving would do to the teams and the people in them; nothing of it has happened. */
export function PlanView({ plan }: { plan: StructurePlan }) {
  const parts = planLooks.filter(({ name }) => plan[name].count > 0);
  return (
    <Section title="What saving would do">
      {changesNothing(plan) ? (
        <EmptyState icon={IconEqual} title="Nothing would change">
          The teams are what this choice makes of the people already.
        </EmptyState>
      ) : (
        <Stack gap="sm">
          <Text>
            <b className="numeric">{plan.personMoves.toLocaleString('en')}</b>{' '}
            {plan.personMoves === 1 ? 'person comes' : 'people come'} to be in other teams than now. Nothing
            has happened yet.
          </Text>
          <Accordion multiple defaultValue={parts.slice(0, 1).map(({ name }) => name)} variant="separated">
            {parts.map((look) => (
              <Part key={look.name} look={look} part={plan[look.name]} />
            ))}
          </Accordion>
        </Stack>
      )}
    </Section>
  );
}
