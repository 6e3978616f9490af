import type { RawObject } from '../load/index.js';
import type { ParameterPlan, ParameterStyle } from '../plan.js';

export type ParameterPlace = 'path' | 'query' | 'header' | 'cookie';

const STYLES: ReadonlySet<string> = new Set<ParameterStyle>([
  'simple',
  'label',
  'matrix',
  'form',
  'spaceDelimited',
  'pipeDelimited',
  'deepObject',
  'cookie',
]);

/** Styles that are exploded where nothing is said (OpenAPI 3.2 §4.12.2.3). */
const EXPLODED: ReadonlySet<ParameterStyle> = new Set<ParameterStyle>(['form', 'deepObject', 'cookie']);

/** `collectionFormat` of Swagger 2.0 as a style of OpenAPI 3. */
const COLLECTIONS: Readonly<Record<string, ParameterStyle>> = {
  ssv: 'spaceDelimited',
  pipes: 'pipeDelimited',
  tsv: 'tsv',
};

type Serialisation = Pick<ParameterPlan, 'style' | 'explode' | 'allowReserved' | 'allowEmpty'>;

/** How a parameter is written: by `style` and `explode`, or by `collectionFormat`, with the defaults of its place. */
export function serialisation(raw: RawObject, where: ParameterPlace): Serialisation {
  const usual: ParameterStyle = where === 'query' || where === 'cookie' ? 'form' : 'simple';
  const flags = {
    ...(raw.allowReserved === true ? { allowReserved: true } : {}),
    ...(raw.allowEmptyValue === true ? { allowEmpty: true } : {}),
  };
  const isSwagger = raw.schema === undefined && raw.content === undefined && raw.style === undefined;
  if (isSwagger && raw.type !== undefined) {
    const format = typeof raw.collectionFormat === 'string' ? raw.collectionFormat : 'csv';
    return { style: COLLECTIONS[format] ?? usual, explode: format === 'multi', ...flags };
  }
  const style = styleOf(raw.style) ?? usual;
  const explode = typeof raw.explode === 'boolean' ? raw.explode : EXPLODED.has(style);
  return { style, explode, ...flags };
}

/** `style` when it is one that is known. */
export function styleOf(style: unknown): ParameterStyle | undefined {
  return typeof style === 'string' && isStyle(style) ? style : undefined;
}

function isStyle(style: string): style is ParameterStyle {
  return STYLES.has(style);
}
