import { createContext, type ReactNode, use, useEffect, useState } from 'react';
import { keepLanguage, type Language, loadTexts } from './language.ts';
import type { Texts } from './texts.ts';

/** A language and its texts. */
export interface Spoken {
  readonly language: Language;
  readonly texts: Texts;
}

interface Speaking extends Spoken {
  readonly speak: (language: Language) => Promise<void>;
}

const SpokenContext = createContext<Speaking | undefined>(undefined);

export function TextsProvider({ first, children }: { readonly first: Spoken; readonly children: ReactNode }) {
  const [spoken, setSpoken] = useState(first);
  useEffect(() => {
    document.documentElement.lang = spoken.language;
  }, [spoken.language]);
  const speak = async (language: Language): Promise<void> => {
    const texts = await loadTexts(language);
    keepLanguage(language);
    setSpoken({ language, texts });
  };
  return <SpokenContext value={{ ...spoken, speak }}>{children}</SpokenContext>;
}

function useSpeaking(): Speaking {
  const speaking = use(SpokenContext);
  if (speaking === undefined) throw new Error('Texts are read outside of their provider.');
  return speaking;
}

/** The texts of the language that the person reads. */
export const useTexts = (): Texts => useSpeaking().texts;

/** The language that the person reads, and how to change it. */
export function useLanguage(): { language: Language; speak: (language: Language) => Promise<void> } {
  const { language, speak } = useSpeaking();
  return { language, speak };
}
