import { Badge, Text, Tooltip } from '@mantine/core';
import classes from './admin-frame.module.css';

const regionNames = {
  EU: 'Europe',
  US: 'United States',
  ASIA: 'Asia',
  SA: 'South America',
} as const;

interface AccountLabelProps {
  account: { name: string; region: keyof typeof regionNames } | null | undefined;
}

/** The account and the region where its data lives. */
export function AccountLabel({ account }: AccountLabelProps) {
  if (!account) return null;
  return (
    <div className={classes.account}>
      <Text fw={500} truncate>
        {account.name}
      </Text>
      <Tooltip label={`Data of this account lives in ${regionNames[account.region]}`}>
        <Badge variant="default" size="sm" radius="sm" fw={500}>
          {account.region}
        </Badge>
      </Tooltip>
    </div>
  );
}
