import { type Fields, flagIn, isFields, membersOf, numberIn, recordOf, recordsOf, textIn } from '../odata/answer.js';
import { timeZoneOf } from '../site/time-zone.js';

/** What a site says of itself, read out of its answers; what is not of this shape is left out. */

export interface WebFacts {
  readonly title: string;
  readonly url: string | undefined;
}

export interface ListFacts {
  readonly id: string;
  readonly title: string;
  readonly description: string | undefined;
  readonly isLibrary: boolean;
  readonly isHidden: boolean;
  readonly isCatalog: boolean;
  readonly root: string;
  readonly attachments: boolean;
  readonly contentTypes: boolean;
  readonly moderation: boolean;
  readonly versioning: boolean;
}

export interface FieldFacts {
  readonly id: string;
  readonly internal: string;
  readonly entity: string;
  readonly title: string;
  readonly description: string | undefined;
  readonly type: string;
  readonly isRequired: boolean;
  readonly isReadOnly: boolean;
  readonly isHidden: boolean;
  readonly isUnique: boolean;
  readonly isBase: boolean;
  readonly defaultValue: string | undefined;
  readonly maxLength: number | undefined;
  readonly minimum: number | undefined;
  readonly maximum: number | undefined;
  readonly choices: readonly string[];
  readonly fillIn: boolean;
  readonly rich: boolean;
  readonly dateOnly: boolean;
  readonly lookupList: string | undefined;
  readonly lookupField: string | undefined;
  /** Of a calculated column: `FieldType` of its results. */
  readonly output: number | undefined;
  readonly termSet: string | undefined;
  /** Id of the hidden column that takes several terms. */
  readonly textField: string | undefined;
}

export interface ContentTypeFacts {
  readonly id: string;
  readonly name: string;
  readonly description: string | undefined;
  /** Internal names of its columns; undefined when the site did not say. */
  readonly fields: readonly { readonly internal: string; readonly isRequired: boolean }[] | undefined;
}

export interface ViewFacts {
  readonly title: string;
  readonly query: string;
}

export function readWeb(answer: unknown): WebFacts | undefined {
  const web = recordOf(answer);
  const title = textIn(web, 'Title');
  const url = textIn(web, 'Url');
  return title === undefined && url === undefined ? undefined : { title: title ?? url ?? '', url };
}

/** `_api/web/RegionalSettings/TimeZone`. */
export function readTimeZone(answer: unknown): string | undefined {
  const zone = recordOf(answer);
  const information = isFields(zone.Information) ? zone.Information : {};
  return timeZoneOf(numberIn(zone, 'Id'), numberIn(information, 'Bias'));
}

export function readLists(answer: unknown): ListFacts[] {
  return recordsOf(answer).flatMap((list): ListFacts[] => {
    const [id, title] = [textIn(list, 'Id'), textIn(list, 'Title')];
    if (id === undefined || title === undefined) return [];
    const root = isFields(list.RootFolder) ? textIn(list.RootFolder, 'ServerRelativeUrl') : undefined;
    return [
      {
        id,
        title,
        description: textIn(list, 'Description'),
        isLibrary: list.BaseType === 1,
        isHidden: flagIn(list, 'Hidden'),
        isCatalog: flagIn(list, 'IsCatalog'),
        root: root ?? '',
        attachments: flagIn(list, 'EnableAttachments'),
        contentTypes: flagIn(list, 'ContentTypesEnabled'),
        moderation: flagIn(list, 'EnableModeration'),
        versioning: flagIn(list, 'EnableVersioning'),
      },
    ];
  });
}

export function readFields(answer: unknown): FieldFacts[] {
  return recordsOf(answer).flatMap((field): FieldFacts[] => {
    const internal = textIn(field, 'InternalName');
    if (internal === undefined) return [];
    const xml = textIn(field, 'SchemaXml');
    return [
      {
        id: (textIn(field, 'Id') ?? '').toLowerCase(),
        internal,
        entity: textIn(field, 'EntityPropertyName') ?? internal,
        title: textIn(field, 'Title') ?? internal,
        description: textIn(field, 'Description'),
        type: textIn(field, 'TypeAsString') ?? '',
        isRequired: flagIn(field, 'Required'),
        isReadOnly: flagIn(field, 'ReadOnlyField'),
        isHidden: flagIn(field, 'Hidden'),
        isUnique: flagIn(field, 'EnforceUniqueValues'),
        isBase: flagIn(field, 'FromBaseType'),
        defaultValue: textIn(field, 'DefaultValue'),
        maxLength: numberIn(field, 'MaxLength'),
        minimum: bound(field, 'MinimumValue'),
        maximum: bound(field, 'MaximumValue'),
        choices: membersOf(field.Choices).filter((choice) => typeof choice === 'string'),
        fillIn: flagIn(field, 'FillInChoice'),
        rich: flagIn(field, 'RichText'),
        dateOnly: field.DisplayFormat === 0,
        lookupList: textIn(field, 'LookupList')?.replace(/[{}]/g, '').toLowerCase(),
        lookupField: textIn(field, 'LookupField'),
        output: numberIn(field, 'OutputType') ?? outputIn(xml),
        termSet: textIn(field, 'TermSetId'),
        textField: textIn(field, 'TextField')?.toLowerCase(),
      },
    ];
  });
}

/** A number column without a bound has the largest double for one. */
function bound(field: Fields, name: string): number | undefined {
  const value = numberIn(field, name);
  return value === undefined || Math.abs(value) > 1e300 ? undefined : value;
}

const outputs: Readonly<Record<string, number>> = { Text: 2, DateTime: 4, Boolean: 8, Number: 9, Currency: 10 };

function outputIn(xml: string | undefined): number | undefined {
  const named = xml === undefined ? undefined : /\bResultType="(\w+)"/.exec(xml)?.[1];
  return named === undefined ? undefined : outputs[named];
}

export function readContentTypes(answer: unknown): ContentTypeFacts[] {
  return recordsOf(answer).flatMap((type): ContentTypeFacts[] => {
    const given = isFields(type.Id) ? textIn(type.Id, 'StringValue') : textIn(type, 'Id');
    const [id, name] = [textIn(type, 'StringId') ?? given, textIn(type, 'Name')];
    if (id === undefined || name === undefined) return [];
    const fields = isFields(type.Fields) || Array.isArray(type.Fields) ? recordsOf(type.Fields) : undefined;
    return [
      {
        id,
        name,
        description: textIn(type, 'Description'),
        fields: fields?.flatMap((field) => {
          const internal = textIn(field, 'InternalName');
          return internal === undefined ? [] : [{ internal, isRequired: flagIn(field, 'Required') }];
        }),
      },
    ];
  });
}

export function readViews(answer: unknown): ViewFacts[] {
  return recordsOf(answer).flatMap((view): ViewFacts[] => {
    const title = textIn(view, 'Title');
    if (title === undefined || flagIn(view, 'Hidden') || flagIn(view, 'PersonalView')) return [];
    return [{ title, query: textIn(view, 'ViewQuery') ?? '' }];
  });
}
