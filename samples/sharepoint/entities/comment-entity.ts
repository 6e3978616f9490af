import { textIn } from '../call.js';
import type { Context } from '../context.js';
import { Fault, itemNotFound } from '../fault.js';
import { versionsOwner } from '../items/change-item.js';
import type { CommentRow, ItemRow } from '../model.js';
import { listed } from '../odata/listed.js';
import { type Collection, type Entity, nothing, plain } from '../odata/resource.js';
import { WEB } from '../site.js';

const TYPE = 'Microsoft.SharePoint.Comments.comment';

/** An item's comments, or the replies to one; newest first. */
export function commentsCollection(
  context: Context,
  item: ItemRow,
  uri: string,
  parent: string | null = null,
): Collection {
  const { site, user } = context;
  const owner = versionsOwner(item);
  const rows = (): CommentRow[] =>
    site.comments
      .all(owner)
      .filter((row) => row.parent === parent)
      .reverse();
  const entity = (row: CommentRow): Entity => commentEntity(context, item, row, `${uri}(${row.id})`);
  return listed(TYPE, uri, () => rows().map(entity), {
    byKey: (args) => {
      const row = site.comments.get(owner, String(args['0']));
      if (row === undefined) throw itemNotFound();
      return entity(row);
    },
    create: async (call) => {
      const text = textIn(await call.json(), 'text') ?? '';
      if (text === '') throw new Fault(400, '-1, System.ArgumentException', 'The comment has no text.');
      const id = String(site.numbers.next(`comments ${owner}`));
      return entity(site.comments.put(owner, { id, text, author: user.id, created: site.now(), parent, likes: [] }));
    },
    members: {
      DeleteAll: {
        post: () => {
          for (const { id } of site.comments.all(owner)) site.comments.delete(owner, id);
          return nothing('DeleteAll');
        },
      },
    },
  });
}

function commentEntity(context: Context, item: ItemRow, row: CommentRow, uri: string): Entity {
  const { site, user } = context;
  const owner = versionsOwner(item);
  const likes = (next: readonly number[]) => {
    site.comments.put(owner, { ...row, likes: next });
    return nothing('Like');
  };
  return {
    kind: 'entity',
    type: TYPE,
    uri,
    properties: () => ({
      author: author(context, row.author),
      createdDate: row.created,
      id: row.id,
      isLikedByUser: row.likes.includes(user.id),
      isReply: row.parent !== null,
      itemId: item.id,
      likeCount: row.likes.length,
      listId: item.list,
      mentions: null,
      parentId: row.parent ?? '0',
      replyCount: site.comments.all(owner).filter(({ parent }) => parent === row.id).length,
      text: row.text,
    }),
    members: () => ({
      Replies: { get: () => commentsCollection(context, item, `${uri}/Replies`, row.id) },
      LikedBy: {
        get: () =>
          plain(
            'LikedBy',
            row.likes.map((id) => author(context, id)),
          ),
      },
      Like: { post: () => likes([...new Set([...row.likes, user.id])]) },
      Unlike: { post: () => likes(row.likes.filter((id) => id !== user.id)) },
    }),
    remove: () => {
      for (const { id, parent } of site.comments.all(owner)) if (parent === row.id) site.comments.delete(owner, id);
      site.comments.delete(owner, row.id);
    },
  };
}

function author({ site }: Context, id: number): Record<string, unknown> {
  const person = site.users.get(WEB, id);
  return {
    email: person?.email,
    expiration: null,
    id,
    isActive: true,
    isExternal: false,
    jobTitle: null,
    loginName: person?.loginName,
    name: person?.title,
    principalType: 1,
    userId: null,
    userPrincipalName: person?.email,
  };
}
