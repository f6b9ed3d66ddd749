import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { type Service, services } from '@samkraft/contracts'
import { people } from './journey.ts'
import { type System, until, untilAnswered } from './system.ts'

/** As long as web waits for a service. */
const patienceMilliseconds = 10_000

/** How a service answered: `unreachable` when nobody was there to answer, `late` when whoever was there did not. */
export type Answer = Readonly<{
  service: Service
  status: number | 'unreachable' | 'late'
  retryAfter: string | null
}>

/** An officer who looks at something of every service, and saves one draft after the other, for as long as the callers are open. */
export async function openCallers({ as, books }: System) {
  const officer = await as(people.lendingOfficer)
  const stop = new AbortController()
  const answers: Answer[] = []
  const run = randomUUID()
  let drafts = 0

  const looks: Readonly<Record<Service, (options: { signal: AbortSignal }) => Promise<unknown>>> = {
    identity: (options) => officer.identity.organisation.list.query({}, options),
    marketplace: (options) => officer.marketplace.offer.list.query({}, options),
    matching: (options) => officer.matching.task.list.query(undefined, options),
    arrangements: (options) => officer.arrangements.arrangement.list.query({}, options),
  }

  async function look(service: Service): Promise<void> {
    const signal = AbortSignal.timeout(patienceMilliseconds)
    const answer = await looks[service]({ signal }).then(
      () => ({ status: 200, retryAfter: null }),
      (error: unknown) => readRefusal(error) ?? { status: silence(signal), retryAfter: null },
    )
    answers.push({ service, ...answer })
  }

  async function save(): Promise<void> {
    const command = { commandKey: randomUUID(), details: { description: `${run} ${drafts}` } }
    await untilAnswered(() => officer.marketplace.offer.saveDraft.mutate(command))
    drafts += 1
  }

  const again = async (act: () => Promise<void>) => {
    for (; !stop.signal.aborted; await pause(10)) await act()
  }
  const running = Promise.all([...services.map((service) => again(() => look(service))), again(save)])
  running.catch(() => undefined) // `close` hears of it

  return {
    /** Resolves when every service has been heard to answer so from now on. */
    async hear(status: 200 | 503): Promise<void> {
      const from = answers.length
      await until(`every service answers ${status}`, () => {
        const heard = answers.slice(from).filter((answer) => answer.status === status)
        return services.every((service) => heard.some((answer) => answer.service === service))
      })
    },
    /** Ends the calls. Returns all answers, and the drafts that are kept beside those that should be. */
    async close() {
      stop.abort()
      await running
      const { rows } = await books.marketplace.query<{ words: string }>(
        `select details ->> 'description' as words from offer where details ->> 'description' like $1`,
        [`${run} %`],
      )
      const inOrder = (words: readonly string[]) => words.toSorted()
      const acknowledged = inOrder(Array.from({ length: drafts }, (_, index) => `${run} ${index}`))
      return { answers, kept: inOrder(rows.map(({ words }) => words)), acknowledged }
    },
  }
}

function silence({ aborted }: AbortSignal): Answer['status'] {
  return aborted ? 'late' : 'unreachable'
}

/** The answer a failed call carries with it; null when there was none. */
function readRefusal(error: unknown): Pick<Answer, 'status' | 'retryAfter'> | null {
  const meta = error instanceof Error && 'meta' in error ? error.meta : undefined
  const response = typeof meta === 'object' && meta !== null && 'response' in meta ? meta.response : undefined
  return response instanceof Response
    ? { status: response.status, retryAfter: response.headers.get('retry-after') }
    : null
}

/** Answers that are neither what was asked for nor a refusal that says when to come back. */
export function unfit(answers: readonly Answer[]): Answer[] {
  return answers.filter(({ status, retryAfter }) => status !== 200 && !(status === 503 && Number(retryAfter) > 0))
}
