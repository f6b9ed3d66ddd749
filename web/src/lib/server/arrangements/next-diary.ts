import { competenceNames } from '../competence-names.ts'
import { ifAnswered } from '../refusal.ts'
import { arrangementTask } from '../tasks/task-items.ts'

/** As many as one looks through for another. */
const most = 100

/** Another arrangement that waits for the registrar's diary number, to go on with; null when none does. */
export async function nextWithoutDiary(
  { services }: Pick<App.Locals, 'services'>,
  justDone: string,
): Promise<{ title: string; href: string } | null> {
  const [tasks, nameOf] = await Promise.all([
    ifAnswered(() => services.arrangements.task.list.query({ limit: most })),
    competenceNames(services),
  ])
  const next = tasks?.items.find(
    ({ asks, arrangement }) => asks.includes('diary_number') && arrangement.id !== justDone,
  )
  if (!next) return null
  const { title, href } = arrangementTask(next, nameOf)
  return { title, href }
}
