import type { texts } from './en.ts';

/** Every text of the console. Another language has exactly these, or it does not compile. */
export type Texts = typeof texts;
