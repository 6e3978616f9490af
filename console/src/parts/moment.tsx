import { useLanguage } from '../texts/texts-provider.tsx';

const steps: readonly (readonly [unit: Intl.RelativeTimeFormatUnit, seconds: number])[] = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];

/** A moment in the person's zone and language; how long ago, or ahead, shows with `relative`. */
export function Moment({ at, relative = false }: { readonly at: string; readonly relative?: boolean }) {
  const { language } = useLanguage();
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return at;
  const exact = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'medium' }).format(date);
  return (
    <time dateTime={at} title={exact}>
      {relative ? distance(date, language) : exact}
    </time>
  );
}

function distance(date: Date, language: string): string {
  const seconds = Math.round((date.getTime() - Date.now()) / 1000);
  const format = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  const [unit, size] = steps.find(([, least]) => Math.abs(seconds) >= least) ?? ['second', 1];
  return format.format(Math.trunc(seconds / size), unit);
}
