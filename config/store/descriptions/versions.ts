import { type EntityManager, LessThanOrEqual } from 'typeorm';
import type { DescriptionChange, DescriptionDifference } from '../../model/description-difference.js';
import type { Description } from '../../model/service-object.js';
import { consistently } from '../database/change.js';
import type { Database } from '../database/database.js';
import { type DescriptionRow, descriptionEntity } from '../entities/description.js';
import { type DescriptionVersionRow, descriptionVersionEntity } from '../entities/description-version.js';
import type { DescriptionOrigin, DescriptionRepository, DescriptionSummary, DescriptionVersion } from '../store.js';
import { archived, fromArchive } from './archive.js';
import { loadDescription } from './load.js';
import { pack, unpack } from './pack.js';

/** Descriptions of an instance that are kept, the current one among them; older ones are forgotten. */
export const KEPT_VERSIONS = 20;

/** What is kept of a description beside its parts, made before the database is held up. */
export interface PreparedVersion {
  readonly archive: string;
  readonly changes: string;
  readonly head: Omit<DescriptionVersion, 'version' | 'current'>;
}

export async function prepareVersion(
  description: Description,
  summary: DescriptionSummary,
  { by, difference, restored }: DescriptionOrigin,
): Promise<PreparedVersion> {
  const [archive, changes] = await Promise.all([archived(description), pack(difference?.changes ?? [])]);
  return { archive, changes, head: headOf(summary, { by, difference, restored }) };
}

function headOf(summary: DescriptionSummary, { by, difference, restored }: DescriptionOrigin): PreparedVersion['head'] {
  const { title, version: serviceVersion, serviceObjects, methods, types, hash, describedAt } = summary;
  return {
    describedAt,
    ...(by !== undefined && { by }),
    ...(restored !== undefined && { restored }),
    ...(title !== undefined && { title }),
    ...(serviceVersion !== undefined && { serviceVersion }),
    serviceObjects,
    methods,
    types,
    hash,
    ...(difference !== undefined && { changes: countsOf(difference) }),
  };
}

function countsOf({ impact, changes }: DescriptionDifference): NonNullable<DescriptionVersion['changes']> {
  const counts = { impact, breaking: 0, warning: 0, additive: 0, none: 0 };
  for (const change of changes) counts[change.impact]++;
  return counts;
}

/**
 * Keeps a new description as the version after the last. The one that it replaces is archived now if that was not done when it
 * was saved, by a release that kept none.
 */
export async function addVersion(
  manager: EntityManager,
  { instance, id }: Pick<DescriptionRow, 'instance' | 'id'>,
  former: DescriptionRow | null,
  { archive, changes, head }: PreparedVersion,
): Promise<void> {
  const last = await manager.findOne(descriptionVersionEntity, {
    select: { instance: true, version: true, description: true },
    where: { instance },
    order: { version: 'DESC' },
  });
  let version = last?.version ?? 0;
  if (former !== null && last?.description !== former.id) {
    const description = await loadDescription(manager, instance);
    if (description !== undefined) {
      version++;
      const formerHead = headOf(JSON.parse(former.summary) as DescriptionSummary, {});
      await insert(manager, {
        instance,
        version,
        description: former.id,
        head: JSON.stringify(formerHead),
        changes: await pack([]),
        archive: await archived(description),
      });
    }
  }
  version++;
  await insert(manager, { instance, version, description: id, head: JSON.stringify(head), changes, archive });
  await manager.delete(descriptionVersionEntity, { instance, version: LessThanOrEqual(version - KEPT_VERSIONS) });
}

async function insert(manager: EntityManager, row: DescriptionVersionRow): Promise<void> {
  await manager.createQueryBuilder().insert().into(descriptionVersionEntity).values(row).updateEntity(false).execute();
}

/** The reading half: versions, newest first. */
export function versionReader(database: Database): Pick<DescriptionRepository, 'versions' | 'version'> {
  return {
    versions: (instance) =>
      consistently(database, async (manager) => {
        const current = await manager.findOneBy(descriptionEntity, { instance });
        const rows = await manager.find(descriptionVersionEntity, {
          select: { instance: true, version: true, description: true, head: true },
          where: { instance },
          order: { version: 'DESC' },
        });
        return rows.map((row) => versionOf(row, current));
      }),
    version: async (instance, version) => {
      const found = await consistently(database, async (manager) => {
        const row = await manager.findOneBy(descriptionVersionEntity, { instance, version });
        const current = await manager.findOneBy(descriptionEntity, { instance });
        return row === null ? undefined : { row, current };
      });
      if (found === undefined) return undefined;
      const { row, current } = found;
      const differences: DescriptionChange[] = [];
      for await (const change of unpack(row.changes)) differences.push(change as DescriptionChange);
      return { ...versionOf(row, current), differences, load: () => fromArchive(row.archive) };
    },
  };
}

function versionOf(
  { version, description, head }: Pick<DescriptionVersionRow, 'version' | 'description' | 'head'>,
  current: DescriptionRow | null,
): DescriptionVersion {
  return { version, current: current?.id === description, ...(JSON.parse(head) as PreparedVersion['head']) };
}
