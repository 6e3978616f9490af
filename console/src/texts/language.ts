import type { Texts } from './texts.ts';

export const languages = ['en', 'de'] as const;
export type Language = (typeof languages)[number];

/** What each language calls itself. */
export const languageNames: Readonly<Record<Language, string>> = { en: 'English', de: 'Deutsch' };

const loaders: Readonly<Record<Language, () => Promise<{ texts: Texts }>>> = {
  en: () => import('./en.ts'),
  de: () => import('./de.ts'),
};

export const loadTexts = async (language: Language): Promise<Texts> => (await loaders[language]()).texts;

const KEY = 'smartwright.language';
const isLanguage = (text: string): text is Language => (languages as readonly string[]).includes(text);

/** What the person chose here before, or else the browser's first language that there is; English where there is none. */
export function chosenLanguage(): Language {
  const kept = localStorage.getItem(KEY);
  const wanted = [...(kept === null ? [] : [kept]), ...navigator.languages.map((tag) => tag.slice(0, 2).toLowerCase())];
  return wanted.find(isLanguage) ?? 'en';
}

export const keepLanguage = (language: Language): void => localStorage.setItem(KEY, language);
