import { setTimeout as pause } from 'node:timers/promises'
import { startConstellation } from '@samkraft/infra'
import { temporaryHome } from '@samkraft/infra/temporary-home'
import { services } from '@samkraft/contracts'
import { type Account, isUnanswered, signIn } from '../../infra/local/demo/client.ts'
import { openAllBooks } from '../booking/books.ts'

/** Longer than any restart or outage that these tests bring about. */
const patienceMilliseconds = 60_000

/** The four services as they really run, each its own process, and all that they write down. */
export type System = Awaited<ReturnType<typeof openSystem>>

/** `jobsUrl` is where the queues are; in the services' own Postgres unless told. */
export async function openSystem({ jobsUrl }: { jobsUrl?: string } = {}) {
  await using parts = new AsyncDisposableStack()
  const home = parts.use(await temporaryHome())
  const told: string[] = []
  const constellation = parts.use(
    await startConstellation({
      dataDir: home.path,
      ports: 'random',
      demo: true,
      only: services,
      fsync: false,
      failpoints: true,
      tell: (line) => told.push(line),
      // What a process held when it died is soon given to the next, and what comes with a day comes soon after.
      env: { JOB_LOCK_SECONDS: '1', SWEEP_SECONDS: '1' },
      ...(jobsUrl && { jobsUrl }),
    }),
  )
  const books = parts.use(await openAllBooks(constellation.adminUrl))

  const isMatched = async () => {
    const { rowCount } = await books.matching.query(
      `select from offer where stale_since is not null union all select from request where stale_since is not null limit 1`,
    )
    return rowCount === 0
  }

  const accounts = new Map<string, Promise<Account>>()
  const moved = parts.move()
  return {
    constellation,
    books,
    /** What the supervisor has said, such as who stopped and how. */
    told,
    /** A demo account, signed in once. */
    as(email: string): Promise<Account> {
      const known = accounts.get(email) ?? untilAnswered(() => signIn(constellation.urls, email))
      accounts.set(email, known)
      return known
    },
    /** Resolves when every event has had its effect and nothing waits to be matched. */
    async quiet(): Promise<void> {
      await books.settled()
      await until('everything is matched', isMatched)
    },
    /** Sets the clock of arrangements so many weeks ahead. */
    async setClock(weeks: number): Promise<void> {
      await books.arrangements.query('update clock set shift = make_interval(weeks => $1)', [weeks])
    },
    [Symbol.asyncDispose]: () => moved.disposeAsync(),
  }
}

/** Calls again while nobody answers or the answer is to come back, as whoever wants something done will. */
export async function untilAnswered<Result>(call: () => Promise<Result>): Promise<Result> {
  const giveUpAt = Date.now() + patienceMilliseconds
  for (;;) {
    try {
      return await call()
    } catch (error) {
      if (!isUnanswered(error) || Date.now() > giveUpAt) throw error
      await pause(20)
    }
  }
}

/** Asks until it is so. `what` is named when it does not become so. */
export async function until(what: string, isSo: () => boolean | Promise<boolean>): Promise<void> {
  const giveUpAt = Date.now() + patienceMilliseconds
  while (!(await isSo())) {
    if (Date.now() > giveUpAt) throw new Error(`not so within ${patienceMilliseconds / 1_000} s: ${what}`)
    await pause(10)
  }
}
