import { parentPort, workerData } from 'node:worker_threads'
import { allocate } from '@samkraft/allocation'
import { planPolicies, type PlanPolicy } from '@samkraft/contracts/matching'
import { loadRelations } from '../competence-relations.ts'
import { policyFor, toEngine } from '../domain/plan-engine.ts'
import { withAllPairs } from '../domain/plan-pairs.ts'
import { inQuarters, type RoundedPlan } from '../domain/plan-quarters.ts'
import type { PlanTask, ThreadMessage } from './plan-computing.ts'

/**
 * Scores what is not scored yet and runs the engine under every policy in a thread of its own: it computes for seconds without a
 * pause, and the service must answer meanwhile. Everything that enters the engine is in `workerData`.
 */
function run({ market: given, unscored, settings, locks, exclusions, flags }: PlanTask): void {
  const scored = unscored.requests.size > 0 ? withAllPairs(given, unscored, loadRelations()) : null
  const market = scored ?? given
  const engineMarket = toEngine(market, settings, { locks, exclusions })
  const plans: [PlanPolicy, RoundedPlan][] = []
  let cutShort = false
  for (const [index, policy] of planPolicies.entries()) {
    const stop = new AbortController()
    const enginePolicy = policyFor(policy, settings)
    const plan = allocate(engineMarket, enginePolicy, {
      seed: 1,
      shape: settings.mayDifferBetweenTerms ? 'by-term' : 'constant',
      signal: stop.signal,
      onProgress: ({ done }) => {
        // The engine lets nothing else run in this thread, so the wish to stop is read from shared memory.
        if (done < 1 && Atomics.load(flags, 0) === 1) {
          cutShort = true
          stop.abort()
        }
        say({ progress: (index + done) / planPolicies.length })
      },
    })
    plans.push([policy, inQuarters(plan, engineMarket, enginePolicy)])
  }
  say({ computed: { market: scored, plans, cutShort } })
}

function say(message: ThreadMessage): void {
  parentPort?.postMessage(message)
}

// `computePlans` starts this thread and no one else does.
run(workerData as PlanTask)
