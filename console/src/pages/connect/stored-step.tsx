import { useQuery } from '@tanstack/react-query';
import type { ComponentType } from 'react';
import { useParams } from 'react-router';
import { Loading } from '../../parts/loading.tsx';
import { Page } from '../../parts/page.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { NotFound } from '../../shell/not-found.tsx';
import { useTexts } from '../../texts/texts-provider.tsx';
import { instanceQuery, type StoredInstance } from '../service-instances/queries.ts';
import { AuthenticationStep } from './authentication-step.tsx';
import { MethodsStep } from './methods-step.tsx';
import { SignInStep } from './sign-in-step.tsx';
import { type Step, Steps } from './steps.tsx';
import { TryStep } from './try-step.tsx';

export interface StoredStepProps {
  readonly stored: StoredInstance;
}

const storedSteps: Readonly<Partial<Record<Step, ComponentType<StoredStepProps>>>> = {
  authentication: AuthenticationStep,
  'sign-in': SignInStep,
  methods: MethodsStep,
  try: TryStep,
};

/** A step of an instance that is stored. */
export function Component() {
  const { name = '', step = '' } = useParams();
  const { connect: texts } = useTexts();
  const stored = useQuery(instanceQuery(name));
  const Chosen = storedSteps[step as Step];
  if (Chosen === undefined) return <NotFound />;
  return (
    <Page
      title={stored.data?.document.displayName ?? name}
      about={texts.aboutSteps[step as keyof typeof texts.aboutSteps]}
    >
      <Steps current={step as Step} name={name} />
      {stored.error !== null ? (
        <ProblemAlert error={stored.error} retry={stored.refetch} />
      ) : stored.data === undefined ? (
        <Loading />
      ) : (
        <Chosen key={`${name} ${step}`} stored={stored.data} />
      )}
    </Page>
  );
}
