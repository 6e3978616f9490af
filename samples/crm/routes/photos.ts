import type { Call, Handlers } from '../call.js';
import type { Database } from '../database.js';
import type { UploadedFile } from '../multipart.js';
import { notFound, Problem, unprocessable } from '../problem.js';

const MAX_BYTES = 1_048_576;
const mediaTypes = ['image/png', 'image/jpeg'];

interface ContactPath {
  readonly contactId: number;
}
interface Upload {
  readonly photo: UploadedFile | string;
  readonly caption?: string;
}

export const photoHandlers = (database: Database): Handlers => ({
  getContactPhoto: ({ path }: Call<ContactPath>) => {
    const photo = database.photos.get(path.contactId);
    if (photo === undefined) throw notFound('photo of contact', path.contactId);
    return {
      headers: {
        'content-type': photo.mediaType,
        'content-disposition': `inline; filename*=UTF-8''${encodeURIComponent(photo.fileName)}`,
      },
      body: photo.content,
    };
  },

  setContactPhoto: ({ path, body }: Call<ContactPath, object, Upload>) => {
    if (database.contacts.get(path.contactId) === undefined) throw notFound('contact', path.contactId);
    const { photo, caption = null } = body;
    if (typeof photo === 'string') throw unprocessable([{ pointer: '/photo', detail: 'must be a file' }]);
    const { fileName, mediaType, content } = photo;
    if (!mediaTypes.includes(mediaType)) {
      throw unprocessable([
        { pointer: '/photo', detail: `is ${mediaType}; it must be one of ${mediaTypes.join(', ')}` },
      ]);
    }
    if (content.length > MAX_BYTES) throw new Problem(413, 'Too large', `The photo is larger than ${MAX_BYTES} bytes.`);
    database.photos.set(path.contactId, { fileName, mediaType, caption, content });
    return { body: { fileName, mediaType, size: content.length, caption } };
  },
});
