import { setTimeout as pause } from 'node:timers/promises'
import { failpoint } from '@samkraft/db'
import type { Log } from '@samkraft/http'
import { beginPlan, givePlanUp, keepPlan } from '../app/work-off-plan.ts'
import type { Services } from '../context.ts'
import { type PlanWork, renewLease, returnPlanWork, takePlanWork } from '../db/plan-work.ts'
import { computePlans } from './plan-computing.ts'
import { startWokenWorker } from './woken-worker.ts'

/** Often enough for progress to be seen; a lease lasts several of these. */
const beat = 500

/**
 * Computes the plans coordinators ask for, one at a time in each process: woken when one is asked for, and now and then
 * regardless, for what a worker that died has left.
 */
export function startPlanning(
  { db }: Pick<Services, 'db'>,
  { listenUrl, every, leaseMs, log }: { listenUrl: string; every: number; leaseMs: number; log: Log },
): AsyncDisposable {
  return startWokenWorker({
    listenUrl,
    every,
    async round(stop) {
      try {
        while (!stop.aborted) {
          const next = await takePlanWork(db, leaseMs)
          if (!next) break
          await workOff({ db }, next, { leaseMs, log, stopping: stop })
        }
      } catch (error) {
        // What was taken is taken up again when its lease is over.
        log.warn({ err: error }, 'a plan could not be worked off; it waits')
      }
      return 'done'
    },
  })
}

/** Computes one plan and keeps it; a service that stops leaves it for another to begin anew. */
export async function workOff(
  { db }: Pick<Services, 'db'>,
  work: PlanWork,
  { leaseMs, log, stopping }: { leaseMs: number; log: Pick<Log, 'info' | 'warn' | 'error'>; stopping: AbortSignal },
): Promise<void> {
  const { planId, requestId } = work
  if (work.hopeless) {
    log.error({ planId, requestId, alert: true }, 'a plan has failed too often and is given up')
    await givePlanUp(db, work)
    return
  }
  const begun = await beginPlan(db, work)
  if (!begun) return
  const { plan, market, unscored } = begun
  const { settings, locks, exclusions } = plan
  const computing = computePlans({ market, unscored, settings, locks, exclusions })
  let lost = false
  const watching = new AbortController()
  const renewed = async () => {
    try {
      return await renewLease(db, work, { progress: computing.progress(), leaseMs })
    } catch (error) {
      // The lease lasts longer than a beat, and whether another worker has taken over is answered by the next one.
      log.warn({ err: error, planId, requestId }, 'a plan is computed without its lease renewed')
      return 'go_on'
    }
  }
  const watch = async () => {
    while (!watching.signal.aborted) {
      const answer = await renewed()
      failpoint('plan.mid-work')
      lost = answer === 'lost'
      if (lost || stopping.aborted) return computing.end()
      if (answer === 'stop') computing.stop()
      await pause(beat, undefined, { signal: watching.signal }).catch(() => undefined)
    }
  }
  const [computed] = await Promise.allSettled([computing.done.finally(() => watching.abort()), watch()])
  await computing.end()
  if (computed.status === 'fulfilled') {
    failpoint('plan.before-keep')
    const kept = await keepPlan(db, work, { market, plan, computed: computed.value })
    failpoint('plan.after-keep')
    log.info({ planId, requestId, kept, cutShort: computed.value.cutShort }, 'a plan was computed')
  } else if (lost) {
    log.info({ planId, requestId }, 'a plan was thrown away, or taken over, while it was computed')
  } else if (stopping.aborted) {
    await returnPlanWork(db, work)
  } else {
    log.error({ err: computed.reason, planId, requestId, alert: true }, 'a plan could not be computed')
    await givePlanUp(db, work)
  }
}
