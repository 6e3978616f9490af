import { Badge, Text } from '@mantine/core';
import { useTexts } from '../../texts/texts-provider.tsx';
import { DocumentList } from './document-list.tsx';

/** Everybody with an account. */
export function Component() {
  const { people: texts, roles: roleNames } = useTexts();
  return (
    <DocumentList
      kind="User"
      path="/people/users"
      icon="people"
      texts={texts.users}
      columns={[
        [
          texts.displayName,
          ({ displayName, email, disabled }) => (
            <>
              {displayName ?? '–'}{' '}
              {disabled === true && (
                <Badge color="gray" variant="outline" className="state-badge">
                  {texts.disabled}
                </Badge>
              )}
              {email !== undefined && (
                <Text size="sm" c="dimmed">
                  {email}
                </Text>
              )}
            </>
          ),
        ],
        [texts.roles, ({ roles }) => roles.map((role) => roleNames[role]).join(', ')],
        [texts.signsIn, ({ signsInWith }) => signsInWith?.provider ?? texts.withPassword],
      ]}
    />
  );
}
