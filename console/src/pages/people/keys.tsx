import { Moment } from '../../parts/moment.tsx';
import { useTexts } from '../../texts/texts-provider.tsx';
import { DocumentList } from './document-list.tsx';

/** The keys of programs; never a key itself. */
export function Component() {
  const { people: texts, roles: roleNames } = useTexts();
  return (
    <DocumentList
      kind="ApiKey"
      path="/people/keys"
      icon="key"
      texts={texts.keys}
      columns={[
        [
          texts.actsAs,
          ({ actsAs }) => (actsAs.user === undefined ? `service:${actsAs.serviceAccount}` : `user:${actsAs.user}`),
        ],
        [texts.roles, ({ roles }) => roles.map((role) => roleNames[role]).join(', ')],
        [texts.expires, ({ expiresAt }) => (expiresAt === undefined ? texts.never : <Moment at={expiresAt} />)],
      ]}
    />
  );
}
