import { typeReference } from '../../../config/model/json-schema.js';
import { pascalCase } from '../../../config/model/names.js';
import type { Column } from './columns.js';
import type { ContentTypeFacts } from './facts.js';
import { addType, inputsOf, isNewValue } from './item-type.js';
import type { ListContext, MethodDraft } from './list-method.js';
import { queryInputs } from './query-inputs.js';

/** Content types beside the list's first are shapes of their own: with fewer columns, and what is required of them. */
export function typeDrafts(context: ListContext): MethodDraft[] {
  const { list, name } = context;
  const [first, ...others] = list.types.filter(({ id }) => !id.startsWith(FOLDER));
  if (first === undefined || others.length === 0) return [];
  return [first, ...others].flatMap((type): MethodDraft[] => {
    const columns = columnsOfType(context, type);
    const shape = addType(context, `${name}${pascalCase(type.name)}`, columns, type.description);
    const input = inputsOf(columns.filter(isNewValue), true);
    const own = { columns, contentType: type.id } as const;
    return [
      {
        name: `List${pascalCase(type.name)}`,
        kind: 'list',
        description: `Those of the content type ${type.name}.`,
        operation: 'list',
        properties: queryInputs(columns),
        output: shape,
        paged: true,
        ...own,
      },
      ...(list.isLibrary
        ? []
        : ([
            {
              name: `Create${pascalCase(type.name)}`,
              kind: 'create',
              description: `Adds an item of the content type ${type.name}.`,
              operation: 'create',
              ...input,
              output: typeReference('SavedItem'),
              ...own,
            },
          ] satisfies MethodDraft[])),
    ];
  });
}

/** Content types of folders begin so; document sets are among them. */
const FOLDER = '0x0120';

function columnsOfType({ columns }: ListContext, { fields }: ContentTypeFacts): Column[] {
  const known = new Map(fields?.map(({ internal, isRequired }) => [internal, isRequired]));
  return columns.flatMap((column): Column[] => {
    const isSystem = column.plan.writable !== true;
    if (fields !== undefined && !isSystem && !known.has(column.internal)) return [];
    const isRequired = column.plan.writable === true && (known.get(column.internal) ?? column.isRequired);
    return [{ ...column, isRequired }];
  });
}
