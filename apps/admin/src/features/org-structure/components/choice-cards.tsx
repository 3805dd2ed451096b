'use client';
import { Radio, Text } from '@mantine/core';
import type { CreateTeams } from '../api/org-structure.ts';
import { structureChoices } from '../structure-choices.ts';
import classes from './org-structure.module.css';

interface ChoiceCardsProps {
  value: CreateTeams;
  onChange(value: CreateTeams): void;
}

/** What teams are made from, each choice with what it makes of one example. */
export function ChoiceCards({ value, onChange }: ChoiceCardsProps) {
  return (
    <Radio.Group
      value={value}
      onChange={(chosen) => {
        const choice = structureChoices.find((each) => each.value === chosen);
        if (choice) onChange(choice.value);
      }}
      label="Create teams"
      description="Which teams follow from people, and keep following them with every change."
    >
      <div className={classes.choices}>
        {structureChoices.map(({ value: each, icon: Glyph, title, explanation, example }) => (
          <Radio.Card key={each} value={each} className={classes.choice} aria-label={title}>
            <span className={classes.choiceHead}>
              <Glyph size={18} stroke={1.6} aria-hidden />
              <Text fw={600} span>
                {title}
              </Text>
              <Radio.Indicator size="xs" className={classes.indicator} />
            </span>
            <Text c="dimmed" size="xs" span display="block">
              {explanation}
            </Text>
            {example.length > 0 && (
              <span className={classes.example}>
                {example.map((name, depth) => (
                  <span key={name} className={classes.exampleTeam} style={{ marginLeft: depth * 14 }}>
                    {name}
                  </span>
                ))}
              </span>
            )}
          </Radio.Card>
        ))}
      </div>
    </Radio.Group>
  );
}
