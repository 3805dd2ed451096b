import { Anchor, Code, Stack, Text } from '@mantine/core';
import { ManagedLock } from '@/components/connections/managed-lock.tsx';
import { CopyableCode } from '@/components/ui/copyable-code.tsx';
import { type Definition, DefinitionList } from '@/components/ui/definition-list.tsx';
import { Section } from '@/components/ui/section.tsx';
import { TimeAgo } from '@/components/ui/time-ago.tsx';
import type { PersonDetails } from '../api/person.ts';

type AttributeValue = PersonDetails['emails'][number];

function Values({ values }: { values: readonly AttributeValue[] }) {
  return (
    <Stack gap={2}>
      {values.map((each) => (
        <span key={`${each.type} ${each.value}`}>
          {each.display ?? each.value}{' '}
          <Text span c="dimmed" size="xs">
            {[each.type, each.primary && 'primary'].filter(Boolean).join(', ')}
          </Text>
        </span>
      ))}
    </Stack>
  );
}

const many = (term: string, values: readonly AttributeValue[]): Definition => ({
  term,
  value: values.length > 0 ? <Values values={values} /> : null,
});

function addressLine(address: PersonDetails['addresses'][number]): string {
  const { formatted, streetAddress, postalCode, locality, region, country } = address;
  return formatted ?? [streetAddress, postalCode, locality, region, country].filter(Boolean).join(', ');
}

function webAddress(url: string | null) {
  if (!url) return null;
  return /^https?:/i.test(url) ? (
    <Anchor href={url} size="sm" target="_blank" rel="noreferrer">
      {url}
    </Anchor>
  ) : (
    url
  );
}

/** What the identity provider said of a person, grouped as people think of it; locked is what its connection alone changes. */
export function PersonAttributes({ person }: { person: PersonDetails }) {
  const mark = person.managedBy && <ManagedLock by={person.managedBy} />;
  const said = (items: readonly Definition[]) => items.map((item) => ({ ...item, mark }));
  return (
    <>
      <Section title="Contact">
        <DefinitionList
          items={said([
            many('E-mail', person.emails),
            many('Phone', person.phoneNumbers),
            many('Messaging', person.ims),
            { term: 'Address', value: person.addresses.map(addressLine).filter(Boolean).join(' · ') },
            { term: 'Profile', value: webAddress(person.profileUrl) },
          ])}
        />
      </Section>
      <Section title="Employment">
        <DefinitionList
          items={said([
            { term: 'Title', value: person.title },
            { term: 'Department', value: person.department },
            { term: 'Division', value: person.division },
            { term: 'Organization', value: person.organization },
            { term: 'Cost center', value: person.costCenter },
            { term: 'Employee number', value: person.employeeNumber },
            { term: 'Type', value: person.userType },
          ])}
        />
      </Section>
      <Section title="Identity">
        <DefinitionList
          items={[
            ...said([
              { term: 'User name', value: person.userName },
              { term: 'First name', value: person.name?.givenName },
              { term: 'Last name', value: person.name?.familyName },
              { term: 'Nickname', value: person.nickName },
              { term: 'Language', value: person.preferredLanguage },
              { term: 'Locale', value: person.locale },
              { term: 'Time zone', value: person.timezone },
              many('Entitlements', person.entitlements),
              many('Directory roles', person.directoryRoles),
              { term: 'External id', value: person.externalId && <Code>{person.externalId}</Code> },
            ]),
            { term: 'Id', value: <CopyableCode value={person.id} label="id" /> },
            { term: 'Arrived', value: <TimeAgo at={person.createdAt} /> },
            { term: 'Changed', value: <TimeAgo at={person.updatedAt} /> },
          ]}
        />
      </Section>
    </>
  );
}
