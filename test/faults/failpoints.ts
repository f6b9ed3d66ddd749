import { type Aggregate, listenersOf, type Service, services } from '@samkraft/contracts'
import type pg from 'pg'
import type { Act } from './journey.ts'
import { type System, until } from './system.ts'

/** The failpoints that each service passes, in the order in which it passes them. */
export type Passes = Readonly<Record<Service, readonly string[]>>

type Event = Readonly<{ aggregate: Aggregate; transaction: number }>
type Written = Readonly<{ commands: readonly string[]; events: readonly Event[] }>

/** Tells which failpoints have been passed since it was last asked, from the commands and events that were written. */
export async function openTrace({ books }: System): Promise<() => Promise<Passes>> {
  const marks = new Map<Service, { commands: number; events: number }>()

  async function since(service: Service, db: pg.Pool): Promise<Written> {
    const mark = marks.get(service) ?? { commands: 0, events: 0 }
    const { rows: commands } = await db.query<{ name: string }>(
      'select name from command order by created_at, key offset $1',
      [mark.commands],
    )
    // What one transaction writes has one time.
    const { rows: events } = await db.query<Event>(
      `select aggregate, extract(epoch from occurred_at)::float8 as transaction from outbox order by position offset $1`,
      [mark.events],
    )
    marks.set(service, { commands: mark.commands + commands.length, events: mark.events + events.length })
    return { commands: commands.map(({ name }) => name), events }
  }

  async function ask(): Promise<Passes> {
    const found = services.map(async (service) => [service, await since(service, books[service])] as const)
    const written = Object.fromEntries(await Promise.all(found)) as Record<Service, Written>
    const events = Object.values(written).flatMap((one) => one.events)
    return Object.fromEntries(services.map((service) => [service, passedBy(service, written[service], events)])) as {
      [service in Service]: string[]
    }
  }
  await ask()
  return ask
}

/** A service's own command and what it says about it come first; then it hears of others, and may say something about that. */
function passedBy(service: Service, { commands, events }: Written, everyEvent: readonly Event[]): string[] {
  const heard = everyEvent.filter(({ aggregate }) => listenersOf(aggregate).includes(service))
  const relayed = new Set(events.map(({ transaction }) => transaction)).size
  const ofOwnAccord = commands.length > 0 || heard.length === 0 ? Math.min(relayed, 1) : 0
  const matches = service === 'matching' && heard.some(({ aggregate }) => aggregate !== 'arrangement')
  const times = (count: number, point: string) => Array.from({ length: count }, () => point)
  return [
    ...commands.flatMap((name) => [`${name}.before-commit`, `${name}.after-commit`]),
    ...times(ofOwnAccord, 'relay.enqueued'),
    ...times(Math.min(heard.length, 1), 'worker.mid-job'),
    ...times(relayed - ofOwnAccord, 'relay.enqueued'),
    ...(matches ? ['match.before-commit', 'match.after-commit'] : []),
  ]
}

/** Takes the act while every service dies at each point it passes, one after the other. Resolves when all have been reached. */
export async function dieAtEach({ constellation }: System, passes: Passes, { name, take }: Act): Promise<void> {
  const dying = services.map((service) => {
    const [first, ...rest] = passes[service]
    const reached = (point: string) =>
      until(`${service} reaches ${point} at "${name}"`, () => !constellation.isArmed(service))
    return {
      arm: async () => first && (await constellation.failAt(service, first)),
      async die() {
        if (first) await reached(first)
        for (const point of rest) {
          await constellation.failAt(service, point)
          await reached(point)
        }
      },
    }
  })
  await Promise.all(dying.map(({ arm }) => arm()))
  await Promise.all([take(), ...dying.map(({ die }) => die())])
}
