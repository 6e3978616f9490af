import { Anchor, Group, Text, ThemeIcon } from '@mantine/core';
import { Link } from 'react-router';
import { Icon } from '../../shell/icon.tsx';
import { useTexts } from '../../texts/texts-provider.tsx';

/** The steps of the guided path, in their order; from `authentication` on the instance is stored. */
export const steps = ['kind', 'describe', 'authentication', 'sign-in', 'methods', 'try'] as const;
export type Step = (typeof steps)[number];

/** Where the person is, with links to all steps that a stored instance can go back to. */
export function Steps({ current, name }: { readonly current: Step; readonly name?: string }) {
  const { connect: texts } = useTexts();
  const at = steps.indexOf(current);
  return (
    <nav aria-label={texts.progress}>
      <ol className="step-list">
        {steps.map((step, index) => {
          const to =
            step === 'kind' ? '/connect' : index < 2 || name === undefined ? undefined : `/connect/${name}/${step}`;
          return (
            <li key={step} aria-current={step === current ? 'step' : undefined}>
              <Group gap={6} wrap="nowrap">
                <ThemeIcon size={22} radius="xl" variant={index <= at ? 'filled' : 'default'} aria-hidden>
                  {index < at ? <Icon name="check" size={14} /> : <Text fz={12}>{index + 1}</Text>}
                </ThemeIcon>
                {to === undefined || step === current ? (
                  <Text size="sm" fw={step === current ? 700 : 400}>
                    {texts.steps[step]}
                  </Text>
                ) : (
                  <Anchor component={Link} to={to} size="sm">
                    {texts.steps[step]}
                  </Anchor>
                )}
              </Group>
            </li>
          );
        })}
      </ol>
    </nav>
  );
}
