import type { FileValue } from '../../../config/model/file-value.js';
import { isBase64, isFile } from '../../file-bytes.js';
import { hasControl } from '../../header-text.js';
import { inputInvalid } from '../../input-error.js';
import type { AttachmentPlan } from '../plan.js';
import { contentId, type OutgoingPart, withoutSpace } from './attached.js';
import type { Attachment } from './multipart.js';

/**
 * The files that travel beside an envelope; undefined where the operation has none.
 *
 * @throws CallerError INPUT_INVALID for one that is not base64, or whose media type is none
 */
export function filesOf(
  plans: readonly AttachmentPlan[] | undefined,
  input: Readonly<Record<string, unknown>>,
): OutgoingPart[] | undefined {
  return plans?.flatMap(({ property, part, mediaType }) => {
    const value = input[property];
    if (value === undefined || value === null) return [];
    if (!isFile(value)) throw inputInvalid(property, 'must be a file: an object with its content');
    if (!isBase64(value.content)) throw inputInvalid([property, 'content'], 'is not base64 (RFC 4648 §4)');
    const type = mediaType.includes('*') ? (value.mediaType ?? 'application/octet-stream') : mediaType;
    if (hasControl(type)) throw inputInvalid([property, 'mediaType'], 'is not a media type');
    return [{ id: contentId(part), mediaType: type, base64: withoutSpace(value.content) }];
  });
}

/**
 * The files that came beside an envelope: by the part's name in front of the content ID (WS-I Attachments Profile 1.0 §3.5), else in the
 * order in which the description has them.
 */
export function filesIn(
  attachments: ReadonlyMap<string, Attachment>,
  plans: readonly AttachmentPlan[],
): Record<string, FileValue> {
  const left = new Map(attachments);
  const take = (id: string | undefined): Attachment | undefined => {
    const found = id === undefined ? undefined : left.get(id);
    if (id !== undefined) left.delete(id);
    return found;
  };
  const named = plans.map(({ part }) =>
    take([...left.keys()].find((id) => id.startsWith(`${encodeURIComponent(part)}=`))),
  );
  const files: Record<string, FileValue> = {};
  for (const [index, { property }] of plans.entries()) {
    const file = named[index] ?? take([...left.keys()][0]);
    if (file !== undefined) files[property] = file;
  }
  return files;
}
