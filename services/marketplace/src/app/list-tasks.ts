import { asActor } from '@samkraft/db'
import { type ListTasks, OfferDraft, RequestDraft, taskKinds, type TaskView } from '@samkraft/contracts/marketplace'
import { z } from 'zod'
import type { MemberContext } from '../context.ts'
import { readTasks, type TaskRow } from '../db/tasks.ts'
import type { Vocabulary } from '../domain/vocabulary.ts'
import { dayText, readCursor, writeCursor } from './page.ts'

const Kind = z.enum(taskKinds)
const taskText = z.string().regex(/^[a-z_]+:[0-9a-f-]{36}$/)

/** What waits for the own organisation in the marketplace: drafts, offers to confirm, what soon expires. */
export async function listTasks(
  { db, actor, vocabulary }: MemberContext,
  { cursor, limit }: ListTasks,
): Promise<{ items: TaskView[]; next: string | null }> {
  const after = readCursor(cursor, 'tasks', dayText, taskText)
  const rows = await asActor(db, actor, (tx) => readTasks(tx, actor.organisationId, { after, limit: limit + 1 }))
  const last = rows.length > limit ? rows[limit - 1] : undefined
  return {
    items: rows.slice(0, limit).map((row) => taskView(row, vocabulary)),
    next: last ? writeCursor('tasks', last.due, `${last.kind}:${last.id}`) : null,
  }
}

function taskView(row: TaskRow, vocabulary: Vocabulary): TaskView {
  const { noun, id, version, reference, details, since, until } = row
  const draft = noun === 'offer' ? OfferDraft.parse(details) : RequestDraft.parse(details)
  const slug =
    'mainCompetence' in draft
      ? draft.mainCompetence
      : 'requiredCompetences' in draft
        ? draft.requiredCompetences?.[0]
        : null
  const competence = vocabulary.get(slug ?? '') ?? null
  return {
    kind: Kind.parse(row.kind),
    noun,
    id,
    version,
    reference,
    title: draft.title ?? null,
    competence,
    since,
    until,
  }
}
