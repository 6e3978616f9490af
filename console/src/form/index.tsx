import { lazy, Suspense } from 'react';
import { Loading } from '../parts/loading.tsx';
import type { SchemaFormProps } from './schema-form.tsx';

const Loaded = lazy(async () => ({ default: (await import('./schema-form.tsx')).SchemaForm }));

/** `SchemaForm`, whose code is loaded when the first form is shown. */
export function SchemaForm(props: SchemaFormProps) {
  return (
    <Suspense fallback={<Loading rows={3} height={60} />}>
      <Loaded {...props} />
    </Suspense>
  );
}

export type { SchemaFormProps };
