import type { Call, Handlers } from '../call.js';
import type { Database } from '../database.js';
import type { Note, NoteSubject } from '../model.js';
import { type CursorQuery, cursorPage } from '../paging.js';
import { notFound, unprocessable } from '../problem.js';

interface NoteQuery extends CursorQuery {
  readonly about?: NoteSubject;
  readonly aboutId?: number;
}
interface NotePath {
  readonly noteId: number;
}
type NewNote = Pick<Note, 'about' | 'aboutId' | 'text'>;

export const noteHandlers = (database: Database): Handlers => ({
  listNotes: ({ query }: Call<object, NoteQuery>) => {
    const { about, aboutId } = query;
    const rows = database.notes.where(
      (note) => (about === undefined || note.about === about) && (aboutId === undefined || note.aboutId === aboutId),
    );
    return {
      body: cursorPage(
        rows.sort((a, b) => b.writtenAt.localeCompare(a.writtenAt) || b.id - a.id),
        query,
      ),
    };
  },

  createNote: ({ body, caller }: Call<object, object, NewNote>) => {
    const { about, aboutId, text } = body;
    const subjects = { contact: database.contacts, company: database.companies, deal: database.deals };
    if (subjects[about].get(aboutId) === undefined) {
      throw unprocessable([{ pointer: '/aboutId', detail: `names ${about} ${aboutId}, which does not exist` }]);
    }
    const note = database.notes.insert({
      about,
      aboutId,
      text,
      author: caller.subject,
      writtenAt: new Date().toISOString(),
    });
    return { status: 201, headers: { location: `/notes/${note.id}` }, body: note };
  },

  getNote: ({ path }: Call<NotePath>) => ({ body: find(database, path.noteId) }),

  deleteNote: ({ path }: Call<NotePath>) => {
    database.notes.delete(find(database, path.noteId).id);
    return {};
  },
});

function find(database: Database, id: number): Note {
  const note = database.notes.get(id);
  if (note === undefined) throw notFound('note', id);
  return note;
}
